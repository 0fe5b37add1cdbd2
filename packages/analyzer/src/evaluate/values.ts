/** Values as far as they are known. Strings are strings of bytes: a character for each, U+0000 to U+00FF. */
import type { BuildSet } from "../constraints/index.ts";
import type { Code, CodeType, Expression } from "../model/code-facts.ts";
import type { PackageFacts, UseFacts } from "../model/facts.ts";
import type { FoldOperation } from "../model/flow.ts";

/** How a value came to be: operations as bits, and of how many constants it was made. */
export interface Origin {
  readonly by: number;
  readonly pieces: number;
}

export type Value = Unknown | Known | Either;

/** Not known, or too much to know. */
export interface Unknown {
  readonly kind: "unknown";
  /** It depends on what the function is given that evaluation began with: its callers may know. */
  readonly handed: boolean;
  /** It was not worked out because a bound was reached. */
  readonly cut: boolean;
  /** The type, by its path and name, of the struct that it is or points to, of the module; undefined if that is not told. */
  readonly struct?: string;
  /** What was put into fields of that struct since; whoever else has it may have put others there. */
  readonly set?: ReadonlyMap<string, FieldSet>;
  /** Where it comes from as it is, whatever it is (see `marks.ts`), sorted; undefined if from elsewhere too, or nobody asks. */
  readonly from?: readonly string[];
}

/** What was put into a field of a struct that is not known: nothing else as long as no such struct may have changed since. */
export interface FieldSet {
  readonly value: Value;
  /** How often such structs may have changed until then; -1 if only some ways put it there. */
  readonly since: number;
}

/** One of a few; or something else that is not known, if there is a rest. */
export interface Either {
  readonly kind: "either";
  readonly of: readonly Known[];
  readonly rest: Unknown | undefined;
}

export type Known =
  | Text
  | Partial
  | Int
  | Bool
  | { readonly kind: "nil" }
  | List
  | { readonly kind: "array"; readonly items: readonly Value[]; readonly type: CodeType }
  | Struct
  | { readonly kind: "map"; readonly at: number; readonly type: CodeType }
  | Pointer
  | FunctionValue
  | Native
  | { readonly kind: "tuple"; readonly items: readonly Value[] };

export interface Text {
  readonly kind: "text";
  readonly text: string;
  readonly origin: Origin;
}

/** A text with holes in it, where something is not known (see `lifted.ts`). */
export interface Partial {
  readonly kind: "partial";
  readonly text: string;
  readonly origin: Origin;
  /** As of what is unknown. */
  readonly handed: boolean;
  /** As of what is unknown, for what stands in the holes. */
  readonly from?: readonly string[];
}

export interface Int {
  readonly kind: "int";
  readonly int: bigint;
  readonly origin: Origin;
}

export interface Bool {
  readonly kind: "bool";
  readonly bool: boolean;
  readonly origin: Origin;
}

/** A slice: a part of the items in a cell. */
export interface List {
  readonly kind: "list";
  readonly at: number;
  readonly from: number;
  readonly length: number;
  readonly capacity: number;
  /** Of the items. */
  readonly type: CodeType;
}

/** Fields that were never set have what their type has at first. */
export interface Struct {
  readonly kind: "struct";
  /** The name of its type with the import path; empty if it has none, or that is not known. */
  readonly named: string;
  readonly fields: ReadonlyMap<string, Value>;
  /** It is as it was read where others may have changed it: fields may hold something else. */
  readonly isShared?: true;
}

/** What is in a cell, or in a part of it: fields and items on the way there. */
export interface Pointer {
  readonly kind: "pointer";
  readonly at: number;
  readonly path: readonly (string | number)[];
}

export type FunctionValue =
  | {
      readonly kind: "function";
      readonly code: Code;
      readonly frame: Frame;
      readonly variables: ReadonlyMap<number, number>;
      readonly use: UseFacts | undefined;
    }
  | {
      readonly kind: "function";
      readonly named: UseFacts;
      readonly frame: Frame;
      /** Of a method as a value. */
      readonly receiver: Value | undefined;
    };

/** Something of the standard library: an encoding, a replacer, an error. */
export interface Native {
  readonly kind: "native";
  readonly name: string;
  readonly parts: readonly string[];
}

export interface Layer {
  readonly outer: Layer | undefined;
  /** The outermost one, in which all functions begin: undefined if it is that itself. */
  readonly bottom: Layer | undefined;
  readonly cells: Map<number, Cell>;
  readonly depth: number;
  /** The same number as in another one where package variables, and what they lead to, hold the same; undefined if that is not followed. */
  version: number | undefined;
  /** The versions that there are, shared by all layers over the outermost one. */
  readonly versions: { count: number };
}

