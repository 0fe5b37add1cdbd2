/** Writes down what comparing and judging look at. Linear in the program. */
import type { TerminalUse } from "../../classify/terminals.ts";
import type { BuildSet } from "../../constraints/index.ts";
import type { Edge, LinkedFunction } from "../../link/edge.ts";
import type { Program } from "../../link/program.ts";
import type { Capability } from "../../model/capability.ts";
import type { FunctionFacts, PackageFacts, UseFacts } from "../../model/facts.ts";
import type { Flow } from "../../model/flow.ts";
import { type Numbering, numbering } from "../../model/numbering.ts";
import type { Path, Reach } from "../../reach/reach.ts";
import type {
  KeptAnalysis,
  KeptEdge,
  KeptFunction,
  KeptPackage,
  KeptPath,
  KeptReached,
  KeptTerminal,
  KeptUse,
} from "./kept-analysis.ts";
import { type Analysed, type Selection, selected } from "./selection.ts";

/** What of an analysis is about its program. */
export type KeptProgram = Pick<
  KeptAnalysis,
  | "builds"
  | "packages"
  | "declared"
  | "functions"
  | "uses"
  | "edges"
  | "terminals"
  | "capabilities"
  | "paths"
  | "reach"
>;

/** Edges and paths that are kept, at most: their text would be beyond what is kept. */
const mostKept = 2_000_000;

/** `flows` name functions that are judged too. Undefined of what is too large to be kept. */
export function writtenProgram(analysed: Analysed, flows: readonly Flow[]): KeptProgram | undefined {
  const { program } = analysed;
  const selection = selected(analysed, flows);
  const { functions, edges, terminals, paths, named } = selection;
  if (edges.length + paths.length > mostKept) return undefined;
  const lists = listsOf(program, selection);
  for (const pkg of program.packages) if (pkg.module !== undefined) lists.packages.of(pkg);
  const places = declaredPlaces(program.packages);
  const written = {
    declared: places.size,
    functions: functions.slice(places.size).map((index) => writtenFunction(lists, index, places)),
    edges: edges.map((edge) => writtenEdge(lists, edge)),
    terminals: terminals.map((one) => writtenTerminal(lists, one)),
    ...writtenPaths(lists, selection, analysed.reach),
  };
  const withFunctions = new Set(functions.flatMap((index) => program.functions[index]?.pkg ?? []));
  return {
    ...written,
    packages: lists.packages.all.map((pkg) =>
      writtenPackage(program, pkg, { hasFunctions: withFunctions.has(pkg), named }),
    ),
    uses: lists.uses.all.map(withoutArguments),
    capabilities: lists.capabilities.all,
    builds: lists.builds.all.map((set) => program.builds.expression(set)),
  };
}

function listsOf(program: Program, { functions }: Selection): Lists {
  const numbers = new Map(functions.map((index, number) => [index, number]));
  return {
    program,
    // What is referred to was kept.
    numberOf: (fn) => numbers.get(fn) as number,
    isKept: (fn) => numbers.has(fn),
    ownUses: placesOfUses(program),
    builds: numbering(),
    uses: numbering(),
    packages: numbering(),
    capabilities: numbering(),
  };
}

/** Paths, and by which of them functions of the module reach what. */
function writtenPaths(
  { program, numberOf, builds, capabilities }: Lists,
  { functions, edges, terminals, paths }: Selection,
  reach: Reach,
): Pick<KeptProgram, "paths" | "reach"> {
  const [edgeNumbers, terminalNumbers, pathNumbers] = [placesOf(edges), placesOf(terminals), placesOf(paths)];
  const nextOf = ({ next }: Path): readonly [number, number] | readonly [number] =>
    next.kind === "edge"
      ? [edgeNumbers(next.edge), pathNumbers(next.path)]
      : [terminalNumbers(next.terminal)];
  const own = functions.filter((index) => program.functions[index]?.pkg.module === undefined);
  return {
    paths: paths.map((path): KeptPath => {
      const { from, capability, builds: set, length, doubt, staysInPackage } = path;
      const stays = staysInPackage ? 1 : 0;
      return [
        numberOf(from),
        capabilities.of(capability),
        builds.of(set),
        length,
        doubt,
        stays,
        ...nextOf(path),
      ];
    }),
    reach: own.flatMap((index): KeptAnalysis["reach"][number][] => {
      const all = [...(reach[index] ?? [])].map(
        ([capability, reached]): KeptReached => [
          capabilities.of(capability),
          builds.of(reached.builds),
          reached.paths.map(pathNumbers),
        ],
      );
      return all.length === 0 ? [] : [[numberOf(index), all]];
    }),
  };
}

