/** Texts that stand as constants in the code of a module. Not seen: texts that the code has only in parts. */
import type { Program } from "../link/program.ts";
import { textsWritten } from "../model/code-facts.ts";
import { remembered } from "./function-values.ts";

export interface ModuleTexts {
  /** In code that whoever imports the module builds. */
  readonly isBuilt: (text: string) => boolean;
  /** The same of a text that has this in it as a whole: not `hub.com` of `github.com`, nor of `hub.com.example`. Linear in the texts, for names of hosts once for all. */
  readonly isBuiltWith: (part: string) => boolean;
  /** Only in other code: examples and tests. */
  readonly isAside: (text: string) => boolean;
  /** All that importers build, in no order. */
  readonly built: () => ReadonlySet<string>;
}

/** Reads all code of the module when it is first asked. */
export function moduleTexts(program: Program, isAsideFile: (file: string) => boolean): ModuleTexts {
  let sets: TextSets | undefined;
  let hosts: ReadonlySet<string> | undefined;
  const known = () => (sets ??= textSets(program, isAsideFile));
  return {
    isBuilt: (text) => known().built.has(text),
    isBuiltWith: remembered((part) =>
      isHost.test(part)
        ? (hosts ??= hostsIn(known().built)).has(part)
        : [...known().built].some((text) => has(text, part)),
    ),
    isAside: (text) => known().aside.has(text) && !known().built.has(text),
    built: () => known().built,
  };
}

const longestHost = 253;
const isHost = new RegExp(`^(?=.{1,${longestHost}}$)[\\w-]+(?:\\.[\\w-]+)+$`, "u");

/** What stands as a whole in texts and has dots in it: of `a.example.test` that and `example.test`. */
function hostsIn(texts: Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const text of texts)
    for (const [name] of text.matchAll(/(?<![\w-])[\w-]+(?:\.[\w-]+)+/gu)) {
      for (let at = Math.max(0, name.length - longestHost); at < name.length; at++)
        if (at === 0 || name[at - 1] === ".") found.add(name.slice(at));
    }
  return found;
}

function has(text: string, part: string): boolean {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    const end = at + part.length;
    if (!/[\w-]/u.test(text.charAt(at - 1)) && !/^(?:[\w-]|\.\w)/u.test(text.slice(end, end + 2)))
      return true;
  }
  return false;
}

interface TextSets {
  readonly aside: Set<string>;
  readonly built: Set<string>;
}

function textSets({ functions, packages }: Program, isAside: (file: string) => boolean): TextSets {
  const found = { aside: new Set<string>(), built: new Set<string>() };
  const setOf = (file: string) => (isAside(file) ? found.aside : found.built);
  for (const { facts, file, pkg } of functions) {
    if (pkg.module !== undefined) continue;
    const texts = setOf(file.name);
    for (const text of textsWritten(facts.code ?? "")) texts.add(text);
    for (const { arguments: given = [] } of facts.uses)
      for (const { value } of given) if (value !== undefined) texts.add(value);
  }
  for (const { names, files, module } of packages)
    for (const { code, file } of module === undefined ? names : [])
      for (const text of textsWritten(code || "")) setOf(files[file]?.name ?? "").add(text);
  return found;
}
