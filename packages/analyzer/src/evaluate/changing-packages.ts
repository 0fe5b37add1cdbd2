/** Which package variables may be changed, and by whose functions. */
import { append } from "../link/declarations.ts";
import type { LinkedFunction } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import { decodeCode, variablesNamed } from "../model/code-facts.ts";
import { codeText } from "./codes.ts";
import type { EarlyFunctions } from "./early.ts";
import { textsAssigned } from "./written-values.ts";

/** Who changes a package variable. */
export interface Changer {
  /** The package whose initialisers and init functions, or what these lead to, change it before everything else; empty if there is none, or several do. */
  readonly by: string;
  /** Whether others may change it, later or in code that is not told. */
  readonly isOpen: boolean;
  /** The string constants that these assign to it, each once. */
  readonly texts: readonly string[];
}

/**
 * Of a variable by `path.name`. A variable of the same package that is set with it at first may hold the same: it is changed with it.
 * `codesOf` are the codes of what sets a variable at first.
 */
export function changingPackages(
  program: Program,
  early: EarlyFunctions,
  codesOf: (key: string) => readonly string[],
): (key: string) => Changer {
  const changing = new Map<string, number[]>();
  program.functions.forEach(({ facts }, index) => {
    for (const key of facts.assigns ?? []) append(changing, key, index);
  });
  const pathsOf = (key: string): readonly string[] =>
    (changing.get(key) ?? []).map((index) =>
      isTold(program.functions[index]) ? (early.packageOf(index) ?? "") : "",
    );
  const packagesOf = (key: string): readonly string[] => pathsOf(key).filter((path) => path !== "");
  let shared: ReadonlyMap<string, ReadonlySet<string>> | undefined;
  const find = (key: string): Changer => {
    shared ??= changedWithOthers([...changing.keys()], packagesOf, codesOf);
    const all = new Set([...packagesOf(key), ...(shared.get(key) ?? [])]);
    const [only = ""] = all;
    const isOpen = all.size > 1 || pathsOf(key).includes("");
    return { by: all.size > 1 ? "" : only, isOpen, texts: isOpen ? textsOf(key) : [] };
  };
  /** The texts that functions assign, by variable; each function is read once. */
  const assigned = new Map<number, ReadonlyMap<string, readonly string[]>>();
  const assignedBy = (index: number): ReadonlyMap<string, readonly string[]> => {
    let found = assigned.get(index);
    if (found === undefined) assigned.set(index, (found = textsByVariable(program.functions[index])));
    return found;
  };
  const textsOf = (key: string): readonly string[] => [
    ...new Set((changing.get(key) ?? []).flatMap((index) => assignedBy(index).get(key) ?? [])),
  ];
  const known = new Map<string, Changer>();
  return (key) => {
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = find(key)));
    return found;
  };
}

function textsByVariable(fn: LinkedFunction | undefined): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const code = fn && codeText(fn);
  if (fn === undefined || code === undefined) return found;
  for (const [path, name, text] of textsAssigned(decodeCode(code)))
    append(found, `${path || fn.pkg.path}.${name}`, text);
  return found;
}

/** The code of initialisers stands with the variables. */
function isTold(fn: LinkedFunction | undefined): boolean {
  return fn?.facts.code !== undefined || fn?.facts.kind === "initializer";
}

/** Of variables the packages that change others which they set at first. Linear in the code that sets those, for each package that changes them. */
function changedWithOthers(
  keys: readonly string[],
  packagesOf: (key: string) => readonly string[],
  codesOf: (key: string) => readonly string[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const named = new Map<string, readonly string[]>();
  const namesIn = (key: string): readonly string[] => {
    let names = named.get(key);
    if (names === undefined)
      named.set(key, (names = codesOf(key).flatMap((code) => variablesIn(code, packageIn(key)))));
    return names;
  };
  const open = keys.flatMap((key) => packagesOf(key).map((path) => [key, path] as const));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [key, path] = next;
    for (const name of namesIn(key)) {
      const all = found.get(name) ?? new Set();
      if (all.has(path)) continue;
      found.set(name, all.add(path));
      open.push([name, path]);
    }
  }
  return found;
}

/** The package of a variable by `path.name`. */
export function packageIn(key: string): string {
  return key.slice(0, key.lastIndexOf("."));
}

/** Whether nobody can import a package but who is beside it. */
export function isInternal(path: string): boolean {
  return path.split("/").includes("internal");
}

/** The variables of a package that code names. */
function variablesIn(code: string, path: string): readonly string[] {
  const names = variablesNamed(code).flatMap(([of, name]) => (of === path || of === "" ? [name] : []));
  return [...new Set(names)].map((name) => `${path}.${name}`);
}
