/** Statements: open blocks, declare what they declare, and evaluate their expressions (Go spec, Statements). */
import { constantSpecs } from "../declare/constant-spec.ts";
import { expressions, specNames, typeSpecs, varSpecs } from "../declare/lists.ts";
import {
  childByField,
  childOfKind,
  children,
  childrenOfKind,
  F,
  K,
  type Kind,
  kind,
  type Node,
  text,
} from "../syntax/index.ts";
import { depthLimit, type Place } from "./checker.ts";
import { evaluateConstant } from "./constant-declaration.ts";
import { tellAssigned } from "./generic-value.ts";
import { defaultType } from "./inference.ts";
import { declareLocalType } from "./local-type.ts";
import { innerScope, type LocalVariable, type Meaning } from "./object.ts";
import { type Operand, value } from "./operand.ts";
import { rangeTypes } from "./range.ts";
import type { Type } from "./type.ts";

type Walk = (place: Place, node: Node) => void;

const walks: ReadonlyMap<Kind, Walk> = new Map<Kind, Walk>([
  [K.block, inBlock],
  [K.statement_list, each],
  [K.ERROR, each],
  [K.expression_statement, each],
  [K.expression_list, each],
  [K.labeled_statement, each],
  [K.return_statement, returned],
  [K.go_statement, each],
  [K.defer_statement, each],
  [K.inc_statement, each],
  [K.dec_statement, each],
  [K.send_statement, each],
  [K.assignment_statement, assignment],
  [K.for_clause, each],
  [K.short_var_declaration, shortDeclaration],
  [K.var_declaration, variables],
  [K.const_declaration, constants],
  [K.type_declaration, localTypes],
  [K.if_statement, ifStatement],
  [K.for_statement, inBlock],
  [K.range_clause, rangeClause],
  [K.expression_switch_statement, inBlock],
  [K.select_statement, inBlock],
  [K.type_switch_statement, typeSwitch],
  [K.expression_case, inBlock],
  [K.default_case, inBlock],
  [K.communication_case, inBlock],
  [K.receive_statement, receiveStatement],
]);

/** Nodes that are neither statements nor expressions. */
const passed: ReadonlySet<Kind> = new Set<Kind>([
  K.comment,
  K.label_name,
  K.empty_statement,
  K.break_statement,
  K.continue_statement,
  K.goto_statement,
  K.fallthrough_statement,
]);

/** Walks a statement, or evaluates an expression where one stands as a statement. Tokens are passed over. */
export function statement(place: Place, node: Node): void {
  if (node < 0) return;
  const { tree } = place.file;
  const of = kind(tree, node);
  const walk = walks.get(of);
  if (walk === undefined) {
    if (!passed.has(of) && isExpression(of)) place.checker.evaluate(place, node);
    return;
  }
  const { checker } = place;
  if (checker.depth > depthLimit) {
    place.observer?.tooDeep(node);
    return;
  }
  checker.depth++;
  try {
    walk(place, node);
  } finally {
    checker.depth--;
  }
}

/** The statements of a function's body, in the scope of its parameters: what these declare `:=` does not declare anew. */
export function body(place: Place, node: Node): void {
  if (kind(place.file.tree, node) === K.block) each(place, node);
  else statement(place, node);
}

/** Named kinds come before the tokens. */
function isExpression(of: Kind): boolean {
  return of > 1 && of < K["!"];
}

function each(place: Place, node: Node): void {
  for (const child of children(place.file.tree, node)) place.checker.statement(place, child);
}

function inner(place: Place): Place & { readonly scope: NonNullable<Place["scope"]> } {
  return { ...place, scope: innerScope(place.scope) };
}

function inBlock(place: Place, node: Node): void {
  each(inner(place), node);
}

function declare(place: Place, node: Node, meaning: Meaning): void {
  const name = text(place.file.tree, node);
  place.observer?.named?.(node, meaning);
  if (name !== "_") place.scope?.names.set(name, meaning);
}

/** Declares the variable that an identifier names, with a value or without. */
function declareVariable(
  place: Place,
  identifier: Node,
  { type, isFilled }: { readonly type: Type; readonly isFilled: boolean },
): void {
  const variable: LocalVariable = { kind: "local variable", type, declaredAt: identifier };
  declare(place, identifier, variable);
  place.observer?.local?.(identifier, variable);
  if (isFilled) place.observer?.filled?.(identifier, variable);
}

