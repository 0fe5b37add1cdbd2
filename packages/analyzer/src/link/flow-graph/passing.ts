/** What a call passes, and what becomes of its results. */
import { addEdge, addHandover, type GraphParts, type Hub, type Instance, signatureTerm } from "./graph.ts";
import type { Instances } from "./instances.ts";
import type { TypeId } from "./type-table.ts";

/** The nodes of a call; -1 for what is of no interest. */
export interface Passed {
  /** The receiver, or the function value. */
  readonly callee: number;
  readonly arguments: readonly number[];
  readonly results: readonly number[];
  /** The last argument is the slice of the variadic parameter. */
  readonly spread: boolean;
}

/** To a function that is known. */
export function passToFunction(
  parts: GraphParts,
  instances: Instances,
  { instance, fn, passed }: { readonly instance: Instance; readonly fn: number; readonly passed: Passed },
): void {
  const all = instances.parameters(instance, fn);
  const isMethod = parts.declared.functions[fn]?.facts.kind === "method";
  if (isMethod)
    addHandover(parts, { from: passed.callee, to: all[0] ?? -1, type: instances.receiver(instance, fn) });
  const parameters = isMethod ? all.slice(1) : all;
  const signature = instances.signature(instance, fn);
  passArguments(parts, passed, { parameters, signature });
  returnResults(parts, passed, { results: instances.results(instance, fn), signature });
}

/** To a hub, and so to whatever is behind it. */
export function passToHub(parts: GraphParts, hub: Hub, passed: Passed): void {
  addEdge(parts, passed.callee, hub.receiver);
  passArguments(parts, passed, hub);
  returnResults(parts, passed, hub);
}

interface Returned {
  readonly results: readonly number[];
  readonly signature: TypeId | undefined;
}

function returnResults(parts: GraphParts, { results }: Passed, returned: Returned): void {
  const types = signatureTerm(parts.types, returned.signature)?.[2] ?? [];
  results.forEach((to, index) =>
    addHandover(parts, { from: returned.results[index] ?? -1, to, type: types[index] }),
  );
}

interface Wanted {
  readonly parameters: readonly number[];
  readonly signature: TypeId | undefined;
}

/** Arguments of a variadic parameter are elements of its slice, unless they are that. */
function passArguments(parts: GraphParts, passed: Passed, { parameters, signature }: Wanted): void {
  const { types, nodes } = parts;
  const term = signatureTerm(types, signature);
  const wanted = term?.[1] ?? [];
  const rest = term?.[0] === "variadic" && !passed.spread ? wanted.length - 1 : Number.POSITIVE_INFINITY;
  passed.arguments.forEach((from, index) => {
    if (index < rest) {
      addHandover(parts, { from, to: parameters[index] ?? -1, type: wanted[index] });
      return;
    }
    const list = types.term(wanted[rest] ?? -1);
    if (typeof list !== "string" && list[0] === "slice")
      addHandover(parts, { from, to: nodes.element(list[1]), type: list[1] });
  });
}
