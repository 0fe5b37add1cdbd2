/** Functions and methods that are used as values. */
import { functionId, methodName } from "../../model/function-id.ts";
import { childByField, F, K, kind, type Node } from "../../syntax/index.ts";
import { type Callable, type Selection, type Type, unalias } from "../../types/index.ts";
import { addressOf } from "./addresses.ts";
import { loaded, memberName, pointed } from "./moving.ts";
import { type FunctionValue, field, local, nothing, type Place, unknown } from "./place.ts";
import { memberOf, operandOf, selectedFrom, typeOf, unparenthesised, type Walk } from "./walk.ts";

/** The place of a function, method value or method expression that stands at a node, perhaps instantiated. */
export function functionValue(walk: Walk, node: Node, callable: Callable): Place {
  const receiver = valueReceiver(walk, selectorIn(walk, node));
  const named = namedFunction(walk, callable, node);
  if (named === undefined) return nothing;
  const to = local(`f${node}`);
  walk.recorder.add({ kind: "functions", to, value: named, receiver });
  return to;
}

/** The receiver of a method value is never nothing: by that it is told from a method expression. */
function valueReceiver(walk: Walk, selector: Node): Place {
  const receiver = boundReceiver(walk, selector);
  const from = selectedFrom(walk.tree, selector);
  const operand = from < 0 ? undefined : operandOf(walk, from);
  return receiver === nothing && operand?.mode === "value" ? unknown : receiver;
}

/** What `x` of `x.M` is as a receiver; nothing for a method expression. */
export function boundReceiver(walk: Walk, selector: Node): Place {
  const { tree, meanings } = walk;
  if (kind(tree, selector) !== K.selector_expression && kind(tree, selector) !== K.qualified_type)
    return nothing;
  const from = selectedFrom(tree, selector);
  const operand = operandOf(walk, from);
  if (operand?.mode !== "value") {
    walk.run(walk, from);
    return nothing;
  }
  const selection = meanings.selections.get(memberOf(tree, selector));
  const byPointer = isByPointer(walk, selector);
  if (selection !== undefined && selection.through.length > 0)
    return embeddedPart(walk, walk.value(walk, from), { selection, byPointer });
  return byPointer && !isPointer(operand.type) ? addressOf(walk, from) : walk.value(walk, from);
}

/** `x.M` stands for `(&x).M` then, unless `x` is a pointer. */
function isByPointer({ tree, meanings }: Walk, selector: Node): boolean {
  const callable = meanings.uses.get(memberOf(tree, selector));
  return callable?.kind === "method" && callable.method.pointer;
}

function isPointer(type: Type): boolean {
  return unalias(type).kind === "pointer";
}

interface Promotion {
  readonly selection: Selection;
  readonly byPointer: boolean;
}

/** The receiver in a method expression's first argument. */
export function givenReceiver(walk: Walk, selector: Node, place: Place): Place {
  const selection = walk.meanings.selections.get(memberOf(walk.tree, selector));
  if (selection === undefined) return place;
  return embeddedPart(walk, place, { selection, byPointer: isByPointer(walk, selector) });
}

/** The embedded field of which a method is promoted. */
function embeddedPart(walk: Walk, base: Place, { selection: { through }, byPointer }: Promotion): Place {
  const last = through.at(-1);
  if (last === undefined) return base;
  const { type, name, package: path } = last.field;
  const at = field(last.holder, memberName(name, path));
  const { knowledge, checker } = walk;
  const aliased = byPointer && !isPointer(type) && knowledge.aliases(checker.types.pointer(type));
  return aliased ? pointed(walk, { at, base }) : loaded(walk, at, base);
}

function namedFunction(walk: Walk, callable: Callable, node: Node): FunctionValue | undefined {
  switch (callable.kind) {
    case "function":
      return {
        kind: "function",
        id: functionId(callable.package, callable.name),
        typeArguments: typeArgumentsAt(walk, node),
      };
    case "method": {
      const { receiver, pointer, name } = callable.method;
      const id = functionId(receiver.package, methodName(receiver.name, pointer, name));
      return { kind: "function", id, typeArguments: typeArgumentsAt(walk, node) };
    }
    case "interface method": {
      const { name, package: path } = callable.method;
      return { kind: "method", type: interfaceAt(walk, node), name: memberName(name, path) };
    }
    case "missing":
      return { kind: "missing", name: functionId(callable.package, callable.name) };
    case "cgo":
      return { kind: "missing", name: `C.${callable.name}` };
    case "variable":
      return undefined;
    default:
      return callable satisfies never;
  }
}

function typeArgumentsAt(walk: Walk, node: Node): readonly Type[] {
  const operand = operandOf(walk, node);
  return operand?.mode === "value" ? (operand.typeArguments ?? []) : [];
}

/** The selector in an instantiated callee. */
export function selectorIn({ tree }: Walk, node: Node): Node {
  let at = node;
  for (;;) {
    const of = kind(tree, at);
    if (of === K.index_expression) at = unparenthesised(tree, childByField(tree, at, F.operand));
    else if (of === K.generic_type || of === K.type_instantiation_expression)
      at = unparenthesised(tree, childByField(tree, at, F.type));
    else return at;
  }
}

/** The interface, or type parameter, through which the selector at a node names a method. */
export function interfaceAt(walk: Walk, selector: Node): Type {
  const { tree, meanings } = walk;
  const last = meanings.selections.get(memberOf(tree, selector))?.through.at(-1);
  if (last !== undefined) return last.field.type.canonical;
  const from = selectedFrom(tree, selector);
  const operand = operandOf(walk, from);
  return operand?.mode === "type" ? operand.type.canonical : typeOf(walk, from).canonical;
}
