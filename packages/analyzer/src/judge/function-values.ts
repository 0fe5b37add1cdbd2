/** What is known of the values in functions: arguments of their calls, and the texts that stand in their code. */
import { isWholeValue } from "../compile/arguments.ts";
import type { FoldedCalls } from "../evaluate/fold-calls.ts";
import { createOrigins, type Origins } from "../evaluate/origins.ts";
import type { Program } from "../link/program.ts";
import { textsWritten, variablesNamed } from "../model/code-facts.ts";
import type { FunctionFacts, Target } from "../model/facts.ts";
import { functionId } from "../model/function-id.ts";
import { groupBy } from "../model/grouping.ts";
import type { CallValue, Evidence, ValueOrigin } from "../model/rule.ts";

/** Values and texts that are looked at, of one function; more would not be read. */
const valueLimit = 200;

/** The arguments of calls in a function and its closures, by its id, that are constants or could be worked out: in source order, each once. */
export function callValues(
  program: Program,
  folded: FoldedCalls,
): (functionId: string) => readonly CallValue[] {
  const byRoot = groupBy(program.functions.keys(), (fn) => program.functions[fn]?.root ?? fn);
  const valuesIn = (functions: readonly number[]): readonly CallValue[] => {
    const found = new Map<string, CallValue>();
    for (const fn of functions) {
      for (const use of program.functions[fn]?.facts.uses ?? []) {
        const { arguments: written, target } = use;
        if (use.use !== "call" || (written === undefined && target.kind !== "dynamic")) continue;
        const name = nameOf(target);
        const values = written?.every(isWholeValue) === true ? undefined : folded.valuesOf(fn, use);
        (written ?? values ?? []).forEach((argument, index) => {
          const value = "value" in argument ? argument.value : undefined;
          const worked = (values?.[index] ?? []).map((one) => one.value);
          const all = value === undefined || worked.length > 0 ? worked : [value];
          for (const one of all)
            if (found.size < valueLimit) found.set(`${name} ${one}`, { name, value: one });
        });
      }
    }
    return [...found.values()];
  };
  // All closures of a function have the same ones.
  const ofRoots = remembered((key) => valuesIn(functionsOf(byRoot, key)));
  return (id) => ofRoots(rootsOf(program, id));
}

export interface CallOrigins extends Pick<Evidence, "originsAt">, Pick<Origins, "isSpent"> {}

/** Where what a call is given comes from, by its function's id and its position; asked for when it is first needed. */
export function callOrigins(program: Program): CallOrigins {
  let byRoot: ReadonlyMap<number, readonly number[]> | undefined;
  /** Calls by their places. */
  const callsAt = remembered((roots) => {
    byRoot ??= groupBy(program.functions.keys(), (fn) => program.functions[fn]?.root ?? fn);
    const calls = functionsOf(byRoot, roots).flatMap((fn) => {
      const { facts, file } = program.functions[fn] ?? {};
      return (facts?.uses ?? []).flatMap((use) =>
        use.use === "call" ? [[fn, use, `${file?.name} ${use.line} ${use.column}`] as const] : [],
      );
    });
    return groupBy(calls, ([, , place]) => place);
  });
  let traced: Origins | undefined;
  const known = new Map<string, ReturnType<Evidence["originsAt"]>>();
  const find: Evidence["originsAt"] = (id, { file, line, column }) => {
    traced ??= createOrigins(program);
    const found: (readonly (ValueOrigin | undefined)[])[] = [];
    for (const [fn, use] of callsAt(rootsOf(program, id)).get(`${file} ${line} ${column}`) ?? [])
      found.push(traced.of(fn, use));
    // In other builds the call may be given something else.
    const told = found.filter(({ length }) => length > 0);
    return told.length === 1 ? (told[0] ?? []) : [];
  };
  const originsAt: Evidence["originsAt"] = (id, position) => {
    const key = `${id} ${position.file} ${position.line} ${position.column}`;
    const origins = known.get(key) ?? find(id, position);
    known.set(key, origins);
    return origins;
  };
  return { originsAt, isSpent: () => traced?.isSpent() === true };
}

function nameOf(target: Target): string {
  if (target.kind === "qualified") return functionId(target.package, target.name);
  return target.kind === "interface-method" ? functionId(target.package, target.name) : "";
}

/** The functions of an id, or around it, as text. */
function rootsOf({ byId, functions }: Program, id: string): string {
  return [...new Set((byId.get(id) ?? []).map((fn) => functions[fn]?.root ?? fn))].join();
}

/** Functions, and the closures in them, in the order of the program. */
function functionsOf(byRoot: ReadonlyMap<number, readonly number[]>, roots: string): number[] {
  const all = roots === "" ? [] : roots.split(",").map(Number);
  return all.flatMap((root) => byRoot.get(root) ?? []).sort((a, b) => a - b);
}

/**
 * The string constants in the code of a function by its id, and in what sets the package variables that it names at
 * first; each once.
 */
export function codeTexts({ byId, functions, packages }: Program): (functionId: string) => readonly string[] {
  const initial = new Map<string, string>();
  for (const { path, names } of packages)
    for (const { name, code } of names) if (code) initial.set(`${path}.${name}`, code);
  return remembered((id) => {
    const texts = new Set<string>();
    for (const fn of byId.get(id) ?? []) {
      const root = functions[functions[fn]?.root ?? fn];
      const { code }: Partial<FunctionFacts> = root?.facts ?? {};
      if (code === undefined || root === undefined) continue;
      const all = [code];
      for (const [path, name] of variablesNamed(code))
        all.push(initial.get(`${path || root.pkg.path}.${name}`) ?? "");
      for (const one of all) for (const text of textsWritten(one)) texts.add(text);
    }
    return [...texts].slice(0, valueLimit);
  });
}

/** Answers by text, each found once. */
export function remembered<T>(find: (id: string) => T): (id: string) => T {
  const known = new Map<string, T>();
  return (id) => {
    let found = known.get(id);
    if (found === undefined) known.set(id, (found = find(id)));
    return found;
  };
}
