/**
 * What evaluations depend on, as digests: they hold as long as the functions that they ran are the same and lead to the same
 * functions, and the package variables that they looked at are set and changed by the same code.
 */
import type { Edge, LinkedFunction } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import type { Signatures } from "../link/signatures.ts";
import type { UseFacts } from "../model/facts.ts";
import { functionId } from "../model/function-id.ts";
import { compareText } from "../model/position.ts";

export interface Dependencies {
  /** The only one of a function in a program, which stays as long as those of its id do. */
  readonly nameOf: (fn: LinkedFunction) => string;
  /** The function of a name. */
  readonly named: (name: string) => LinkedFunction | undefined;
  /** Of the code of a function, and of where it leads. */
  readonly ofFunction: (fn: LinkedFunction) => string;
  /** Of how a package variable, by `path.name`, is set, and who may change it. */
  readonly ofVariable: (key: string) => string;
}

export interface DependenciesOptions {
  /** A cryptographic hash of a text. */
  readonly digest: (text: string) => string;
  readonly edgesOf: (use: UseFacts) => readonly Edge[];
  readonly signatures: Signatures | undefined;
  /** What a function that runs before everything else, and those that it leads to, change: that is forgotten where it is not run. */
  readonly changedBelow: (fn: LinkedFunction) => ReadonlySet<string>;
  /** How a variable is set and changed: values that can be written as JSON. */
  readonly describe: (key: string) => unknown;
}

/** Each digest is made when it is first asked for. */
export function createDependencies(
  program: Program,
  { digest, edgesOf, signatures, changedBelow, describe }: DependenciesOptions,
): Dependencies {
  const { functions, byId, isStandard, packageByPath } = program;
  const numbers = new Map(functions.map((fn, index) => [fn, index]));
  const ofFunctions = new Map<LinkedFunction, string>();
  const ofVariables = new Map<string, string>();
  const ofChanges = new Map<LinkedFunction, string>();

  const nameAt = (index: number): string => {
    const id = functions[index]?.facts.id ?? "";
    return `${byId.get(id)?.indexOf(index) ?? 0} ${id}`;
  };

  /** Functions that a use may lead to, in builds, and how many it may. */
  const leadsTo = (use: UseFacts): unknown => {
    const { target } = use;
    if (target.kind !== "function" && target.kind !== "qualified")
      return edgesOf(use).map(({ to, breadth }) => [where(to), breadth]);
    const id = target.kind === "function" ? target.id : functionId(target.package, target.name);
    const named = (byId.get(id) ?? []).map(where);
    return named.length > 0 || target.kind === "function" ? named : taken(target.package, id);
  };

  const changedBy = (fn: LinkedFunction): string =>
    remembered(ofChanges, fn, () => {
      const all = [...changedBelow(fn)].sort(compareText);
      return all.length === 0 ? "" : digest(all.join(" "));
    });

  const where = (index: number): unknown => {
    const fn = functions[index];
    if (fn === undefined || isStandard(fn.pkg)) return null;
    return [nameAt(index), fn.file.builds, fn.facts.builds, changedBy(fn)];
  };

  /** What a function of another module takes that is not in the program. The standard library is as it is. */
  const taken = (path: string, id: string): unknown => {
    const signature = packageByPath.has(path) ? signatures?.of(id) : undefined;
    return signature && [signature.parameters.map((type) => signature.pkg.types[type]), signature.variadic];
  };

  const textOf = (fn: LinkedFunction): string => {
    const { facts, pkg, file, root } = fn;
    const { id, kind, line, builds, code, uses } = facts;
    const around = facts.kind === "closure" ? functions[root] : undefined;
    return JSON.stringify([
      [id, kind, builds, code, changedBy(fn)],
      // Where the function begins does not matter: an edit moves all that is behind it.
      uses.map((use) => [use.target, use.use, use.line - line, use.column, use.arguments, use.builds]),
      // Of which version another module is does not matter: its code is here.
      [pkg.path, pkg.module !== undefined, isStandard(pkg), file.name, file.builds],
      // The code of a closure is in that of the function around it.
      around === undefined || around.facts === facts ? null : [nameAt(root), around.facts.code],
      [...uses, ...fn.ranges.map(({ call }) => call)].map(leadsTo),
    ]);
  };

  return {
    nameOf: (fn) => nameAt(numbers.get(fn) ?? -1),
    named: (name) => {
      const [, index = "", id = ""] = /^(\d+) (.*)$/su.exec(name) ?? [];
      return functions[byId.get(id)?.[Number(index)] ?? -1];
    },
    ofFunction: (fn) => remembered(ofFunctions, fn, () => digest(textOf(fn))),
    ofVariable: (key) => remembered(ofVariables, key, () => digest(JSON.stringify(describe(key)))),
  };
}

function remembered<K>(known: Map<K, string>, key: K, make: () => string): string {
  let found = known.get(key);
  if (found === undefined) known.set(key, (found = make()));
  return found;
}
