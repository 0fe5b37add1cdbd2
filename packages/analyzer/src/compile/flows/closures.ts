/** Function literals, and the places of a function's signature. */
import { childByField, F, type Node } from "../../syntax/index.ts";
import type { FunctionVariables, Type } from "../../types/index.ts";
import { local, nothing, type Place } from "./place.ts";
import type { Held, Walk } from "./walk.ts";

/** The value of a function literal; records its body. */
export function closure(walk: Walk, node: Node): Place {
  recordFunction(walk, node);
  const to = local(`f${node}`);
  walk.recorder.add({ kind: "functions", to, value: { kind: "literal", node }, receiver: nothing });
  return to;
}

/** Records the body of a function declaration or function literal, or that statement of it. */
export function recordFunction(
  walk: Walk,
  node: Node,
  body: Node = childByField(walk.tree, node, F.body),
): void {
  const variables = walk.meanings.functions.get(node);
  if (variables === undefined) return;
  const places = signaturePlaces(walk, node, variables);
  const outer = walk.results;
  walk.recorder.inBody(node, { signature: variables.signature, ...places }, () => {
    walk.results = places.results.map(
      (place, index): Held => ({ place, type: typeAt(walk, variables, index) }),
    );
    if (body >= 0) walk.statement(walk, body);
  });
  walk.results = outer;
}

function typeAt({ checker }: Walk, { results }: FunctionVariables, index: number): Type {
  return results[index]?.type ?? checker.types.unknown("invalid");
}

function signaturePlaces(
  { knowledge, variables: known }: Walk,
  node: Node,
  { parameters, results, variables }: FunctionVariables,
): { readonly parameters: readonly Place[]; readonly results: readonly Place[] } {
  const placeOf = (key: string, parameter: FunctionVariables["results"][number]): Place => {
    const place = knowledge.contents(parameter.type) === "nothing" ? nothing : local(key);
    const variable = variables.get(parameter);
    if (variable !== undefined) known.set(variable, place);
    return place;
  };
  return {
    parameters: parameters.map((parameter, index) => {
      const place = placeOf(`p${node}.${index}`, parameter);
      return variables.has(parameter) ? place : nothing;
    }),
    results: results.map((result, index) => placeOf(`r${node}.${index}`, result)),
  };
}
