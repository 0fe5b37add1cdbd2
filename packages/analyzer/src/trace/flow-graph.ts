/**
 * The graph of a program along which data gets, made as far as somebody asks: a unit when a place of it is reached,
 * callers when something may get back to them.
 */
import type { StandardFacts } from "../link/declarations.ts";
import type { LinkedFunction } from "../link/edge.ts";
import { embeddedVariables } from "../link/embedded.ts";
import type { Program } from "../link/program.ts";
import { createSignatures, plainName, type Signatures, signatureAt } from "../link/signatures.ts";
import type { UseFacts } from "../model/facts.ts";
import { type FlowLists, firstShared, nothing } from "../model/flow-facts.ts";
import type { CallRules, FlowMap } from "../model/flow-map.ts";
import { type FoldedArguments, type FunctionsGiven, literalsIn, runs } from "./call-ends.ts";
import { addCall, type CallContext, calledId, isSharedParameter } from "./call-links.ts";
import { addSink, type Ends } from "./ends.ts";
import { addHomeFields, mayFind } from "./found-files.ts";
import { type Ranger, rangersOf } from "./iterators.ts";
import { createLinks, type Links } from "./links.ts";
import { fieldsWithOpaqueParts } from "./opaque-parts.ts";
import {
  createPlaces,
  firstBackward,
  Mark,
  markOf,
  type Places,
  placeOf,
  type State,
  stateOf,
} from "./places.ts";
import { secretIn } from "./secret-arguments.ts";
import { type KeyedPlace, keyedPlaces } from "./secret-keys.ts";
import { createTransfers, type TransferQuestion, type Transfers } from "./transfers.ts";
import type { BodyContext } from "./unit-links.ts";
import { addBody } from "./unit-links.ts";
import { createUnits, type Role, type Unit, type Units } from "./units.ts";
import { type ValueCallee, valueCallees } from "./value-callees.ts";

export interface GraphOptions {
  readonly flowMap: FlowMap;
  /** Packages of the standard library, without what functions do. */
  readonly standard: StandardFacts;
  readonly folded: FoldedArguments;
  readonly functionsGiven: FunctionsGiven;
}

export interface TraceGraph {
  readonly program: Program;
  readonly units: Units;
  readonly places: Places;
  readonly links: Links;
  /** Those that are known so far: all sources, once `findSources` ran; sinks of what was reached. */
  readonly ends: Ends;
  /** Makes the links that lead on from a state. */
  readonly reach: (state: State) => void;
  /** Looks at all calls and parameters for sources. Linear in the uses. */
  readonly findSources: () => void;
}

interface Growing extends GraphOptions, Omit<TraceGraph, "reach" | "findSources"> {
  readonly signatures: Signatures;
  readonly valueCallees: ReadonlyMap<UseFacts, readonly ValueCallee[]>;
  readonly transfers: (question: TransferQuestion) => Transfers;
  /** Ranges over the functions of a unit; found when first asked for. */
  readonly rangers: (unit: Unit) => readonly Ranger[];
  /** Shared places that were reached. */
  readonly reached: Set<number>;
  /** Functions whose callers are loaded. */
  readonly returned: Set<number>;
}

export function createTraceGraph(program: Program, options: GraphOptions): TraceGraph {
  const places = createPlaces((path) => program.packageByPath.has(path));
  const units = createUnits(program, places);
  const opaque = fieldsWithOpaqueParts(program, places);
  let rangers: ReadonlyMap<Unit, readonly Ranger[]> | undefined;
  const signatures = createSignatures(program, options.standard);
  const growing: Growing = {
    ...options,
    rangers: (unit) => (rangers ??= rangersOf(program, units)).get(unit) ?? [],
    program,
    places,
    units,
    links: createLinks({ isForeign: places.isForeign, hasOpaqueParts: (place) => opaque.has(place) }),
    ends: { sources: [], sinks: new Map(), paths: [] },
    signatures,
    valueCallees: valueCallees(program, units),
    transfers: createTransfers(signatures),
    reached: new Set(),
    returned: new Set(),
  };
  return {
    ...growing,
    reach: (state) => reach(growing, state),
    findSources: () => {
      addEmbedded(growing);
      for (const unit of growing.units.all) if (hasSource(growing, unit)) load(growing, unit);
    },
  };
}

