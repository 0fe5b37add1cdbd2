/** What code puts into fields of structs, in literals and where it assigns to them, and into package variables. */
import type { Code, Expression } from "../model/code-facts.ts";
import {
  type Assignment,
  assignmentsIn,
  assignmentsOf,
  assigns,
  type Body,
  byVariable,
  formsIn,
  type Given,
  type Parameter,
  variableOf,
  whole,
} from "./assigned-values.ts";
import { typesIn } from "./variable-types.ts";

/** A field of structs by the path and name of their type. */
export interface FieldName {
  readonly type: string;
  readonly field: string;
}

/** What stands for a text: itself, a package variable, what callers give for a parameter, what a field holds, what is computed of such. */
export type Source =
  | Extract<Expression, readonly ["s", ...unknown[]]>
  | Extract<Expression, readonly ["global", ...unknown[]]>
  | readonly ["parameter", fn: number, index: number]
  | readonly ["field", type: string, field: string]
  | readonly ["computed", Given];

/** What a field may hold. */
interface Written {
  readonly value: Source;
  /** It is assigned to the field of a struct that others have, not of one that is made there. */
  readonly isAssigned: boolean;
}

/**
 * What literals of a type have for a field, and what is assigned to it: as it stands, or by a variable that it was assigned to.
 * Linear in the literals and assignments.
 */
export function valuesIn(body: Body, { type, field }: FieldName): readonly Written[] {
  const { made, assigned, typeOf } = readOf(body);
  const own = made.flatMap(([, fields, named]) =>
    named === type ? fields.flatMap(([name, value]) => (name === field ? [whole(value)] : [])) : [],
  );
  const put: Given[] = [];
  for (const [target, value] of assigned)
    if (target[0] === "." && target[2] === field && typeOf(target[1]) === type)
      (isOwn(target[1], body) ? own : put).push(value);
  const writtenIn = (values: readonly Given[], isAssigned: boolean): readonly Written[] =>
    sourcesIn(values, body).map((value) => ({ value, isAssigned }));
  return [...writtenIn(own, false), ...writtenIn(put, true)];
}

/** What stands for the texts that a call gives for a parameter. Linear in the assignments. */
export function sourcesGiven(body: Body, given: Given): readonly Source[] {
  return sourcesIn([given], body);
}

/**
 * What a call gives for a parameter of what it calls, by its use and that parameter's place, the receiver first; undefined if
 * that is not there. Closures in the code are passed over: they have uses of their own.
 */
export function givenBy(code: Code, use: number, index: number): Given | undefined {
  for (const form of formsIn(code[3], (kind) => kind !== "closure")) {
    const [kind, number, on, values] = form;
    if (kind !== "call" || number !== use || !Array.isArray(values)) continue;
    // Parts of a call.
    const given = values as readonly Expression[];
    const called = on as Expression | null;
    const all = called === null || called[0] === "closure" ? given : [called, ...given];
    const value = all[index];
    if (value !== undefined) return whole(value);
    const only = given.length === 1 ? given[0] : undefined;
    // `f(g())`: what one call gives stands for all that follows.
    return only?.[0] === "call" ? { ...whole(only), result: index - all.length + 1 } : undefined;
  }
  return undefined;
}

/** Whether a form stands in code, but not in a closure there. Linear. */
export function standsIn(code: Code | undefined, form: Expression): boolean {
  for (const one of formsIn(code?.[3], (kind) => kind !== "closure")) if (one === form) return true;
  return false;
}

/** The variables of the function that a form has. */
export function variablesIn(form: Expression): ReadonlySet<number> {
  const found = new Set<number>();
  for (const [kind, variable] of formsIn(form)) if (kind === "var") found.add(variable as number);
  return found;
}

/** What stands in the code of a function. */
interface Read {
  /** Struct literals. */
  readonly made: readonly Extract<Expression, readonly ["struct", ...unknown[]]>[];
  readonly assigned: readonly Assignment[];
  readonly typeOf: (form: Expression) => string | undefined;
}

const reads = new WeakMap<Body, Read>();