/** A value; or items of slices, or entries of a map, that are changed in place by the layer that owns them. */
export type Cell = Value | Items | Entries;

export interface Items {
  readonly kind: "items";
  readonly items: Value[];
  readonly owner: Layer;
}

export interface Entries {
  readonly kind: "entries";
  /** By the keys of the keys. */
  readonly entries: Map<string, readonly [Known, Value]>;
  readonly owner: Layer;
}

/** A function that is being run. */
export interface Frame {
  /** The uses that its forms name. */
  readonly uses: readonly UseFacts[];
  readonly pkg: PackageFacts;
  /** Of the package's. */
  readonly file: number;
  /** Undefined if they do not matter. */
  readonly builds: BuildSet | undefined;
  readonly code: Code;
  /** Cells by variable. */
  readonly variables: Map<number, number>;
  readonly returns: { readonly state: Layer; readonly values: readonly Value[] }[];
  readonly breakable: Breakable[];
  /** Closures that were made and not run so far, by their code. */
  readonly waiting: Map<Code, FunctionValue>;
  /** What `go` calls. */
  readonly started: CallParts[];
  readonly deferred: Deferred[];
  /** The states in which it panics, where nothing that was deferred recovers. */
  readonly panics: Layer[];
  /** Loops around the statement that runs. */
  loops: number;
  /** The state before it. */
  base: Layer | undefined;
}

/** What `defer` calls. */
export interface Deferred {
  readonly parts: CallParts;
  /** Whether all ways to the end pass it that the function did not leave before. */
  readonly isSure: boolean;
  /** Whether it is not known how often it is called. */
  readonly isRepeated: boolean;
  /** The state where it was said. */
  readonly state: Layer;
  /** How many returns come before it. */
  readonly after: number;
}

export type CallForm = Extract<Expression, readonly ["call", ...unknown[]]>;

/** A call whose parts were evaluated. */
export interface CallParts {
  readonly form: CallForm;
  /** What stands before the arguments: a receiver, or a function. */
  readonly callee: Value | undefined;
  readonly values: readonly Value[];
}

/** A loop, or a switch, that statements leave. */
export interface Breakable {
  readonly breaks: Layer[];
  /** Of loops. */
  readonly continues: Layer[] | undefined;
}

export const unknown: Unknown = { kind: "unknown", handed: false, cut: false };
export const handed: Unknown = { kind: "unknown", handed: true, cut: false };
export const cut: Unknown = { kind: "unknown", handed: false, cut: true };
const handedAndCut: Unknown = { kind: "unknown", handed: true, cut: true };
export const nil: Known = { kind: "nil" };
export const failure: Native = { kind: "native", name: "error", parts: [] };

/** In the order of their bits. */
export const operations: readonly FoldOperation[] = [
  "base64",
  "bytes",
  "concatenation",
  "decryption",
  "format",
  "hex",
  "indexing",
  "join",
  "loop",
  "number",
  "repeat",
  "replace",
  "reverse",
  "split",
  "xor",
];

/** The bits of operations. */
export function bits(...names: readonly FoldOperation[]): number {
  return names.reduce((sum, name) => sum | (1 << operations.indexOf(name)), 0);
}

const loop = bits("loop");

/** The operation to note for what is computed or put together in a loop. */
export function inLoop({ loops }: Frame): number {
  return loops > 0 ? loop : 0;
}

export const constant: Origin = { by: 0, pieces: 1 };

export function text(of: string, origin: Origin = constant): Text {
  return { kind: "text", text: of, origin };
}

export function int(of: bigint | number | string, origin: Origin = constant): Int {
  return { kind: "int", int: BigInt(of), origin };
}

export function bool(of: boolean, origin: Origin = constant): Bool {
  return { kind: "bool", bool: of, origin };
}

export function tuple(...items: readonly Value[]): Known {
  return { kind: "tuple", items };
}

const pieceLimit = 1_000_000;

/** An origin of several, by an operation. The same origin counts once. */
export function combined(origins: readonly Origin[], by: number): Origin {
  const first = origins[0];
  if (first !== undefined && origins.every((one) => one === first)) return withOperation(first, by);
  let all = by;
  let pieces = 0;
  for (const origin of new Set(origins)) {
    all |= origin.by;
    pieces += origin.pieces;
  }
  return { by: all, pieces: Math.min(pieces, pieceLimit) };
}

export function withOperation(origin: Origin, by: number): Origin {
  return (origin.by | by) === origin.by ? origin : { by: origin.by | by, pieces: origin.pieces };
}

/** The value after one more operation. */
export function by(value: Value, operation: number): Value {
  switch (value.kind) {
    case "text":
      return text(value.text, withOperation(value.origin, operation));
    case "int":
      return int(value.int, withOperation(value.origin, operation));
    case "bool":
      return bool(value.bool, withOperation(value.origin, operation));
    case "either":
      return { ...value, of: value.of.map((one) => by(one, operation) as Known) };
    default:
      return value;
  }
}

