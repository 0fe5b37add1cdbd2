/** Writes down what comparing and judging look at. Linear in the program. */
import type { TerminalUse } from "../../classify/terminals.ts";
import type { BuildSet } from "../../constraints/index.ts";
import type { Edge, LinkedFunction } from "../../link/edge.ts";
import type { Program } from "../../link/program.ts";
import type { Capability } from "../../model/capability.ts";
import type { FunctionFacts, PackageFacts, UseFacts } from "../../model/facts.ts";
import type { Flow } from "../../model/flow.ts";
import { functionId } from "../../model/function-id.ts";
import { numbering } from "../../model/numbering.ts";
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
import { functionsAlong } from "./other-code.ts";

/** What is written of. */
export interface Analysed {
  readonly program: Program;
  readonly terminals: readonly TerminalUse[];
  readonly reach: Reach;
}

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

/** `flows` name functions that are judged too. */
export function writtenProgram({ program, terminals, reach }: Analysed, flows: readonly Flow[]): KeptProgram {
  const isOwn = (fn: number) => program.functions[fn]?.pkg.module === undefined;
  const inFlows = new Set(flows.flatMap(functionsAlong).flatMap((id) => program.byId.get(id) ?? []));
  const putting = puttersOf(program, inFlows);
  const paths = pathsFrom(reach, isOwn);
  const named = namedVariables(program);
  const onPaths = alongPaths(paths);
  const isAsked = (fn: number) => isOwn(fn) || inFlows.has(fn);
  const isJudged = (fn: number) => isAsked(fn) || putting.has(fn);
  const edges = program.edges.filter(
    (edge) => (isOwn(edge.from) && isJudged(edge.to)) || isValueOf(edge, isAsked) || onPaths.edges.has(edge),
  );
  const uses = terminals.filter((one) => isOwn(one.from) || onPaths.terminals.has(one));
  const ends = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const wanted = program.functions.flatMap(({ facts }, index) =>
    isJudged(index) || onPaths.functions.has(index) || ends.has(index) ? [facts.id] : [],
  );
  // All of one id: who asks for the code of a function asks for all of it.
  const ids = new Set(wanted);
  const kept = program.functions.flatMap((fn, index) =>
    ids.has(fn.facts.id) || isInitialiser(program, named, fn) ? [index] : [],
  );
  const numbers = new Map(kept.map((index, number) => [index, number]));
  // What is referred to was kept.
  const numberOf = (fn: number) => numbers.get(fn) as number;
  const lists = {
    program,
    numberOf,
    isKept: (fn: number) => numbers.has(fn),
    builds: numbering<BuildSet>(),
    uses: numbering<UseFacts>(),
    packages: numbering<PackageFacts>(),
    capabilities: numbering<Capability>(),
  };
  for (const pkg of program.packages) if (pkg.module !== undefined) lists.packages.of(pkg);
  const places = declaredPlaces(program.packages);
  const declared = places.size;
  const functions = kept.slice(declared).map((index) => writtenFunction(lists, index, places));
  const edgeNumbers = new Map(edges.map((edge, number) => [edge, number]));
  const terminalNumbers = new Map(uses.map((one, number) => [one, number]));
  const pathNumbers = new Map(paths.map((path, number) => [path, number]));
  const written = {
    declared,
    functions,
    edges: edges.map((edge) => writtenEdge(lists, edge)),
    terminals: uses.map((one) => writtenTerminal(lists, one)),
    // Edges, terminals and paths behind were kept.
    paths: paths.map(
      (path): KeptPath => [
        numberOf(path.from),
        lists.capabilities.of(path.capability),
        lists.builds.of(path.builds),
        path.length,
        path.doubt,
        path.staysInPackage ? 1 : 0,
        ...(path.next.kind === "edge"
          ? ([edgeNumbers.get(path.next.edge) as number, pathNumbers.get(path.next.path) as number] as const)
          : ([terminalNumbers.get(path.next.terminal) as number] as const)),
      ],
    ),
    reach: kept.flatMap((index): KeptAnalysis["reach"][number][] => {
      const reached = isOwn(index) ? [...(reach[index] ?? [])] : [];
      if (reached.length === 0) return [];
      const all = reached.map(
        ([capability, { builds, paths: some }]): KeptReached => [
          lists.capabilities.of(capability),
          lists.builds.of(builds),
          some.map((path) => pathNumbers.get(path) as number),
        ],
      );
      return [[numberOf(index), all]];
    }),
  };
  const withFunctions = new Set(kept.flatMap((index) => program.functions[index]?.pkg ?? []));
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

/** The paths of functions, and all that these go on with, each behind the one that it goes on with. */
function pathsFrom(reach: Reach, isWanted: (fn: number) => boolean): readonly Path[] {
  const found = new Set<Path>();
  reach.forEach((reached, fn) => {
    if (!isWanted(fn)) return;
    for (const { paths } of reached.values())
      for (const path of paths) {
        const before: Path[] = [];
        for (let at = path; !found.has(at); at = at.next.path) {
          before.push(at);
          if (at.next.kind === "terminal") break;
        }
        for (const one of before.reverse()) found.add(one);
      }
  });
  return [...found];
}

interface AlongPaths {
  readonly functions: Set<number>;
  readonly edges: Set<Edge>;
  readonly terminals: Set<TerminalUse>;
}

function alongPaths(paths: readonly Path[]): AlongPaths {
  const found: AlongPaths = { functions: new Set(), edges: new Set(), terminals: new Set() };
  for (const { from, next } of paths) {
    found.functions.add(from);
    if (next.kind === "edge") found.edges.add(next.edge);
    else found.terminals.add(next.terminal);
  }
  return found;
}

/** Those that use some functions as values; of closures those that they stand in. */
function puttersOf({ functions, edges }: Program, of: ReadonlySet<number>): ReadonlySet<number> {
  const using = edges.flatMap((edge) => (isValueOf(edge, (fn) => of.has(fn)) ? [edge.from] : []));
  return new Set([...of, ...using].map((fn) => functions[fn]?.root ?? fn));
}

/** Whether an edge is where such a function is used as a value. */
function isValueOf({ use, to }: Edge, isSuch: (fn: number) => boolean): boolean {
  return use.use === "reference" && isSuch(to);
}

/** Package variables of others that the code of the module names: `path.name`. */
function namedVariables({ functions, packages }: Program): ReadonlySet<string> {
  const found = new Set<string>();
  const read = (code: string | undefined) => {
    for (const [, path, name] of code?.matchAll(globalForm) ?? []) if (path) found.add(`${path}.${name}`);
  };
  for (const { facts, pkg } of functions) if (pkg.module === undefined) read(facts.code);
  for (const { names, module } of packages)
    if (module === undefined) for (const { code } of names) read(code);
  return found;
}

/** As a variable stands in code, in which the sorts of quotes are exchanged. */
const globalForm = /\['global','([^']*)','([^']*)'\]/gu;

/** Whether a function of another module, or one around it, sets a package variable at first that is named. */
function isInitialiser(
  { functions }: Program,
  named: ReadonlySet<string>,
  { root, pkg, facts }: LinkedFunction,
): boolean {
  const { id, kind } = functions[root]?.facts ?? facts;
  const start = functionId(pkg.path, "init:");
  return kind === "initializer" && id.startsWith(start) && named.has(`${pkg.path}.${id.slice(start.length)}`);
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
  readonly builds: ReturnType<typeof numbering<BuildSet>>;
  readonly uses: ReturnType<typeof numbering<UseFacts>>;
  readonly packages: ReturnType<typeof numbering<PackageFacts>>;
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

function writtenUse({ program, uses }: Lists, from: number, use: UseFacts): KeptUse {
  const fn = program.functions[from];
  const place = fn?.pkg.module === undefined ? placesOfUses(fn).get(use) : undefined;
  return place ?? -1 - uses.of(use);
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

const usePlaces = new WeakMap<LinkedFunction, ReadonlyMap<UseFacts, number>>();

function placesOfUses(fn: LinkedFunction | undefined): ReadonlyMap<UseFacts, number> {
  if (fn === undefined) return new Map();
  let places = usePlaces.get(fn);
  if (places === undefined)
    usePlaces.set(fn, (places = new Map(fn.facts.uses.map((use, place) => [use, place]))));
  return places;
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
