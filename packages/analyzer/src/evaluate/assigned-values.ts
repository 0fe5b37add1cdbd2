/** The code of a function with its closures, and what it assigns to what. */
import { append } from "../link/declarations.ts";
import type { Call, Code, Expression, Target } from "../model/code-facts.ts";

/** The code of one function, with its closures. */
export interface Body {
  readonly code: Code | undefined;
  /** What its parameters and those of its closures are, by their variables. */
  readonly parameters: () => ReadonlyMap<number, Parameter>;
  /** The struct of the module that a result of a call in it is, or points to; empty if it is none. */
  readonly resultType: (call: Call, result: number) => string;
}

export interface Parameter {
  /** The number of the function or closure, and the place among its parameters, the receiver first. */
  readonly fn: number;
  readonly index: number;
  /** The struct of the module that it is, or points to; empty if it is none. */
  readonly type: string;
}

/** What gives a value. */
export interface Given {
  readonly form: Expression;
  /** What stands in the code: the form, or a part of it. */
  readonly stands: Expression;
  /** Which result, of a call that has several. */
  readonly result: number;
}

export type Assignment = readonly [Target, Given];

export function whole(form: Expression): Given {
  return { form, stands: form, result: 0 };
}

export function assignmentsIn(code: Code | undefined): readonly Assignment[] {
  const assigned: Assignment[] = [];
  for (const form of formsIn(code)) if (assigns.has(form[0])) assigned.push(...assignmentsOf(form));
  return assigned;
}

/** Forms that assign something. */
export const assigns: ReadonlySet<unknown> = new Set(["=", "range"]);

/** What such a form assigns. Of what is ranged over it may be any text that is in it. */
export function assignmentsOf([kind, first, second, third]: readonly unknown[]): readonly Assignment[] {
  if (kind === "range") {
    // Parts of a range.
    const [over, target] = [first as Expression, third as Target];
    return [[target, { ...whole(over), form: ["index", over, ["?", []], "s"] }]];
  }
  if (!Array.isArray(first) || !Array.isArray(second)) return [];
  // Parts of an assignment.
  const [targets, values] = [first as readonly Target[], second as readonly Expression[]];
  const only = values[0];
  if (targets.length > 1 && values.length === 1 && only !== undefined) {
    // With a truth value besides only the first one is the value.
    const some = only[0] === "call" ? targets : targets.slice(0, 1);
    return some.map((target, result) => [target, { ...whole(only), result }] as const);
  }
  return targets.flatMap((target, index) => {
    const value = values[index];
    return value === undefined ? [] : [[target, whole(value)] as const];
  });
}

export function variableOf(target: Target): number | undefined {
  return target[0] === "new" || target[0] === "var" ? target[1] : undefined;
}

/** What is assigned to variables of the function. */
export function byVariable(assigned: readonly Assignment[]): ReadonlyMap<number, readonly Given[]> {
  const held = new Map<number, Given[]>();
  for (const [target, value] of assigned) {
    const variable = variableOf(target);
    if (variable !== undefined) append(held, variable, value);
  }
  return held;
}

/** All forms of code, but those in forms of kinds that are not wanted. A stack instead of recursion: code is as deep as somebody wrote it. */
export function* formsIn(
  code: Code | Code[3] | Expression | undefined,
  isWanted: (kind: unknown) => boolean = () => true,
): Generator<readonly unknown[]> {
  const open: unknown[] = [code];
  for (let form = open.pop(); form !== undefined; form = open.pop()) {
    if (!Array.isArray(form) || !isWanted(form[0])) continue;
    // Nested arrays of whatever forms there are.
    const parts = form as readonly unknown[];
    yield parts;
    for (let at = parts.length - 1; at >= 0; at--) if (Array.isArray(parts[at])) open.push(parts[at]);
  }
}
