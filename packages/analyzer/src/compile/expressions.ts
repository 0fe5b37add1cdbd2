/**
 * Walks expressions and records what they use. Iterative, so that a sum of ten
 * thousand terms or a deep parenthesis is no problem; only function literals recurse.
 */
import { childByField, children, F, K, kind, type Node, text } from "../syntax/index.ts";
import { recordCall } from "./calls.ts";
import { type Context, record } from "./recorder.ts";
import { lookUp, type Scope } from "./scope.ts";
import { recordSelector } from "./selectors.ts";

/** Nodes in which nothing runs. Array lengths are constants; what they name is declared elsewhere. */
const inert = new Set([
  K.comment,
  K.label_name,
  K.type_identifier,
  K.field_identifier,
  K.package_identifier,
  K.qualified_type,
  K.generic_type,
  K.pointer_type,
  K.array_type,
  K.implicit_length_array_type,
  K.slice_type,
  K.map_type,
  K.channel_type,
  K.function_type,
  K.struct_type,
  K.interface_type,
  K.parenthesized_type,
  K.negated_type,
  K.type_arguments,
  K.type_elem,
  K.type_constraint,
  K.interpreted_string_literal,
  K.raw_string_literal,
]);

/** Records what evaluating an expression uses, in source order. */
export function walkExpression(context: Context, scope: Scope, root: Node): void {
  const { tree } = context.recorder.unit;
  const pending: Node[] = root < 0 ? [] : [root];
  const push = (nodes: readonly Node[]) => {
    for (let i = nodes.length - 1; i >= 0; i--) pending.push(nodes[i] ?? -1);
  };
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const of = kind(tree, node);
    if (node < 0 || inert.has(of)) continue;
    switch (of) {
      case K.identifier:
        recordName(context, scope, node);
        break;
      case K.call_expression:
      case K.type_conversion_expression:
        push(recordCall(context, scope, node));
        break;
      case K.selector_expression:
        push(recordSelector(context, scope, { node, use: "reference" }));
        break;
      case K.composite_literal:
        push([childByField(tree, node, F.body)]);
        break;
      case K.keyed_element:
        push(elementsOf(context, node));
        break;
      case K.func_literal:
        context.walkers.closure(context, scope, { node, use: "reference" });
        break;
      default:
        if (node !== root && context.walkers.statement(context, scope, node)) break;
        push(children(tree, node));
    }
  }
}

/** Key and value. A plain name as key is a field, or a map's key: never something that runs. */
function elementsOf({ recorder }: Context, element: Node): Node[] {
  const { tree } = recorder.unit;
  const parts = children(tree, element).filter((child) => kind(tree, child) === K.literal_element);
  const [key, ...values] = parts;
  if (key === undefined) return children(tree, element);
  const inside = children(tree, key);
  const plain = inside.length === 1 && kind(tree, inside[0] ?? -1) === K.identifier;
  return plain ? values : [key, ...values];
}

/** A name that is not called: a function used as a value counts like a call. */
function recordName(context: Context, scope: Scope, node: Node): void {
  const { unit } = context.recorder;
  const name = text(unit.tree, node);
  const meaning = lookUp(unit, scope, name);
  if (meaning.kind === "declared" && meaning.declarations.some((one) => one.kind === "function")) {
    record(context, {
      target: { kind: "function", id: `${unit.packagePath}.${name}` },
      use: "reference",
      at: node,
    });
  }
  if (meaning.kind === "declared" || meaning.kind === "elsewhere") {
    for (const path of meaning.dots) {
      record(context, { target: { kind: "qualified", package: path, name }, use: "reference", at: node });
    }
  }
}
