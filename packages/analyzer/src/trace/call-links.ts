/**
 * The links of a call: into the functions that it may run and back, or what a function without a body does.
 * Functions that a call of the standard library is given are called back with what else it is given.
 */
import type { Edge, LinkedFunction } from "../link/edge.ts";
import { signatureAt } from "../link/signatures.ts";
import type { Target, UseFacts } from "../model/facts.ts";
import type { CallFacts } from "../model/flow-facts.ts";
import type { CallRules, TransferRule } from "../model/flow-map.ts";
import { functionId } from "../model/function-id.ts";
import { addCallEnds, type EndContext, type PlacedCall, partPlaces } from "./call-ends.ts";
import { addFoundFiles } from "./found-files.ts";
import { type Carried, carried, doubtLimit, type FlowSite, type How } from "./links.ts";
import { Mark, stateOf } from "./places.ts";
import { secretIn } from "./secret-arguments.ts";
import { addHeldFunctions } from "./template-functions.ts";
import { receiver, type TransferQuestion, type Transfers } from "./transfers.ts";
import { placeIn } from "./unit-links.ts";
import type { Unit, Units } from "./units.ts";
import { callsByReflection, type ValueCallee } from "./value-callees.ts";

export interface CallContext extends EndContext {
  readonly units: Units;
  readonly unit: Unit;
  /** What the calls of the function may run. */
  readonly edges: ReadonlyMap<UseFacts, readonly Edge[]>;
  /** What calls of values may run that has no body. */
  readonly valueCallees: ReadonlyMap<UseFacts, readonly ValueCallee[]>;
  readonly transfers: (question: TransferQuestion) => Transfers;
}

export function addCall(context: CallContext, facts: CallFacts): void {
  const [number, , , callee, given, results = [], details = {}] = facts;
  const use = context.declared.facts.uses[number];
  if (use === undefined) return;
  const { program } = context;
  const builds =
    use.builds === undefined
      ? context.builds
      : program.builds.and(context.builds, program.builds.narrow(program.builds.parse(use.builds)));
  const id = calledId(use.target, context.declared.pkg.path);
  const call: PlacedCall = {
    use,
    id,
    isMethod: use.target.kind !== "dynamic" && id.startsWith("("),
    callee: placeIn(context, callee),
    arguments: given.map((place) => placeIn(context, place)),
    results: results.map((place) => placeIn(context, place)),
    builds,
    doubt: 0,
  };
  addSecretArguments(context, call);
  const rules = context.flowMap.callRules(id);
  if (rules !== undefined) addCallEnds(context, call, rules);
  const bodies = (context.edges.get(use) ?? []).filter(({ to }) => hasBody(context, to));
  if (rules !== undefined) addFoundFiles(context, call, { rules, found: foundPlaces(context, call, bodies) });
  const direct = bodies.filter(({ to }) => isDirect(context, call, to));
  for (const edge of bodies) {
    // No way goes through it, and there may be as many as calls times functions.
    if (edge.breadth > doubtLimit) continue;
    if (direct.includes(edge)) addCallee(context, call, { edge, functionType: details.type });
    else addCallback(context, call, edge);
  }
  if (direct.length === 0 || isForeign(context, use.target)) addWithoutBody(context, call, rules);
  if (rules?.callsBack === true)
    addHeldFunctions(context, call, (named, of) => addWithoutBody(context, named, of));
  for (const callee of context.valueCallees.get(use) ?? [])
    addValueCallee(context, call, { callee, functionType: details.type });
}

interface EnteredValue {
  readonly callee: ValueCallee;
  readonly functionType: number | undefined;
}

/** What a function does that a value may be and that is not followed. The receiver of a method expression is its first argument. */
function addValueCallee(
  context: CallContext,
  call: PlacedCall,
  { callee: { id, breadth, builds }, functionType }: EnteredValue,
): void {
  const rules = context.flowMap.callRules(id);
  const isMethod = id.startsWith("(");
  const own = isMethod && call.use.target.kind === "dynamic" ? context.signatures.of(id) : undefined;
  const given = signatureAt(context.declared.pkg, functionType)?.parameters.length;
  const isExpression = own !== undefined && given === own.parameters.length + 1;
  const [callee = -1, ...rest] = call.arguments;
  const named = {
    ...call,
    ...(isExpression && { callee, arguments: rest }),
    ...(callsByReflection(call.use.target) && reflectedParts(call)),
    id,
    isMethod,
    builds,
    doubt: breadth,
  };
  if (rules !== undefined) addCallEnds(context, named, rules);
  addWithoutBody(context, named, rules);
}

