/** The edges of a program: from the functions that are given to what they use, and on from there. */
import type { BuildSet, BuildSets } from "../constraints/index.ts";
import type { UseFacts } from "../model/facts.ts";
import { functionId } from "../model/function-id.ts";
import type { Declarations, DeclaredFunction } from "./declarations.ts";
import { type DecidedUse, type Edge, type FunctionName, type LinkOptions, useBuilds } from "./edge.ts";
import {
  type Callee,
  type Callees,
  type Copy,
  copyKey,
  type Dispatch,
  type DispatchedCall,
} from "./flow-graph/dispatch.ts";
import { importsName } from "./import-functions.ts";
import { linknameUse } from "./linknames.ts";
import { namedFunctions } from "./named-functions.ts";
import { isToldByCallbacks } from "./told-by-callbacks.ts";

interface Given extends Pick<LinkOptions, "isDecided" | "callsBack" | "isIgnored" | "wideEdges"> {
  readonly declared: Declarations;
  readonly dispatch: Dispatch;
  /** Whether who mentions a function may hand it to who calls it unseen. */
  readonly mentionsCall: boolean;
}

interface Followed {
  readonly functions: readonly DeclaredFunction[];
  readonly edges: readonly Edge[];
  readonly decidedUses: readonly DecidedUse[];
  /** Calls that may run so many functions that edges to these were left out. */
  readonly unfollowed: number;
}

/** Calls that may run more functions than so many are wide; and edges of such calls that are kept: there may be calls times functions. */
const wide = 50;
const usualWideEdges = 2_000_000;

interface Growing extends Given {
  readonly functions: DeclaredFunction[];
  /** What each of `functions` is. */
  readonly copies: Copy[];
  /** Numbers in `functions` by `copyKey`. */
  readonly numbers: Map<number, number>;
  readonly edges: Edge[];
  readonly decidedUses: DecidedUse[];
  /** By place, of functions that were asked about. */
  readonly decided: Map<number, boolean>;
  /** By import path and name, of names of the standard library that were asked about. */
  readonly decidedNames: Map<string, Map<string, boolean>>;
  wideEdgesLeft: number;
  unfollowed: number;
}

/** The functions of the packages that are taken to be called, what they lead to, and all edges. Linear in the uses and edges. */
export function followFunctions(given: Given): Followed {
  const growing: Growing = {
    ...given,
    functions: [],
    copies: [],
    numbers: new Map(),
    edges: [],
    decidedUses: [],
    decided: new Map(),
    decidedNames: new Map(),
    wideEdgesLeft: given.wideEdges ?? usualWideEdges,
    unfollowed: 0,
  };
  const { roots, given: all } = given.declared;
  for (const place of roots) if (place < all) numberOf(growing, { place, copy: 0 });
  for (let from = 0; from < growing.functions.length; from++) follow(growing, from);
  return { ...growing, functions: rooted(growing) };
}

/** Functions whose roots are numbers as theirs are, no places among all that is declared. Copies are one object still. */
function rooted({ declared, functions }: Growing): DeclaredFunction[] {
  const numbers = new Map<DeclaredFunction, number>();
  functions.forEach((fn, number) => {
    if (!numbers.has(fn)) numbers.set(fn, number);
  });
  const changed = new Map<DeclaredFunction, DeclaredFunction>();
  for (const [fn, number] of numbers) {
    const around = functionAt(declared, fn.root);
    // Of a closure that is led to past the function that it is in, nothing else is known.
    const root = numbers.get(around) ?? number;
    if (root !== fn.root) changed.set(fn, { ...fn, root });
  }
  return functions.map((fn) => changed.get(fn) ?? fn);
}

