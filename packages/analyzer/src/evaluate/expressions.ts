/** Expressions: their values, as far as they are known. */
import type { CodeType, Expression } from "../model/code-facts.ts";
import { builtin } from "./builtins.ts";
import { bytesOf } from "./bytes.ts";
import { call } from "./calls.ts";
import { converted, listOf, textOf } from "./conversions.ts";
import { forgetTargets } from "./forget.ts";
import { cellAt } from "./layers.ts";
import { lifted } from "./lifted.ts";
import { aside, type Machine, newMap, step } from "./machine.ts";
import { apart, elementOf, fieldOfUnknown, knownByType, ofField, structOf } from "./marks.ts";
import { ofType } from "./of-type.ts";
import { binary, unary } from "./operators.ts";
import { entryAt, itemsOf, load, loadAll, placeOf, storeEntry } from "./places.ts";
import { changedToo, fieldTextsIn, loadGlobal, orChanged } from "./shared.ts";
import { read, sliceOf } from "./slices.ts";
import { sumOf } from "./texts.ts";
import {
  alternatives,
  bits,
  bool,
  by,
  either,
  type Frame,
  inLoop,
  int,
  type Known,
  type Pointer,
  text,
  textLimit,
  tuple,
  type Unknown,
  unknown,
  unknownOf,
  type Value,
  within,
} from "./values.ts";
import { zeroOf } from "./zero.ts";

type Form<K extends Expression[0]> = Extract<Expression, readonly [K, ...unknown[]]>;

export function evaluate(machine: Machine, frame: Frame, form: Expression): Value {
  step(machine);
  // What there is most of stands first: these are looked at one by one.
  switch (form[0]) {
    case "var": {
      const at = frame.variables.get(form[1]);
      return at === undefined ? unknown : loadAll(machine, at);
    }
    case "call":
      return call(machine, frame, form);
    case "s":
    case "n":
    case "b":
      return constantOf(form);
    case ".":
      return selected(machine, frame, form);
    case "global": {
      const [, path, name, type] = form;
      const held = loadGlobal(machine, machine.variableAt(machine, path || frame.pkg.path, name, type));
      return knownByType(machine, ofType(held, type), type);
    }
    case "zero":
      return zeroOf(machine, form[1]);
    case "function": {
      const use = frame.uses[form[1]];
      return use === undefined ? unknown : { kind: "function", named: use, frame, receiver: undefined };
    }
    case "method": {
      const [, number, on] = form;
      const receiver = machine.evaluate(machine, frame, on);
      const use = frame.uses[number];
      return use === undefined ? unknown : { kind: "function", named: use, frame, receiver };
    }
    case "index":
      return indexed(machine, frame, form);
    case "slice":
      return sliceOf(machine, frame, form);
    case "unary":
      return unary(form[1], machine.evaluate(machine, frame, form[2]), form[3]);
    case "binary":
      return combination(machine, frame, form);
    case "sum":
      return sum(machine, frame, form[1]);
    case "as":
      return knownByType(
        machine,
        converted(machine, read(machine, frame, form[1]), form[2], form[3]),
        form[3],
      );
    case "list":
      return listLiteral(machine, frame, form);
    case "struct":
      return structLiteral(machine, frame, form);
    case "&":
      return addressOf(machine, frame, form[1]);
    case "*":
      return alternativesOf(machine.evaluate(machine, frame, form[1]), (one) =>
        one.kind === "pointer" ? pointed(machine, one, form[2]) : unknown,
      );
    case "closure": {
      const made = {
        kind: "function",
        code: form[2],
        frame,
        variables: new Map(frame.variables),
        use: frame.uses[form[1]],
      } as const;
      frame.waiting.set(form[2], made);
      return made;
    }
    case "builtin":
      return builtin(machine, frame, form);
    case "one": {
      const all = form[1].map((one) => machine.evaluate(machine, frame, one));
      // What one build has says nothing of a build that lacks it.
      return all.length > 4 || all.some(({ kind }) => kind === "unknown") ? unknownOf(all) : either(all);
    }
    case "?":
      for (const one of form[1]) machine.evaluate(machine, frame, one);
      return unknown;
    default:
      return form satisfies never;
  }
}

/** Whoever has the address of an item of which it is not known which one it is may change any. */
function addressOf(machine: Machine, frame: Frame, form: Expression): Value {
  const place = placeOf(machine, frame, form);
  if (place === undefined) forgetTargets(machine, frame, form);
  return place ?? unknown;
}

