/**
 * Cases of build lists as files. A case is a text on what it shows, a `-- modules --` section that describes every
 * module version there is, and what is expected of a target that is the version `main`:
 *
 *     main go 1.17: a v1.0.0, b v1.2.0 // indirect
 *     a v1.0.0 go 1.16: c v1.1.0
 *     c v1.1.0 module d:
 *     replace c => d v1.0.0
 *     exclude c v1.0.0
 *
 * `go` and `module` say what the go.mod declares; the module is the path itself if unsaid. A path without a dot
 * stands below example.com. `replace` and `exclude` are in main's go.mod.
 *
 *     use z go 1.17: a v1.0.0
 *     in z replace c => ../d
 *     in go.work replace c => d v1.0.0
 *
 * With any `use`, main and those modules, each in the folder of its name, are a workspace; without a colon there is no
 * such module. What follows `in` is in the go.mod of one, or in go.work.
 */

/** A case as read. */
export interface Case {
  readonly about: string;
  /** Whether the target is read as a published module, not as main module. */
  readonly isPublished: boolean;
  /** Of the target, by name: main's go.mod, and what a workspace has. */
  readonly files: Readonly<Record<string, string>>;
  /** The go.mod of every other version, by `path@version`. */
  readonly published: Readonly<Record<string, string>>;
  /** Lines `path version [=> path version]`, in the order of the list, without main. */
  readonly want: readonly string[];
  /** Lines `code words`: the words are in the message. */
  readonly diagnostics: readonly string[];
}

/** Reads a case file. Throws for a line that it does not understand. */
export function parseCase(text: string): Case {
  const [about = "", ...rest] = text.split(/^-- (.*) --\n/mu);
  const section = (name: string): string[] => {
    const at = rest.indexOf(name);
    return (at < 0 ? "" : (rest[at + 1] ?? "")).split("\n").filter((line) => line.trim() !== "");
  };
  const published: Record<string, string> = {};
  const files: Record<string, string> = { "go.mod": "" };
  const add = (name: string, content: string): void => {
    files[name] = `${files[name] ?? ""}${content}\n`;
  };
  for (const line of section("modules")) {
    const [, place, rest = line] = /^(use|in \S+) (.*)$/u.exec(line) ?? [];
    const file = fileOf(place);
    if (/^(?:replace|exclude) /u.test(rest)) add(file, directive(rest));
    else {
      const isThere = rest.includes(":");
      const { name, version, goMod } = parseModule(isThere ? rest : `${rest}:`);
      if (place === "use") {
        if (isThere) add(`${name}/go.mod`, goMod);
        add("go.work", `${files["go.work"] === undefined ? "use .\n" : ""}use ./${name}`);
      } else if (name === "main" && version === "") add("go.mod", goMod);
      else published[`${fullPath(name)}@${version}`] = goMod;
    }
  }
  return {
    about,
    isPublished: /^published$/mu.test(about),
    files: files["go.work"] === undefined ? files : { ...files, "go.work": `go 1.24\n${files["go.work"]}` },
    published,
    want: section("want").map(directive),
    diagnostics: section("diagnostics").map(directive),
  };
}

/** In which file a line after `in` belongs; main's go.mod without. */
function fileOf(place: string | undefined): string {
  const name = place?.slice("in ".length) ?? "main";
  return name === "go.work" ? name : name === "main" ? "go.mod" : `${name}/go.mod`;
}

const MODULE = /^(\S+)(?: (v\S+))?(?: go (\S+))?(?: module (\S+))?:(.*)$/u;

function parseModule(line: string): { name: string; version: string; goMod: string } {
  const match = MODULE.exec(line);
  if (match === null) throw new Error(`no module line: ${line}`);
  const [, name = "", version = "", go, declared = name, require = ""] = match;
  const lines = require
    .split(",")
    .filter((word) => word.trim() !== "")
    .map((word) => `require ${directive(word.trim())}\n`);
  const goLine = go === undefined ? "" : `go ${go}\n`;
  return { name, version, goMod: `module ${fullPath(declared)}\n${goLine}${lines.join("")}` };
}

function fullPath(name: string): string {
  return name.includes(".") ? name : `example.com/${name}`;
}

/** The line with every short path in full: words that are lower-case and no keywords. */
function directive(line: string): string {
  return line.replace(/(?<![^\s])(?!replace |exclude |indirect)[a-z][a-z0-9/]*(?=@| v[0-9]| =>)/gu, fullPath);
}
