/** What code puts into fields of structs, in literals and where it assigns to them, and into package variables. */
import { append } from "../link/declarations.ts";
import type { Code, CodeType, Expression, Target } from "../model/code-facts.ts";

/** What is asked about the code of one function, with its closures. */
export interface FieldPlace {
  /** The type of the struct, by its path and name, and the field. */
  readonly type: string;
  readonly field: string;
  /** The structs of the module that parameters are, or point to, by their variables. */
  readonly parameters: () => ReadonlyMap<number, string>;
}

/** What a field may hold. */
interface Written {
  readonly value: Expression;
  /** It is assigned to the field of a struct that others have, not of one that is made there. */
  readonly isAssigned: boolean;
}

/**
 * The texts, and package variables, that literals of a type have for a field, and that are assigned to it: as they stand, or by a
 * variable that they were assigned to. Linear.
 */
export function valuesIn(code: Code | undefined, place: FieldPlace): readonly Written[] {
  return putInto(place, formsIn(code), partsOf);
}

/** The same of what is computed of nothing that the function has: calls, sums and items, without those in closures of it. Linear. */
export function computedIn(code: Code | undefined, place: FieldPlace): readonly Written[] {
  return putInto(place, formsIn(code, "closures apart"), (value) => (isComputed(value) ? [value] : []));
}

function putInto(
  place: FieldPlace,
  forms: Iterable<readonly unknown[]>,
  partsOf: (value: Expression) => readonly Expression[],
): readonly Written[] {
  const { type, field } = place;
  const made: Expression[] = [];
  const put: Expression[] = [];
  const assigned: (readonly [Target, Expression])[] = [];
  for (const form of forms) {
    const [kind, fields, named] = form;
    if (kind === "struct" && named === type && Array.isArray(fields)) {
      for (const [name, value] of fields as readonly (readonly [string, Expression])[])
        if (name === field) made.push(value);
    } else if (kind === "=") assigned.push(...assignmentsOf(form));
  }
  const typeOf = typesIn(assigned, place);
  for (const [target, value] of assigned)
    if (target[0] === "." && target[2] === field && typeOf(target[1]) === type)
      (isOwn(target[1], place) ? made : put).push(value);
  const partsIn = (values: readonly Expression[], isAssigned: boolean): readonly Written[] =>
    withVariables(values, assigned)
      .flatMap(partsOf)
      .map((value) => ({ value, isAssigned }));
  return [...partsIn(made, false), ...partsIn(put, true)];
}

/** The string constants that code assigns to package variables, as they stand or by variables of its own: path, empty for its own package, name, text. Linear. */
export function textsAssigned(code: Code): readonly (readonly [path: string, name: string, text: string])[] {
  const assigned = Array.from(formsIn(code)).flatMap((form) => (form[0] === "=" ? assignmentsOf(form) : []));
  const held = new Map<number, Expression[]>();
  for (const [target, value] of assigned) {
    const variable = variableOf(target);
    if (variable !== undefined) append(held, variable, value);
  }
  const found = new Map<string, readonly [string, string, string]>();
  for (const [target, value] of assigned) {
    if (target[0] !== "global") continue;
    const values = value[0] === "var" ? (held.get(value[1]) ?? []) : [value];
    for (const one of values.flatMap(partsOf))
      if (one[0] === "s")
        found.set(JSON.stringify([target[1], target[2], one[1]]), [target[1], target[2], one[1]]);
  }
  return [...found.values()];
}

/** Whether a struct, or a pointer to it, is in a variable of the function that is no parameter. */
function isOwn(form: Expression, { parameters }: FieldPlace): boolean {
  return form[0] === "var" && !parameters().has(form[1]);
}

/** The values, and for variables what is assigned to them. */
function withVariables(
  values: readonly Expression[],
  assigned: readonly (readonly [Target, Expression])[],
): readonly Expression[] {
  const variables = new Set(values.flatMap((value) => (value[0] === "var" ? [value[1]] : [])));
  if (variables.size === 0) return values;
  const held = assigned.flatMap(([target, value]) => {
    const variable = variableOf(target);
    return variable !== undefined && variables.has(variable) ? [value] : [];
  });
  return [...values, ...held];
}

