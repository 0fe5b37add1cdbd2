/** Texts that stand as constants in the code of a module, and where. Not seen: texts that the code has only in parts. */
import type { Program } from "../link/program.ts";
import { textsWritten } from "../model/code-facts.ts";
import { functionId } from "../model/function-id.ts";
import { comparePositions, compareText } from "../model/position.ts";
import type { NewText, Way } from "../model/rule.ts";
import { remembered } from "./function-values.ts";

export interface ModuleTexts {
  /** In code that whoever imports the module builds. */
  readonly isBuilt: (text: string) => boolean;
  /** The same of a text that has this in it. Linear in the texts, once for each. */
  readonly isBuiltWith: (part: string) => boolean;
  /** Only in other code: examples and tests. */
  readonly isAside: (text: string) => boolean;
  /** In code that whoever imports the module builds, but not so in another version: each text once, by file, then in source order. */
  readonly newerThan: (old: ModuleTexts) => readonly NewText[];
}

/** Reads all code of the module when it is first asked. */
export function moduleTexts(program: Program, isAsideFile: (file: string) => boolean): ModuleTexts {
  let sets: TextSets | undefined;
  const known = () => (sets ??= textSets(program, isAsideFile));
  const isBuiltWith = remembered((part) => [...known().built.keys()].some((text) => text.includes(part)));
  return {
    isBuilt: (text) => known().built.has(text),
    isBuiltWith,
    isAside: (text) => known().aside.has(text) && !known().built.has(text),
    newerThan: (old) =>
      [...known().built]
        .filter(([text]) => !old.isBuilt(text))
        .map(([text, way]) => ({ ...way, text }))
        .sort((a, b) => comparePositions(a.position, b.position) || compareText(a.text, b.text)),
  };
}

/** By the text: the function around the place where it stands first. */
interface TextSets {
  readonly aside: Map<string, Way>;
  readonly built: Map<string, Way>;
}

function textSets({ functions, byId, packages }: Program, isAside: (file: string) => boolean): TextSets {
  const found: TextSets = { aside: new Map(), built: new Map() };
  const add = (text: string, way: Way) => {
    const texts = isAside(way.position.file) ? found.aside : found.built;
    const known = texts.get(text);
    if (known === undefined || comparePositions(way.position, known.position) < 0) texts.set(text, way);
  };
  const wayOf = (fn: number, otherwise: Way): Way => {
    const { facts, file } = functions[functions[fn]?.root ?? fn] ?? {};
    if (facts === undefined || file === undefined) return otherwise;
    return {
      function: facts.id,
      position: { file: file.name, line: facts.line, column: facts.column },
    };
  };
  functions.forEach(({ facts, file, pkg }, fn) => {
    if (pkg.module !== undefined) return;
    const way = wayOf(fn, { function: facts.id, position: { file: file.name, line: 1, column: 1 } });
    for (const text of textsWritten(facts.code ?? "")) add(text, way);
    for (const { arguments: given = [] } of facts.uses)
      for (const { value } of given) if (value !== undefined) add(value, way);
  });
  for (const { path, names, files, module } of packages)
    for (const { name, code, file } of module === undefined ? names : []) {
      if (!code) continue;
      const id = functionId(path, `init:${name}`);
      const inFile = (byId.get(id) ?? []).find((fn) => functions[fn]?.facts.file === file);
      const whole = { function: id, position: { file: files[file]?.name ?? "", line: 1, column: 1 } };
      const way = inFile === undefined ? whole : wayOf(inFile, whole);
      for (const text of textsWritten(code)) add(text, way);
    }
  return found;
}
