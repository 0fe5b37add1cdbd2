/**
 * Names that a package declares more than once, so that Go rejects each build that has one of
 * the declarations. Declarations that meet in some of their builds only are no mistake for
 * most who build the package, and are not told.
 */
import type { BuildSet, BuildSets } from "../constraints/index.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { PackageFacts } from "../model/facts.ts";
import { functionId } from "../model/function-id.ts";

/** Names of a package that are told. */
const namesShown = 5;

/** A diagnostic for each package that has such names. */
export function redeclarations(packages: readonly PackageFacts[], builds: BuildSets): Diagnostic[] {
  return packages.filter(({ apart }) => !apart).flatMap((pkg) => ofPackage(pkg, builds));
}

function ofPackage(pkg: PackageFacts, sets: BuildSets): Diagnostic[] {
  const declared = new Map<string, BuildSet>();
  const twice = new Map<string, string>();
  for (const { id, file, builds } of declarations(pkg)) {
    const set = sets.parse(builds ?? pkg.files[file]?.builds ?? "");
    const known = declared.get(id) ?? sets.none;
    if (sets.meets(known, set) && (sets.subsetOf(set, known) || sets.subsetOf(known, set)))
      twice.set(id, twice.get(id) ?? pkg.files[file]?.name ?? "");
    declared.set(id, sets.or(known, set));
  }
  const [first] = twice.values();
  if (first === undefined) return [];
  const shown = [...twice.keys()].sort().slice(0, namesShown).join(", ");
  const more = twice.size > namesShown ? ` and ${twice.size - namesShown} more` : "";
  const message = `declared more than once in the same builds, which Go rejects: ${shown}${more}`;
  return [{ code: "redeclared", severity: "warning", message, incomplete: false, file: first }];
}

interface Declared {
  readonly id: string;
  readonly file: number;
  readonly builds?: string | undefined;
}

/** What has a name of its own: neither closures, init functions, initialisers nor blank names. */
function declarations({ path, functions, names }: PackageFacts): Declared[] {
  const blank = functionId(path, "_");
  return [
    ...functions.filter(({ kind }) => kind === "function" || kind === "method"),
    ...names.map(({ name, file }) => ({ id: functionId(path, name), file })),
  ].filter(({ id }) => id !== blank && !id.endsWith(")._"));
}