/** Reads the code when it is first asked. Linear. */
function readOf(body: Body): Read {
  let read = reads.get(body);
  if (read !== undefined) return read;
  const made: Read["made"][number][] = [];
  const assigned: Assignment[] = [];
  for (const form of formsIn(body.code)) {
    // Forms begin with what they are: no field has a word of Go as its name.
    if (form[0] === "struct" && Array.isArray(form[1])) made.push(form as unknown as Read["made"][number]);
    else if (assigns.has(form[0])) assigned.push(...assignmentsOf(form));
  }
  read = { made, assigned, typeOf: typesIn(assigned, body) };
  reads.set(body, read);
  return read;
}

/** The sources of values, of what is assigned to variables, and of those of which there is one in each build. */
function sourcesIn(values: readonly Given[], body: Body): readonly Source[] {
  const { assigned, typeOf } = readOf(body);
  const { parameters } = body;
  const sourceOf = (given: Given): readonly Source[] => {
    const value = given.form;
    switch (value[0]) {
      case "s":
      case "global":
        return [value];
      case "var": {
        const parameter = parameters().get(value[1]);
        return parameter === undefined ? [] : [["parameter", parameter.fn, parameter.index]];
      }
      case ".": {
        const type = value[3] === "s" ? typeOf(value[1]) : undefined;
        return type === undefined ? [] : [["field", type, value[2]]];
      }
      case "call":
      case "sum":
      case "index":
      case "slice":
      case "as":
      case "builtin":
        return [["computed", given]];
      default:
        return [];
    }
  };
  return withVariables(values, assigned).flatMap(partsOf).flatMap(sourceOf);
}

/** The string constants that code assigns to package variables, as they stand or by variables of its own: path, empty for its own package, name, text. Linear. */
export function textsAssigned(code: Code): readonly (readonly [path: string, name: string, text: string])[] {
  const assigned = assignmentsIn(code);
  const held = byVariable(assigned);
  const found = new Map<string, readonly [string, string, string]>();
  for (const [target, value] of assigned) {
    if (target[0] !== "global") continue;
    const { form } = value;
    const values = form[0] === "var" ? (held.get(form[1]) ?? []) : [value];
    for (const { form: one } of values.flatMap(partsOf))
      if (one[0] === "s")
        found.set(JSON.stringify([target[1], target[2], one[1]]), [target[1], target[2], one[1]]);
  }
  return [...found.values()];
}

/** Whether a struct, or a pointer to it, is in a variable of the function that is no parameter. */
function isOwn(form: Expression, { parameters }: Body): boolean {
  return form[0] === "var" && !parameters().has(form[1]);
}

/** The values, and for variables what is assigned to them. */
function withVariables(values: readonly Given[], assigned: readonly Assignment[]): readonly Given[] {
  const variables = new Set(values.flatMap(({ form }) => (form[0] === "var" ? [form[1]] : [])));
  if (variables.size === 0) return values;
  const held = assigned.flatMap(([target, value]) => {
    const variable = variableOf(target);
    return variable !== undefined && variables.has(variable) ? [value] : [];
  });
  return [...values, ...held];
}

/** A value, or those of which there is one in each build. */
function partsOf(given: Given): readonly Given[] {
  const { form } = given;
  return form[0] === "one" ? form[1].flatMap((one) => partsOf(whole(one))) : [given];
}

const nameForms = [
  /\['([^']+)',\['(?:s|global|var|one|call|sum|index|slice|as|builtin|\.)',/gu,
  /,'([^']+)','s'\]/gu,
];

/** The names of fields that code may give a text: in literals, and of strings that it selects. */
export function fieldsNamed(text: string): ReadonlySet<string> {
  return new Set(nameForms.flatMap((form) => Array.from(text.matchAll(form), ([, name = ""]) => name)));
}

/** The variables that are parameters of a function and its closures, with the struct that `typeOf` says each is. */
export function parametersOf(
  functions: readonly (readonly [fn: number, code: Code | undefined])[],
  typeOf: (fn: number, index: number) => string,
): ReadonlyMap<number, Parameter> {
  const found = new Map<number, Parameter>();
  for (const [fn, code] of functions)
    code?.[0].forEach((variable, index) => {
      if (variable >= 0) found.set(variable, { fn, index, type: typeOf(fn, index) });
    });
  return found;
}