/** The known values that it may be; none if nothing is known. */
export function alternatives(value: Value): readonly Known[] {
  return value.kind === "either" ? value.of : value.kind === "unknown" ? [] : [value];
}

const whole: Pointer["path"] = [];

/** To all that is in a cell. */
export function pointerTo(at: number): Pointer {
  return { kind: "pointer", at, path: whole };
}

/** A part of what a pointer points to. */
export function within({ at, path }: Pointer, part: string | number): Pointer {
  return { kind: "pointer", at, path: [...path, part] };
}

/** Functions that a call may run, and values of several kinds that one may be. */
export const alternativeLimit = 4;

/** Texts that a value may be: as many as addresses in a table of regions. */
export const textLimit = 16;

/** One of several values, equal ones once; unknown if all are, or they are too many. Of what is not known a rest is kept. */
export function either(values: readonly Value[]): Value {
  const first = values[0];
  if (first !== undefined && areAll(first, values)) return first;
  if (areUnknownFromElsewhere(values)) return unknownOf(values);
  const found: Known[] = [];
  const keys: unknown[] = [];
  let isOpen = false;
  let limit = textLimit;
  for (let place = 0; place < values.length; place++) {
    const value = values[place] ?? unknown;
    isOpen ||= value.kind === "unknown" || restOf(value) !== undefined;
    const all = alternatives(value);
    for (let index = 0; index < all.length; index++) {
      const one = all[index];
      if (one === undefined) continue;
      // Functions, and what is large, are only the same as themselves.
      const key = keyOf(one) ?? one;
      if (keys.includes(key)) continue;
      keys.push(key);
      found.push(one);
      if (one.kind !== "text" && one.kind !== "partial") limit = alternativeLimit;
      if (found.length > limit) return unknownOf(values);
    }
  }
  const only = found[0];
  const rest = isOpen ? comingFrom(unknownOf(values), fromOf(openIn(values))) : undefined;
  if (only === undefined) return rest ?? unknown;
  return found.length === 1 && rest === undefined ? only : { kind: "either", of: found, rest };
}

function openIn(values: readonly Value[]): readonly (Unknown | Partial)[] {
  const open: (Unknown | Partial)[] = [];
  for (const value of values) {
    if (value.kind === "unknown") open.push(value);
    else if (value.kind === "either" && value.rest !== undefined) open.push(value.rest);
  }
  return open;
}

function areAll(one: Value, values: readonly Value[]): boolean {
  for (let index = 0; index < values.length; index++) if (values[index] !== one) return false;
  return true;
}

function areUnknownFromElsewhere(values: readonly Value[]): boolean {
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (value?.kind !== "unknown" || value.from !== undefined) return false;
  }
  return true;
}

/** What a value may be besides those that are known. */
export function restOf(value: Value): Unknown | undefined {
  return value.kind === "either" ? value.rest : undefined;
}

const keyDepth = 4;

/** Not known because some of these are not. */
export function unknownOf(values: readonly Value[]): Unknown {
  let isCut = false;
  let isGiven = false;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? unknown;
    isCut ||= isCutOff(value);
    isGiven ||= isHanded(value);
  }
  if (isGiven) return isCut ? handedAndCut : handed;
  return isCut ? cut : unknown;
}

/** What is not known of a value: itself, or what it may be besides; with the holes in it, if these count. */
export function openParts(value: Value, holes: boolean): readonly (Unknown | Partial)[] {
  if (value.kind === "unknown" || (holes && value.kind === "partial")) return [value];
  if (value.kind !== "either") return [];
  const rest = value.rest === undefined ? [] : [value.rest];
  return holes ? [...value.of.filter((one) => one.kind === "partial"), ...rest] : rest;
}

/** Where all of these come from; undefined if that is not known of one. */
export function fromOf(parts: readonly (Unknown | Partial)[]): readonly string[] | undefined {
  const found = new Set<string>();
  for (const { from } of parts) {
    if (from === undefined) return undefined;
    for (const one of from) found.add(one);
  }
  return found.size === 0 ? undefined : [...found].sort();
}

/** What is not known, from there. */
export function comingFrom(value: Unknown, from: readonly string[] | undefined): Unknown {
  return from === undefined || value.cut ? value : { ...value, from };
}

/** Whether a bound ended working out some of it. */
export function isCutOff(value: Value): boolean {
  return value.kind === "either" ? value.rest?.cut === true : value.kind === "unknown" && value.cut;
}

function isHanded(value: Value): boolean {
  if (value.kind === "either") return value.rest?.handed === true || value.of.some(isHanded);
  return (value.kind === "unknown" || value.kind === "partial") && value.handed;
}