/** What is given is in a list, and so is what comes back: each may be any of them, also the receiver. */
function reflectedParts({ callee, arguments: [list = -1], results: [result = -1] }: PlacedCall) {
  return {
    callee: list >= 0 ? list : callee,
    arguments: mostGiven.map(() => list),
    results: mostGiven.map(() => result),
  };
}

/** Parameters, or results, of a function that rules speak of. */
const mostGiven = [0, 1, 2, 3];

/** What a function of the module hands to others under the name of a secret. */
function addSecretArguments({ declared, flowMap, ends, fn }: CallContext, call: PlacedCall): void {
  if (declared.pkg.module !== undefined) return;
  call.use.arguments?.forEach((argument, index) => {
    const place = call.arguments[index] ?? -1;
    const name = place < 0 ? undefined : secretIn(argument, flowMap.isSecret);
    if (name === undefined) return;
    const site = { fn, use: call.use, name };
    ends.sources.push({ kind: "secret", site, states: [stateOf(place, Mark.whole)], needs: undefined });
  });
}

/** Where the paths get that a call finds: the first parameter of what it calls back, and its result. */
function foundPlaces({ units, places }: CallContext, call: PlacedCall, bodies: readonly Edge[]): number[] {
  const called = bodies.map(({ to }) => {
    const { facts, pkg } = units.functionAt(to);
    const unit = units.unitOf(to);
    const receivers = facts.kind === "method" ? 1 : 0;
    return unit === undefined
      ? -1
      : places.of(pkg, units.baseOf(unit), facts.flows?.parameters?.[receivers] ?? -1);
  });
  return [...called, ...call.results.slice(0, 1)];
}

function hasBody({ units }: CallContext, fn: number): boolean {
  return units.unitOf(fn) !== undefined && !units.functionAt(fn).facts.bodiless;
}

/** A call of a name may run something else only if it is given that. */
function isDirect({ units }: CallContext, { use, id }: PlacedCall, fn: number): boolean {
  const { kind } = use.target;
  return (kind !== "function" && kind !== "qualified") || units.functionAt(fn).facts.id === id;
}

/** Of an interface of the standard library: it may have implementations that the program does not show. */
function isForeign({ program }: CallContext, target: Target): boolean {
  return (
    target.kind === "interface-method" && target.package !== "" && !program.packageByPath.has(target.package)
  );
}

/** What a call names, as an id. */
export function calledId(target: Target, own: string): string {
  switch (target.kind) {
    case "function":
      return target.id;
    case "qualified":
      return functionId(target.package, target.name);
    case "interface-method":
      return target.name.startsWith("(interface)")
        ? target.name
        : functionId(target.package || own, target.name);
    case "dynamic":
      return target.type;
    case "variable":
    case "package":
    case "cgo":
    case "unsafe-conversion":
    case "reflect-store":
    case "unresolved":
      return "";
    default:
      return target satisfies never;
  }
}

interface Entered {
  readonly edge: Edge;
  /** Of a function value, its type. */
  readonly functionType: number | undefined;
}

function addCallee(context: CallContext, call: PlacedCall, { edge, functionType }: Entered): void {
  const { units, unit, places } = context;
  const { facts, pkg } = units.functionAt(edge.to);
  const other = units.unitOf(edge.to);
  if (other === undefined) return;
  const base = units.baseOf(other);
  const inCallee = (place: number) => places.of(pkg, base, place);
  const { parameters = [], results = [] } = facts.flows ?? {};
  const isMethod = facts.kind === "method";
  const shift = isMethod && !takesReceiver(context, call, { fn: edge.to, functionType }) ? 1 : 0;
  const linked = linking(context, call, { edge, within: other === unit && facts.kind === "closure" });
  if (shift === 1 && call.use.target.kind !== "dynamic")
    linked("enter", call.callee, inCallee(parameters[0] ?? -1));
  const last = Math.max(0, parameters.length - 1);
  call.arguments.forEach((from, index) => {
    const at = index + shift;
    linked(
      "enter",
      from,
      inCallee(parameters[at] ?? (at > last && isVariadic(context, edge.to) ? (parameters[last] ?? -1) : -1)),
    );
  });
  call.results.forEach((to, index) => linked("leave", inCallee(results[index] ?? -1), to));
  addChangedArguments(context, call, { edge, shift, linked });
}

