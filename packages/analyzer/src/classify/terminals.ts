/**
 * Classify: which uses of a program carry which capability directly. A function that the
 * map decides is where the search stops: what it does inside is the map's word, whether
 * its body is at hand or not. What the map does not know, and what has no body, is
 * UNANALYZED, never safe.
 */
import type { BuildSet } from "../constraints/index.ts";
import { append } from "../link/declarations.ts";
import { type DecidedUse, type Edge, type LinkedFunction, useBuilds } from "../link/edge.ts";
import { linknamePlace, linknameUse } from "../link/linknames.ts";
import type { Program } from "../link/program.ts";
import { isToldByCallbacks } from "../link/told-by-callbacks.ts";
import type { Capability } from "../model/capability.ts";
import type { CapabilityMap } from "../model/capability-map.ts";
import type { UseFacts } from "../model/facts.ts";
import type { Folded } from "../model/flow.ts";
import { functionId } from "../model/function-id.ts";
import type { Argument, Step, Terminal } from "../model/report.ts";
import { decisionOf } from "./decided.ts";

/** A place in a function that carries capabilities by itself. */
export interface TerminalUse {
  /** Number of the function it is in. */
  readonly from: number;
  readonly terminal: Terminal;
  readonly capabilities: readonly Capability[];
  readonly use: Step["use"];
  /** Index into the package's files, if it is not the function's: of a linkname. */
  readonly file?: number;
  readonly line: number;
  readonly column: number;
  readonly arguments: readonly Argument[];
  readonly builds: BuildSet;
  /** As in `Edge`. */
  readonly breadth: number;
  /** Of each argument all values that were worked out, sorted; none if there is none at all. */
  readonly values?: readonly (readonly Folded[])[];
  /** What it is made from; undefined of declarations. */
  readonly made?: UseFacts;
}

/** The terminal uses of a program, by function, then in source order, those that names tell before those that values do. */
export function classify(program: Program, map: CapabilityMap): TerminalUse[] {
  const bySite = new Map<number, TerminalUse[]>();
  for (const use of program.decidedUses) {
    const found = decidedTerminal(map, use);
    if (found !== undefined) append(bySite, use.from, found);
  }
  const found: TerminalUse[] = [];
  program.functions.forEach((fn, from) => {
    const place = { fn, from, map };
    const decided = decisionOf(map, fn.pkg, { id: fn.facts.id, numbered: fn.numbered });
    if (decided !== undefined) {
      found.push(...decidedFunction(place, decided));
      return;
    }
    found.push(...declarationTerminals(program, place));
    for (const use of fn.facts.uses) {
      const one = useTerminal(program, place, use);
      if (one !== undefined) found.push(one);
    }
    for (const one of bySite.get(from) ?? []) found.push(one);
  });
  return found;
}

/** A function that is decided has what the map says, and nothing of its body. */
function decidedFunction({ fn, from }: Place, capabilities: readonly Capability[]): TerminalUse[] {
  if (capabilities.length === 0) return [];
  const { id, line, column } = fn.facts;
  const terminal = { kind: "function", name: id } as const;
  return [declaration({ from, builds: fn.builds, line, column, terminal, capabilities })];
}

type Declared = Omit<TerminalUse, "use" | "arguments" | "breadth" | "values" | "made">;

/** A declaration that carries capabilities, whoever calls it. */
function declaration(declared: Declared): TerminalUse {
  return { ...declared, use: "declaration", arguments: [], breadth: 0 };
}

/** Of a function that the program has, or that values bring to a call; what is only named is classified by its name. */
function decidedTerminal(map: CapabilityMap, { callee, ...one }: DecidedUse): TerminalUse | undefined {
  const { target } = one.use;
  const isNamed = target.kind === "qualified" && functionId(target.package, target.name) === callee.id;
  if (isNamed && !one.ofProgram) return undefined;
  const capabilities = decisionOf(map, callee, callee) ?? [];
  if (capabilities.length === 0) return undefined;
  return terminalUse(one, { terminal: { kind: "function", name: callee.id }, capabilities });
}

