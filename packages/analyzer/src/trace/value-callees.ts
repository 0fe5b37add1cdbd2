/**
 * Functions without a body that calls of function values, and of methods of the program's own interfaces, may run:
 * `get := http.Get; get(url)`. What the rules say of them holds where they are called, with the doubt that there is.
 */
import type { BuildSet } from "../constraints/index.ts";
import type { Program } from "../link/program.ts";
import type { UseFacts } from "../model/facts.ts";
import { doubtLimit } from "./links.ts";
import type { Units } from "./units.ts";

export interface ValueCallee {
  readonly id: string;
  /** How many functions the call may run, this one included. */
  readonly breadth: number;
  readonly builds: BuildSet;
}

/** By the use that calls; none of calls that may run more functions than a flow may doubt. Linear in the edges. */
export function valueCallees(
  program: Program,
  { unitOf }: Pick<Units, "unitOf">,
): ReadonlyMap<UseFacts, readonly ValueCallee[]> {
  const found = new Map<UseFacts, Map<string, ValueCallee>>();
  const add = (use: UseFacts, callee: ValueCallee) => {
    if (callee.breadth < 1 || callee.breadth > doubtLimit || !isOfValue(program, use)) return;
    const known = found.get(use);
    const before = known?.get(callee.id);
    const one =
      before === undefined
        ? callee
        : {
            ...callee,
            breadth: Math.max(before.breadth, callee.breadth),
            builds: program.builds.or(before.builds, callee.builds),
          };
    if (known === undefined) found.set(use, new Map([[one.id, one]]));
    else known.set(one.id, one);
  };
  for (const { use, callee, breadth, builds } of program.decidedUses)
    add(use, { id: callee.id, breadth, builds });
  for (const { use, to, breadth, builds } of program.edges) {
    const callee = program.functions[to];
    if (breadth > 0 && callee !== undefined && unitOf(to) === undefined)
      add(use, { id: callee.facts.id, breadth, builds });
  }
  return new Map([...found].map(([use, callees]) => [use, [...callees.values()]]));
}

/** A call of `reflect.Value`, which is given a list of what the function takes. */
export function callsByReflection(target: UseFacts["target"]): boolean {
  return (
    target.kind === "qualified" &&
    target.package === "reflect" &&
    /^\(Value\)\.Call(?:Slice)?$/u.test(target.name)
  );
}

/** Interfaces of the standard library have rules of their own. */
function isOfValue({ packageByPath, isStandard }: Program, { use, target }: UseFacts): boolean {
  if (use !== "call") return false;
  if (target.kind === "dynamic" || callsByReflection(target)) return true;
  if (target.kind !== "interface-method") return false;
  if (target.package === "") return true;
  const pkg = packageByPath.get(target.package);
  return pkg !== undefined && !isStandard(pkg);
}