function reach(growing: Growing, state: State): void {
  const { units, places, reached } = growing;
  const place = placeOf(state);
  if (places.nameOf(place) !== undefined) {
    if (reached.has(place)) return;
    reached.add(place);
    const isFile = places.isFile(place);
    for (const unit of isFile ? units.all : units.mentioning(place))
      if (!isFile || usesFiles(growing, unit)) load(growing, unit);
    return;
  }
  const role = units.roleOf(place);
  if (role === undefined) return;
  loadUnitOf(growing, role.fn);
  if (growing.returned.has(role.fn) || !leadsBack(growing, role, markOf(state))) return;
  growing.returned.add(role.fn);
  for (const caller of units.callersOf(role.fn)) loadUnitOf(growing, caller);
}

function loadUnitOf(growing: Growing, fn: number): void {
  const unit = growing.units.unitOf(fn);
  if (unit !== undefined) load(growing, unit);
}

/** Whether what is so of a parameter or result may be so of something in callers. */
function leadsBack({ units }: Growing, { fn, parameter, isResult }: Role, mark: Mark): boolean {
  if (mark >= firstBackward) return parameter !== undefined;
  if (isResult) return true;
  return mark === Mark.whole && parameter !== undefined && isSharedParameter(units.functionAt(fn), parameter);
}

function load(growing: Growing, unit: Unit): void {
  if (unit.loaded) return;
  unit.loaded = true;
  const { units, program } = growing;
  const base = units.baseOf(unit);
  for (const fn of unit.functions) {
    const declared = units.functionAt(fn);
    const { flows } = declared.facts;
    if (flows === undefined) continue;
    const context = contextOf(growing, { unit, fn, declared, base });
    addLists(context, flows);
    for (const lists of flows.variants ?? []) {
      const builds = program.builds.narrow(program.builds.parse(lists.builds));
      addLists({ ...context, builds: program.builds.and(declared.builds, builds) }, lists);
    }
    addParameterEnds(growing, context);
    addNamedParameters(growing, context);
    addFieldSources(growing, context);
    addKeyedSources(growing, context);
    addHomeFields(growing, context);
    addPaths(growing, context);
  }
  for (const ranger of growing.rangers(unit)) addRange(growing, base, ranger);
}

/** What is yielded gets to who ranges over it. */
function addRange(growing: Growing, base: number, { fn, site, doubt, builds, moves }: Ranger): void {
  const { units, links } = growing;
  const unit = units.unitOf(fn);
  if (unit === undefined) return;
  const into = units.baseOf(unit);
  // A closure that its own function ranges over.
  const how = base === into && site.use === undefined ? "plain" : "leave";
  for (const [from, to] of moves) links.move({ from: base + from, to: into + to, how, doubt, site, builds });
  load(growing, unit);
}

/** Written out, since there are many. */
function contextOf(
  growing: Growing,
  { unit, fn, declared, base }: Pick<CallContext, "unit" | "fn" | "declared" | "base">,
): CallContext {
  const { program, units, places, links, ends, flowMap, signatures } = growing;
  const { folded, functionsGiven, valueCallees, transfers } = growing;
  const { builds } = declared;
  const edges = units.edgesOf(fn);
  return {
    program,
    places,
    links,
    fn,
    declared,
    base,
    builds,
    flowMap,
    signatures,
    ends,
    folded,
    functionsGiven,
    units,
    unit,
    edges,
    valueCallees,
    transfers,
  };
}

function addLists(context: CallContext, lists: FlowLists): void {
  addBody(context, lists);
  for (const call of lists.calls ?? []) addCall(context, call);
}

/** Whether something in a unit runs or reads files by their path. */
function usesFiles(growing: Growing, unit: Unit): boolean {
  return unit.functions.some((fn) => {
    const declared = growing.units.functionAt(fn);
    return declared.facts.uses.some((use) =>
      rulesAt(growing, declared, use).some(
        ({ reads, sinks }) => reads !== undefined || sinks.some(({ kind }) => runs(kind)),
      ),
    );
  });
}

