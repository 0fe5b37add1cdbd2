/**
 * Generic functions as values. Without type arguments one means the instance that fits the type
 * of what it is assigned to or passed for (Go spec, Instantiations).
 */
import type { Node } from "../syntax/index.ts";
import type { Place } from "./checker.ts";
import { inferSignature } from "./inference.ts";
import type { Operand, Value } from "./operand.ts";
import { unparenthesised } from "./parentheses.ts";
import type { Type } from "./type.ts";

/** Whether a value is a generic function that lacks type arguments. */
export function isGeneric(operand: Operand): operand is Value {
  return (
    operand.mode === "value" && operand.type.kind === "signature" && operand.type.typeParameters.length > 0
  );
}

/** Tells the instances that the values of an assignment or return statement are, value by value. */
export function tellAssigned(
  place: Place,
  nodes: readonly Node[],
  {
    operands,
    wanted,
  }: { readonly operands: readonly Operand[]; readonly wanted: readonly (Type | undefined)[] },
): void {
  if (operands.length !== wanted.length || !operands.some(isGeneric)) return;
  const instances = operands.map((operand, index) => instanceFor(place, operand, wanted[index]));
  tellInstances(place, nodes, { generic: operands, instances });
}

function instanceFor({ checker, file }: Place, operand: Operand, wanted: Type | undefined): Operand {
  if (wanted === undefined || !isGeneric(operand)) return operand;
  const parameters = [{ name: "", type: wanted }];
  const signature = checker.types.signature({ parameters, results: [], variadic: false });
  const call = { signature, arguments: [operand], spread: false, from: file.package };
  return inferSignature(checker, call).arguments[0] ?? operand;
}

/** Tells the observer of those that became another operand. */
export function tellInstances(
  { observer, file }: Place,
  nodes: readonly Node[],
  { generic, instances }: { readonly generic: readonly Operand[]; readonly instances: readonly Operand[] },
): void {
  if (observer?.evaluated === undefined || generic === instances) return;
  for (const [index, node] of nodes.entries()) {
    const instance = instances[index];
    if (instance !== undefined && instance !== generic[index])
      observer.evaluated(unparenthesised(file.tree, node), instance);
  }
}
