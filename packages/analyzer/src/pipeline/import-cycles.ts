/** Packages of a module that import each other in some build, which Go rejects. */
import type { BuildSet, BuildSets } from "../constraints/index.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { ImportFacts, PackageFacts } from "../model/facts.ts";

interface Import extends ImportFacts {
  /** Slash path of the file. */
  readonly file: string;
  readonly builds: BuildSet;
}

/** By import path. */
type Imports = ReadonlyMap<string, readonly Import[]>;

/** Steps from package to package that are taken in search of cycles. */
const stepLimit = 20_000;

/**
 * A diagnostic for each cycle that holds in one build; cycles that are closed only by
 * files of different builds are none. A package is named in one cycle at most.
 */
export function importCycles(packages: readonly PackageFacts[], builds: BuildSets): Diagnostic[] {
  const imports = inCycles(importsAmong(packages, builds));
  const named = new Set<string>();
  const found: Diagnostic[] = [];
  let left = stepLimit;
  for (const path of imports.keys()) {
    if (named.has(path)) continue;
    const search = cycleFrom(path, { imports, builds, steps: left });
    left = search.left;
    const [first] = search.cycle;
    if (first === undefined) continue;
    for (const one of search.cycle) named.add(one.path);
    found.push(diagnostic(path, first, search.cycle));
  }
  return found;
}

function importsAmong(packages: readonly PackageFacts[], builds: BuildSets): Imports {
  const own = packages.filter(({ apart }) => !apart);
  const paths = new Set(own.map(({ path }) => path));
  return new Map(
    own.map((pkg) => [
      pkg.path,
      pkg.files.flatMap((file) =>
        file.imports
          .filter(({ path }) => paths.has(path))
          .map((one) => ({ ...one, file: file.name, builds: builds.parse(file.builds) })),
      ),
    ]),
  );
}

/** The packages that are in cycles or between them, and what they import of each other. Linear. */
function inCycles(imports: Imports): Imports {
  const forwards = new Map([...imports].map(([path, list]) => [path, list.map((one) => one.path)] as const));
  const backwards = new Map([...imports.keys()].map((path) => [path, [] as string[]] as const));
  for (const [path, list] of forwards) for (const to of list) backwards.get(to)?.push(path);
  const [ahead, behind] = [behindCycles(forwards), behindCycles(backwards)];
  const kept = (path: string) => ahead.has(path) && behind.has(path);
  return new Map(
    [...imports].flatMap(([path, list]) =>
      kept(path) ? [[path, list.filter((one) => kept(one.path))] as const] : [],
    ),
  );
}

/** What is left when all that nothing left leads to is taken away. */
function behindCycles(edges: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const left = new Set(edges.keys());
  const incoming = new Map<string, number>();
  for (const list of edges.values()) for (const to of list) incoming.set(to, (incoming.get(to) ?? 0) + 1);
  const waiting = [...left].filter((path) => !incoming.has(path));
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    left.delete(path);
    for (const to of edges.get(path) ?? []) {
      const count = (incoming.get(to) ?? 0) - 1;
      incoming.set(to, count);
      if (count === 0) waiting.push(to);
    }
  }
  return left;
}

interface Search {
  readonly imports: Imports;
  readonly builds: BuildSets;
  readonly steps: number;
}

interface Way {
  readonly to: string;
  readonly builds: BuildSet;
  readonly last: Import | undefined;
  readonly before: Way | undefined;
}

/** The imports of a shortest cycle through a package, in order; none if there is no cycle in any build. */
function cycleFrom(
  start: string,
  { imports, builds, steps }: Search,
): { readonly cycle: readonly Import[]; readonly left: number } {
  const seen = new Map<string, BuildSet>();
  const queue: Way[] = [{ to: start, builds: builds.all, last: undefined, before: undefined }];
  let left = steps;
  for (const way of queue) {
    for (const next of imports.get(way.to) ?? []) {
      if (left-- <= 0) return { cycle: [], left: 0 };
      const set = builds.and(way.builds, next.builds);
      const known = seen.get(next.path) ?? builds.none;
      if (builds.subsetOf(set, known)) continue;
      const reached: Way = { to: next.path, builds: set, last: next, before: way };
      if (next.path === start) return { cycle: importsOf(reached), left };
      seen.set(next.path, builds.or(known, set));
      queue.push(reached);
    }
  }
  return { cycle: [], left };
}

function importsOf(way: Way): Import[] {
  const list: Import[] = [];
  for (let at: Way | undefined = way; at?.last !== undefined; at = at.before) list.push(at.last);
  return list.reverse();
}

function diagnostic(path: string, first: Import, cycle: readonly Import[]): Diagnostic {
  const { file, line, column } = first;
  return {
    code: "import-cycle",
    severity: "warning",
    message: `an import cycle, which Go rejects: ${[path, ...cycle.map((one) => one.path)].join(" -> ")}`,
    incomplete: false,
    range: { file, line, column, endLine: line, endColumn: column },
  };
}