/** What the rules say of what a use names, and of what else it may call. */
function rulesAt(
  { flowMap, valueCallees }: Growing,
  { pkg }: LinkedFunction,
  use: UseFacts,
): readonly CallRules[] {
  const own = flowMap.callRules(calledId(use.target, pkg.path));
  const others = valueCallees.get(use);
  if (others === undefined) return own === undefined ? noRules : [own];
  return [own, ...others.map(({ id }) => flowMap.callRules(id))].filter((one) => one !== undefined);
}

const noRules: readonly CallRules[] = [];

/** Whether some function of a unit has, or may have, a source or the path of a file that matters. */
function hasSource(growing: Growing, unit: Unit): boolean {
  const { units, flowMap } = growing;
  return unit.functions.some((fn) => {
    const declared = units.functionAt(fn);
    const { facts, pkg } = declared;
    if (facts.flows === undefined) return false;
    return (
      facts.uses.some(
        (use) =>
          mayBring.has(use.target.kind) &&
          (rulesAt(growing, declared, use).some((rules) => rules.sources.length > 0 || mayFind(rules)) ||
            use.arguments?.some((one) => flowMap.pathKinds(literalsIn(one)).length > 0) === true),
      ) ||
      typedParameters(units.functionAt(fn)).some(({ type }) => flowMap.typeSource(type) !== undefined) ||
      secretFields(flowMap, units.functionAt(fn)).length > 0 ||
      secretParameters(flowMap, units.functionAt(fn)).length > 0 ||
      keysIn(growing, declared).length > 0 ||
      (pkg.module === undefined &&
        facts.uses.some(({ arguments: given = [] }) =>
          given.some((one) => secretIn(one, flowMap.isSecret) !== undefined),
        ))
    );
  });
}

/** Calls of what has no body. */
const mayBring: ReadonlySet<UseFacts["target"]["kind"]> = new Set([
  "qualified",
  "interface-method",
  "dynamic",
]);

interface TypedParameter {
  readonly type: string;
  readonly index: number;
}

/** The parameters, without the receiver, whose type has a name. */
function typedParameters({ facts, pkg }: LinkedFunction): readonly TypedParameter[] {
  const { parameters = [] } = signatureAt(pkg, facts.signature) ?? {};
  return parameters.map((type, index) => ({ type: plainName(pkg, pkg.types[type]), index }));
}

/** A request is one where it comes in: not where the program hands it on by name. */
function addParameterEnds({ flowMap, ends, units, program }: Growing, context: BodyContext): void {
  const { declared, fn, base } = context;
  const { facts } = declared;
  const receivers = facts.kind === "method" ? 1 : 0;
  for (const { type, index } of typedParameters(declared)) {
    const place = facts.flows?.parameters?.[index + receivers] ?? nothing;
    if (place < 0) continue;
    const site = { fn, name: type };
    const passing = receivers === 0 ? undefined : flowMap.methodSource(methodName(facts), type);
    const kind = passing ?? flowMap.typeSource(type);
    const state = stateOf(base + place, Mark.whole);
    if (kind !== undefined && (passing !== undefined || !isHandedByName(program, units, fn)))
      ends.sources.push({ kind, site, states: [state], needs: undefined });
    const sink = flowMap.typeSink(type);
    if (sink !== undefined)
      addSink(ends, stateOf(base + place, Mark.written), {
        kind: sink,
        site,
        argument: undefined,
        handle: true,
        startup: undefined,
      });
  }
}

function methodName({ id }: LinkedFunction["facts"]): string {
  return id.slice(id.lastIndexOf(".") + 1);
}

/** A parameter that is named like a secret, where it comes in. */
function addNamedParameters({ flowMap, ends, units, program }: Growing, context: BodyContext): void {
  const { declared, fn, base } = context;
  const { facts } = declared;
  const secrets = secretParameters(flowMap, declared);
  if (secrets.length === 0 || (facts.entry === undefined && isHandedByName(program, units, fn))) return;
  for (const { name, index } of secrets) {
    const place = facts.flows?.parameters?.[index] ?? nothing;
    if (place < 0) continue;
    const states = [stateOf(base + place, Mark.whole)];
    ends.sources.push({ kind: "secret", site: { fn, name }, states, needs: undefined });
  }
}