/** Of things that are in a list. */
function placesOf<T>(list: readonly T[]): (one: T) => number {
  const places = new Map(list.map((one, place) => [one, place]));
  return (one) => places.get(one) as number;
}

/** The places of functions among all that the packages of the module declare: facts stand in their order, then what importing runs. */
function declaredPlaces(
  packages: readonly PackageFacts[],
): ReadonlyMap<FunctionFacts | PackageFacts, number> {
  const places = new Map<FunctionFacts | PackageFacts, number>();
  for (const pkg of packages) {
    if (pkg.module !== undefined) continue;
    for (const facts of pkg.functions) places.set(facts, places.size);
    if (pkg.files.some(({ imports }) => imports.length > 0)) places.set(pkg, places.size);
  }
  return places;
}

interface Lists {
  readonly program: Program;
  readonly numberOf: (fn: number) => number;
  readonly isKept: (fn: number) => boolean;
  /** Undefined of functions of others. */
  readonly ownUses: (fn: number) => ReadonlyMap<UseFacts, number> | undefined;
  readonly builds: Numbering<BuildSet>;
  readonly uses: Numbering<UseFacts>;
  readonly packages: Numbering<PackageFacts>;
  readonly capabilities: Numbering<Capability>;
}

function writtenFunction(
  { program, packages, numberOf, isKept }: Lists,
  index: number,
  places: ReadonlyMap<FunctionFacts | PackageFacts, number>,
): number | KeptFunction {
  // Numbers of the program's own functions.
  const { facts, pkg, root } = program.functions[index] as LinkedFunction;
  if (pkg.module === undefined) return places.get(facts.kind === "imports" ? pkg : facts) as number;
  const { id, kind, entry, file, line, column, fingerprint } = facts;
  const around = program.functions[root]?.facts ?? facts;
  return {
    package: packages.of(pkg),
    root: numberOf(isKept(root) ? root : index),
    id,
    kind,
    ...(entry !== undefined && { entry }),
    file,
    line,
    column,
    fingerprint,
    uses: around.kind === "initializer" ? facts.uses.map(withoutArguments) : [],
  };
}

function writtenEdge(lists: Lists, { from, to, use, builds, breadth }: Edge): KeptEdge {
  const { numberOf } = lists;
  return [numberOf(from), numberOf(to), writtenUse(lists, from, use), lists.builds.of(builds), breadth];
}

function writtenTerminal(lists: Lists, { builds, made, ...one }: TerminalUse): KeptTerminal {
  return {
    ...one,
    from: lists.numberOf(one.from),
    builds: lists.builds.of(builds),
    ...(made !== undefined && { made: writtenUse(lists, one.from, made) }),
  };
}

function writtenUse({ ownUses, uses }: Lists, from: number, use: UseFacts): KeptUse {
  return ownUses(from)?.get(use) ?? -1 - uses.of(use);
}

/** The places of the uses of a function of the module. */
function placesOfUses({ functions }: Program): Lists["ownUses"] {
  const known = new Map<number, ReadonlyMap<UseFacts, number>>();
  return (index) => {
    const fn = functions[index];
    if (fn === undefined || fn.pkg.module !== undefined) return undefined;
    let places = known.get(index);
    if (places === undefined)
      known.set(index, (places = new Map(fn.facts.uses.map((use, place) => [use, place]))));
    return places;
  };
}

function withoutArguments({ target, use, file, line, column, builds }: UseFacts): UseFacts {
  return {
    target,
    use,
    ...(file !== undefined && { file }),
    line,
    column,
    ...(builds !== undefined && { builds }),
  };
}

function writtenPackage(
  { isStandard }: Program,
  pkg: PackageFacts,
  { hasFunctions, named }: { readonly hasFunctions: boolean; readonly named: ReadonlySet<string> },
): KeptPackage {
  const { path, name, module } = pkg;
  return {
    path,
    name,
    ...(module !== undefined && { module }),
    ...(isStandard(pkg) && { standard: true }),
    files: hasFunctions ? pkg.files.map((file) => file.name) : [],
    variables: pkg.names.flatMap((one) =>
      one.code && named.has(`${path}.${one.name}`) ? [[one.name, one.code] as const] : [],
    ),
  };
}
