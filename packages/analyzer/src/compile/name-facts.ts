/** The package-level names that are no functions, as facts. */
import type { Declaration, FunctionDeclaration, PackageScope } from "../declare/package-scope.ts";
import type { NameFacts } from "../model/facts.ts";
import type { VariableCode } from "./written-code.ts";

/** With the code of those declarations that have some. */
export function nameFacts(scope: PackageScope, codes: ReadonlyMap<Declaration, VariableCode>): NameFacts[] {
  return named(scope).map((one) => ({
    name: one.name,
    kind: one.kind,
    file: one.file,
    ...codes.get(one),
  }));
}

/** The places of declarations among these facts. */
export function namePlaces(scope: PackageScope): ReadonlyMap<Declaration, number> {
  return new Map(named(scope).map((one, place) => [one, place]));
}

function named({ names }: PackageScope): Exclude<Declaration, FunctionDeclaration>[] {
  return [...names.values()].flat().filter((one) => one.kind !== "function");
}
