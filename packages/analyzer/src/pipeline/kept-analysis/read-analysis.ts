/** A program as it was kept: functions of the module as they are, of others what lies on paths. */
import type { TerminalUse } from "../../classify/terminals.ts";
import type { BuildSet, BuildSets } from "../../constraints/index.ts";
import { declarations } from "../../link/declarations.ts";
import type { Edge, LinkedFunction } from "../../link/edge.ts";
import { indexed, type Program } from "../../link/program.ts";
import type { Capability } from "../../model/capability.ts";
import type { FileFacts, FunctionFacts, PackageFacts, UseFacts } from "../../model/facts.ts";
import type { Path, Reach, Reached } from "../../reach/reach.ts";
import type { KeptFunction, KeptPackage } from "./kept-analysis.ts";
import type { Analysed } from "./selection.ts";
import type { KeptProgram } from "./write-analysis.ts";

/** Of the module's packages, which are those that were written of. Throws for what was not written by `writtenProgram`. */
export function readProgram(kept: KeptProgram, own: readonly PackageFacts[], builds: BuildSets): Analysed {
  const sets = kept.builds.map(builds.parse);
  const others = kept.packages.map(emptyPackage);
  const { functions: declared } = declarations(own, { builds, whole: false });
  const functions = [...declared];
  for (const one of kept.functions)
    functions.push(typeof one === "number" ? at(declared, one) : linkedFunction(one, { others, builds }));
  const useAt = (from: number, use: number): UseFacts =>
    use < 0 ? at(kept.uses, -1 - use) : at(at(functions, from).facts.uses, use);
  const edges = kept.edges.map(
    ([from, to, use, set, breadth]): Edge => ({
      from,
      to,
      use: useAt(from, use),
      builds: at(sets, set),
      breadth,
    }),
  );
  const terminals = kept.terminals.map(
    ({ builds: set, made, ...one }): TerminalUse => ({
      ...one,
      builds: at(sets, set),
      ...(made !== undefined && { made: useAt(one.from, made) }),
    }),
  );
  const reach = readReach(kept, { count: functions.length, sets, edges, terminals });
  return {
    program: programOf({ builds, packages: [...own, ...others], functions, edges }, kept.packages),
    terminals,
    reach,
  };
}

function at<T>(list: readonly T[], place: number): T {
  const found = list[place];
  if (found === undefined) throw new RangeError(`nothing was kept at ${place}`);
  return found;
}

function emptyPackage({ path, name, module, files, variables }: KeptPackage): PackageFacts {
  return {
    path,
    name,
    apart: false,
    ...(module !== undefined && { module }),
    files: files.map((file): FileFacts => ({ name: file, builds: "", bytes: 0, imports: [] })),
    functions: [],
    names: variables.map(([variable, code]) => ({ name: variable, kind: "variable", file: 0, code })),
    types: [],
    declaredTypes: [],
    places: [],
    functionValues: [],
    directives: [],
    assembly: [],
    diagnostics: [],
    callSites: 0,
    dynamic: 0,
    unresolved: 0,
  };
}

function linkedFunction(
  { package: number, root, ...kept }: KeptFunction,
  { others, builds }: { readonly others: readonly PackageFacts[]; readonly builds: BuildSets },
): LinkedFunction {
  const pkg = at(others, number);
  const facts: FunctionFacts = { ...kept, bodiless: false, size: 0 };
  return {
    facts,
    pkg,
    file: at(pkg.files, facts.file),
    builds: builds.all,
    root,
    linknames: [],
    ranges: [],
  };
}

interface Read extends Pick<Program, "edges"> {
  readonly count: number;
  readonly sets: readonly BuildSet[];
  readonly terminals: readonly TerminalUse[];
}

function readReach(
  { paths: kept, reach, capabilities }: KeptProgram,
  { count, sets, edges, terminals }: Read,
): Reach {
  const paths: Path[] = [];
  for (const [from, capability, set, length, doubt, stays, first, behind] of kept)
    paths.push({
      from,
      capability: at(capabilities, capability),
      builds: at(sets, set),
      length,
      doubt,
      staysInPackage: stays === 1,
      next:
        behind === undefined
          ? { kind: "terminal", terminal: at(terminals, first) }
          : { kind: "edge", edge: at(edges, first), path: at(paths, behind) },
    });
  const found = Array.from({ length: count }, () => new Map<Capability, Reached>());
  for (const [fn, reached] of reach)
    for (const [capability, set, some] of reached)
      at(found, fn).set(at(capabilities, capability), {
        builds: at(sets, set),
        paths: some.map((path) => at(paths, path)),
      });
  return found;
}

function programOf(
  { builds, packages, functions, edges }: Pick<Program, "builds" | "packages" | "functions" | "edges">,
  kept: readonly KeptPackage[],
): Program {
  const others = packages.slice(packages.length - kept.length);
  const standard = new Set(others.filter((_, place) => kept[place]?.standard === true));
  const given = packages.filter((pkg) => !standard.has(pkg));
  return {
    builds,
    ...indexed({ packages: given, functions, edges }),
    decidedUses: [],
    unfollowed: 0,
    isStandard: (pkg) => standard.has(pkg),
    lacking: new Set(),
    mentionsCall: true,
  };
}