function isVariadic({ units }: CallContext, fn: number): boolean {
  const { facts, pkg } = units.functionAt(fn);
  return signatureAt(pkg, facts.signature)?.variadic === true;
}

interface Called {
  readonly fn: number;
  readonly functionType: number | undefined;
}

/** A method expression as a value: its first argument is the receiver. */
function takesReceiver(
  { units, declared }: CallContext,
  { use }: PlacedCall,
  { fn, functionType }: Called,
): boolean {
  if (use.target.kind !== "dynamic") return false;
  const { facts, pkg } = units.functionAt(fn);
  const own = signatureAt(pkg, facts.signature)?.parameters.length ?? 0;
  const given = signatureAt(declared.pkg, functionType)?.parameters.length ?? 0;
  return given === own + 1;
}

type Linked = (how: How, from: number, to: number) => void;

interface Linking {
  readonly edge: Edge;
  /** A closure that its own function calls: its places are of the same function. */
  readonly within: boolean;
}

function linking(
  { links, fn, units }: CallContext,
  { use, builds: own }: PlacedCall,
  { edge, within }: Linking,
): Linked {
  const callee = units.standsFor(edge.to);
  const site: FlowSite = { fn, use, name: units.functionAt(edge.to).facts.id, callee };
  const builds = edge.builds === own ? own : edge.builds;
  return (how, from, to) =>
    links.move({ from, to, how: within ? "plain" : how, doubt: edge.breadth, site, builds });
}

interface Changed {
  readonly edge: Edge;
  readonly shift: number;
  readonly linked: Linked;
}

/** Containers of data and what is behind pointers may be changed by whom they are given to. */
function addChangedArguments(context: CallContext, call: PlacedCall, { edge, shift }: Changed): void {
  const { units, links, places, fn } = context;
  const callee = units.functionAt(edge.to);
  const { facts, pkg } = callee;
  const other = units.unitOf(edge.to);
  if (other === undefined) return;
  const base = units.baseOf(other);
  const parameters = facts.flows?.parameters ?? [];
  call.arguments.forEach((argument, index) => {
    const parameter = places.of(pkg, base, parameters[index + shift] ?? -1);
    if (argument < 0 || parameter < 0 || !isSharedParameter(callee, index + shift)) return;
    const site: FlowSite = { fn, use: call.use, name: facts.id, callee: units.standsFor(edge.to) };
    const { breadth: doubt, builds } = edge;
    links.carry({ from: parameter, to: argument, how: "leave", doubt, site, builds }, changed);
  });
}

const changed = carried([Mark.whole, Mark.written]);

/** Whether a function may change what it is given as a parameter, the receiver being the first: no receiver is. */
export function isSharedParameter({ facts, pkg }: LinkedFunction, parameter: number): boolean {
  const receivers = facts.kind === "method" ? 1 : 0;
  const type = signatureAt(pkg, facts.signature)?.parameters[parameter - receivers] ?? -1;
  return isShared(pkg.types[type], pkg.types);
}

type Types = CallContext["declared"]["pkg"]["types"];

const containers: ReadonlySet<string> = new Set(["slice", "map", "chan", "chan<-", "<-chan"]);

/** What caller and callee see of it is the same: no copy. */
function isShared(term: Types[number] | undefined, types: Types): boolean {
  if (term === undefined || typeof term === "string") return false;
  if (containers.has(term[0])) return true;
  if (term[0] !== "pointer") return false;
  const element = types[term[1]];
  return typeof element === "string"
    ? !element.includes(".")
    : element !== undefined && containers.has(element[0]);
}

/** A function that is handed to one without a body: it may be called with anything that is there. */
function addCallback(context: CallContext, call: PlacedCall, edge: Edge): void {
  const { units, unit, places } = context;
  const { facts, pkg } = units.functionAt(edge.to);
  const other = units.unitOf(edge.to);
  if (other === undefined) return;
  const base = units.baseOf(other);
  const linked = linking(context, call, { edge, within: other === unit && facts.kind === "closure" });
  const { parameters = [], results = [] } = facts.flows ?? {};
  for (const parameter of parameters)
    for (const from of [call.callee, ...call.arguments])
      linked("enter", from, places.of(pkg, base, parameter));
  for (const result of results)
    for (const to of call.results) linked("leave", places.of(pkg, base, result), to);
}

