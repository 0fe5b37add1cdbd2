/** Conditions that ask for the answer of a call: what else they go by, and what of it are settings. */
import type { Expression } from "../model/code-facts.ts";

/** Parts of one condition that are looked at. */
const partLimit = 100;

/** The answer of a call in a condition, and what makes up for a no. */
export interface Beside {
  readonly answer: Extract<Expression, readonly ["call", ...unknown[]]>;
  readonly instead: Expression;
}

/** What a variable was given: undefined if that is not known. */
export type Held = (variable: number) => Expression | undefined;

/** `!ok && x` and `ok || x`, however they are nested: x makes up for an answer that is no. */
export function besides(condition: Expression, held: Held): Beside[] {
  interface Part {
    readonly form: Expression;
    readonly negated: boolean;
    /** What stands beside it with `or`, and with `and`, as the whole has it. */
    readonly or: readonly Expression[];
    readonly and: readonly Expression[];
  }
  const found: Beside[] = [];
  const open: Part[] = [{ form: condition, negated: false, or: [], and: [] }];
  let parts = 0;
  for (let part = open.pop(); part !== undefined && ++parts <= partLimit; part = open.pop()) {
    const { form, negated, or, and } = part;
    if (form[0] === "unary" && form[1] === "!") open.push({ ...part, form: form[2], negated: !negated });
    else if (form[0] === "binary" && (form[1] === "&&" || form[1] === "||")) {
      const isOr = (form[1] === "||") !== negated;
      const [, , left, right] = form;
      for (const [one, other] of [
        [left, right],
        [right, left],
      ] as const)
        open.push({
          ...part,
          form: one,
          ...(isOr ? { or: [...or, other] } : { and: [...and, other] }),
        });
    } else {
      const asked = answerIn(form, held);
      if (asked === undefined) continue;
      // Of a condition that holds where the answer is no, what must hold besides makes up for it.
      for (const instead of asked.isYes === negated ? and : or) found.push({ answer: asked.call, instead });
    }
  }
  return found;
}

/** The call that a part of a condition asks, and whether the part holds where the answer is yes: `true`, 1, or no error. */
function answerIn(form: Expression, held: Held) {
  if (form[0] === "binary" && (form[1] === "==" || form[1] === "!=")) {
    const [, operator, left, right] = form;
    const wanted = [left, right].find(isConstant);
    const call = callOf(wanted === left ? right : left, held);
    if (wanted === undefined || call === undefined) return undefined;
    const isNo = wanted[0] !== "zero" && (wanted[1] === 0 || wanted[1] === false);
    return { call, isYes: (operator === "==") !== isNo };
  }
  const call = callOf(form, held);
  return call && { call, isYes: true };
}

function callOf(form: Expression, held: Held): Beside["answer"] | undefined {
  const value = form[0] === "var" ? held(form[1]) : form;
  return value?.[0] === "call" ? value : undefined;
}

function isConstant([of]: Expression): boolean {
  return of === "zero" || of === "n" || of === "b";
}

/**
 * Whether a condition asks for nothing but settings, and what is there at all: truth values of variables, fields and functions
 * without arguments, and whether something is nil, zero or empty.
 */
export function isSetting(condition: Expression, held: Held): boolean {
  const open: Expression[] = [condition];
  let parts = 0;
  for (let form = open.pop(); form !== undefined; form = open.pop()) {
    if (++parts > partLimit) return false;
    if (form[0] === "unary") open.push(form[2]);
    else if (form[0] === "binary" && (form[1] === "&&" || form[1] === "||")) open.push(form[2], form[3]);
    else if (form[0] === "binary") {
      const sides = [form[2], form[3]];
      const nothing = sides.find(isNothing);
      const value = sides.find((side) => side !== nothing);
      if (nothing === undefined || value === undefined || !isThere(value)) return false;
      // That there is an error is no choice; what is computed and then compared with 0 is one.
      if (nothing[0] !== "zero" && value[0] === "var") open.push(value);
    } else if (form[0] === "var") {
      const value = held(form[1]);
      if (value !== undefined) open.push(value);
    } else if (!isThere(form)) return false;
  }
  return true;
}

function isNothing([of, value]: Expression): boolean {
  return of === "zero" || of === "b" || (of === "n" && value === 0) || (of === "s" && value === "");
}

/** A variable, a field, what a function without arguments gives, or how much there is of it. */
function isThere(form: Expression): boolean {
  let at = form;
  for (;;) {
    switch (at[0]) {
      case "var":
      case "global":
      case "b":
      case "zero":
        return true;
      case ".":
      case "*":
      case "as":
        at = at[1];
        continue;
      case "call":
        return at[3].length === 0;
      case "builtin": {
        const [of] = at[2];
        if (at[1] !== "len" || of === undefined) return false;
        at = of;
        continue;
      }
      default:
        return false;
    }
  }
}
