/** The program that runs, started by itself. */
import type { Evidence, Flow } from "@capdiff/analyzer";

/** Whether a call starts the program that runs, by the path that it has, and no other one. */
export function runsItself(
  { originsAt }: Evidence,
  { name, function: fn, site }: Pick<Flow["sink"], "name" | "function" | "site">,
): boolean {
  const place = places.find(([one]) => one.test(name))?.[1];
  const origin = place === undefined ? undefined : originsAt(fn, site.position)[place];
  if (origin?.itself !== true || origin.caller) return false;
  return [origin.variables, origin.programs, origin.constants].every((others) => others.length === 0);
}

/** Where the program stands among what a function is given. */
const places: readonly (readonly [RegExp, number])[] = [
  [/^os\/exec\.CommandContext$/u, 1],
  [
    /^(?:os\/exec\.Command|os\.StartProcess|(?:syscall|golang\.org\/x\/sys\/\w+)\.(?:Exec|ForkExec|StartProcess))$/u,
    0,
  ],
];