function structLiteral(machine: Machine, frame: Frame, [, given, named]: Form<"struct">): Known {
  const fields = new Map<string, Value>();
  for (const [name, form] of given) {
    const value = machine.evaluate(machine, frame, form);
    fields.set(name, value);
    machine.origins?.stored(machine, named, name, value);
  }
  return { kind: "struct", named, fields };
}

/** Bytes are a string where an unsafe pointer says so. */
function pointed(machine: Machine, pointer: Pointer, type: CodeType): Value {
  const held = orChanged(machine, pointer.at, load(machine, pointer, type));
  return type === "s" && held.kind === "list" ? textOf(machine, held) : held;
}

const constants = new WeakMap<Expression, Known>();

/** The same value with the same origin whenever it is evaluated: it is one constant. */
function constantOf(form: Form<"s" | "n" | "b">): Known {
  let known = constants.get(form);
  if (known !== undefined) return known;
  const origin = { by: 0, pieces: 1 };
  if (form[0] === "s") known = text(bytesOf(form[1]), origin);
  else known = form[0] === "n" ? int(form[1], origin) : bool(form[1], origin);
  constants.set(form, known);
  return known;
}

/** What a function says of each value that one may be. */
function alternativesOf(value: Value, tell: (one: Known) => Value): Value {
  if (value.kind === "unknown") return value;
  if (value.kind !== "either") return tell(value);
  const told = value.of.map(tell);
  return either(value.rest === undefined ? told : [...told, unknownOf([value])]);
}

function selected(machine: Machine, frame: Frame, form: Form<".">): Value {
  const name = form[2];
  const type = form[3];
  const value = machine.evaluate(machine, frame, form[1]);
  if (value.kind === "unknown" && machine.origins === undefined)
    return selectedOfUnknown(machine, value, form);
  const select = (one: Known): Value => {
    if (one.kind === "pointer") {
      const held = load(machine, within(one, name), type);
      return orChanged(machine, one.at, held, () => fieldTextsIn(machine, one, name));
    }
    if (one.kind !== "struct") return unknown;
    const value = one.fields.get(name) ?? zeroOf(machine, type);
    if (one.isShared)
      return changedToo(machine, value, () => machine.fieldTexts(machine, one.named, name, false));
    return machine.origins === undefined ? value : ofField(machine, value, { type: one.named, name });
  };
  if (machine.origins === undefined) return alternativesOf(value, select);
  return apart(
    value,
    (known) => alternativesOf(known, select),
    (rest) => fieldOfUnknown(machine, rest, name),
  );
}

/** Of a struct that is not known: what was put into the field, or what the module puts there, or something else. */
function selectedOfUnknown(machine: Machine, value: Unknown, [, , name, type]: Form<".">): Value {
  const open = unknownOf([value]);
  if (value.struct === undefined) return open;
  const put = value.set?.get(name);
  const known = alternatives(put?.value ?? unknown).filter(
    ({ kind }) => kind === "text" || kind === "struct" || kind === "pointer",
  );
  if (put?.since === machine.changes) return either([...known, open]);
  if (type === "s") return either([...known, ...machine.fieldTexts(machine, value.struct, name, true), open]);
  const inner = structOf(machine, type);
  return inner === "" ? either([...known, open]) : { ...open, struct: inner };
}

const indexing = bits("indexing");

/** Of a map with a truth value besides, for who asks. */
function indexed(machine: Machine, frame: Frame, [, container, index, type]: Form<"index">): Value {
  const held = machine.evaluate(machine, frame, container);
  const at = machine.evaluate(machine, frame, index);
  const itemOf = (from: Value) =>
    at.kind === "unknown" && type === "s"
      ? either([...textsIn(machine, from), unknownOf([from, at])])
      : knownByType(
          machine,
          lifted([from, at], (one, key) => item(machine, one, key, type)),
          type,
        );
  return machine.origins === undefined ? itemOf(held) : apart(held, itemOf, (rest) => elementOf(rest, at));
}

/** The texts in a list, array or map of which it is not known which one is taken; none if it holds too many for one value. */
function textsIn(machine: Machine, container: Value): readonly Value[] {
  return alternatives(container)
    .flatMap((one) => fewIn(machine, one))
    .flatMap(alternatives)
    .filter(({ kind }) => kind === "text")
    .map((one) => by(one, indexing));
}

