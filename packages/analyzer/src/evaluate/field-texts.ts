/** Texts in fields of structs: those that the module puts there where it makes one. */
import { append } from "../link/declarations.ts";
import type { LinkedFunction } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import type { Code } from "../model/code-facts.ts";
import { packageOf } from "../model/function-id.ts";
import { groupBy } from "../model/grouping.ts";
import { bytesOf } from "./bytes.ts";
import { isInternal } from "./changing-packages.ts";
import { codeText } from "./codes.ts";
import type { Machine } from "./machine.ts";
import { parameterType } from "./marks.ts";
import { loadAll } from "./places.ts";
import { alternatives, type Known, text, textLimit } from "./values.ts";
import {
  type Body,
  fieldsNamed,
  givenBy,
  parametersOf,
  type Source,
  sourcesGiven,
  valuesIn,
} from "./written-values.ts";

export interface FieldTexts {
  /**
   * The string constants, and what package variables may hold, that struct literals of the module have for a field of a type by its path
   * and name, or that are assigned to it, each once; none if these are too many for one value. Where that is a parameter, or another field,
   * it is what the calls of the module give for it, or what that one holds. What programs make of types that others can import is not among them. Without `isMade` only what is assigned
   * to a field of a struct that others have.
   */
  readonly texts: Machine["fieldTexts"];
  /** What is written for a field that was asked about, by the key that stands for it; undefined of other keys. JSON-able. */
  readonly describe: (key: string) => unknown;
}

interface Written {
  /** The path of the package. */
  readonly path: string;
  readonly value: Text;
  /** It is assigned to the field of a struct that others have, not of one that is made there. */
  readonly isAssigned: boolean;
}

/** What a text is, or what holds it. */
type Text = Exclude<Source, readonly ["parameter" | "field", ...unknown[]]>;

/** Parameters and fields that are led to from a field, at most. */
const ledLimit = 64;

const fieldWord = "field ";

/** Reads the code of the module once for the names of fields, then that of the functions that have the one which is asked about. */
export function createFieldTexts(
  program: Program,
  codeOf: (fn: LinkedFunction) => Code | undefined,
): FieldTexts {
  const { functions } = program;
  let byField: ReadonlyMap<string, readonly number[]> | undefined;
  const known = new Map<string, readonly Written[]>();
  const bodyOf = bodies(program, codeOf);
  // What a program makes of another package's types nobody gets who imports that; its calls are evaluated from the program.
  const isForOthers = ({ pkg }: LinkedFunction, type: string) =>
    pkg.name !== "main" || pkg.path === packageOf(type) || isInternal(packageOf(type));

  /** What is written for a field: sources, by the functions in which they stand. */
  const sourcesFor = (type: string, field: string): readonly Found[] => {
    byField ??= functionsByField(program);
    return (byField.get(field) ?? []).flatMap((index) => {
      const fn = functions[index];
      if (fn === undefined || !isForOthers(fn, type)) return [];
      return valuesIn(bodyOf(index), { type, field }).map((one) => ({ index, ...one }));
    });
  };

  /** What calls in the module that name a function give for its parameter. */
  const sourcesHandedTo = (fn: number, parameter: number): readonly Found[] =>
    (program.callers[fn] ?? []).flatMap(({ from, use, breadth }) => {
      const caller = functions[from];
      if (caller === undefined || caller.pkg.module !== undefined || breadth > 0 || use.use !== "call")
        return [];
      const code = codeOf(caller);
      if (code === undefined) return [];
      const given = givenBy(code, caller.facts.uses.indexOf(use), parameter);
      if (given === undefined) return [];
      const index = caller.root;
      return sourcesGiven(bodyOf(index), given).map((value) => ({ index, value, isAssigned: false }));
    });

  const writtenFor = (type: string, field: string): readonly Written[] => {
    const key = `${fieldWord}${type} ${field}`;
    let found = known.get(key);
    if (found === undefined) {
      const all = new Map<string, Written>();
      const led = new Set<string>();
      const open = [...sourcesFor(type, field)];
      // The list grows while it is walked.
      for (const { index, value, isAssigned } of open) {
        const path = functions[index]?.pkg.path ?? "";
        if (value[0] === "s" || value[0] === "global") {
          const written = { path, value, isAssigned };
          all.set(JSON.stringify(written), written);
          continue;
        }
        const place = [isAssigned, ...value].join(" ");
        if (led.has(place) || led.size >= ledLimit) continue;
        led.add(place);
        const more =
          value[0] === "field" ? sourcesFor(value[1], value[2]) : sourcesHandedTo(value[1], value[2]);
        for (const one of more) open.push({ ...one, isAssigned });
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
        if (all.size > textLimit) return [];
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

interface Found {
  /** The function in which it stands, or around the closure in which it does. */
  readonly index: number;
  readonly value: Source;
  readonly isAssigned: boolean;
}

/** The code of functions, with their closures, by their numbers. */
function bodies(program: Program, codeOf: (fn: LinkedFunction) => Code | undefined): (index: number) => Body {
  const { functions } = program;
  const all = new Map<number, Body>();
  let closures: ReadonlyMap<number, readonly number[]> | undefined;
  const codeAt = (index: number) => {
    const fn = functions[index];
    return fn && codeOf(fn);
  };
  const parametersIn = (root: number) => {
    closures ??= groupBy([...functions.keys()], (index) => functions[index]?.root ?? index);
    const own = [...new Set([root, ...(closures.get(root) ?? [])])];
    return parametersOf(
      own.map((index) => [index, codeAt(index)] as const),
      (fn, index) => parameterType(program, { of: "parameter", fn, index }),
    );
  };
  return (index) => {
    let body = all.get(index);
    if (body === undefined) {
      let parameters: Body["parameters"] = () => {
        const found = parametersIn(index);
        parameters = () => found;
        return found;
      };
      body = { code: codeAt(index), parameters: () => parameters() };
      all.set(index, body);
    }
    return body;
  };
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