/** `a, b = x, y`, `a += x`. */
function assignment(place: Place, node: Node): void {
  const { tree } = place.file;
  const [left, right] = [childByField(tree, node, F.left), childByField(tree, node, F.right)];
  const targets = left < 0 ? [] : storedInto(place, expressions(tree, left));
  const nodes = right < 0 ? [] : expressions(tree, right);
  const wanted = targets.map((target) => (target.mode === "value" ? target.type : undefined));
  tellAssigned(place, nodes, { operands: operandsOf(place, nodes), wanted });
  for (const child of children(tree, node))
    if (child !== left && child !== right) place.checker.statement(place, child);
}

/** The operands of what is assigned to, which is told. */
function storedInto(place: Place, targets: readonly Node[]): Operand[] {
  const operands = operandsOf(place, targets);
  targets.forEach((target, index) => {
    const operand = operands[index];
    if (operand?.mode === "value") place.observer?.stored?.(target, operand.type);
  });
  return operands;
}

function returned(place: Place, node: Node): void {
  const { tree } = place.file;
  const list = childOfKind(tree, node, K.expression_list);
  const nodes = list < 0 ? [] : expressions(tree, list);
  const wanted = (place.signature?.results ?? []).map(({ type }) => type);
  tellAssigned(place, nodes, { operands: operandsOf(place, nodes), wanted });
  for (const child of children(tree, node)) if (child !== list) place.checker.statement(place, child);
}

function operandsOf(place: Place, nodes: readonly Node[]): Operand[] {
  return nodes.map((node) => place.checker.evaluate(place, node));
}

/** The types of variables from their values: one value each, or one expression with several. */
function valueTypes(place: Place, values: readonly Node[], count: number): Type[] {
  return assignedTypes(place, operandsOf(place, values), count);
}

/** What `count` variables get from operands, untyped constants by their default types. */
export function assignedTypes({ checker }: Place, operands: readonly Operand[], count: number): Type[] {
  const { universe, types } = checker;
  const [only] = operands;
  const typeOf = (operand: Operand | undefined): Type => {
    if (operand?.mode === "value") return defaultType(checker, operand.type);
    return types.unknown(operand?.mode === "unknown" ? operand.reason : "invalid");
  };
  if (operands.length === 1 && count > 1) {
    if (only?.mode === "value" && only.commaOk) return [only.type, universe.bool];
    if (only?.mode === "value" && only.type.kind === "tuple")
      return only.type.elements.map((type) => typeOf(value(type)));
    return Array.from({ length: count }, () => typeOf(only?.mode === "value" ? undefined : only));
  }
  return Array.from({ length: count }, (_, index) => typeOf(operands[index]));
}

function shortDeclaration(place: Place, node: Node): void {
  const { tree } = place.file;
  const left = childByField(tree, node, F.left);
  const right = childByField(tree, node, F.right);
  const names = left < 0 ? [] : expressions(tree, left);
  const types = valueTypes(place, right < 0 ? [] : expressions(tree, right), names.length);
  declareNames(place, names, types);
}

/** What may be declared: the parser has kinds of their own for predeclared names. */
const names: ReadonlySet<Kind> = new Set<Kind>([K.identifier, K.nil, K.true, K.false, K.iota]);

/** `a, b :=`: those that the block does not have yet are new. */
function declareNames(place: Place, nodes: readonly Node[], types: readonly Type[]): void {
  const { tree } = place.file;
  nodes.forEach((node, index) => {
    const name = text(tree, node);
    if (!names.has(kind(tree, node))) place.checker.evaluate(place, node);
    else if (place.scope?.names.has(name) !== true)
      declareVariable(place, node, {
        type: types[index] ?? place.checker.types.unknown("invalid"),
        isFilled: true,
      });
    else place.checker.evaluate(place, node);
  });
}

function variables(place: Place, node: Node): void {
  const { tree } = place.file;
  for (const spec of varSpecs(tree, node)) {
    const names = specNames(tree, spec);
    const typeNode = childByField(tree, spec, F.type);
    const valueNode = childByField(tree, spec, F.value);
    const declared = typeNode < 0 ? undefined : place.checker.typeOf(place, typeNode);
    const values = valueNode < 0 ? [] : expressions(tree, valueNode);
    const operands = operandsOf(place, values);
    const types = declared === undefined ? assignedTypes(place, operands, names.length) : [];
    tellAssigned(place, values, { operands, wanted: names.map(() => declared) });
    names.forEach((name, index) => {
      const type = declared ?? types[index] ?? place.checker.types.unknown("invalid");
      declareVariable(place, name, { type, isFilled: values.length > 0 });
    });
  }
}

