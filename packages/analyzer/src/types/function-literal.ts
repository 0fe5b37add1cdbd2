/** Function literals. Their bodies are entered only where an observer listens. */
import { childByField, F, type Node } from "../syntax/index.ts";
import type { Place } from "./checker.ts";
import { innerScope, type LocalVariable, type Scope } from "./object.ts";
import { type Operand, value } from "./operand.ts";
import { signatureType } from "./signature.ts";
import type { Parameter, SignatureType } from "./type.ts";

export function functionLiteral(place: Place, node: Node): Operand {
  const signature = signatureType(place, node);
  const { observer, file, checker } = place;
  observer?.literal(node, () => {
    const { scope, variables } = parameterScope(place.scope, signature);
    observer.parameters?.(node, {
      parameters: signature.parameters,
      results: signature.results,
      signature,
      variables,
    });
    // What is in a body does not run where the literal stands.
    const { runs } = checker;
    checker.body({ ...place, scope, signature }, childByField(file.tree, node, F.body));
    checker.runs = runs;
  });
  return value(signature);
}

interface ParameterScope {
  readonly scope: Scope;
  readonly variables: ReadonlyMap<Parameter, LocalVariable>;
}

/** The scope of a body: its parameters and named results. */
export function parameterScope(
  outer: Scope | undefined,
  { parameters, results }: SignatureType,
): ParameterScope {
  const scope = innerScope(outer);
  const variables = new Map<Parameter, LocalVariable>();
  for (const parameter of [...parameters, ...results]) {
    const { name, type } = parameter;
    if (name === "" || name === "_") continue;
    const variable: LocalVariable = { kind: "local variable", type, declaredAt: -1 };
    scope.names.set(name, variable);
    variables.set(parameter, variable);
  }
  return { scope, variables };
}