function fewIn(machine: Machine, container: Known): readonly Value[] {
  switch (container.kind) {
    case "array":
      return container.items.length > textLimit ? [] : container.items;
    case "list":
      return container.length > textLimit ? [] : (itemsOf(machine, container) ?? []);
    case "map": {
      const cell = machine.state && cellAt(machine.state, container.at);
      if (cell?.kind !== "entries" || cell.entries.size > textLimit) return [];
      return Array.from(cell.entries.values(), ([, value]) => value);
    }
    case "pointer": {
      const held = load(machine, container);
      return held.kind === "array" ? fewIn(machine, held) : [];
    }
    default:
      return [];
  }
}

function item(machine: Machine, container: Known, key: Known, type: CodeType): Value {
  if (container.kind === "map") {
    const found = entryAt(machine, container.at, key);
    if (found === undefined) return unknown;
    return orChanged(machine, container.at, found === null ? zeroOf(machine, type) : by(found, indexing));
  }
  if (container.kind === "pointer") {
    const held = load(machine, container);
    return held.kind === "array" ? item(machine, held, key, type) : unknown;
  }
  const at = key.kind === "int" ? Number(key.int) : -1;
  if (at < 0) return unknown;
  switch (container.kind) {
    case "text":
      if (at >= container.text.length) return unknown;
      return by(int(container.text.charCodeAt(at), container.origin), indexing);
    case "list":
      if (at >= container.length) return unknown;
      return orChanged(
        machine,
        container.at,
        by(load(machine, { kind: "pointer", at: container.at, path: [container.from + at] }), indexing),
      );
    case "array":
      return by(container.items[at] ?? unknown, indexing);
    case "nil":
      return zeroOf(machine, type);
    default:
      return unknown;
  }
}

/** `v, ok := m[key]`; undefined if it is no map of which that is known. */
export function withPresence(
  machine: Machine,
  frame: Frame,
  [, container, index, type]: Form<"index">,
): Value {
  const held = machine.evaluate(machine, frame, container);
  const key = machine.evaluate(machine, frame, index);
  const found = held.kind === "map" ? entryAt(machine, held.at, key) : undefined;
  if (found === undefined) return tuple(unknownOf([held, key]), unknown);
  return found === null ? tuple(zeroOf(machine, type), bool(false)) : tuple(by(found, indexing), bool(true));
}

/** `&&` and `||` need not evaluate both. */
function combination(machine: Machine, frame: Frame, form: Form<"binary">): Value {
  const operator = form[1];
  const right = form[3];
  const first = machine.evaluate(machine, frame, form[2]);
  if (operator !== "&&" && operator !== "||") {
    return binary(operator, first, machine.evaluate(machine, frame, right), form[4], inLoop(frame));
  }
  const decides = operator === "||";
  if (first.kind === "bool") return first.bool === decides ? first : machine.evaluate(machine, frame, right);
  const second = aside(machine, () => machine.evaluate(machine, frame, right));
  // What decides alone does so whatever the other one is.
  return second.kind === "bool" && second.bool === decides ? second : unknown;
}

const concatenation = bits("concatenation");

function sum(machine: Machine, frame: Frame, terms: readonly Expression[]): Value {
  const values = terms.map((term) => machine.evaluate(machine, frame, term));
  return sumOf(machine, values, concatenation);
}

function listLiteral(machine: Machine, frame: Frame, [, type, given]: Form<"list">): Value {
  if (typeof type === "string") {
    for (const [key, value] of given) {
      if (key !== null) machine.evaluate(machine, frame, key);
      machine.evaluate(machine, frame, value);
    }
    return unknown;
  }
  const values = given.map(
    ([key, value]) =>
      [key && machine.evaluate(machine, frame, key), machine.evaluate(machine, frame, value)] as const,
  );
  if (type[0] === "map") return mapLiteral(machine, type, values);
  const [element, minimum] = type[0] === "array" ? [type[2], type[1]] : [type[1], 0];
  const first = zeroOf(machine, element);
  const items = Array.from({ length: Math.min(minimum, machine.limits.size) }, () => first);
  let next = 0;
  for (const [key, value] of values) {
    if (key !== null) next = key.kind === "int" ? Number(key.int) : -1;
    if (next < 0 || next > machine.limits.size) return unknown;
    while (items.length < next) items.push(zeroOf(machine, element));
    items[next++] = value;
  }
  if (type[0] === "array") return { kind: "array", items, type: element };
  return listOf(machine, items, element);
}

function mapLiteral(
  machine: Machine,
  type: CodeType,
  values: readonly (readonly [Value | null, Value])[],
): Value {
  const at = newMap(machine);
  for (const [key, value] of values) storeEntry(machine, at, key ?? unknown, value);
  return { kind: "map", at, type };
}
