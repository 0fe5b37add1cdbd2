/** Texts in fields of structs: those that the module puts there where it makes one. */
import { append } from "../link/declarations.ts";
import type { LinkedFunction } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import type { Code, Expression } from "../model/code-facts.ts";
import { packageOf } from "../model/function-id.ts";
import { groupBy } from "../model/grouping.ts";
import { bytesOf } from "./bytes.ts";
import { runInitialiser } from "./calls.ts";
import { isInternal } from "./changing-packages.ts";
import { codeText } from "./codes.ts";
import { nothingTold, type Work } from "./evaluation.ts";
import { type Machine, separately } from "./machine.ts";
import { parameterType } from "./marks.ts";
import { loadAll } from "./places.ts";
import {
  alternativeLimit,
  alternatives,
  type Known,
  type Layer,
  text,
  unknown,
  type Value,
} from "./values.ts";
import { computedIn, fieldsNamed, parametersOf, valuesIn } from "./written-values.ts";

export interface FieldTexts {
  /**
   * The string constants, and what package variables may hold, that struct literals of the module have for a field of a type by its path
   * and name, or that are assigned to it, each once; none if these are too many for one value. So are texts that are computed
   * there of nothing that the function has, unless they are too many. What programs make of types that
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

/** What is computed for a field, and where. */
interface Computed extends Written {
  readonly fn: LinkedFunction;
}

/** What a field may hold. */
interface Values {
  readonly written: readonly Written[];
  readonly computed: readonly Computed[];
}

const fieldWord = "field ";

/** Steps to compute what one field gets. */
const computingSteps = 100_000;

/** Reads the code of the module once for the names of fields, then that of the functions that have the one which is asked about. */
export function createFieldTexts(
  program: Program,
  codeOf: (fn: LinkedFunction) => Code | undefined,
  base: Layer,
): FieldTexts {
  let byField: ReadonlyMap<string, readonly number[]> | undefined;
  let closures: ReadonlyMap<number, readonly number[]> | undefined;
  const known = new Map<string, Values>();
  const compute = createComputing(base);
  // What a program makes of another package's types nobody gets who imports that; its calls are evaluated from the program.
  const isForOthers = ({ pkg }: LinkedFunction, type: string) =>
    pkg.name !== "main" || pkg.path === packageOf(type) || isInternal(packageOf(type));
  const withClosures = (root: number) => {
    closures ??= groupBy([...program.functions.keys()], (index) => program.functions[index]?.root ?? index);
    return [...new Set([root, ...(closures.get(root) ?? [])])].flatMap((index) => {
      const fn = program.functions[index];
      return fn === undefined ? [] : [{ index, fn }];
    });
  };
  const parameters = (root: number): ReadonlyMap<number, string> => {
    return parametersOf(
      withClosures(root).map(({ index, fn }) => [index, codeOf(fn)] as const),
      (index, place) => parameterType(program, { of: "parameter", fn: index, index: place }),
    );
  };
  const valuesFor = (type: string, field: string): Values => {
    const key = `${fieldWord}${type} ${field}`;
    let found = known.get(key);
    if (found === undefined) {
      byField ??= functionsByField(program);
      const all = new Map<string, Written>();
      const computed: Computed[] = [];
      for (const index of byField.get(field) ?? []) {
        const fn = program.functions[index];
        if (fn === undefined || !isForOthers(fn, type)) continue;
        const { path } = fn.pkg;
        const place = { type, field, parameters: () => parameters(index) };
        for (const one of valuesIn(codeOf(fn), place)) all.set(JSON.stringify([path, one]), { path, ...one });
        for (const { fn: own } of withClosures(index))
          for (const one of computedIn(codeOf(own), place)) computed.push({ path, ...one, fn: own });
      }
      known.set(key, (found = { written: [...all.values()], computed }));
    }
    return found;
  };
  return {
    texts: (machine, type, field, isMade) => {
      machine.work.variables.add(`${fieldWord}${type} ${field}`);
      const { written, computed } = valuesFor(type, field);
      const counts = (one: Written) => isMade || one.isAssigned;
      const all = new Map<string, Known>();
      for (const one of written.filter(counts)) {
        for (const held of textsOf(machine, one)) all.set(held, text(held));
        if (all.size > alternativeLimit) return [];
      }
      const more = new Map(all);
      for (const one of computed.filter(counts))
        for (const held of compute(machine, one)) if (!more.has(held.text)) more.set(held.text, held);
      return [...(more.size > alternativeLimit ? all : more).values()];
    },
    describe: (key) => {
      if (!key.startsWith(fieldWord)) return undefined;
      const [type = "", field = ""] = key.slice(fieldWord.length).split(" ");
      const { written, computed } = valuesFor(type, field);
      return [written, computed.map(({ fn, ...one }) => ({ ...one, in: fn.facts.id }))];
    },
  };
}

type Text = Extract<Known, { readonly kind: "text" }>;

/** Works out what is computed, each once, as if it ran first of all. What needs itself is not known. */
function createComputing(base: Layer): (machine: Machine, computed: Computed) => readonly Text[] {
  const results = new Map<Computed, { readonly texts: readonly Text[]; readonly work: Work }>();
  const open = new Set<Computed>();
  return (machine, computed) => {
    let found = results.get(computed);
    if (found === undefined) {
      if (open.has(computed)) return [];
      open.add(computed);
      found = valueOf(machine, base, computed);
      open.delete(computed);
      results.set(computed, found);
    }
    const { work } = found;
    for (const fn of work.functions) machine.work.functions.add(fn);
    for (const variable of work.variables) machine.work.variables.add(variable);
    for (const prelude of work.preludes) machine.work.preludes.add(prelude);
    return found.texts;
  };
}

function valueOf(machine: Machine, base: Layer, { value, fn }: Computed) {
  const told = nothingTold();
  told.work.functions.add(fn);
  const { facts, pkg, builds } = fn;
  const code: Code = [[], [], false, [["return", [value]]]];
  let held: Value = unknown;
  separately(machine, base, told, () => {
    machine.stepLimit = Math.min(machine.stepLimit, computingSteps);
    held = runInitialiser(machine, { code, count: 1, uses: facts.uses, pkg, file: facts.file, builds });
  });
  const texts = alternatives(held).flatMap((one) => (one.kind === "text" && one.text !== "" ? [one] : []));
  return { texts, work: told.work };
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