function assignmentsOf([, targets, values]: readonly unknown[]): readonly (readonly [Target, Expression])[] {
  if (!Array.isArray(targets) || !Array.isArray(values) || targets.length !== values.length) return [];
  // Parts of an assignment.
  const given = values as readonly Expression[];
  return (targets as readonly Target[]).flatMap((target, index) => {
    const value = given[index];
    return value === undefined ? [] : [[target, value] as const];
  });
}

function variableOf(target: Target): number | undefined {
  return target[0] === "new" || target[0] === "var" ? target[1] : undefined;
}

/** Of expressions the struct that they are, or point to, where it is told; that of variables is what the first assignment to them says. */
function typesIn(
  assigned: readonly (readonly [Target, Expression])[],
  { parameters }: FieldPlace,
): (form: Expression) => string | undefined {
  let types: Map<number, string> | undefined;
  const typeOf = (form: Expression): string | undefined => {
    if (form[0] === "var") return (types ??= typesOfVariables()).get(form[1]);
    if (form[0] === "&") return typeOf(form[1]);
    if (form[0] === "struct") return form[2];
    const type = written(form);
    return typeof type === "string" && type.startsWith("S ") ? type.slice(2) : undefined;
  };
  const typesOfVariables = () => {
    types = new Map(parameters());
    for (const [target, value] of assigned) {
      const variable = variableOf(target);
      if (variable === undefined || types.has(variable)) continue;
      const type = typeOf(value);
      if (type !== undefined) types.set(variable, type);
    }
    return types;
  };
  return typeOf;
}

/** The type that stands in a form. */
function written(form: Expression): CodeType | undefined {
  switch (form[0]) {
    case "zero":
      return form[1];
    case "*":
      return form[2];
    case "global":
    case ".":
    case "index":
    case "as":
      return form[3];
    default:
      return undefined;
  }
}

/** A text or package variable, or those of which there is one in each build. */
function partsOf(value: Expression): readonly Expression[] {
  if (value[0] === "one") return value[1].flatMap(partsOf);
  return value[0] === "s" || value[0] === "global" ? [value] : [];
}

const computing: ReadonlySet<unknown> = new Set(["call", "sum", "index", "slice", "as", "builtin"]);

/** It is the same wherever the function is called: there is no variable of the function in it, nor anything that is not told. */
function isComputed(value: Expression): boolean {
  if (!computing.has(value[0])) return false;
  for (const [of] of formsIn(value)) if (of === "var" || of === "closure" || of === "?") return false;
  return true;
}

/** All forms of code. A stack instead of recursion: code is as deep as somebody wrote it. */
function* formsIn(
  code: Code | Expression | undefined,
  closures: "closures too" | "closures apart" = "closures too",
): Generator<readonly unknown[]> {
  const open: unknown[] = [code];
  for (let form = open.pop(); form !== undefined; form = open.pop()) {
    if (!Array.isArray(form)) continue;
    // Nested arrays of whatever forms there are.
    const parts = form as readonly unknown[];
    if (parts[0] === "closure" && closures === "closures apart") continue;
    yield parts;
    for (let at = parts.length - 1; at >= 0; at--) if (Array.isArray(parts[at])) open.push(parts[at]);
  }
}

const nameForms = [
  /\['([^']+)',\['(?:s|global|var|one|call|sum|index|slice|as|builtin)',/gu,
  /,'([^']+)','s'\]/gu,
];

/** The names of fields that code may give a text: in literals, and of strings that it selects. */
export function fieldsNamed(text: string): ReadonlySet<string> {
  return new Set(nameForms.flatMap((form) => Array.from(text.matchAll(form), ([, name = ""]) => name)));
}

/** The variables that are parameters of a function and its closures, with what one says of each. */
export function parametersOf(
  functions: readonly (readonly [fn: number, code: Code | undefined])[],
  typeOf: (fn: number, index: number) => string,
): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const [fn, code] of functions)
    code?.[0].forEach((variable, index) => {
      const type = typeOf(fn, index);
      if (variable >= 0 && type !== "") found.set(variable, type);
    });
  return found;
}
