/** Calls and conversions. */
import { childByField, children, F, K, kind, type Node, start, text } from "../../syntax/index.ts";
import { type Callable, type ObservedCall, parameterType, type Type } from "../../types/index.ts";
import { builtinCall, unsafeCall } from "./builtins.ts";
import { recordFunction } from "./closures.ts";
import { element } from "./elements.ts";
import { boundReceiver, givenReceiver, interfaceAt, selectorIn } from "./function-values.ts";
import { converted } from "./moving.ts";
import { nothing, type Place } from "./place.ts";
import { type CallFlow, resultPlace } from "./recorder.ts";
import {
  type Held,
  inside,
  onlyChild,
  operandOf,
  selectedFrom,
  typeOf,
  unparenthesised,
  type Walk,
} from "./walk.ts";

/** Where a result of a call, or the value of a conversion, may be; -1 for none of the results. */
export function callResult(walk: Walk, node: Node, index: number): Place {
  const { meanings, knowledge } = walk;
  const observed = meanings.calls.get(node);
  if (observed === undefined) return conversion(walk, node);
  const callable = observed.callee.kind === "known" ? observed.callee.callable : undefined;
  if (callable?.kind === "function" && callable.package === "unsafe")
    return unsafeCall(walk, callable.name, argumentNodes(walk, node));
  const call = recordCall(walk, observed, "call");
  if (index < 0) return nothing;
  const type = observed.signature?.results[index]?.type;
  if (observed.signature !== undefined && type === undefined) return nothing;
  if (type !== undefined && knowledge.contents(type) === "nothing") return nothing;
  return resultPlace(call, index);
}

/** Several results of a call as values. */
export function callResults(walk: Walk, node: Node): readonly Held[] {
  const call = unparenthesised(walk.tree, node);
  const type = typeOf(walk, call);
  if (type.kind !== "tuple") return [{ place: walk.value(walk, call), type }];
  return type.elements.map((element, index) => ({ place: callResult(walk, call, index), type: element }));
}

/** Records a call: its results are of no interest so far. */
export function recordCall(walk: Walk, observed: ObservedCall, how: CallFlow["how"]): CallFlow {
  const { node } = observed;
  return walk.recorder.call(node, () => {
    const callee = calleePlace(walk, observed);
    const nodes = argumentNodes(walk, node);
    const places = argumentPlaces(walk, observed, nodes);
    const selector = methodExpression(walk, observed);
    return {
      node,
      at: useNode(walk, observed),
      offset: parenthesis(walk, node),
      how,
      spread: isSpread(walk, nodes),
      callee: selector === undefined ? callee : givenReceiver(walk, selector, places[0] ?? nothing),
      arguments: selector === undefined ? places : places.slice(1),
      results: [],
      type: dispatchType(walk, observed),
      typeArguments: observed.typeArguments,
    };
  });
}

/** Where the use stands that the call makes a call. */
export function useNode(walk: Pick<Walk, "tree">, { node, identifier }: ObservedCall): Node {
  if (identifier >= 0) return identifier;
  const callee = childByField(walk.tree, node, F.function);
  return callee >= 0 ? callee : node;
}

/**
 * The index in what is called, where the parser takes it for type arguments: `xs[a.b]()` calls an element, whatever
 * `calledNode` is then.
 */
export function calledIndices({ tree }: Pick<Walk, "tree">, node: Node): readonly Node[] {
  const list = childByField(tree, node, F.type_arguments);
  return list < 0 ? [] : inside(tree, list);
}

/** The opening parenthesis of the arguments. */
function parenthesis({ tree }: Walk, node: Node): number {
  const list = childByField(tree, node, F.arguments);
  if (list >= 0) return start(tree, list);
  const token = children(tree, node).find((child) => text(tree, child) === "(") ?? node;
  return start(tree, token);
}

/** The node of what is called; behind a star where the parser takes it for a type. */
export function calledNode({ tree }: Pick<Walk, "tree">, node: Node): Node {
  const fn = childByField(tree, node, F.function);
  if (fn >= 0) return unparenthesised(tree, fn);
  const type = childByField(tree, node, F.type);
  return unparenthesised(tree, kind(tree, type) === K.pointer_type ? onlyChild(tree, type) : type);
}

export function argumentNodes({ tree }: Pick<Walk, "tree">, node: Node): readonly Node[] {
  const list = childByField(tree, node, F.arguments);
  if (list >= 0) return inside(tree, list);
  const operand = childByField(tree, node, F.operand);
  return operand < 0 ? [] : [operand];
}

export function isSpread({ tree }: Pick<Walk, "tree">, nodes: readonly Node[]): boolean {
  const last = nodes.at(-1);
  return last !== undefined && kind(tree, last) === K.variadic_argument;
}

function calleePlace(walk: Walk, { node, callee }: ObservedCall): Place {
  const fn = calledNode(walk, node);
  switch (callee.kind) {
    case "literal":
      recordFunction(walk, fn);
      return nothing;
    case "dynamic": {
      const indices = calledIndices(walk, node);
      return indices.length > 0 ? element(walk, fn, indices) : walk.value(walk, fn);
    }
    case "known":
      if (isMethod(callee.callable)) return boundReceiver(walk, selectorIn(walk, fn));
      walk.run(walk, fn);
      return nothing;
    case "unknown":
      return walk.value(walk, fn);
    default:
      return callee satisfies never;
  }
}

function isMethod({ kind: of }: Callable): boolean {
  return of === "method" || of === "interface method";
}

/** The selector of a method expression that is called: its first argument is the receiver. */
function methodExpression(walk: Walk, { node, callee }: ObservedCall): Node | undefined {
  if (callee.kind !== "known" || !isMethod(callee.callable)) return undefined;
  const selector = selectorIn(walk, calledNode(walk, node));
  const operand = operandOf(walk, selectedFrom(walk.tree, selector));
  return operand?.mode === "type" ? selector : undefined;
}

function argumentPlaces(walk: Walk, { signature }: ObservedCall, nodes: readonly Node[]): readonly Place[] {
  const [only] = nodes;
  const several = nodes.length === 1 && only !== undefined && typeOf(walk, only).kind === "tuple";
  const values: readonly Held[] = several
    ? callResults(walk, only)
    : nodes.map((node) => ({ place: walk.value(walk, node), type: typeOf(walk, node) }));
  const spread = isSpread(walk, nodes);
  return values.map((held, index) => {
    const type = signature && parameterType(signature, index, spread);
    return type === undefined ? held.place : converted(walk, held, type);
  });
}

/** The type by which the callee of a dynamic call is found. */
function dispatchType(walk: Walk, { node, callee }: ObservedCall): Type | undefined {
  if (callee.kind === "dynamic") return callee.type.canonical;
  if (callee.kind !== "known" || callee.callable.kind !== "interface method") return undefined;
  return interfaceAt(walk, selectorIn(walk, calledNode(walk, node)));
}

/** A conversion, or a call of a builtin function. */
function conversion(walk: Walk, node: Node): Place {
  const operand = operandOf(walk, calledNode(walk, node));
  const nodes = argumentNodes(walk, node);
  if (operand?.mode === "builtin") return builtinCall(walk, { name: operand.name, node, nodes });
  const held = nodes.map((one): Held => ({ place: walk.value(walk, one), type: typeOf(walk, one) }));
  const [only] = held;
  if (only === undefined) return nothing;
  return operand?.mode === "type" ? converted(walk, only, operand.type) : only.place;
}
