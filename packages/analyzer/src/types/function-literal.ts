/** Function literals. Their bodies are entered only where an observer listens. */
import { childByField, F, type Node } from "../syntax/index.ts";
import type { Place } from "./checker.ts";
import { innerScope, type Scope } from "./object.ts";
import { type Operand, value } from "./operand.ts";
import { signatureType } from "./signature.ts";
import type { Parameter, SignatureType } from "./type.ts";

export function functionLiteral(place: Place, node: Node): Operand {
  const signature = signatureType(place, node);
  const { observer, file, checker } = place;
  observer?.literal(node, () => {
    const scope = parameterScope(place.scope, signature);
    // What is in a body does not run where the literal stands.
    const { runs } = checker;
    checker.statement({ ...place, scope, signature }, childByField(file.tree, node, F.body));
    checker.runs = runs;
  });
  return value(signature);
}

/** The scope of a body: its parameters and named results. */
export function parameterScope(outer: Scope | undefined, { parameters, results }: SignatureType): Scope {
  const scope = innerScope(outer);
  for (const { name, type } of [...parameters, ...results] as readonly Parameter[]) {
    if (name !== "" && name !== "_") scope.names.set(name, { kind: "local variable", type });
  }
  return scope;
}
