/** Walks statements: opens blocks, declares what they declare, and hands expressions on. */
import { expressions, specNames, typeSpecs, varSpecs } from "../declare/lists.ts";
import { constants } from "../declare/package-scope.ts";
import {
  childByField,
  childOfKind,
  children,
  F,
  K,
  type Kind,
  kind,
  type Node,
  text,
} from "../syntax/index.ts";
import { walkExpression } from "./expressions.ts";
import type { Context } from "./recorder.ts";
import { declareLocal, innerScope, type Scope } from "./scope.ts";
import { isUnsafePointer, isUnsafePointerType } from "./unsafe.ts";

/** Blocks within blocks that are followed; what lies deeper becomes a diagnostic. */
const depthLimit = 500;

type Walk = (context: Context, scope: Scope, node: Node) => void;

const walks: ReadonlyMap<Kind, Walk> = new Map<Kind, Walk>([
  [K.block, walkBlock],
  [K.statement_list, walkChildren],
  [K.ERROR, walkChildren],
  [K.short_var_declaration, walkShortDeclaration],
  [K.var_declaration, walkVariables],
  [K.const_declaration, walkConstants],
  [K.type_declaration, walkTypes],
  [K.if_statement, walkIf],
  [K.for_statement, walkFor],
  [K.expression_switch_statement, walkInBlock],
  [K.select_statement, walkInBlock],
  [K.type_switch_statement, walkTypeSwitch],
  [K.expression_case, walkInBlock],
  [K.default_case, walkInBlock],
  [K.communication_case, walkInBlock],
  [K.receive_statement, walkReceive],
  [K.labeled_statement, walkChildren],
]);

/** Records what a statement uses and declares its names in `scope`. */
export function walkStatement(context: Context, scope: Scope, node: Node): void {
  if (!walkNested(context, scope, node)) walkExpression(context, scope, node);
}

/** Does so only for a statement that declares something or opens a block; false for any other node. */
export function walkNested(context: Context, scope: Scope, node: Node): boolean {
  const walk = walks.get(kind(context.recorder.unit.tree, node));
  if (walk === undefined) return false;
  if (context.depth > depthLimit) context.recorder.tooDeep.push(node);
  else walk({ ...context, depth: context.depth + 1 }, scope, node);
  return true;
}

function walkChildren(context: Context, scope: Scope, node: Node): void {
  for (const child of children(context.recorder.unit.tree, node)) walkStatement(context, scope, child);
}

function walkBlock(context: Context, scope: Scope, node: Node): void {
  walkChildren(context, innerScope(scope), node);
}

/** A statement with its own block in which its parts stand: switch, select and their cases. */
function walkInBlock(context: Context, scope: Scope, node: Node): void {
  walkChildren(context, innerScope(scope), node);
}

function walkShortDeclaration(context: Context, scope: Scope, node: Node): void {
  const { unit } = context.recorder;
  const right = childByField(unit.tree, node, F.right);
  walkExpression(context, scope, right);
  declareNames({ context, scope, left: childByField(unit.tree, node, F.left), values: right });
}

interface Names {
  readonly context: Context;
  readonly scope: Scope;
  readonly left: Node;
  /** The expression list on the right, or -1. */
  readonly values: Node;
}

function declareNames({ context, scope, left, values }: Names): void {
  const { unit } = context.recorder;
  if (left < 0) return;
  const right = values < 0 ? [] : expressions(unit.tree, values);
  const named = expressions(unit.tree, left);
  // Looked at before any name is declared: `p := unsafe.Pointer(p)` means the outer p.
  const pointers = named.map(
    (_, index) => right[index] !== undefined && isUnsafePointer(unit, scope, right[index]),
  );
  named.forEach((name, index) => {
    if (kind(unit.tree, name) !== K.identifier) return;
    declareLocal(scope, text(unit.tree, name), { kind: "value", unsafePointer: pointers[index] === true });
  });
}