function constants(place: Place, node: Node): void {
  for (const spec of constantSpecs(place.file.tree, node)) {
    // All values of a line are evaluated before its names are declared.
    const operands = spec.names.map((_, index) => evaluateConstant(place, spec, index));
    spec.names.forEach((name, index) => {
      const { type, constant } = operands[index] ?? {
        type: place.checker.types.unknown("invalid"),
        constant: undefined,
      };
      declare(place, name, { kind: "local constant", type, value: constant });
    });
  }
}

function localTypes(place: Place, node: Node): void {
  for (const spec of typeSpecs(place.file.tree, node)) declareLocalType(place, spec);
}

/** An else-if chain is followed in a loop: generated code has long ones. */
/** Alternatives are no deeper than what they are alternatives to, but for the blocks of their initialisers. */
function ifStatement(place: Place, node: Node): void {
  const { checker, file } = place;
  const { depth } = checker;
  let scoped = place;
  try {
    for (let at = node; kind(file.tree, at) === K.if_statement; ) {
      const initializer = childByField(file.tree, at, F.initializer);
      if (initializer >= 0) {
        scoped = inner(scoped);
        checker.depth++;
      }
      for (const part of [
        initializer,
        childByField(file.tree, at, F.condition),
        childByField(file.tree, at, F.consequence),
      ]) {
        checker.statement(scoped, part);
      }
      at = childByField(file.tree, at, F.alternative);
      if (kind(file.tree, at) !== K.if_statement) checker.statement(scoped, at);
    }
  } finally {
    checker.depth = depth;
  }
}

/** `for a, b := range x`: x does not see a and b. */
function rangeClause(place: Place, node: Node): void {
  const { tree } = place.file;
  const operand = place.checker.evaluate(place, childByField(tree, node, F.right));
  const left = childByField(tree, node, F.left);
  if (left < 0) return;
  const names = expressions(tree, left);
  if (childOfKind(tree, node, K[":="]) < 0) {
    storedInto(place, names);
    return;
  }
  const unknown = place.checker.types.unknown(operand.mode === "unknown" ? operand.reason : "invalid");
  const types = operand.mode === "value" ? rangeTypes(place.checker, operand.type) : names.map(() => unknown);
  declareNames(place, names, types);
}

/** `case v, ok := <-c:` declares in the case's block. */
function receiveStatement(place: Place, node: Node): void {
  const { tree } = place.file;
  const operand = place.checker.evaluate(place, childByField(tree, node, F.right));
  const left = childByField(tree, node, F.left);
  if (left < 0) return;
  const names = expressions(tree, left);
  if (childOfKind(tree, node, K[":="]) < 0) storedInto(place, names);
  else declareNames(place, names, assignedTypes(place, [operand], names.length));
}

function typeSwitch(place: Place, node: Node): void {
  const { checker, file } = place;
  const { tree } = file;
  const outer = inner(place);
  checker.statement(outer, childByField(tree, node, F.initializer));
  const operand = checker.evaluate(outer, childByField(tree, node, F.value));
  const alias = childByField(tree, node, F.alias);
  const whole = operand.mode === "value" ? operand.type : checker.types.unknown("invalid");
  for (const child of children(tree, node)) {
    const of = kind(tree, child);
    if (of === K.type_case) typeCase(inner(outer), child, { alias, whole });
    else if (of === K.default_case) {
      const block = inner(outer);
      const variable: LocalVariable = { kind: "local variable", type: whole, declaredAt: alias };
      if (alias >= 0) declare(block, alias, variable);
      place.observer?.typeCase?.(child, [], variable);
      each(block, child);
    }
  }
}

/** With one type in its case the variable has that type. */
function typeCase(
  place: Place,
  node: Node,
  { alias, whole }: { readonly alias: Node; readonly whole: Type },
): void {
  const { checker, file } = place;
  const { tree } = file;
  const typeNodes = children(tree, node).filter(
    (child) => tree.fields[child] === F.type && kind(tree, child) !== K[","],
  );
  const types = typeNodes.map((child) => {
    if (text(tree, child) !== "nil") return checker.typeOf(place, child);
    checker.evaluate(place, child);
    return undefined;
  });
  const [only] = types;
  const type = types.length === 1 && only !== undefined ? only : whole;
  const variable: LocalVariable = { kind: "local variable", type, declaredAt: alias };
  if (alias >= 0) declare(place, alias, variable);
  place.observer?.typeCase?.(node, types, variable);
  for (const list of childrenOfKind(tree, node, K.statement_list)) checker.statement(place, list);
}
