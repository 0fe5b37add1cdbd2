/**
 * What code sets, and whose answers it goes by, read off the code of one function with the closures in it.
 * Local: what a function is given by others is not known. A variable stands for what it is set to before, in the order of
 * the source. Linear in the code, up to a bound.
 */
import type { Code, Expression, Statement } from "../model/code-facts.ts";
import type { UseFacts } from "../model/facts.ts";
import { functionId } from "../model/function-id.ts";
import type { FunctionCode, Setting } from "../model/rule.ts";
import { isChoice, leaves } from "./conditions.ts";

/** What the code of a function stands in. */
export interface CodeSurroundings {
  /** The import path of its package. */
  readonly path: string;
  /** Its uses. */
  readonly uses: readonly UseFacts[];
  /** The uses of a closure in it. */
  readonly usesOf: (closureId: string) => readonly UseFacts[];
}

/** Forms of one function that are looked at. */
const formLimit = 100_000;

/** Where a form stands. */
interface Place {
  readonly uses: readonly UseFacts[];
  /** Somebody chooses whether it runs. */
  readonly chosen: boolean;
  /** Nothing depends on its value. */
  readonly idle: boolean;
  /** The last result of the function is an error. */
  readonly mayFail: boolean;
}

interface Found {
  readonly path: string;
  readonly usesOf: CodeSurroundings["usesOf"];
  readonly sets: Setting[];
  readonly used: Set<string>;
  readonly called: Set<string>;
  /** Those that are called whatever somebody chooses. */
  readonly always: Set<string>;
  /** What variables stand for: a package variable, or something in one. */
  readonly names: Map<number, string>;
  readonly constants: Map<number, string>;
  /** The functions whose answers variables hold. */
  readonly answers: Map<number, Set<string>>;
  readonly read: Set<number>;
  /** Variables that say whether an assertion held. */
  readonly asserted: Set<number>;
  readonly open: Open[];
}

/** A form that is still to be looked at. */
interface Open {
  readonly form: readonly unknown[];
  readonly place: Place;
  /** Of a list: the first form in it that is. */
  readonly from?: number;
}

export function settingsOf(
  code: Code,
  { path, uses, usesOf }: CodeSurroundings,
): Omit<FunctionCode, "uses" | "waysPast"> {
  const found: Found = {
    path,
    usesOf,
    sets: [],
    used: new Set(),
    called: new Set(),
    always: new Set(),
    names: new Map(),
    constants: new Map(),
    answers: new Map(),
    read: new Set(),
    asserted: new Set(),
    open: [],
  };
  later(found, [code[3]], { uses, chosen: false, idle: false, mayFail: mayFail(code) });
  let forms = 0;
  // A stack instead of recursion: code is as deep as somebody wrote it.
  for (let next = found.open.pop(); next !== undefined && forms < formLimit; next = found.open.pop()) {
    forms++;
    visit(found, next);
  }
  for (const variable of found.read)
    for (const name of found.answers.get(variable) ?? []) found.used.add(name);
  // Of code that was not read to its end it is not known what depends on what.
  const isWhole = found.open.length === 0;
  const idle = new Set([...found.called].filter((name) => isWhole && !found.used.has(name)));
  const optional = new Set([...found.called].filter((name) => !found.always.has(name)));
  return { sets: found.sets, goesBy: found.used, ignores: idle, optional };
}

/** Puts forms on the stack so that the first is looked at first. */
function later({ open }: Found, forms: readonly unknown[], place: Place): void {
  for (const form of [...forms].reverse()) if (Array.isArray(form)) open.push({ form, place });
}

function visit(found: Found, open: Open): void {
  const { form, place } = open;
  if (typeof form[0] !== "string") {
    visitList(found, open);
    return;
  }
  // Forms begin with what they are.
  const one = form as Statement | Expression;
  const inner = { ...place, idle: false };
  switch (one[0]) {
    case "=":
      assignment(found, one, inner);
      return;
    case "if": {
      const [, condition, yes, no] = one;
      const branch = { ...inner, chosen: place.chosen || isChoice(condition, found.asserted) };
      later(found, [yes, no], branch);
      const idle = [yes, no].every((list) => list.every((each) => saysOnly(each, place.uses)));
      found.open.push({ form: condition, place: { ...inner, idle } });
      return;
    }
    case "switch": {
      const [, value, cases] = one;
      for (const [list, body] of [...cases].reverse())
        later(found, [...(list ?? []), body], { ...inner, chosen: true });
      if (value !== null) later(found, [value], inner);
      return;
    }
    case "either":
      later(found, one[1], { ...inner, chosen: true });
      return;
    case "do":
    case "go":
    case "defer":
      found.open.push({ form: one[1], place: { ...inner, idle: true } });
      return;
    case "struct":
      for (const [field, value] of one[1])
        note(found, { what: `${one[2]}.${field}`, value, chosen: place.chosen });
      later(
        found,
        one[1].map(([, value]) => value),
        inner,
      );
      return;
    case "list":
      later(found, one[2].flat(), inner);
      return;
    case "closure":
      later(found, [one[2][3]], {
        ...inner,
        uses: usesIn(found, one[1], place.uses),
        mayFail: mayFail(one[2]),
      });
      return;
    case "call":
      answer(found, nameOf(place.uses[one[1]]), place);
      later(found, [one[2], ...one[3]], inner);
      return;
    case "var":
      if (!place.idle) found.read.add(one[1]);
      return;
    case "&": {
      // Who has the address of a package variable sets it, or it would not be taken.
      const what = placeName(found, one[1]);
      if (what !== undefined && !what.startsWith("."))
        note(found, { what, value: one, chosen: place.chosen });
      later(found, [one[1]], inner);
      return;
    }
    case "unary":
    case "binary":
      later(found, one.slice(2), place);
      return;
    default:
      later(found, one.slice(1), inner);
  }
}

