/** The edges of a program: from the functions that are given to what they use, and on from there. */
import type { BuildSet, BuildSets } from "../constraints/index.ts";
import type { UseFacts } from "../model/facts.ts";
import { functionId } from "../model/function-id.ts";
import { append, type DeclaredFunction, type Declarations } from "./declarations.ts";
import type { Dispatch } from "./flow-graph/dispatch.ts";
import { importsName } from "./import-functions.ts";
import { linknameUse, remoteName } from "./linknames.ts";
import { type DecidedUse, type Edge, type FunctionName, type LinkOptions, useBuilds } from "./program.ts";

interface Given extends Pick<LinkOptions, "isDecided" | "isIgnored"> {
  readonly declared: Declarations;
  readonly dispatch: Dispatch;
}

interface Followed {
  readonly functions: readonly DeclaredFunction[];
  readonly edges: readonly Edge[];
  readonly decidedUses: readonly DecidedUse[];
}

interface Growing extends Given {
  readonly functions: DeclaredFunction[];
  /** Of each of `functions` its place in `declared.functions`. */
  readonly places: number[];
  /** Of those its number in `functions`. */
  readonly numbers: Map<number, number>;
  readonly edges: Edge[];
  readonly decidedUses: DecidedUse[];
  /** Places of functions by the name that a linkname gives them. */
  readonly pushed: ReadonlyMap<string, readonly number[]>;
}

/** The functions of the packages that were given, what of the standard library they lead to, and all edges. Linear in the uses. */
export function followFunctions(given: Given): Followed {
  const growing: Growing = {
    ...given,
    functions: [],
    places: [],
    numbers: new Map(),
    edges: [],
    decidedUses: [],
    pushed: pushedFunctions(given.declared),
  };
  for (let fn = 0; fn < given.declared.given; fn++) numberOf(growing, fn);
  for (let from = 0; from < growing.functions.length; from++) follow(growing, from);
  return growing;
}

/** The number of a function by its place; a new one if it has none. */
function numberOf({ declared, numbers, functions, places }: Growing, place: number): number {
  let number = numbers.get(place);
  if (number === undefined) {
    numbers.set(place, (number = functions.length));
    functions.push(functionAt(declared, place));
    places.push(place);
  }
  return number;
}

function functionAt({ functions }: Declarations, place: number): DeclaredFunction {
  const found = functions[place];
  if (found === undefined) throw new Error(`there is no function ${place}`);
  return found;
}

/** Adds the edges from a function, and functions that are first met there. */
function follow(growing: Growing, from: number): void {
  const { dispatch, functions, places } = growing;
  const caller = functions[from] as DeclaredFunction;
  if (growing.isDecided(nameOf(caller))) return;
  const { facts, linknames } = caller;
  const calls = new Map((dispatch.get(places[from] ?? -1) ?? []).map((call) => [call.use, call]));
  facts.uses.forEach((use, index) => {
    const origin: Origin = { from, caller, use };
    const named = namedCallees(growing, use);
    connectNamed(growing, origin, named);
    if (use.target.kind === "package") addDecidedImport(growing, origin, use.target.path);
    const call = calls.get(index);
    if (call === undefined) return;
    connect(growing, origin, call);
    // What is followed calls back by itself.
    if (named.every((place) => isDecided(growing, place)))
      connect(growing, origin, { callees: call.callbacks, dynamic: true });
  });
  for (const linkname of linknames) {
    const use = linknameUse(facts, linkname);
    if (use !== undefined) connectNamed(growing, { from, caller, use }, namedCallees(growing, use));
  }
  if (!facts.bodiless) return;
  const { id, line, column } = facts;
  const use: UseFacts = { target: { kind: "function", id }, use: "declaration", line, column };
  connectNamed(growing, { from, caller, use }, growing.pushed.get(id) ?? []);
}

/** A use in a function. */
interface Origin {
  readonly from: number;
  readonly caller: DeclaredFunction;
  readonly use: UseFacts;
}