function secretParameters(
  { isSecret }: FlowMap,
  { facts: { parameterNames = [] }, pkg }: LinkedFunction,
): { readonly name: string; readonly index: number }[] {
  if (pkg.module !== undefined) return [];
  return parameterNames.flatMap((name, index) => (isSecret(name) ? [{ name, index }] : []));
}

function isHandedByName({ callers }: Program, { standsFor }: Units, fn: number): boolean {
  return (callers[fn] ?? []).some(
    ({ breadth, use, from }) => breadth === 0 && use.use === "call" && standsFor(from) !== fn,
  );
}

/** Fields with a secret's name that a function reads: places of what is read. */
function secretFields(
  flowMap: FlowMap,
  { facts, pkg }: LinkedFunction,
): { readonly name: string; readonly to: number }[] {
  const { load = [] } = facts.flows ?? {};
  const found = [];
  for (let at = 0; at < load.length; at += 3) {
    const [kind, , name] = pkg.places[firstShared - (load[at + 1] ?? 0)] ?? [];
    if (kind !== "field" || typeof name !== "string") continue;
    const field = name.slice(name.lastIndexOf(".") + 1);
    if (flowMap.isSecret(field)) found.push({ name: field, to: load[at] ?? nothing });
  }
  return found;
}

function addFieldSources({ flowMap, ends }: Growing, { declared, fn, base }: BodyContext): void {
  for (const { name, to } of secretFields(flowMap, declared)) {
    if (to < 0) continue;
    ends.sources.push({
      kind: "secret",
      site: { fn, name },
      states: [stateOf(base + to, Mark.whole)],
      needs: undefined,
    });
  }
}

/** Of functions of the module itself. */
function keysIn({ flowMap, program }: Growing, declared: LinkedFunction): readonly KeyedPlace[] {
  if (declared.pkg.module !== undefined) return [];
  return keyedPlaces(declared, program.functions[declared.root]?.facts.code, flowMap.isSecretKey);
}

function addKeyedSources(growing: Growing, { declared, fn, base }: BodyContext): void {
  for (const { name, to } of keysIn(growing, declared)) {
    const states = [stateOf(base + to, Mark.whole)];
    growing.ends.sources.push({ kind: "secret", site: { fn, name }, states, needs: undefined });
  }
}

/** A variable that holds an embedded file is one where it is; the first function that mentions it stands for that. */
function addEmbedded({ ends, units, places, program }: Growing): void {
  const embedded = embeddedVariables(program);
  if (embedded.size === 0) return;
  const seen = new Set<number>();
  program.functions.forEach(({ pkg, facts }, fn) => {
    const names = embedded.get(pkg);
    if (names === undefined || facts.flows === undefined || units.unitOf(fn) === undefined) return;
    pkg.places.forEach(([kind, of, name], index) => {
      if (kind !== "variable" || of !== "" || !names.has(name)) return;
      const place = places.of(pkg, 0, firstShared - index);
      if (seen.has(place) || !units.mentioning(place).some(({ functions }) => functions.includes(fn))) return;
      seen.add(place);
      const site = { fn, name: `${pkg.path}.${name}` };
      ends.sources.push({ kind: "embedded", site, states: [stateOf(place, Mark.whole)], needs: undefined });
    });
  });
}

/** Results of calls that put the path of such a file together. */
function addPaths({ flowMap, ends }: Growing, { declared, base }: BodyContext): void {
  const { facts } = declared;
  for (const [use, , , , , results = []] of facts.flows?.calls ?? []) {
    const given = facts.uses[use]?.arguments ?? [];
    const kinds = new Set(flowMap.pathKinds(given.map((one) => one.value ?? literalsIn(one)).join("/")));
    for (const kind of kinds)
      for (const place of results)
        if (place >= 0)
          ends.paths.push(
            stateOf(base + place, kind === "credential" ? Mark.credentialPath : Mark.startupPath),
          );
  }
}
