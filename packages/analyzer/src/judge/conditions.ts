/** Conditions of code: whether somebody chooses by them, and whether statements leave. */
import type { Expression, Statement } from "../model/code-facts.ts";

/** Parts of one condition that are looked at; of what is longer it is taken that somebody chooses. */
const partLimit = 100;

/**
 * Whether a condition asks for a setting: a truth value that stands by itself, or a comparison with a word or number. That
 * something is nil, empty, or larger than something else is no choice of anybody's.
 */
export function isChoice(condition: Expression): boolean {
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
    } else if (form[0] !== "b") return true;
  }
  return false;
}

function isWord(form: Expression): boolean {
  return form[0] === "n" || (form[0] === "s" && form[1] !== "");
}

/** Whether control does not go on behind the statements. */
export function leaves(statements: readonly Statement[]): boolean {
  const last = statements.at(-1);
  if (last === undefined) return false;
  if (last[0] === "do") return last[1][0] === "builtin" && last[1][1] === "panic";
  return last[0] === "return" || last[0] === "break" || last[0] === "continue" || last[0] === "jump";
}