function walkVariables(context: Context, scope: Scope, node: Node): void {
  const { unit } = context.recorder;
  for (const spec of varSpecs(unit.tree, node)) {
    const values = childByField(unit.tree, spec, F.value);
    if (values >= 0) walkExpression(context, scope, values);
    const type = childByField(unit.tree, spec, F.type);
    const first = values < 0 ? -1 : (expressions(unit.tree, values)[0] ?? -1);
    const unsafePointer =
      type >= 0 ? isUnsafePointerType(unit, scope, type) : first >= 0 && isUnsafePointer(unit, scope, first);
    for (const name of specNames(unit.tree, spec)) {
      declareLocal(scope, text(unit.tree, name), { kind: "value", unsafePointer });
    }
  }
}

function walkConstants(context: Context, scope: Scope, node: Node): void {
  const { unit } = context.recorder;
  for (const declaration of constants(unit.tree, node, unit.file)) {
    // A constant's value sees the block as it is before its own line: give it a copy that stays so.
    const before: Scope = { outer: scope.outer, names: new Map(scope.names) };
    declareLocal(scope, declaration.name, { kind: "constant", declaration, scope: before });
  }
}

function walkTypes(context: Context, scope: Scope, node: Node): void {
  const { tree } = context.recorder.unit;
  for (const spec of typeSpecs(tree, node)) {
    declareLocal(scope, text(tree, childByField(tree, spec, F.name)), { kind: "type" });
  }
}

/** An else-if chain is followed in a loop: generated code has long ones. */
function walkIf(context: Context, scope: Scope, node: Node): void {
  const { tree } = context.recorder.unit;
  let inner = scope;
  for (let statement = node; statement >= 0; ) {
    inner = innerScope(inner);
    for (const field of [F.initializer, F.condition, F.consequence]) {
      const part = childByField(tree, statement, field);
      if (part >= 0) walkStatement(context, inner, part);
    }
    const alternative = childByField(tree, statement, F.alternative);
    if (kind(tree, alternative) !== K.if_statement) {
      if (alternative >= 0) walkStatement(context, inner, alternative);
      return;
    }
    statement = alternative;
  }
}

function walkFor(context: Context, scope: Scope, node: Node): void {
  const { tree } = context.recorder.unit;
  const inner = innerScope(scope);
  for (const child of children(tree, node)) {
    if (kind(tree, child) === K.range_clause) walkRange(context, inner, child);
    else if (kind(tree, child) === K.for_clause) walkChildren(context, inner, child);
    else walkStatement(context, inner, child);
  }
}

/** `for a, b := range x`: x does not see a and b. */
function walkRange(context: Context, scope: Scope, node: Node): void {
  const { tree } = context.recorder.unit;
  walkExpression(context, scope, childByField(tree, node, F.right));
  const left = childByField(tree, node, F.left);
  if (left < 0) return;
  if (childOfKind(tree, node, K[":="]) >= 0) declareNames({ context, scope, left, values: -1 });
  else walkExpression(context, scope, left);
}

/** `case v := <-c:` declares v in the case's block. */
function walkReceive(context: Context, scope: Scope, node: Node): void {
  walkRange(context, scope, node);
}

function walkTypeSwitch(context: Context, scope: Scope, node: Node): void {
  const { tree } = context.recorder.unit;
  const outer = innerScope(scope);
  const alias = childByField(tree, node, F.alias);
  for (const child of children(tree, node)) {
    if (child === alias) continue;
    if (![K.type_case, K.default_case].includes(kind(tree, child))) walkStatement(context, outer, child);
    else walkCase(context, outer, { clause: child, alias });
  }
}

function walkCase(
  context: Context,
  scope: Scope,
  parts: { readonly clause: Node; readonly alias: Node },
): void {
  const inner = innerScope(scope);
  declareNames({ context, scope: inner, left: parts.alias, values: -1 });
  walkChildren(context, inner, parts.clause);
}