/** One form after the other, since those before say what variables are. What follows a way out that somebody chooses is chosen too. */
function visitList(found: Found, { form: list, place, from = 0 }: Open): void {
  const form = list[from];
  if (from >= list.length) return;
  let { chosen } = place;
  if (Array.isArray(form) && form[0] === "if") {
    // Forms begin with what they are.
    const [, condition, yes, no] = form as unknown as Extract<Statement, readonly ["if", ...unknown[]]>;
    const [first, second] = [yes, no].map((branch) => leaves(branch, place));
    if (first !== second && isChoice(condition, found.asserted)) chosen = true;
  }
  found.open.push({ form: list, place: { ...place, chosen }, from: from + 1 });
  if (Array.isArray(form)) found.open.push({ form, place });
}

function mayFail([, results]: Code): boolean {
  return results.at(-1)?.[1] === "E";
}

function assignment(
  found: Found,
  [, targets, values]: Extract<Statement, readonly ["=", ...unknown[]]>,
  place: Place,
): void {
  const isDropped = targets.every(([of]) => of === "_");
  const isLocal = targets.every(([of]) => of === "new" || of === "var" || of === "_");
  targets.forEach((target, index) => {
    const value = targets.length === values.length ? values[index] : values[0];
    if (value === undefined) return;
    if (target[0] === "new" && index >= values.length && value[0] === "as") found.asserted.add(target[1]);
    if (target[0] === "new" || target[0] === "var") hold(found, target, value, place);
    else if (target[0] !== "_") {
      const what = placeName(found, target);
      if (what !== undefined) note(found, { what, value, chosen: place.chosen });
      later(found, [target], place);
    }
  });
  for (const value of [...values].reverse())
    found.open.push({
      form: value,
      place: { ...place, idle: isDropped || (isLocal && value[0] === "call") },
    });
}

/** A variable gets a value. Of one that gets another one it is not known which it has. */
function hold(
  found: Found,
  [of, variable]: readonly ["new" | "var", number],
  value: Expression,
  { uses }: Place,
): void {
  const name = placeName(found, value);
  if (name === undefined || name.startsWith(".")) found.names.delete(variable);
  else found.names.set(variable, name);
  const constant = constantOf(found, value);
  if (constant === undefined || of === "var") found.constants.delete(variable);
  else found.constants.set(variable, constant);
  const called = value[0] === "call" ? nameOf(uses[value[1]]) : undefined;
  if (called === undefined) return;
  const known = found.answers.get(variable) ?? new Set();
  found.answers.set(variable, known.add(called));
}

function answer({ called, used, always }: Found, name: string | undefined, { idle, chosen }: Place): void {
  if (name === undefined) return;
  called.add(name);
  if (!chosen) always.add(name);
  if (!idle) used.add(name);
}

function note(
  found: Found,
  { what, value, chosen }: { readonly what: string; readonly value: Expression; readonly chosen: boolean },
): void {
  const constant = constantOf(found, value);
  found.sets.push({ what, ...(constant !== undefined && { value: constant }), chosen });
}

function constantOf({ constants }: Found, form: Expression): string | undefined {
  switch (form[0]) {
    case "s":
      return form[1];
    case "n":
    case "b":
      return String(form[1]);
    case "var":
      return constants.get(form[1]);
    default:
      return undefined;
  }
}

/** `path.Variable`, `path.Variable.Field` of a package variable, also behind a pointer or an interface; `.Field` of something else. */
function placeName({ names, path }: Found, form: Expression): string | undefined {
  const fields: string[] = [];
  let at = form;
  for (;;) {
    switch (at[0]) {
      case "global":
        return [`${at[1] || path}.${at[2]}`, ...fields.reverse()].join(".");
      case "var": {
        const known = names.get(at[1]);
        if (known !== undefined) return [known, ...fields.reverse()].join(".");
        return fields[0] === undefined ? undefined : `.${fields[0]}`;
      }
      case ".":
        fields.push(at[2]);
        at = at[1];
        continue;
      case "as":
      case "*":
      case "&":
        at = at[1];
        continue;
      default:
        return fields[0] === undefined ? undefined : `.${fields[0]}`;
    }
  }
}

/** The statement tells somebody something, and no more. */
function saysOnly(one: Statement, uses: readonly UseFacts[]): boolean {
  if (one[0] !== "do" || one[1][0] !== "call") return false;
  const name = nameOf(uses[one[1][1]]) ?? "";
  return saying.test(name.slice(name.lastIndexOf(".") + 1));
}

const saying = /^(?:f?print|log|debug|info|warn|error|trace)/iu;

function usesIn({ usesOf }: Found, use: number, uses: readonly UseFacts[]): readonly UseFacts[] {
  const target = uses[use]?.target;
  return target?.kind === "function" ? usesOf(target.id) : [];
}

/** What a use names, as in `Terminal`; undefined of a function value and what is not known. */
export function nameOf(use: UseFacts | undefined): string | undefined {
  switch (use?.target.kind) {
    case "qualified":
    case "interface-method":
      return functionId(use.target.package, use.target.name);
    case "variable":
      return `${use.target.package}.${use.target.name}`;
    case "function":
      return use.target.id;
    default:
      return undefined;
  }
}
