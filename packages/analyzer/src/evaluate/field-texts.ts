/** Texts in fields of structs: those that the module puts there, wherever it does, also by callers and other fields. */
import { append } from "../link/declarations.ts";
import type { LinkedFunction } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import type { Call, Code, Expression } from "../model/code-facts.ts";
import { functionId, packageOf } from "../model/function-id.ts";
import { groupBy } from "../model/grouping.ts";
import type { Body, Given } from "./assigned-values.ts";
import { isInternal } from "./changing-packages.ts";
import { codeText } from "./codes.ts";
import { type Computed, createComputing, type Written } from "./computed-texts.ts";
import type { Machine } from "./machine.ts";
import { parameterType, resultType } from "./marks.ts";
import { type Known, type Layer, textLimit } from "./values.ts";
import {
  fieldsNamed,
  givenBy,
  parametersOf,
  type Source,
  sourcesGiven,
  standsIn,
  valuesIn,
  variablesIn,
} from "./written-values.ts";

export interface FieldTexts {
  /**
   * The string constants, and what package variables may hold, that struct literals of the module have for a field of a type by its path
   * and name, or that are assigned to it, each once; none if these are too many for one value. Where that is a parameter, or another field,
   * it is what the calls of the module give for it, or what that one holds; what is computed of these is worked out. What programs make of
   * types that others can import is not among them. Without `isMade` only what is assigned to a field of a struct that others have.
   */
  readonly texts: Machine["fieldTexts"];
  /** What is written for a field that was asked about, by the key that stands for it; undefined of other keys. JSON-able. */
  readonly describe: (key: string) => unknown;
}

/** Parameters and fields that are led to from a field, at most. */
const ledLimit = 64;

/** Calls that hand something to a parameter: of more there are more texts than are told. */
const callerLimit = 400;

/** What is computed for a field or a parameter, at most. */
const computedLimit = 64;

/** What is computed of what is computed is followed up to here. */
const computedDepth = 2;

const fieldWord = "field ";

/** Reads the code of the module once for the names of fields, then that of the functions that have the one which is asked about. */
export function createFieldTexts(
  program: Program,
  codeOf: (fn: LinkedFunction) => Code | undefined,
  base: Layer,
): FieldTexts {
  const { functions } = program;
  let byField: ReadonlyMap<string, readonly number[]> | undefined;
  const known = new Map<string, readonly Written[]>();
  /** The functions in which what is computed stands. */
  const owners = new Map<Expression, LinkedFunction>();
  const { bodyOf, codeAt, ownerOf } = bodies(program, codeOf);
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
  const sourcesHandedTo = (fn: number, parameter: number): readonly Found[] => {
    const callers = program.callers[fn] ?? [];
    if (callers.length > callerLimit || isRest(codeAt(fn), parameter)) return [];
    return callers.flatMap(({ from, use, breadth }) => {
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
  };

  /** The texts to which sources lead. */
  const textsLedTo = (sources: readonly Found[], depth: number): readonly Written[] => {
    const all = new Map<string, Written>();
    const led = new Set<string>();
    const open = [...sources];
    let computed = 0;
    // The list grows while it is walked.
    for (const { index, value, isAssigned } of open) {
      if (value[0] === "parameter" || value[0] === "field") {
        const place = [isAssigned, ...value].join(" ");
        if (led.has(place) || led.size >= ledLimit) continue;
        led.add(place);
        const [of, first, second] = value;
        const more = of === "field" ? sourcesFor(first, second) : sourcesHandedTo(first, second);
        for (const one of more) open.push({ ...one, isAssigned });
        continue;
      }
      const holder =
        value[0] !== "computed"
          ? value
          : ++computed <= computedLimit
            ? computedIn(index, value[1], depth)
            : undefined;
      if (holder === undefined) continue;
      const path = functions[index]?.pkg.path ?? "";
      all.set(JSON.stringify([path, holder, isAssigned]), { path, value: holder, isAssigned });
    }
    return [...all.values()];
  };

  /** What an expression of a function, or of a closure in it, is computed of. */
  const computedIn = (root: number, { form, stands, result }: Given, depth: number): Computed | undefined => {
    const index = depth < computedDepth ? ownerOf(root, stands) : undefined;
    const fn = index === undefined ? undefined : functions[index];
    if (fn === undefined) return undefined;
    owners.set(form, fn);
    const parameters = bodyOf(root).parameters();
    const given = [...variablesIn(form)].flatMap((variable) => {
      const place = parameters.get(variable);
      const sources = place === undefined ? [] : sourcesHandedTo(place.fn, place.index);
      return sources.length === 0 ? [] : [[variable, textsLedTo(sources, depth + 1)] as const];
    });
    return ["computed", fn.facts.id, form, result, given];
  };

  const writtenFor = (type: string, field: string): readonly Written[] => {
    const key = `${fieldWord}${type} ${field}`;
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = textsLedTo(sourcesFor(type, field), 0)));
    return found;
  };
  const compute = createComputing(base, (form) => owners.get(form));

  return {
    texts: (machine, type, field, isMade) => {
      machine.work.variables.add(`${fieldWord}${type} ${field}`);
      const written = writtenFor(type, field).filter((one) => isMade || one.isAssigned);
      const isComputed = ({ value }: Written) => value[0] === "computed";
      const all = new Map<string, Known>();
      for (const one of written.filter((one) => !isComputed(one))) {
        for (const held of compute(machine, one)) all.set(held.text, held);
        if (all.size > textLimit) return [];
      }
      const more = new Map(all);
      for (const one of written.filter(isComputed)) {
        for (const held of compute(machine, one)) if (!more.has(held.text)) more.set(held.text, held);
        if (more.size > textLimit) return [...all.values()];
      }
      return [...more.values()];
    },
    describe: (key) => {
      if (!key.startsWith(fieldWord)) return undefined;
      const [type = "", field = ""] = key.slice(fieldWord.length).split(" ");
      return writtenFor(type, field);
    },
  };
}

