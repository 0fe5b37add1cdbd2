/** Texts in fields of structs: those that the module puts there where it makes one. */
import { append } from "../link/declarations.ts";
import type { LinkedFunction } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import type { Code, Expression } from "../model/code-facts.ts";
import { packageOf } from "../model/function-id.ts";
import { groupBy } from "../model/grouping.ts";
import { bytesOf } from "./bytes.ts";
import { isInternal } from "./changing-packages.ts";
import { codeText } from "./codes.ts";
import type { Machine } from "./machine.ts";
import { parameterType } from "./marks.ts";
import { loadAll } from "./places.ts";
import { alternativeLimit, alternatives, type Known, text } from "./values.ts";
import { fieldsNamed, parametersOf, valuesIn } from "./written-values.ts";

export interface FieldTexts {
  /**
   * The string constants, and what package variables may hold, that struct literals of the module have for a field of a type by its path
   * and name, or that are assigned to it, each once; none if these are too many for one value. What programs make of types that
   * others can import is not among them. Without `isMade` only what is assigned
   * to a field of a struct that others have.
   */
  readonly texts: Machine["fieldTexts"];
  /** What is written for a field that was asked about, by the key that stands for it; undefined of other keys. JSON-able. */
  readonly describe: (key: string) => unknown;
}

interface Written {
  /** The path of the package. */
  readonly path: string;
  readonly value: Expression;
  /** It is assigned to the field of a struct that others have, not of one that is made there. */
  readonly isAssigned: boolean;
}

const fieldWord = "field ";

/** Reads the code of the module once for the names of fields, then that of the functions that have the one which is asked about. */
export function createFieldTexts(
  program: Program,
  codeOf: (fn: LinkedFunction) => Code | undefined,
): FieldTexts {
  let byField: ReadonlyMap<string, readonly number[]> | undefined;
  let closures: ReadonlyMap<number, readonly number[]> | undefined;
  const known = new Map<string, readonly Written[]>();
  // What a program makes of another package's types nobody gets who imports that; its calls are evaluated from the program.
  const isForOthers = ({ pkg }: LinkedFunction, type: string) =>
    pkg.name !== "main" || pkg.path === packageOf(type) || isInternal(packageOf(type));
  const parameters = (root: number): ReadonlyMap<number, string> => {
    closures ??= groupBy([...program.functions.keys()], (index) => program.functions[index]?.root ?? index);
    const own = [...new Set([root, ...(closures.get(root) ?? [])])];
    return parametersOf(
      own.flatMap((index) => {
        const fn = program.functions[index];
        return fn === undefined ? [] : [[index, codeOf(fn)] as const];
      }),
      (index, place) => parameterType(program, { of: "parameter", fn: index, index: place }),
    );
  };
  const writtenFor = (type: string, field: string): readonly Written[] => {
    const key = `${fieldWord}${type} ${field}`;
    let found = known.get(key);
    if (found === undefined) {
      byField ??= functionsByField(program);
      const all = new Map<string, Written>();
      for (const index of byField.get(field) ?? []) {
        const fn = program.functions[index];
        if (fn === undefined || !isForOthers(fn, type)) continue;
        const { path } = fn.pkg;
        const place = { type, field, parameters: () => parameters(index) };
        for (const one of valuesIn(codeOf(fn), place)) all.set(JSON.stringify([path, one]), { path, ...one });
      }
      known.set(key, (found = [...all.values()]));
    }
    return found;
  };
  return {
    texts: (machine, type, field, isMade) => {
      machine.work.variables.add(`${fieldWord}${type} ${field}`);
      const all = new Map<string, Known>();
      for (const one of writtenFor(type, field)) {
        if (!isMade && !one.isAssigned) continue;
        for (const held of textsOf(machine, one)) all.set(held, text(held));
        if (all.size > alternativeLimit) return [];
      }
      return [...all.values()];
    },
    describe: (key) => {
      if (!key.startsWith(fieldWord)) return undefined;
      const [type = "", field = ""] = key.slice(fieldWord.length).split(" ");
      return writtenFor(type, field);
    },
  };
}

function textsOf(machine: Machine, { path, value }: Written): readonly string[] {
  const held =
    value[0] === "s"
      ? [text(bytesOf(value[1]))]
      : value[0] === "global"
        ? alternatives(loadAll(machine, machine.variableAt(machine, value[1] || path, value[2], value[3])))
        : [];
  return held.flatMap((one) => (one.kind === "text" && one.text !== "" ? [one.text] : []));
}

/** The functions, without closures, and initialisers of the module whose code has a text for a field of that name. */
function functionsByField({ functions }: Program): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  functions.forEach((fn, index) => {
    if (fn.pkg.module !== undefined || fn.facts.kind === "closure") return;
    for (const name of fieldsNamed(codeText(fn) ?? "")) append(found, name, index);
  });
  return found;
}