/** The number of a function; a new one if it has none. */
function numberOf({ declared, numbers, functions, copies }: Growing, copy: Copy): number {
  const key = copyKey(copy);
  let number = numbers.get(key);
  if (number === undefined) {
    numbers.set(key, (number = functions.length));
    functions.push(functionAt(declared, copy.place));
    copies.push(copy);
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
  const { dispatch, functions, copies } = growing;
  const caller = functions[from] as DeclaredFunction;
  if (isDecided(growing, (copies[from] as Copy).place)) return;
  const { facts, linknames, ranges } = caller;
  if (facts.omitted === true) growing.declared.lacking.add(caller.pkg);
  const calls = dispatch.get(copyKey(copies[from] as Copy)) ?? [];
  let next = 0;
  facts.uses.forEach((use, index) => {
    const call = calls[next]?.use === index ? calls[next++] : undefined;
    if (use.use !== "reference" || growing.mentionsCall) followUse(growing, { from, caller, use }, call);
  });
  // What is left are calls of what is ranged over.
  const rangeCalls = new Map(ranges.map(({ use, call }) => [use, call]));
  for (const call of calls.slice(next)) {
    const use = rangeCalls.get(call.use);
    if (use !== undefined) followUse(growing, { from, caller, use }, call);
  }
  for (const linkname of linknames) {
    const use = linknameUse(facts, linkname);
    if (use !== undefined) connectNamed(growing, { from, caller, use }, namedCallees(growing, use));
  }
  if (!facts.bodiless) return;
  const { id, line, column } = facts;
  const use: UseFacts = { target: { kind: "function", id }, use: "declaration", line, column };
  connectNamed(growing, { from, caller, use }, growing.declared.pushed(id));
}

function followUse(growing: Growing, origin: Origin, call: DispatchedCall | undefined): void {
  const { use } = origin;
  if (use.target.kind === "package") addDecidedImport(growing, origin, use.target.path);
  const named = namedCallees(growing, use);
  const toldByCallbacks = use.use === "call" && named.some((place) => isRewritten(growing, place));
  if (call === undefined) {
    if (!toldByCallbacks) connectNamed(growing, origin, named);
    return;
  }
  // Copies stand for the function itself.
  const copied = new Set([...call.named.values()].map(({ place }) => place));
  if (!toldByCallbacks)
    connectNamed(
      growing,
      origin,
      named.filter((place) => !copied.has(place)),
    );
  connect(growing, origin, call.named, choices(call));
  connectDynamic(growing, origin, call.callees);
  if (toldByCallbacks) connectDynamic(growing, origin, call.callbacks);
  // What is followed calls back by itself.
  else if (named.every((place) => isDecided(growing, place) && growing.callsBack(nameAt(growing, place))))
    connectDynamic(growing, origin, ofModules(growing, call.callbacks));
}

/** Of a function that stands for several lists of type arguments what they tell, if that is not one thing. */
function choices({ named, merged }: DispatchedCall): Callees | undefined {
  if (!merged) return undefined;
  const copied = new Set([...named.values()].flatMap(({ place, copy }) => (copy > 0 ? [place] : [])));
  const told = [...named].filter(([, { place, copy }]) => copy > 0 || !copied.has(place));
  return told.length > 1 ? new Map(told) : undefined;
}

function isRewritten({ declared }: Growing, place: number): boolean {
  return isToldByCallbacks(functionAt(declared, place).facts.id);
}

/** Those of the standard library are what the map says of who was given them. */
function ofModules({ declared }: Growing, callees: Callees): Callees {
  return new Map([...callees].filter(([, { place }]) => place < declared.given));
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
  if (target.kind === "package")
    return isDecidedImport(growing, target.path) ? [] : initialisation(declared, target.path);
  return isDecidedName(growing, target) ? [] : namedFunctions(declared, target);
}

/** Of the standard library, which need not be read then: what it carries its name says. */
function isDecidedName(
  { declared, decidedNames, isDecided: asked }: Growing,
  target: UseFacts["target"],
): boolean {
  if (target.kind !== "qualified" || !declared.isBodiless(target.package)) return false;
  const { package: path, name } = target;
  let names = decidedNames.get(path);
  if (names === undefined) decidedNames.set(path, (names = new Map()));
  let known = names.get(name);
  if (known === undefined)
    names.set(name, (known = asked({ path, id: functionId(path, name), module: path })));
  return known;
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

const vendored = "vendor/";

/** What importing a package runs. */
function initialisation(declared: Declarations, path: string): readonly number[] {
  const found = new Set([...declared.named(functionId(path, importsName)), ...declared.initialisers(path)]);
  // The standard library has copies of other modules' packages for itself.
  return found.size > 0 || path.startsWith(vendored) ? [...found] : initialisation(declared, vendored + path);
}

function connectNamed(growing: Growing, origin: Origin, places: readonly number[]): void {
  const { all } = growing.declared.builds;
  const callees = places.map((place): Callee => ({ place, copy: 0, builds: all }));
  // Who mentions a function may hand it to whoever calls it.
  const choices = origin.use.use === "reference" ? callees : undefined;
  connectAll(growing, origin, { callees, count: places.length, choices });
}

function connectDynamic(growing: Growing, origin: Origin, callees: Callees): void {
  connect(growing, origin, callees, callees);
}

/** Of some callees it may be that it is not known which one is run: those are choices. */
function connect(growing: Growing, origin: Origin, callees: Callees, choices: Callees | undefined): void {
  connectAll(growing, origin, {
    callees: callees.values(),
    count: callees.size,
    choices: choices?.values(),
  });
}

interface Connected {
  readonly callees: Iterable<Callee>;
  /** How many callees there are. */
  readonly count: number;
  readonly choices: Iterable<Callee> | undefined;
}

function connectAll(growing: Growing, { from, caller, use }: Origin, connected: Connected): void {
  const { declared, edges, decidedUses } = growing;
  const { callees, count, choices } = connected;
  if (count === 0) return;
  const { builds: sets } = declared;
  const within = useBuilds(sets, caller, use);
  const breadth = choices === undefined ? 0 : Math.max(1, countIn(sets, within, choices));
  if (breadth > wide) {
    growing.wideEdgesLeft -= count;
    if (growing.wideEdgesLeft < 0) {
      growing.unfollowed++;
      return;
    }
  }
  for (const copy of callees) {
    const callee = functionAt(declared, copy.place);
    const builds = sets.and(sets.and(within, copy.builds), callee.builds);
    if (sets.isEmpty(builds) || growing.isIgnored(caller.facts.id, callee.facts.id)) continue;
    if (isDecided(growing, copy.place)) {
      const ofProgram = copy.place < declared.given;
      decidedUses.push({ from, callee: nameOf(callee), ofProgram, use, builds, breadth });
    } else edges.push({ from, to: numberOf(growing, copy), use, builds, breadth });
  }
}

function nameAt({ declared }: Growing, place: number): FunctionName {
  return nameOf(functionAt(declared, place));
}

function nameOf({ pkg: { path, module }, facts: { id }, numbered }: DeclaredFunction): FunctionName {
  return { path, id, ...(numbered !== undefined && { numbered }), ...(module !== undefined && { module }) };
}

function countIn(sets: BuildSets, within: BuildSet, callees: Iterable<Callee>): number {
  let count = 0;
  for (const { builds } of callees) if (sets.meets(within, builds)) count++;
  return count;
}

function isDecided({ declared, decided, isDecided: asked }: Growing, place: number): boolean {
  let known = decided.get(place);
  if (known === undefined) decided.set(place, (known = asked(nameOf(functionAt(declared, place)))));
  return known;
}
