/**
 * Which functions a call may run: the one that its use names; of a call through an interface those that the type of the
 * value has; else those to which the program's edges lead, if they are few.
 */
import type { Edge, LinkedFunction } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import type { RangeFacts } from "../link/ranges-over-functions.ts";
import type { FunctionFacts, UseFacts } from "../model/facts.ts";
import { functionId } from "../model/function-id.ts";
import type { Machine } from "./machine.ts";
import { knownByType } from "./marks.ts";
import { load } from "./places.ts";
import { orChanged } from "./shared.ts";
import {
  alternativeLimit,
  alternatives,
  either,
  type Frame,
  type Known,
  unknown,
  unknownOf,
  type Value,
  within,
} from "./values.ts";

export interface Callees {
  readonly functions: readonly LinkedFunction[];
  /** Something else may run, of which nothing is known. */
  readonly isOpen: boolean;
  /** The use names them: their parameters are what is given. */
  readonly isNamed: boolean;
}

interface Asked {
  readonly use: UseFacts;
  /** The receiver first, if there is one. */
  readonly given: readonly Value[];
}

export function calleesOf(machine: Machine, frame: Frame, { use, given }: Asked): Callees {
  const { target } = use;
  if (target.kind === "function" || target.kind === "qualified") {
    let found = machine.callees.get(use);
    if (found === undefined) machine.callees.set(use, (found = namedCallees(machine, frame, use)));
    return { functions: found, isOpen: false, isNamed: true };
  }
  const edges = machine.edgesOf(use);
  const receiver = given[0] ?? unknown;
  const types = target.kind === "interface-method" ? typesOf(machine, receiver) : undefined;
  const ofTypes = types && edges.filter(({ to }) => types.has(ownerOf(machine.program.functions[to])));
  if (ofTypes !== undefined && ofTypes.length > 0 && ofTypes.length <= alternativeLimit)
    return { ...fewOf(machine, frame, ofTypes), isOpen: false };
  if (edges.some(({ breadth }) => breadth > alternativeLimit)) return none;
  return fewOf(machine, frame, edges);
}

const none: Callees = { functions: [], isOpen: true, isNamed: false };

function fewOf({ program }: Machine, { builds }: Frame, edges: readonly Edge[]): Callees {
  const functions = functionsAt(
    program,
    edges.map(({ to }) => to),
    builds,
  );
  const isOpen = edges.some(({ breadth, to }) => {
    const one = program.functions[to];
    return breadth > edges.length || one === undefined || program.isStandard(one.pkg);
  });
  return functions.length > alternativeLimit ? none : { functions, isOpen, isNamed: false };
}

/** Functions of the program that a use names, in builds of the function that it is in. */
function namedCallees({ program }: Machine, { builds }: Frame, { target }: UseFacts): LinkedFunction[] {
  const id =
    target.kind === "function"
      ? target.id
      : target.kind === "qualified"
        ? functionId(target.package, target.name)
        : "";
  return functionsAt(program, program.byId.get(id) ?? [], builds);
}

/** Functions outside of the standard library that are in some of the builds, each once. */
function functionsAt(
  { functions, isStandard, builds: sets }: Program,
  numbers: readonly number[],
  builds: Frame["builds"],
): LinkedFunction[] {
  const found: LinkedFunction[] = [];
  const seen = new Set<FunctionFacts>();
  for (const number of numbers) {
    const one = functions[number];
    if (one === undefined || seen.has(one.facts) || isStandard(one.pkg)) continue;
    if (builds !== undefined && !sets.meets(one.builds, builds)) continue;
    seen.add(one.facts);
    found.push(one);
  }
  return found;
}

/** The types of what a value may be, where all are known. */
function typesOf(machine: Machine, value: Value): ReadonlySet<string> | undefined {
  const all = alternatives(value).map((one) => typeOf(machine, one));
  const isKnown = value.kind !== "unknown" && (value.kind !== "either" || value.rest === undefined);
  return isKnown && !all.includes("") ? new Set(all) : undefined;
}

function typeOf(machine: Machine, one: Known): string {
  const held = one.kind === "pointer" ? load(machine, one) : one;
  return held.kind === "struct" ? held.named : "";
}

const methodId = /^\((\*?)(.+)\)\.[^.]+$/u;