/** A use as one that carries capabilities. */
export function terminalUse(
  { from, use, builds, breadth }: Omit<Edge, "to">,
  { terminal, capabilities }: Classified,
): TerminalUse {
  return {
    from,
    terminal,
    capabilities,
    use: use.use,
    ...placeOf(use),
    arguments: use.arguments ?? [],
    builds,
    breadth,
    made: use,
  };
}

interface Place {
  readonly fn: LinkedFunction;
  readonly from: number;
  readonly map: CapabilityMap;
}

type Classified = Pick<TerminalUse, "terminal" | "capabilities">;

function useTerminal(program: Program, place: Place, use: UseFacts): TerminalUse | undefined {
  const { fn, from, map } = place;
  const found = classifyUse(program, place, use);
  if (found === undefined || found.capabilities.length === 0) return undefined;
  if (map.ignoresEdge(fn.facts.id, found.terminal.name)) return undefined;
  if (use.use === "reference" && found.terminal.kind === "function" && !program.mentionsCall)
    return undefined;
  return terminalUse({ from, use, builds: useBuilds(program.builds, fn, use), breadth: 0 }, found);
}

/** What of a use the map knows: no capabilities of what is harmless. */
function classifyUse(program: Program, { map }: Place, { target, use }: UseFacts): Classified | undefined {
  switch (target.kind) {
    case "qualified":
      if (program.packageByPath.has(target.package)) return undefined;
      return classifyName(program, map, {
        importPath: target.package,
        name: target.name,
        called: use === "call",
      });
    case "variable":
      return classifyVariable(map, target);
    case "interface-method":
      return classifyMethod(map, target);
    case "cgo":
      return { terminal: { kind: "cgo", name: `C.${target.name}` }, capabilities: ["CGO"] };
    case "unsafe-conversion":
      return { terminal: { kind: "unsafe-conversion", name: target.type }, capabilities: ["UNSAFE_POINTER"] };
    case "reflect-store":
      // Maps that leave functions to be followed count what SSA form has: it does not tell what is new from what is known.
      if (target.fresh === true && !map.isPartial) return undefined;
      return { terminal: { kind: "reflect-store", name: "reflect.Value" }, capabilities: ["REFLECT"] };
    case "function":
    case "package":
    case "dynamic":
    case "unresolved":
      return undefined;
    default:
      return target satisfies never;
  }
}

function isUnanalyzed(capability: Capability): boolean {
  return capability === "UNANALYZED";
}

interface QualifiedName {
  readonly importPath: string;
  readonly name: string;
  readonly called: boolean;
}

/** Of a name of a package that was not given: where it is a function of the program, edges tell. */
function classifyName(
  { byId }: Program,
  map: CapabilityMap,
  { importPath, name, called }: QualifiedName,
): Classified | undefined {
  // Package unsafe has no functions that run: a line for the package is not about its operators.
  if (importPath === "unsafe" && map.isPartial && !map.isNamed(importPath, name)) return undefined;
  const capabilities = map.decision(importPath, name);
  if (byId.has(functionId(importPath, name))) return undefined;
  if (capabilities === undefined) {
    // Of a package that we do not have a name may be a constant or a type: only a call is sure to run.
    if (!called || (map.isPartial && map.isStandard(importPath))) return undefined;
    return {
      terminal: { kind: "missing-import", name: functionId(importPath, name) },
      capabilities: ["UNANALYZED"],
    };
  }
  // What it is given is told, whoever says that it cannot be.
  if (called && capabilities.every(isUnanalyzed) && isToldByCallbacks(functionId(importPath, name)))
    return undefined;
  const of = map.kindOf(importPath, name);
  if (of === "type" || of === "constant") return undefined;
  // Of a known package a name that is not listed is a constant, or a function newer than the list: a call tells.
  if (of === undefined && !called && !map.isNamed(importPath, name)) return undefined;
  const kind = of === "variable" ? "variable" : "function";
  return { terminal: { kind, name: functionId(importPath, name) }, capabilities };
}

interface Member {
  readonly package: string;
  readonly name: string;
}