/** What a function does that is not followed. */
function addWithoutBody(context: CallContext, call: PlacedCall, rules: CallRules | undefined): void {
  if (rules?.finds === true) addFound(context, call);
  if (rules?.transfers !== undefined) {
    for (const rule of rules.transfers) addStated(context, call, rule);
    return;
  }
  // What a source brings, and what a sink gives, is its own.
  if (rules !== undefined && !rules.sources.every(({ passes }) => passes)) return;
  if (rules !== undefined && rules.sinks.length > 0) return;
  addDefault(context, call);
  if (rules?.escapes === true) addPayload(context, call);
}

function addStated(context: CallContext, call: PlacedCall, { from, to }: TransferRule): void {
  const sources = from.flatMap((part) => partPlaces(call, part));
  for (const part of to) {
    const result = part.of === "result" || part.of === "results";
    for (const target of partPlaces(call, part))
      for (const one of sources)
        if (one !== target) addTransfer(context, call, { from: one, to: target, result });
  }
}

function addDefault(context: CallContext, call: PlacedCall): void {
  const { id, isMethod } = call;
  const transfers = context.transfers({
    id,
    of: call.use.target.kind === "dynamic" ? "value" : isMethod ? "method" : "function",
    arguments: call.arguments.length,
    results: call.results.length,
  });
  const at = (index: number) => (index === receiver ? call.callee : (call.arguments[index] ?? -1));
  for (const index of transfers.results) {
    const to = call.results[index] ?? -1;
    for (const one of transfers.from) addTransfer(context, call, { from: at(one), to, result: true });
    for (const one of transfers.wraps) addWrapping(context, call, { from: to, to: at(one) });
  }
  for (const [from, into] of transfers.writes)
    addTransfer(context, call, { from: at(from), to: at(into), result: false });
}

function addFound(context: CallContext, call: PlacedCall): void {
  for (const from of call.arguments)
    for (const to of call.results) carry(context, call, { from, to, carried: pathsFound });
}

const paths = [Mark.credentialPath, Mark.startupPath, Mark.foundPath].map((mark) => [mark, mark] as const);
const pathsFound = carried(...paths);

/** What comes out is such data, but in an address no longer where to connect to. */
function addPayload(context: CallContext, call: PlacedCall): void {
  const [result = -1] = call.results;
  if (result < 0) return;
  for (const from of [call.callee, ...call.arguments])
    carry(context, call, { from, to: result, carried: escaped });
}

const escaped = carried([Mark.whole, Mark.payload], [Mark.part, Mark.payload]);

interface Transfer {
  readonly from: number;
  readonly to: number;
  readonly result: boolean;
}

/** Whole or in part, it may be anywhere in what comes out. */
function addTransfer(context: CallContext, call: PlacedCall, { from, to, result }: Transfer): void {
  if (result) carry(context, call, { from, to, carried: given });
  else carry(context, call, { from, to, carried: filled, how: "write" });
}

const given = carried([Mark.whole, Mark.whole], [Mark.part, Mark.whole], ...paths, [
  Mark.payload,
  Mark.payload,
]);
const filled = carried([Mark.whole, Mark.written], [Mark.part, Mark.written]);

function addWrapping(
  context: CallContext,
  call: PlacedCall,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  carry(context, call, { from, to, carried: wrapped });
}

const wrapped = carried([Mark.written, Mark.written], [Mark.partWritten, Mark.partWritten]);

interface Carries {
  readonly from: number;
  readonly to: number;
  readonly carried: Carried;
  readonly how?: How;
}

function carry(
  { links, fn }: CallContext,
  { use, id, builds, doubt: taken }: PlacedCall,
  { from, to, carried: marks, how = "plain" }: Carries,
): void {
  if (from < 0 || to < 0) return;
  // Whoever is behind an interface or function value is not seen.
  const doubt = Math.max(taken, use.target.kind === "dynamic" ? 1 : 0);
  links.carry({ from, to, how, doubt, site: { fn, use, name: id }, builds }, marks);
}
