/** Which functions change package variables, or lead to some that do. */
import { append } from "../link/declarations.ts";
import type { LinkedFunction } from "../link/edge.ts";
import type { Program } from "../link/program.ts";

/**
 * Of a variable, by `path.name`, the functions that assign it by its name, and all that lead to these, also by mentioning them. What a
 * function or a closure in it assigns any of its closures may, which others may call. Linear in functions and edges for each variable that is asked about.
 */
export function changingFunctions({
  functions,
  callers,
}: Program): (key: string) => ReadonlySet<LinkedFunction> {
  let assigning: ReadonlyMap<string, readonly number[]> | undefined;
  const known = new Map<string, ReadonlySet<LinkedFunction>>();
  const find = (key: string): ReadonlySet<LinkedFunction> => {
    const all = new Set((assigning ??= assigningFunctions(functions)).get(key));
    // The set grows while it is walked.
    for (const fn of all) for (const { from } of callers[fn] ?? []) all.add(from);
    return new Set([...all].flatMap((fn) => functions[fn] ?? []));
  };
  return (key) => {
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = find(key)));
    return found;
  };
}

function assigningFunctions(functions: Program["functions"]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  functions.forEach(({ root }, index) => {
    for (const key of functions[root]?.facts.assigns ?? []) append(found, key, index);
  });
  return found;
}