function classifyVariable(map: CapabilityMap, { package: path, name }: Member): Classified | undefined {
  const capabilities = map.kindOf(path, name) === "variable" ? map.decision(path, name) : undefined;
  return capabilities && { terminal: { kind: "variable", name: `${path}.${name}` }, capabilities };
}

/**
 * A method of an interface of a package that the map knows does what the map says of it. Where the standard
 * library is followed, only what is said of that very method counts: its package's line is about functions.
 */
function classifyMethod(map: CapabilityMap, { package: path, name }: Member): Classified | undefined {
  const capabilities = map.isPartial && !map.isNamed(path, name) ? undefined : map.decision(path, name);
  return capabilities && { terminal: { kind: "function", name: functionId(path, name) }, capabilities };
}

/** Functions that someone else has the body of, or is given it. */
function declarationTerminals(program: Program, place: Place): TerminalUse[] {
  const { fn } = place;
  return fn.facts.bodiless ? foreignBodies(program, place) : givenAway(program, place);
}

/**
 * A function with a body is given to another package, under another name if there is a second word. What the standard
 * library gives away is no matter of whoever calls it.
 */
function givenAway({ builds, isStandard }: Program, { fn, from }: Place): TerminalUse[] {
  if (isStandard(fn.pkg)) return [];
  return fn.linknames.map(({ directive, builds: set }) =>
    declaration({
      from,
      ...linknamePlace(fn.facts, directive),
      builds: builds.and(fn.builds, builds.narrow(builds.parse(set))),
      terminal: { kind: "linkname", name: directive.text },
      capabilities: ["ARBITRARY_EXECUTION/LINKNAME"],
    }),
  );
}

/** A function without a body is what a linkname names; in builds without one, who knows. */
function foreignBodies(program: Program, { fn, from, map }: Place): TerminalUse[] {
  const { builds: sets } = program;
  const { facts, linknames } = fn;
  const found: TerminalUse[] = [];
  let rest = fn.builds;
  for (const use of linknames.flatMap((linkname) => linknameUse(facts, linkname) ?? [])) {
    const builds = useBuilds(sets, fn, use);
    rest = sets.minus(rest, builds);
    found.push(declaration({ ...linknameTerminal(map, use.target), from, builds, ...placeOf(use) }));
  }
  const { id, line, column } = facts;
  const others = bodies(program, { pkg: fn.pkg, builds: rest });
  return [
    ...found,
    ...others.map(({ kind, capability, builds }) => {
      const terminal = { kind, name: id };
      return declaration({ from, builds, line, column, terminal, capabilities: [capability] });
    }),
  ];
}

interface InFile {
  readonly file?: number;
  readonly line: number;
  readonly column: number;
}

function placeOf({ file, line, column }: InFile): InFile {
  return file === undefined ? { line, column } : { file, line, column };
}

function linknameTerminal(map: CapabilityMap, { package: path, name }: Member): Classified {
  const also = map.decision(path, name) ?? [];
  const capabilities = [...new Set<Capability>(["ARBITRARY_EXECUTION/LINKNAME", ...also])];
  return { terminal: { kind: "linkname", name: `${path}.${name}` }, capabilities };
}

interface ForeignBody {
  readonly kind: "assembly" | "bodiless";
  readonly capability: Capability;
  readonly builds: BuildSet;
}

/** Who has the body of a function without one: assembly in the builds in which there is any, who knows in others. */
function bodies(
  { builds: sets }: Program,
  { pkg, builds }: Pick<LinkedFunction, "pkg" | "builds">,
): ForeignBody[] {
  const assembly = pkg.assembly
    .map((file) => sets.narrow(sets.parse(file.builds)))
    .reduce(sets.or, sets.none);
  const all: readonly ForeignBody[] = [
    { kind: "assembly", capability: "ARBITRARY_EXECUTION/ASSEMBLY", builds: sets.and(builds, assembly) },
    { kind: "bodiless", capability: "ARBITRARY_EXECUTION", builds: sets.minus(builds, assembly) },
  ];
  return all.filter((one) => !sets.isEmpty(one.builds));
}
