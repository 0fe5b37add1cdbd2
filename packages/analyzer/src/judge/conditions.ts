/** Conditions of code: whether somebody chooses by them, and whether statements leave. */
import type { Expression, Statement } from "../model/code-facts.ts";

/** Parts of one condition that are looked at; of what is longer it is taken that somebody chooses. */
const partLimit = 100;

/**
 * Whether a condition asks for a setting: a truth value that stands by itself, or a comparison with a word or number. That
 * something is nil, empty, of a type, or larger than something else is no choice of anybody's. `asserted`: the variables that say
 * whether an assertion held.
 */
export function isChoice(condition: Expression, asserted: ReadonlySet<number>): boolean {
  const open: Expression[] = [condition];
  let parts = 0;
  for (let form = open.pop(); form !== undefined; form = open.pop()) {
    if (++parts > partLimit) return true;
    if (form[0] === "unary") open.push(form[2]);
    else if (form[0] === "binary" && (form[1] === "&&" || form[1] === "||")) open.push(form[2], form[3]);
    else if (form[0] === "binary") {
      const sides = [form[2], form[3]];
      const isEqual = form[1] === "==" || form[1] === "!=";
      if (isEqual && sides.some(isWord) && !sides.some(([of]) => of === "builtin")) return true;
    } else if (form[0] !== "b" && !(form[0] === "var" && asserted.has(form[1]))) return true;
  }
  return false;
}

function isWord(form: Expression): boolean {
  return form[0] === "n" || (form[0] === "s" && form[1] !== "");
}

/** Whether control does not go on behind the statements, and nothing failed: an error is no choice. `mayFail`: the last result of the function is one. */
export function leaves(
  statements: readonly Statement[],
  { mayFail }: { readonly mayFail: boolean },
): boolean {
  const last = statements.at(-1);
  if (last === undefined) return false;
  if (last[0] === "return") return !mayFail || last[1].at(-1)?.[0] === "zero";
  return last[0] === "break" || last[0] === "continue" || last[0] === "jump";
}
