/**
 * Where values come from that are not known: a parameter, a field, a variable of the environment, as they are. A value has
 * marks only if it can be nothing else, or a constant besides: what computes anything of it loses them, but for what puts
 * texts together, cuts blanks, and takes an element.
 */
import type { Program } from "../link/program.ts";
import type { Machine } from "./machine.ts";
import { comingFrom, either, handed, type Unknown, unknownOf, type Value } from "./values.ts";

/** What a mark says. */
export type Mark =
  | { readonly of: "parameter"; readonly fn: number; readonly index: number }
  | { readonly of: "field"; readonly type: string; readonly name: string }
  | { readonly of: "variable"; readonly name: string };

export function readMark(mark: string): Mark {
  const [of = "", first = "", ...rest] = mark.split(" ");
  const second = rest.join(" ");
  if (of === "parameter") return { of, fn: Number(first), index: Number(second) };
  return of === "field" ? { of, type: first, name: second } : { of: "variable", name: first };
}

/** What a function is given that evaluation begins with. */
export function parameterOf(fn: number, index: number): Unknown {
  return { ...handed, from: [`parameter ${fn} ${index}`] };
}

/** A field of a value that is not known. */
export function fieldOfUnknown({ program }: Machine, value: Unknown, name: string): Unknown {
  const { from } = value;
  if (from === undefined) return unknownOf([value]);
  const types = from
    .map(readMark)
    .map((mark) => (mark.of === "parameter" ? parameterType(program, mark) : ""));
  const marks = [...new Set(types)].map((type) => `field ${type} ${name}`);
  return comingFrom(unknownOf([value]), marks.sort());
}

const method = /^\(\*?(.+)\)\.[^.]+$/u;

/** The name of the type of a parameter, or of what it points to; empty if it has none. */
function parameterType({ functions }: Program, { fn, index }: Extract<Mark, { of: "parameter" }>): string {
  const { facts, pkg } = functions[fn] ?? {};
  if (facts === undefined || pkg === undefined) return "";
  const owner = method.exec(facts.id)?.[1];
  if (owner !== undefined && index === 0) return owner;
  const signature = facts.signature === undefined ? undefined : pkg.types[facts.signature];
  if (signature?.[0] !== "func" && signature?.[0] !== "variadic") return "";
  const parameters = signature[1];
  const number =
    typeof parameters === "object" ? parameters[owner === undefined ? index : index - 1] : undefined;
  const term = number === undefined ? undefined : pkg.types[number];
  const pointed = term?.[0] === "pointer" && typeof term[1] === "number" ? pkg.types[term[1]] : term;
  return typeof pointed === "string" ? pointed : pointed?.[0] === "instance" ? String(pointed[1]) : "";
}

/** A field of a struct: others may change it between. */
export function ofField(value: Value, type: string, name: string): Value {
  if (value.kind === "either")
    return value.rest === undefined ? value : either([...value.of, ofField(value.rest, type, name)]);
  if ((value.kind !== "unknown" && value.kind !== "partial") || value.from === undefined) return value;
  return { ...value, from: [...new Set([...value.from, `field ${type} ${name}`])].sort() };
}

/** An element of what is not known. */
export function elementOf(value: Value): Unknown {
  return value.kind === "unknown" ? comingFrom(unknownOf([value]), value.from) : unknownOf([value]);
}

/** What becomes of what is known of a value, and of what it may be besides. */
export function apart(value: Value, known: (value: Value) => Value, open: (rest: Unknown) => Value): Value {
  if (value.kind === "unknown") return open(value);
  if (value.kind !== "either" || value.rest === undefined) return known(value);
  return either([known(either(value.of)), open(value.rest)]);
}