/** Places of the functions that a use names. */
function namedCallees(growing: Growing, { target }: UseFacts): readonly number[] {
  const { declared } = growing;
  switch (target.kind) {
    case "function":
      return declared.named(target.id);
    case "qualified":
      return declared.named(functionId(target.package, target.name));
    case "package":
      return isDecidedImport(growing, target.path) ? [] : initialisation(declared, target.path);
    case "variable":
    case "interface-method":
    case "dynamic":
    case "cgo":
    case "unsafe-conversion":
    case "unresolved":
      return [];
    default:
      return target satisfies never;
  }
}

function addDecidedImport(growing: Growing, { from, caller, use }: Origin, path: string): void {
  if (!isDecidedImport(growing, path)) return;
  const builds = useBuilds(growing.declared.builds, caller, use);
  const ofProgram = growing.declared.packageAt(path) !== undefined;
  growing.decidedUses.push({ from, callee: importOf(growing, path), ofProgram, use, builds, breadth: 0 });
}

function isDecidedImport(growing: Growing, path: string): boolean {
  return growing.isDecided(importOf(growing, path));
}

/** The initialisation of a package, which need not be at hand. */
function importOf({ declared }: Growing, path: string): FunctionName {
  const { module } = declared.packageAt(path) ?? { module: path };
  return { path, id: functionId(path, importsName), ...(module !== undefined && { module }) };
}

/** What importing a package runs. */
function initialisation(declared: Declarations, path: string): readonly number[] {
  return declared.named(functionId(path, importsName)).concat(declared.initialisers(path));
}

function connectNamed(growing: Growing, origin: Origin, places: readonly number[]): void {
  const { all } = growing.declared.builds;
  // Who mentions a function may hand it to whoever calls it.
  const dynamic = origin.use.use === "reference";
  connect(growing, origin, { callees: new Map(places.map((place) => [place, all])), dynamic });
}

interface Callees {
  readonly callees: ReadonlyMap<number, BuildSet>;
  readonly dynamic: boolean;
}

function connect(growing: Growing, { from, caller, use }: Origin, { callees, dynamic }: Callees): void {
  const { declared, edges, decidedUses } = growing;
  const { builds: sets } = declared;
  const within = useBuilds(sets, caller, use);
  const breadth = dynamic ? Math.max(1, countIn(sets, within, callees)) : 0;
  for (const [place, some] of callees) {
    const callee = functionAt(declared, place);
    const builds = sets.and(sets.and(within, some), callee.builds);
    if (sets.isEmpty(builds) || growing.isIgnored(caller.facts.id, callee.facts.id)) continue;
    if (growing.isDecided(nameOf(callee))) {
      const ofProgram = place < declared.given;
      decidedUses.push({ from, callee: nameOf(callee), ofProgram, use, builds, breadth });
    } else edges.push({ from, to: numberOf(growing, place), use, builds, breadth });
  }
}

function nameOf({ pkg: { path, module }, facts: { id } }: DeclaredFunction): FunctionName {
  return { path, id, ...(module !== undefined && { module }) };
}

function countIn(sets: BuildSets, within: BuildSet, callees: ReadonlyMap<number, BuildSet>): number {
  let count = 0;
  for (const some of callees.values()) if (sets.meets(within, some)) count++;
  return count;
}

function isDecided(growing: Growing, place: number): boolean {
  return growing.isDecided(nameOf(functionAt(growing.declared, place)));
}

/** Places of the functions with a body of which a linkname says by what name other packages have them. */
function pushedFunctions(declared: Declarations): Map<string, number[]> {
  const pushed = new Map<string, number[]>();
  for (let place = 0; place < declared.given; place++) {
    const { facts, linknames } = functionAt(declared, place);
    if (facts.bodiless) continue;
    for (const { directive } of linknames) {
      const target = remoteName(directive);
      if (target !== undefined) append(pushed, functionId(target.package, target.name), place);
    }
  }
  return pushed;
}