const receivers = new WeakMap<FunctionFacts, Receiver | "none">();

/** What a function takes as its receiver; undefined if it is no method. */
function receiverIn({ facts }: LinkedFunction): Receiver | undefined {
  let found = receivers.get(facts);
  if (found === undefined) {
    const [, star, owner] = methodId.exec(facts.id) ?? [];
    found = owner === undefined ? "none" : { owner, byPointer: star === "*" };
    receivers.set(facts, found);
  }
  return found === "none" ? undefined : found;
}

/** The type that a function is a method of. */
function ownerOf(fn: LinkedFunction | undefined): string {
  return fn === undefined ? "" : (receiverIn(fn)?.owner ?? "");
}

/** What a function that edges lead to is given: the receiver as it takes it, or one that is not known where it has one of its own. */
export function received(machine: Machine, fn: LinkedFunction, given: readonly Value[]): readonly Value[] {
  const code = machine.codeOf(fn);
  const asked = receiverIn(fn);
  if (code === undefined || asked === undefined) return given;
  const [parameters, , variadic] = code;
  // A method as a value has its receiver already.
  const isBound = variadic ? given.length < parameters.length - 1 : given.length < parameters.length;
  if (isBound) return [ofOwner(machine, unknown, asked), ...given];
  return [receiverOf(machine, given[0] ?? unknown, asked), ...given.slice(1)];
}

/** Of several values those that have the method, if their types tell. */
function receiverOf(machine: Machine, value: Value, asked: Receiver): Value {
  const all = alternatives(value);
  const own = all.filter((one) => typeOf(machine, one) === asked.owner);
  const some = own.length > 0 ? own : all;
  if (some.length === 0) return ofOwner(machine, unknownOf([value]), asked);
  return either(some.map((one) => receiverFor(machine, one, asked)));
}

/** A receiver that is not known: its method tells its type. */
function ofOwner(machine: Machine, value: Value, { owner }: Receiver): Value {
  return knownByType(machine, value, `S ${owner}`);
}

interface Receiver {
  /** The type of which the method is. */
  readonly owner: string;
  readonly byPointer: boolean;
}

function receiverFor(machine: Machine, value: Known, { owner, byPointer }: Receiver): Value {
  if (value.kind !== "pointer" && value.kind !== "struct") return byPointer ? unknown : value;
  const held = value.kind === "pointer" ? orChanged(machine, value.at, load(machine, value)) : value;
  if (held.kind === "struct" && held.named !== "" && held.named !== owner)
    return embeddedIn(machine, value, { owner, byPointer });
  return byPointer ? (value.kind === "pointer" ? value : unknown) : held;
}

/** The embedded part of which the method is: the field has the name of its type. */
function embeddedIn(machine: Machine, value: Known, { owner, byPointer }: Receiver): Value {
  const name = owner.slice(owner.lastIndexOf(".") + 1);
  if (value.kind === "struct") {
    const field = value.fields.get(name) ?? unknown;
    return byPointer || field.kind !== "pointer" ? field : load(machine, field);
  }
  if (value.kind !== "pointer") return unknown;
  const place = within(value, name);
  const field = load(machine, place);
  if (field.kind === "pointer") return byPointer ? field : load(machine, field);
  return byPointer ? place : field;
}

/** By the use, the edges of calls whose callee the name alone does not tell. */
export function edgesByUse({ edges }: Program): ReadonlyMap<UseFacts, readonly Edge[]> {
  const found = new Map<UseFacts, Map<number, Edge>>();
  for (const edge of edges) {
    const { kind } = edge.use.target;
    if (kind === "function" || kind === "qualified" || kind === "package") continue;
    const known = found.get(edge.use) ?? new Map<number, Edge>();
    found.set(edge.use, known.set(edge.to, edge));
  }
  return new Map([...found].map(([use, all]) => [use, [...all.values()]]));
}

/** By the uses of a function, its ranges over functions. */
export function rangesByUses({
  functions,
}: Program): ReadonlyMap<readonly UseFacts[], readonly RangeFacts[]> {
  return new Map(
    functions.flatMap(({ facts, ranges }) => (ranges.length === 0 ? [] : [[facts.uses, ranges]])),
  );
}