/** Whether something of it is not known. */
export function isPartly(value: Value): boolean {
  if (value.kind === "either") return value.rest !== undefined || value.of.some(isPartly);
  return value.kind === "unknown" || value.kind === "partial";
}

/** The same for equal values; undefined if that cannot be told. */
export function keyOf(value: Value, depth = 0): string | undefined {
  switch (value.kind) {
    case "unknown":
      return unknownKey(value, depth);
    case "text":
      return `"${value.text.length}:${value.text}`;
    case "partial":
      return `~${value.handed}${value.from?.join() ?? ""} ${value.text.length}:${value.text}`;
    case "int":
      return `i${value.int}`;
    case "bool":
      return `b${value.bool}`;
    case "nil":
      return "nil";
    case "list":
      return `l${value.at},${value.from},${value.length},${value.capacity}`;
    case "map":
      return `m${value.at}`;
    case "pointer":
      return `p${value.at},${value.path.join(",")}`;
    case "native":
      return `n${value.name} ${JSON.stringify(value.parts)}`;
    case "either": {
      const key = listKey(value.of, depth);
      return key === undefined ? undefined : `e${key}${value.rest === undefined ? "" : keyOf(value.rest)}`;
    }
    case "array":
      return listKey(value.items, depth);
    case "tuple":
      return listKey(value.items, depth);
    case "struct": {
      const fields = [...value.fields].sort(([a], [b]) => (a < b ? -1 : 1));
      return `s${value.named} ${fields.map(([name]) => name).join()}${listKey(
        fields.map(([, one]) => one),
        depth,
      )}`;
    }
    default:
      return undefined;
  }
}

function unknownKey({ handed, cut, struct = "", set, from }: Unknown, depth: number): string | undefined {
  const key = `?${handed ? "handed" : ""}${cut ? "cut" : ""}${struct}${from?.join() ?? ""}`;
  if (set === undefined) return key;
  const fields = [...set].sort(([a], [b]) => (a < b ? -1 : 1));
  const values = listKey(
    fields.map(([, { value }]) => value),
    depth,
  );
  return values && `${key} ${fields.map(([name, { since }]) => `${name} ${since}`).join()}${values}`;
}

const keyItems = 64;

function listKey(items: readonly Value[], depth: number): string | undefined {
  if (depth > keyDepth || items.length > keyItems) return undefined;
  const keys = items.map((item) => keyOf(item, depth + 1));
  return keys.includes(undefined) ? undefined : `(${keys.join(" ")})`;
}

/** What a value of one of two states is. */
export function joined(a: Value, b: Value, depth = 0): Value {
  if (a === b) return a;
  if (a.kind === "struct" && b.kind === "struct" && a.named === b.named && depth < keyDepth)
    return joinedStructs(a, b, depth);
  if (a.kind === "array" && b.kind === "array" && a.items.length === b.items.length && depth < keyDepth) {
    return { ...a, items: joinedItems(a.items, b.items, depth + 1) };
  }
  if (a.kind === "unknown" && b.kind === "unknown" && a.struct !== undefined && a.struct === b.struct)
    return {
      ...unknownOf([a, b]),
      struct: a.struct,
      ...((a.set ?? b.set) && { set: joinedSets(a.set, b.set) }),
    };
  return either([a, b]);
}

function joinedSets(a: Unknown["set"] = nothingSet, b: Unknown["set"] = nothingSet): typeof nothingSet {
  const set = new Map<string, FieldSet>();
  for (const name of new Set([...a.keys(), ...b.keys()])) {
    const all = [a.get(name), b.get(name)].filter((one) => one !== undefined);
    const since = a.get(name)?.since === b.get(name)?.since ? (a.get(name)?.since ?? -1) : -1;
    set.set(name, { value: either(all.map(({ value }) => value)), since });
  }
  return set;
}

const nothingSet: ReadonlyMap<string, FieldSet> = new Map();

/** Of two lists of the same length. There are long ones of which few items differ. */
export function joinedItems(a: readonly Value[], b: readonly Value[], depth = 0): Value[] {
  const items = [...a];
  for (let index = 0; index < items.length; index++) {
    const one = a[index] ?? unknown;
    const other = b[index] ?? unknown;
    if (one !== other) items[index] = joined(one, other, depth);
  }
  return items;
}

/** A field that one of them lacks is not known. */
function joinedStructs(a: Struct, b: Struct, depth: number): Value {
  const fields = new Map<string, Value>();
  for (const name of new Set([...a.fields.keys(), ...b.fields.keys()])) {
    const [one, other] = [a.fields.get(name), b.fields.get(name)];
    fields.set(name, one === undefined || other === undefined ? unknown : joined(one, other, depth + 1));
  }
  return { ...a, fields };
}
