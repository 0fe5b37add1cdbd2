/** The types that a package declares, as facts. */
import type { TypeFacts } from "../../model/flow-facts.ts";
import { compareText } from "../../model/position.ts";
import {
  type Checker,
  inParts,
  joinParts,
  type SourcePackage,
  type Type,
  type TypeDeclaration,
} from "../../types/index.ts";
import type { Tables } from "./tables.ts";

/** By name, those inside functions last: of these the ones that the tables have. */
export function declaredTypes(checker: Checker, source: SourcePackage, tables: Tables): TypeFacts[] {
  const declared = source.names
    .toSorted(compareText)
    .flatMap((name) =>
      source.lookUp(name).flatMap(({ object }) => (object.kind === "type" ? [object.declaration] : [])),
    );
  const facts = declared.flatMap((declaration) => typeFacts(checker, declaration, tables));
  // What local types are made of may bring more of them.
  for (const declaration of tables.localTypes) facts.push(...typeFacts(checker, declaration, tables));
  return facts;
}

function typeFacts({ session, types }: Checker, declaration: TypeDeclaration, tables: Tables): TypeFacts[] {
  const { builds } = session;
  const parameters = declaration.typeParameters();
  const parts = inParts(session, builds.asked, (): Type => {
    const under = declaration.underlying();
    return under.kind === "struct" ? types.struct(under.fields.filter(({ embedded }) => embedded)) : under;
  });
  return joinParts(builds, parts)
    .filter(({ value }) => value.kind !== "unknown" || value.reason !== "unknown-name")
    .map(({ builds: set, value }) => ({
      name: declaration.name,
      ...(parameters.length > 0 && { typeParameters: parameters.map(({ name }) => name) }),
      underlying: tables.type(value, parameters),
      ...(!builds.equal(set, builds.asked) && { builds: builds.expression(builds.narrow(set)) }),
    }));
}
