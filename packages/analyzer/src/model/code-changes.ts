/** What code may change: variables that it assigns, and those that it changes something in. */
import type { Expression, Statement, Target } from "./code-facts.ts";

export interface Changes {
  /** Variables of the function that are assigned. */
  readonly assigned: ReadonlySet<number>;
  /** Variables of the function in which, or behind which, something is changed, or of which the address is taken. */
  readonly within: ReadonlySet<number>;
  /** Package variables that are assigned, or in or behind which something is changed, by `path.name`. */
  readonly globals: ReadonlySet<string>;
  /** Something leaves the statements: `return`, `break` or a jump. */
  readonly leaves: boolean;
}

const known = new WeakMap<readonly Statement[], Changes>();

/** Of statements with the closures in them. Linear, and remembered. */
export function changesOf(statements: readonly Statement[]): Changes {
  let found = known.get(statements);
  if (found === undefined) known.set(statements, (found = collect(statements)));
  return found;
}

function collect(statements: readonly Statement[]): Changes {
  const assigned = new Set<number>();
  const within = new Set<number>();
  const globals = new Set<string>();
  let leaves = false;
  const change = (target: Target) => {
    if (target[0] === "_") return;
    if (target[0] === "new" || target[0] === "var") assigned.add(target[1]);
    else {
      const root = rootOf(target);
      if (root?.[0] === "global") globals.add(`${root[1]}.${root[2]}`);
      else if (root !== undefined) within.add(root[1]);
    }
  };
  const pending: unknown[] = [...statements];
  for (let form = pending.pop(); form !== undefined; form = pending.pop()) {
    if (!Array.isArray(form)) continue;
    const [of, first, second] = form as readonly unknown[];
    if (of === "struct" && Array.isArray(first)) {
      // Names of fields are no words of forms.
      for (const [, value] of first as readonly (readonly unknown[])[]) pending.push(value);
      continue;
    }
    // Forms begin with what they are; lists of forms do not.
    if (of === "=") for (const target of first as readonly Target[]) change(target);
    else if (of === "op") change(second as Target);
    else if (of === "range") for (const target of form.slice(2, 4) as Target[]) change(target);
    else if (of === "&") change(withinTarget(first as Expression));
    else if (of === "builtin" && changing.has(String(first))) {
      const [target] = second as readonly Expression[];
      if (target !== undefined) change(withinTarget(target));
    } else if (of === "return" || of === "break" || of === "jump") leaves = true;
    for (const part of form) if (Array.isArray(part)) pending.push(part);
  }
  return { assigned, within, globals, leaves };
}

const changing: ReadonlySet<string> = new Set(["copy", "clear", "delete", "append"]);

/** As a target that is in it rather than it itself. */
function withinTarget(form: Expression): Target {
  return ["*", form, "?"];
}

type Variable = Extract<Expression, readonly ["var" | "global", ...unknown[]]>;

/** The variable in which, or behind which, the value of an expression is. */
export function rootOf(form: Expression): Variable | undefined {
  let at = form;
  for (;;) {
    switch (at[0]) {
      case "var":
      case "global":
        return at;
      case ".":
      case "index":
      case "slice":
      case "*":
      case "&":
        at = at[1];
        continue;
      default:
        return undefined;
    }
  }
}
