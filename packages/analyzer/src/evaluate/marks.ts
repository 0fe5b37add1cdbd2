/**
 * Where values come from that are not known: a parameter, a field, a variable of the environment, as they are. A value has
 * marks only if it can be nothing else, or a constant besides: what computes anything of it loses them, but for what puts
 * texts together, cuts blanks, and takes an element.
 */
import type { LinkedFunction } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import { type CodeType, structNamed } from "../model/code-facts.ts";
import type { PackageFacts } from "../model/facts.ts";
import type { TypeNumber } from "../model/flow-facts.ts";
import type { Machine } from "./machine.ts";
import { comingFrom, either, handed, type Unknown, unknown, unknownOf, type Value } from "./values.ts";

/** What a mark says. */
export type Mark =
  | { readonly of: "parameter"; readonly fn: number; readonly index: number }
  | { readonly of: "field"; readonly type: string; readonly name: string }
  | { readonly of: "variable"; readonly name: string }
  | { readonly of: "program"; readonly name: string }
  | { readonly of: "itself" };

export function readMark(mark: string): Mark | undefined {
  const [of = "", first = "", ...rest] = mark.split(" ");
  const second = rest.join(" ");
  if (of === "parameter") return { of, fn: Number(first), index: Number(second) };
  if (of === "field") return { of, type: first, name: second };
  if (of === "itself") return { of };
  return of === "variable" || of === "program" ? { of, name: first } : undefined;
}

/** What a function is given that evaluation begins with. */
export function parameterOf(fn: number, index: number): Unknown {
  return { ...handed, from: [`parameter ${fn} ${index}`] };
}

/** The same where nobody asks where values come from: of a struct of the module its type is told. */
export function handedParameter(machine: Machine, fn: number, index: number): Unknown {
  const struct = parameterType(machine.program, { of: "parameter", fn, index });
  return isOfModule(machine, struct) ? { ...handed, struct } : handed;
}

/** The struct of the module that a type of code is, or points to; empty if it is none. */
export function structOf(machine: Machine, type: CodeType): string {
  const struct = structNamed(type) ?? "";
  return isOfModule(machine, struct) ? struct : "";
}

/** A value of a type: if it is not known, of a struct of the module its type is told. */
export function knownByType(machine: Machine, value: Value, type: CodeType): Value {
  if (value.kind !== "unknown" || value.struct !== undefined) return value;
  const struct = structOf(machine, type);
  return struct === "" ? value : { ...value, struct };
}

/** A field of a value that is not known. */
export function fieldOfUnknown({ program }: Machine, value: Unknown, name: string): Unknown {
  const { from } = value;
  if (from === undefined) return unknownOf([value]);
  const types = from
    .map(readMark)
    .map((mark) => (mark?.of === "parameter" ? parameterType(program, mark) : ""));
  const marks = [...new Set(types)].map((type) => `field ${type} ${name}`);
  return comingFrom(unknownOf([value]), marks.sort());
}

const method = /^\(\*?(.+)\)\.[^.]+$/u;

/** The name of the type of a parameter, or of what it points to; empty if it has none. */
export function parameterType(
  { functions }: Program,
  { fn, index }: Extract<Mark, { of: "parameter" }>,
): string {
  const { facts, pkg } = functions[fn] ?? {};
  if (facts === undefined || pkg === undefined) return "";
  const owner = facts.kind === "closure" ? undefined : method.exec(facts.id)?.[1];
  if (owner !== undefined && index === 0) return owner;
  const signature = facts.signature === undefined ? undefined : pkg.types[facts.signature];
  if (signature?.[0] !== "func" && signature?.[0] !== "variadic") return "";
  const parameters = signature[1];
  const number =
    typeof parameters === "object" ? parameters[owner === undefined ? index : index - 1] : undefined;
  return nameOfType(pkg, number);
}

/** The name of the type of a result of a function, or of what it points to; empty if it has none. */
export function resultType({ facts, pkg }: LinkedFunction, result: number): string {
  const signature = facts.signature === undefined ? undefined : pkg.types[facts.signature];
  if (signature?.[0] !== "func" && signature?.[0] !== "variadic") return "";
  const results = signature[2];
  return nameOfType(pkg, typeof results === "object" ? results[result] : undefined);
}

function nameOfType({ types }: PackageFacts, number: TypeNumber | undefined): string {
  const term = number === undefined ? undefined : types[number];
  const pointed = term?.[0] === "pointer" && typeof term[1] === "number" ? types[term[1]] : term;
  return typeof pointed === "string" ? pointed : pointed?.[0] === "instance" ? pointed[1] : "";
}

/** A field of a struct: others may change it between, also where a constant is in it. */
export function ofField(machine: Machine, value: Value, { type, name }: Pick<Field, "type" | "name">): Value {
  const mark = `field ${type} ${name}`;
  switch (value.kind) {
    case "either":
      return either([...value.of, ...(value.rest ? [ofField(machine, value.rest, { type, name })] : [])]);
    case "text":
      return isOfModule(machine, type) ? either([value, { ...unknown, from: [mark] }]) : value;
    case "unknown":
    case "partial":
      return value.from === undefined
        ? value
        : { ...value, from: [...new Set([...value.from, mark])].sort() };
    default:
      return value;
  }
}

type Field = Extract<Mark, { of: "field" }>;

function isOfModule({ program }: Machine, type: string): boolean {
  const pkg = program.packageByPath.get(type.slice(0, Math.max(type.lastIndexOf("."), 0)));
  return pkg !== undefined && pkg.module === undefined && !program.isStandard(pkg);
}

/** An element of what is not known, by its index if that is known. */
export function elementOf(value: Value, index?: Value): Unknown {
  const isFirst = index?.kind === "int" && index.int === 0n;
  const from = value.kind === "unknown" ? value.from : undefined;
  if (from?.every((mark) => !mark.startsWith(firstOf)) === true) return comingFrom(unknownOf([value]), from);
  const first = isFirst ? from?.map((mark) => mark.replace(firstOf, "")) : undefined;
  return comingFrom(unknownOf([value]), first);
}

/** Before the marks of a list to which something was added: they are those of what it begins with. */
const firstOf = "first ";

/** A list that is not known, with more behind it. */
export function beginningWith({ from }: Unknown): Unknown {
  return comingFrom(
    unknown,
    from?.map((mark) => (mark.startsWith(firstOf) ? mark : firstOf + mark)),
  );
}

/** What becomes of what is known of a value, and of what it may be besides. */
export function apart(value: Value, known: (value: Value) => Value, open: (rest: Unknown) => Value): Value {
  if (value.kind === "unknown") return open(value);
  if (value.kind !== "either" || value.rest === undefined) return known(value);
  return either([known(either(value.of)), open(value.rest)]);
}
