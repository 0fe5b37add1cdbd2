import type { BuildSets } from "../constraints/index.ts";
import type { StandardFacts } from "../link/declarations.ts";
import type { PackageFacts } from "../model/facts.ts";
import { compareText } from "../model/position.ts";
import type { StandardLibrary } from "./module-source.ts";

export interface StandardFactsOptions {
  /** Whether the bodies of all packages are wanted, and not only of those that hand on what they are given. */
  readonly whole: boolean;
}

/**
 * The packages of a standard library as link asks for them: of a module of their own, each read once. What
 * the library vendors has paths that begin with `vendor/`.
 */
export function standardFacts(
  library: StandardLibrary | undefined,
  { whole }: StandardFactsOptions,
): StandardFacts {
  const known = new Map<string, PackageFacts | undefined>();
  const hasBodies = (path: string) => whole || handingOn.has(path);
  return {
    handsBack: (id) => !whole && handingBack.has(id),
    isBodiless: (path) => library?.nameOf(path) !== undefined && !hasBodies(path),
    factsOf: (path) => {
      if (!known.has(path)) {
        const facts = hasBodies(path) ? library?.factsOf?.(path) : library?.declarationsOf?.(path);
        known.set(path, facts && { ...facts, module: `std@${library?.release ?? ""}` });
      }
      return known.get(path);
    },
  };
}

/**
 * Packages whose functions are containers for values of others, call what they are given, or join such values:
 * through them values get from one place of a program to another. Others are as good
 * as what the map says of them: what comes out of them is their own.
 */
const handingOn: ReadonlySet<string> = new Set([
  "cmp",
  "container/heap",
  "container/list",
  "container/ring",
  "context",
  "errors",
  "internal/sync",
  "iter",
  "maps",
  "slices",
  "sort",
  "sync",
  "sync/atomic",
  "unique",
  "weak",
]);

/** Functions that give back one which calls what they were given when it is called, once: it stands for that. */
const handingBack: ReadonlySet<string> = new Set(["sync.OnceFunc", "sync.OnceValue", "sync.OnceValues"]);

/**
 * Paths of the packages of a standard library that some import in the builds that were asked for, directly or
 * not, and of `runtime`; sorted. Files set apart are programs of their own: they bring nothing into that of others.
 */
export function importedStandard(
  packages: readonly PackageFacts[],
  { factsOf }: StandardFacts,
  { asked, meets, narrow, parse }: BuildSets,
): string[] {
  const importsOf = ({ files }: PackageFacts) =>
    files.flatMap(({ imports, builds }) =>
      meets(asked, narrow(parse(builds))) ? imports.map(({ path }) => path) : [],
    );
  const found = new Map<string, boolean>();
  const pending = ["runtime", ...packages.filter(({ apart }) => !apart).flatMap(importsOf)];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    for (const one of [path, `vendor/${path}`]) {
      if (found.has(one)) continue;
      const facts = factsOf(one);
      found.set(one, facts !== undefined);
      if (facts !== undefined) pending.push(...importsOf(facts));
    }
  }
  return [...found].flatMap(([path, isThere]) => (isThere ? [path] : [])).sort(compareText);
}
