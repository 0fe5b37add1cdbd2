/** What functions set and use, and which of them are not as they were. */
import type { Matching } from "../diff/matching.ts";
import { createCodes } from "../evaluate/codes.ts";
import type { LinkedFunction } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import { decodeCode } from "../model/code-facts.ts";
import type { UseFacts } from "../model/facts.ts";
import { functionId } from "../model/function-id.ts";
import { groupBy } from "../model/grouping.ts";
import { comparePositions } from "../model/position.ts";
import type { ChangedFunction, Evidence, FunctionCode } from "../model/rule.ts";
import { nameOf, settingsOf } from "./code-settings.ts";

/** Two versions, and which function is which. */
export interface Versions extends Pick<Matching, "toOld"> {
  readonly old: Program;
  readonly new: Program;
}

/** Costs what the code of these functions is long, once. */
export function changedFunctions({ old, new: fresh, toOld }: Versions): ChangedFunction[] {
  const [before, now] = [codeReader(old), codeReader(fresh)];
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
          now: now(one),
          ...(earlier !== undefined && { before: { ...before(earlier), function: earlier.facts.id } }),
        },
      ];
    })
    .sort((a, b) => comparePositions(a.position, b.position));
}

/** Reads all code of the program when it is first asked. */
export function settingsIn(program: Program, isAside: (file: string) => boolean): Evidence["hadSetting"] {
  let known: Set<string> | undefined;
  const read = () => {
    const codeOf = codeReader(program);
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
  const byRoot = groupBy(program.functions.keys(), (fn) => program.functions[fn]?.root ?? fn);
  const known = new Map<string, ReadonlySet<string>>();
  const usedBy = (id: string): string[] =>
    (program.byId.get(id) ?? [])
      .flatMap((fn) => byRoot.get(fn) ?? [])
      .flatMap((fn) => program.functions[fn]?.facts.uses ?? [])
      .flatMap((use) => nameOf(use) ?? []);
  return (id) => {
    let names = known.get(id);
    if (names === undefined)
      known.set(id, (names = new Set([id, ...initialisersNamed(program, id)].flatMap(usedBy))));
    return names;
  };
}

/** The initialisers of the package variables of the program that the code of a function names. */
function initialisersNamed({ byId, functions }: Program, id: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const fn of byId.get(id) ?? []) {
    const { facts, pkg }: Partial<LinkedFunction> = functions[fn] ?? {};
    if (facts?.code === undefined || pkg === undefined) continue;
    const open: unknown[] = [decodeCode(facts.code)];
    for (let form = open.pop(); form !== undefined; form = open.pop()) {
      if (!Array.isArray(form)) continue;
      // Nested arrays of whatever forms there are.
      const parts = form as readonly unknown[];
      const [kind, path, name] = parts;
      if (kind === "global" && typeof path === "string" && typeof name === "string")
        found.add(functionId(path || pkg.path, `init:${name}`));
      for (const part of parts) if (Array.isArray(part)) open.push(part);
    }
  }
  return found;
}

const nothing: FunctionCode = { sets: [], goesBy: new Set(), ignores: new Set(), optional: new Set() };

function codeReader(program: Program): (one: LinkedFunction) => FunctionCode {
  const { byId, functions } = program;
  const codeOf = createCodes(program);
  return (one) => {
    const code = codeOf(one);
    if (code === undefined) return nothing;
    const usesOf = (id: string): readonly UseFacts[] => {
      const all = (byId.get(id) ?? []).map((index) => functions[index]);
      const own = all.find((other) => other?.pkg === one.pkg && other.facts.file === one.facts.file);
      return own?.facts.uses ?? [];
    };
    return settingsOf(code, { path: one.pkg.path, uses: one.facts.uses, usesOf });
  };
}

/** It is of the module, and stands by itself. */
function isOwn({ facts: { kind }, pkg }: LinkedFunction): boolean {
  return pkg.module === undefined && kind !== "closure" && kind !== "imports";
}