/** Whether a parameter takes all further arguments: it is a list. */
function isRest(code: Code | undefined, parameter: number): boolean {
  return code?.[2] === true && parameter === code[0].length - 1;
}

interface Found {
  /** The function in which it stands, or around the closure in which it does. */
  readonly index: number;
  readonly value: Source;
  readonly isAssigned: boolean;
}

/** The code of functions, with their closures, by their numbers. */
function bodies(program: Program, codeOf: (fn: LinkedFunction) => Code | undefined) {
  const { functions, byId } = program;
  const all = new Map<number, Body>();
  let closures: ReadonlyMap<number, readonly number[]> | undefined;
  const codeAt = (index: number) => {
    const fn = functions[index];
    return fn && codeOf(fn);
  };
  /** A function and the closures in it. */
  const ownersOf = (root: number): readonly number[] => {
    closures ??= groupBy([...functions.keys()], (index) => functions[index]?.root ?? index);
    return [...new Set([root, ...(closures.get(root) ?? [])])];
  };
  const parametersIn = (root: number) =>
    parametersOf(
      ownersOf(root).map((index) => [index, codeAt(index)] as const),
      (fn, index) => parameterType(program, { of: "parameter", fn, index }),
    );
  /** The function, or closure in it, in which a form stands. */
  const ownerOf = (root: number, form: Expression) =>
    ownersOf(root).find((one) => standsIn(codeAt(one), form));
  const resultTypeIn = (root: number, call: Call, result: number): string => {
    const owner = ownerOf(root, call);
    const target = owner === undefined ? undefined : functions[owner]?.facts.uses[call[1]]?.target;
    const id =
      target?.kind === "qualified"
        ? functionId(target.package, target.name)
        : target?.kind === "function"
          ? target.id
          : "";
    const called = functions[byId.get(id)?.[0] ?? -1];
    return called === undefined || called.pkg.module !== undefined ? "" : resultType(called, result);
  };
  const bodyOf = (index: number): Body => {
    let body = all.get(index);
    if (body === undefined) {
      let parameters: ReturnType<Body["parameters"]> | undefined;
      body = {
        code: codeAt(index),
        parameters: () => (parameters ??= parametersIn(index)),
        resultType: (call, result) => resultTypeIn(index, call, result),
      };
      all.set(index, body);
    }
    return body;
  };
  return { bodyOf, codeAt, ownerOf };
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
