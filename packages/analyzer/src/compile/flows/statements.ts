/** Statements: what they assign, send, return and range over. */
import { expressions, specNames, varSpecs } from "../../declare/lists.ts";
import { childByField, children, F, K, type Kind, kind, type Node } from "../../syntax/index.ts";
import { assignTo, valuesOf } from "./assignments.ts";
import { recordCall } from "./calls.ts";
import { assign, contain, move } from "./moving.ts";
import { local, nothing } from "./place.ts";
import { rangeClause } from "./ranges.ts";
import { depthLimit, type Held, typeOf, unparenthesised, type Walk } from "./walk.ts";

type Visit = (walk: Walk, node: Node) => void;

const visits: ReadonlyMap<Kind, Visit> = new Map<Kind, Visit>([
  [K.block, each],
  [K.statement_list, each],
  [K.ERROR, each],
  [K.labeled_statement, each],
  [K.for_clause, each],
  [K.for_statement, each],
  [K.expression_switch_statement, each],
  [K.select_statement, each],
  [K.expression_case, each],
  [K.default_case, each],
  [K.communication_case, each],
  [K.return_statement, returned],
  [K.go_statement, started],
  [K.defer_statement, started],
  [K.send_statement, sent],
  [K.assignment_statement, assigned],
  [K.short_var_declaration, assigned],
  [K.receive_statement, assigned],
  [K.var_declaration, declared],
  [K.const_declaration, () => {}],
  [K.type_declaration, () => {}],
  [K.if_statement, ifStatement],
  [K.range_clause, rangeClause],
  [K.type_switch_statement, typeSwitch],
]);

const passed: ReadonlySet<Kind> = new Set<Kind>([
  K.comment,
  K.label_name,
  K.empty_statement,
  K.break_statement,
  K.continue_statement,
  K.goto_statement,
  K.fallthrough_statement,
]);

/** Records a statement, or an expression that stands as one. */
export function statement(walk: Walk, node: Node): void {
  if (node < 0 || walk.depth > depthLimit) return;
  const of = kind(walk.tree, node);
  if (passed.has(of)) return;
  const visit = visits.get(of);
  walk.depth++;
  if (visit === undefined) walk.run(walk, node);
  else visit(walk, node);
  walk.depth--;
}

function each(walk: Walk, node: Node): void {
  for (const child of children(walk.tree, node)) walk.statement(walk, child);
}

/** Alternatives are followed in a loop: generated code has long chains of them. */
function ifStatement(walk: Walk, node: Node): void {
  const { tree } = walk;
  for (let at = node; at >= 0; at = childByField(tree, at, F.alternative)) {
    if (kind(tree, at) !== K.if_statement) {
      walk.statement(walk, at);
      return;
    }
    for (const field of [F.initializer, F.condition, F.consequence])
      walk.statement(walk, childByField(tree, at, field));
  }
}

/** `a, b = x, y`, `a, b := f()`, `s += x` and `case v, ok = <-c`. */
function assigned(walk: Walk, node: Node): void {
  const { tree } = walk;
  const left = childByField(tree, node, F.left);
  const right = childByField(tree, node, F.right);
  const targets = left < 0 ? [] : expressions(tree, left);
  const values = valuesOf(walk, right < 0 ? [] : expressions(tree, right), targets.length);
  targets.forEach((target, index) => {
    const held = values[index];
    if (held !== undefined) assignTo(walk, target, held);
  });
}

function declared(walk: Walk, node: Node): void {
  const { tree } = walk;
  for (const spec of varSpecs(tree, node)) {
    const names = specNames(tree, spec);
    const list = childByField(tree, spec, F.value);
    const values = list < 0 ? [] : valuesOf(walk, expressions(tree, list), names.length);
    names.forEach((name, index) => {
      const held = values[index];
      if (held !== undefined) assignTo(walk, name, held);
    });
  }
}

function returned(walk: Walk, node: Node): void {
  const { tree, results } = walk;
  const list = children(tree, node).find((child) => kind(tree, child) === K.expression_list) ?? -1;
  if (list < 0) return;
  valuesOf(walk, expressions(tree, list), results.length).forEach((held, index) => {
    const to = results[index];
    if (to !== undefined) move(walk, to, held);
  });
}

/** `go f()`, `defer f()`. */
function started(walk: Walk, node: Node): void {
  const { tree, meanings } = walk;
  const how = kind(tree, node) === K.go_statement ? "go" : "defer";
  for (const child of children(tree, node)) {
    const call = meanings.calls.get(unparenthesised(tree, child));
    if (call === undefined) walk.statement(walk, child);
    else recordCall(walk, call, how);
  }
}

function sent(walk: Walk, node: Node): void {
  const { tree } = walk;
  const channel = childByField(tree, node, F.channel);
  const value = childByField(tree, node, F.value);
  const container: Held = { place: walk.value(walk, channel), type: typeOf(walk, channel) };
  contain(
    walk,
    { ...container, kind: "message" },
    { place: walk.value(walk, value), type: typeOf(walk, value) },
  );
}

/** The variable of a case with one type has what is of that type; that of others has all. */
function typeSwitch(walk: Walk, node: Node): void {
  const { tree, meanings } = walk;
  walk.statement(walk, childByField(tree, node, F.initializer));
  const from = walk.value(walk, childByField(tree, node, F.value));
  const isNamed = childByField(tree, node, F.alias) >= 0;
  for (const child of children(tree, node)) {
    const found = meanings.cases.get(child);
    if (found === undefined) continue;
    const { types, variable } = found;
    const [only] = types;
    if (isNamed) {
      const to = local(`v${child}`);
      walk.variables.set(variable, to);
      if (types.length !== 1 || only === undefined) assign(walk, to, from);
      else if (from !== nothing) walk.recorder.add({ kind: "assert", to, from, type: only.canonical });
    }
    for (const inner of children(tree, child)) if (!isType(walk, inner)) walk.statement(walk, inner);
  }
}

/** In a case of a type switch stand types, and statements. */
function isType({ tree }: Walk, node: Node): boolean {
  return tree.fields[node] === F.type;
}
