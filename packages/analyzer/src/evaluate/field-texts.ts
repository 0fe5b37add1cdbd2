/** Texts in fields of structs: those that the module puts there where it makes one. */
import { append } from "../link/declarations.ts";
import type { LinkedFunction } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import type { Code, Expression } from "../model/code-facts.ts";
import { packageOf } from "../model/function-id.ts";
import { codeText } from "./codes.ts";
import type { Machine } from "./machine.ts";
import { loadAll } from "./places.ts";
import { alternativeLimit, alternatives, type Known, text } from "./values.ts";

export interface FieldTexts {
  /**
   * The string constants, and what package variables may hold, that struct literals of the module have for a field of a type by its path
   * and name, each once; none if these are too many for one value. What is assigned later is not among them, nor what programs make of types of
   * other packages.
   */
  readonly texts: Machine["fieldTexts"];
  /** What is written for a field that was asked about, by the key that stands for it; undefined of other keys. JSON-able. */
  readonly describe: (key: string) => unknown;
}

interface Written {
  readonly fn: LinkedFunction;
  readonly value: Expression;
}

const fieldWord = "field ";

/** Reads the code of the module once for the names of fields, then that of the functions that have the one which is asked about. */
export function createFieldTexts(
  program: Program,
  codeOf: (fn: LinkedFunction) => Code | undefined,
): FieldTexts {
  let byField: ReadonlyMap<string, readonly LinkedFunction[]> | undefined;
  const known = new Map<string, readonly Written[]>();
  // What a program makes of another package's types nobody gets who imports that; its calls are evaluated from the program.
  const isForOthers = ({ pkg }: LinkedFunction, type: string) =>
    pkg.name !== "main" || pkg.path === packageOf(type);
  const writtenFor = (type: string, field: string): readonly Written[] => {
    const key = `${fieldWord}${type} ${field}`;
    let found = known.get(key);
    if (found === undefined) {
      byField ??= functionsByField(program);
      found = (byField.get(field) ?? [])
        .filter((fn) => isForOthers(fn, type))
        .flatMap((fn) => valuesIn(codeOf(fn), type, field).map((value) => ({ fn, value })));
      known.set(key, found);
    }
    return found;
  };
  return {
    texts: (machine, type, field) => {
      machine.work.variables.add(`${fieldWord}${type} ${field}`);
      const all = new Map<string, Known>();
      for (const { fn, value } of writtenFor(type, field))
        for (const one of textsOf(machine, fn, value)) all.set(one, text(one));
      return all.size > alternativeLimit ? [] : [...all.values()];
    },
    describe: (key) => {
      if (!key.startsWith(fieldWord)) return undefined;
      const [type = "", field = ""] = key.slice(fieldWord.length).split(" ");
      return writtenFor(type, field).map(({ fn, value }) => [fn.facts.id, value]);
    },
  };
}

function textsOf(machine: Machine, { pkg }: LinkedFunction, value: Expression): readonly string[] {
  const held =
    value[0] === "s"
      ? [text(value[1])]
      : value[0] === "global"
        ? alternatives(
            loadAll(machine, machine.variableAt(machine, value[1] || pkg.path, value[2], value[3])),
          )
        : [];
  return held.flatMap((one) => (one.kind === "text" && one.text !== "" ? [one.text] : []));
}

/** The functions, without closures, and initialisers of the module whose code has a text for a field of that name. */
function functionsByField({ functions }: Program): ReadonlyMap<string, readonly LinkedFunction[]> {
  const found = new Map<string, LinkedFunction[]>();
  for (const fn of functions) {
    if (fn.pkg.module !== undefined || fn.facts.kind === "closure") continue;
    const names = Array.from((codeText(fn) ?? "").matchAll(fieldForm), ([, name = ""]) => name);
    for (const name of new Set(names)) append(found, name, fn);
  }
  return found;
}

const fieldForm = /\['([^']+)',\['(?:s|global)',/gu;

/** The values of a field in the literals of a type. A stack instead of recursion: code is as deep as somebody wrote it. */
function valuesIn(code: Code | undefined, type: string, field: string): readonly Expression[] {
  const found: Expression[] = [];
  const open: unknown[] = [code];
  for (let form = open.pop(); form !== undefined; form = open.pop()) {
    if (!Array.isArray(form)) continue;
    // Nested arrays of whatever forms there are.
    const [kind, fields, named] = form as readonly unknown[];
    if (kind === "struct" && named === type && Array.isArray(fields))
      for (const [name, value] of fields as readonly (readonly [string, Expression])[])
        if (name === field && (value[0] === "s" || value[0] === "global")) found.push(value);
    for (let at = form.length - 1; at >= 0; at--) if (Array.isArray(form[at])) open.push(form[at]);
  }
  return found;
}
