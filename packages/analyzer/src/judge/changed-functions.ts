/** What functions set and use, and which of them are not as they were. */
import type { Matching } from "../diff/matching.ts";
import { codeText, createCodes } from "../evaluate/codes.ts";
import type { LinkedFunction } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import { encodeCode, variablesNamed } from "../model/code-facts.ts";
import type { UseFacts } from "../model/facts.ts";
import { functionId } from "../model/function-id.ts";
import { groupBy } from "../model/grouping.ts";
import { comparePositions } from "../model/position.ts";
import type { ChangedFunction, Evidence, FunctionCode } from "../model/rule.ts";
import { nameOf, settingsOf } from "./code-settings.ts";
import { waysPast } from "./ways-past.ts";

/** Two versions, and which function is which. */
export interface Versions extends Pick<Matching, "toOld"> {
  readonly old: Program;
  readonly new: Program;
}

/** Costs what the code of these functions is long, once. */
export function changedFunctions({ old, new: fresh, toOld }: Versions): ChangedFunction[] {
  const [before, now] = [wholeReader(old), wholeReader(fresh)];
  return fresh.functions
    .flatMap((one, index): ChangedFunction[] => {
      if (!isOwn(one)) return [];
      const counterpart = toOld.get(index);
      const earlier = counterpart === undefined ? undefined : old.functions[counterpart];
      if (earlier?.facts.fingerprint === one.facts.fingerprint) return [];
      const { facts, file } = one;
      return [
        {
          function: facts.id,
          position: { file: file.name, line: facts.line, column: facts.column },
          now: now(index),
          ...(counterpart !== undefined &&
            earlier !== undefined && { before: { ...before(counterpart), function: earlier.facts.id } }),
        },
      ];
    })
    .sort((a, b) => comparePositions(a.position, b.position));
}

function wholeReader(program: Program): (fn: number) => FunctionCode {
  const codes = createCodes(program);
  const [codeOf, namesOf] = [codeReader(program, codes), namesReader(program, codes)];
  return (fn) => {
    const one = program.functions[fn];
    return { ...(one === undefined ? nothing : codeOf(one)), uses: namesOf(fn) };
  };
}

/** Reads all code of the program when it is first asked. */
export function settingsIn(program: Program, isAside: (file: string) => boolean): Evidence["hadSetting"] {
  let known: Set<string> | undefined;
  const read = () => {
    const codeOf = codeReader(program, createCodes(program));
    const found = new Set<string>();
    for (const one of program.functions) {
      if (!isOwn(one) || isAside(one.file.name)) continue;
      for (const { what, value, chosen } of codeOf(one).sets)
        if (!chosen) for (const key of [what, `${what} ${value ?? ""}`]) found.add(key);
    }
    return found;
  };
  return (what, value) => (known ??= read()).has(value === undefined ? what : `${what} ${value}`);
}

/** Answers are kept. */
export function namesUsed(program: Program): (functionId: string) => ReadonlySet<string> {
  const namesOf = namesReader(program, createCodes(program));
  const known = new Map<string, ReadonlySet<string>>();
  return (id) => {
    let names = known.get(id);
    if (names === undefined)
      known.set(id, (names = new Set((program.byId.get(id) ?? []).flatMap((fn) => [...namesOf(fn)]))));
    return names;
  };
}

/** What a function, closures in it, and what sets the package variables that its code names at first, use. */
function namesReader(
  { byId, functions }: Program,
  codeOf: ReturnType<typeof createCodes>,
): (fn: number) => ReadonlySet<string> {
  const byRoot = groupBy(functions.keys(), (fn) => functions[fn]?.root ?? fn);
  return (fn) => {
    const one = functions[fn];
    const variables = one === undefined ? [] : variablesOf(one, codeOf);
    const initialisers = variables.flatMap((id) => byId.get(id) ?? []);
    const uses = [fn, ...initialisers]
      .flatMap((each) => byRoot.get(each) ?? [])
      .flatMap((each) => functions[each]?.facts.uses ?? []);
    return new Set(uses.flatMap((use) => nameOf(use) ?? []));
  };
}

/** The ids that initialisers of the package variables in the code of a function have. */
function variablesOf(fn: LinkedFunction, codeOf: ReturnType<typeof createCodes>): string[] {
  // The code of a closure is a part of a text.
  const code = fn.facts.kind === "closure" ? codeOf(fn) : undefined;
  const text = code === undefined ? codeText(fn) : encodeCode(code);
  const ids = variablesNamed(text ?? "").map(([path, name]) =>
    functionId(path || fn.pkg.path, `init:${name}`),
  );
  return [...new Set(ids)];
}

const nothing = {
  sets: [],
  goesBy: new Set<string>(),
  ignores: new Set<string>(),
  optional: new Set<string>(),
  waysPast: [],
};

function codeReader(
  { byId, functions }: Program,
  codeOf: ReturnType<typeof createCodes>,
): (one: LinkedFunction) => Omit<FunctionCode, "uses"> {
  return (one) => {
    const code = codeOf(one);
    if (code === undefined) return nothing;
    const usesOf = (id: string): readonly UseFacts[] => {
      const all = (byId.get(id) ?? []).map((index) => functions[index]);
      const own = all.find((other) => other?.pkg === one.pkg && other.facts.file === one.facts.file);
      return own?.facts.uses ?? [];
    };
    const surroundings = { path: one.pkg.path, uses: one.facts.uses, usesOf };
    return { ...settingsOf(code, surroundings), waysPast: waysPast(code, surroundings) };
  };
}

/** It is of the module, and stands by itself. */
function isOwn({ facts: { kind }, pkg }: LinkedFunction): boolean {
  return pkg.module === undefined && kind !== "closure" && kind !== "imports";
}
