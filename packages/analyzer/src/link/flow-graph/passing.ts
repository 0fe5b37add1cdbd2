/** What a call passes, and what becomes of its results. */
import { formed } from "../../model/type-parts.ts";
import {
  addEdge,
  addHandover,
  type GraphParts,
  type Hub,
  type Instance,
  type InstanceFunction,
  type Ports,
} from "./graph.ts";
import type { Instances } from "./instances.ts";
import type { TypeId, TypeTable } from "./type-table.ts";

/** The nodes of a call; -1 for what is of no interest. */
export interface Passed {
  /** The receiver, or the function value. */
  readonly callee: number;
  readonly arguments: readonly number[];
  readonly results: readonly number[];
  /** The last argument is the slice of the variadic parameter. */
  readonly spread: boolean;
}

interface Makers {
  readonly parts: GraphParts;
  readonly instances: Instances;
}

/** To a function that is known. */
export function passToFunction(makers: Makers, passed: Passed, to: InstanceFunction): void {
  const { parts, instances } = makers;
  passReceiver(makers, passed.callee, to);
  passValues(parts, passed, instances.ports(to), (from, node, type) =>
    handTo(makers, { from, node, type, instance: to.instance }),
  );
}

interface Given {
  readonly from: number;
  /** Of a parameter or the receiver. */
  readonly node: number | undefined;
  readonly type: TypeId | undefined;
  readonly instance: Instance;
}

/** What a function puts behind no pointer that it is given does not get back to who called it. */
function handTo({ parts, instances }: Makers, { from, node = -1, type, instance }: Given): void {
  const { aliases } = parts;
  const mayBeAlias =
    from >= 0 && node >= 0 && type !== undefined && (!aliases.isAtHand(type) || aliases.isAlias(type));
  if (mayBeAlias && !instances.changes(instance, node)) {
    aliases.meet(type);
    addEdge(parts, from, node);
  } else {
    addHandover(parts, from, node, type);
  }
}

/** To a method; other functions have no receiver. */
export function passReceiver({ parts, instances }: Makers, from: number, to: InstanceFunction): void {
  const { receiver } = instances.ports(to);
  if (from >= 0 && receiver >= 0)
    handTo(
      { parts, instances },
      { from, node: receiver, type: instances.receiver(to), instance: to.instance },
    );
}

/** To a hub, and so to whatever is behind it. */
export function passToHub(parts: GraphParts, passed: Passed, hub: Hub): void {
  addEdge(parts, passed.callee, hub.receiver);
  passValues(parts, passed, hub, (from, node, type) => addHandover(parts, from, node, type));
}

/** What each argument is of a variadic parameter, the last of these. */
export function variadicElement(
  types: Pick<TypeTable, "term">,
  parameterTypes: readonly TypeId[],
): TypeId | undefined {
  const last = parameterTypes.at(-1);
  return last === undefined ? undefined : formed(types.term(last), "slice")?.[1];
}

/** Arguments of a variadic parameter are elements of its slice, unless they are that. */
function passValues(
  parts: GraphParts,
  { arguments: given, results, spread }: Passed,
  to: Ports,
  hand: (from: number, to: number | undefined, type: TypeId | undefined) => void,
): void {
  const { types, nodes } = parts;
  const rest = to.isVariadic && !spread ? to.parameterTypes.length - 1 : Number.POSITIVE_INFINITY;
  given.forEach((from, index) => {
    if (index < rest) {
      hand(from, to.parameters[index], to.parameterTypes[index]);
      return;
    }
    const element = variadicElement(types, to.parameterTypes);
    if (element !== undefined) addHandover(parts, from, from < 0 ? -1 : nodes.element(element), element);
  });
  results.forEach((result, index) => addHandover(parts, to.results[index], result, to.resultTypes[index]));
}
