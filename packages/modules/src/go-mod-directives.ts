/**
 * The directives of go.mod and go.work, one function each: adds what it reads and returns what is wrong with the
 * statement.
 */
import type { GoModStatement } from "./go-mod-lexer.ts";
import type { GoMod, GoModTarget, GoWork } from "./go-mod-model.ts";
import { pathMajorProblem, splitPathVersion } from "./module-path.ts";
import { quoted } from "./printable.ts";
import { canonicalVersion, isValidSemver } from "./semver.ts";

/** Adds one statement to what was read so far. A version or path that Go refuses is kept and complained of. */
export type Directive<File> = (file: File, statement: GoModStatement) => string | undefined;

const GO_VERSION = /^[1-9][0-9]*\.(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*))?(?:[a-z]+[0-9]+)?$/u;
/** What Go still reads in a dependency's go.mod: `v1.17`, `1.17.x` and the like. */
const LAX_GO_VERSION = /^v?([1-9][0-9]*\.(?:0|[1-9][0-9]*))[^0-9].*$/su;
const TOOLCHAIN = /^(?:default|go1(?:[.].*)?)$/su;

/** By the verb that a statement begins with. */
export type Directives<File> = ReadonlyMap<string, Directive<File>>;

/** Of the main module's go.mod. */
export const GO_MOD_DIRECTIVES: Directives<GoMod> = new Map<string, Directive<GoMod>>([
  ["module", addModule],
  ["go", addGo],
  ["toolchain", addToolchain],
  ["godebug", addGodebug],
  ["require", addRequire],
  ["exclude", addExclude],
  ["replace", addReplace],
  ["retract", addRetract],
  ["tool", addPath("tool")],
  ["ignore", addPath("ignore")],
]);

/** Of a dependency's go.mod: the others only count in the main module, and what is unknown may be from later. */
export const DEPENDENCY_DIRECTIVES: Directives<GoMod> = new Map<string, Directive<GoMod>>([
  ["module", addModule],
  ["go", addLaxGo],
  ["require", addLaxRequire],
  ["retract", (mod, statement) => void addRetract(mod, statement)],
  ["ignore", addPath("ignore")],
]);

/** Of go.work. */
export const GO_WORK_DIRECTIVES: Directives<GoWork> = new Map<string, Directive<GoWork>>([
  ["go", addGo],
  ["toolchain", addToolchain],
  ["godebug", addGodebug],
  ["use", addUse],
  ["replace", addReplace],
]);

/** The words after the verb. */
function argumentsOf({ tokens }: GoModStatement): string[] {
  return tokens.slice(1).map(({ text }) => text);
}

function addModule(mod: GoMod, statement: GoModStatement): string | undefined {
  const [path, ...rest] = argumentsOf(statement);
  if (mod.module !== undefined) return "repeated module directive";
  if (path === undefined || rest.length > 0) return "usage: module module/path";
  const deprecated = deprecation(statement);
  mod.module = { path, line: statement.line, ...(deprecated !== undefined && { deprecated }) };
  return path === "" || /[\s\p{Cc}]/u.test(path) ? `malformed module path ${quoted(path)}` : undefined;
}

function addGo(mod: Pick<GoMod, "go">, statement: GoModStatement): string | undefined {
  return addGoVersion(mod, statement, argumentsOf(statement));
}

function addLaxGo(mod: GoMod, statement: GoModStatement): string | undefined {
  const words = argumentsOf(statement).map((word) =>
    GO_VERSION.test(word) ? word : word.replace(LAX_GO_VERSION, "$1"),
  );
  return addGoVersion(mod, statement, words);
}

function addGoVersion(
  mod: Pick<GoMod, "go">,
  statement: GoModStatement,
  [version, ...rest]: readonly string[],
): string | undefined {
  if (statement.inBlock) return "go directive must not be in a block";
  if (mod.go !== undefined) return "repeated go directive";
  if (version === undefined || rest.length > 0) return "usage: go 1.23.0";
  if (!GO_VERSION.test(version)) return `invalid go version ${quoted(version)}: must look like 1.23.0`;
  mod.go = { version, line: statement.line };
  return undefined;
}

function addToolchain(mod: Pick<GoMod, "toolchain">, statement: GoModStatement): string | undefined {
  const [name, ...rest] = argumentsOf(statement);
  if (statement.inBlock) return "toolchain directive must not be in a block";
  if (mod.toolchain !== undefined) return "repeated toolchain directive";
  if (name === undefined || rest.length > 0) return "usage: toolchain go1.23.0";
  if (!TOOLCHAIN.test(name)) return `invalid toolchain ${quoted(name)}: must look like go1.23.0 or default`;
  mod.toolchain = { name, line: statement.line };
  return undefined;
}

function addGodebug(mod: Pick<GoMod, "godebug">, statement: GoModStatement): string | undefined {
  const [setting = "", ...rest] = argumentsOf(statement);
  const match = /^([^="'`,]*)=([^"'`,]*)$/su.exec(setting);
  if (match === null || rest.length > 0) return "usage: godebug key=value";
  mod.godebug.push({ key: match[1] ?? "", value: match[2] ?? "", line: statement.line });
  return undefined;
}

function addRequire(mod: GoMod, statement: GoModStatement): string | undefined {
  return addRequirement(mod, statement, argumentsOf(statement));
}

/** In a dependency a version such as `v1` or `v1.2.3+meta` is not looked up: it stands for its canonical form. */
function addLaxRequire(mod: GoMod, statement: GoModStatement): string | undefined {
  const [path, version, ...rest] = argumentsOf(statement);
  const canonical = version === undefined ? [] : [canonicalVersion(version) ?? version];
  return addRequirement(mod, statement, [...(path === undefined ? [] : [path]), ...canonical, ...rest]);
}

function addRequirement(
  mod: GoMod,
  statement: GoModStatement,
  [path, version, ...rest]: readonly string[],
): string | undefined {
  if (path === undefined || version === undefined || rest.length > 0)
    return "usage: require module/path v1.2.3";
  const indirect = /^indirect(?:$|;\s+\S)/u.test(statement.suffix ?? "");
  mod.require.push({ path, version, indirect, line: statement.line });
  return requirementProblem(path, version);
}

function addExclude(mod: GoMod, statement: GoModStatement): string | undefined {
  const [path, version, ...rest] = argumentsOf(statement);
  if (path === undefined || version === undefined || rest.length > 0)
    return "usage: exclude module/path v1.2.3";
  mod.exclude.push({ path, version, line: statement.line });
  return requirementProblem(path, version);
}

function requirementProblem(path: string, version: string): string | undefined {
  // A path that no proxy has may still be one that is replaced, so Go does not look at the rest of it here.
  if (splitPathVersion(path) === undefined) return `malformed module path ${quoted(path)}`;
  return versionProblem(version) ?? pathMajorProblem(path, version);
}

function versionProblem(version: string): string | undefined {
  if (canonicalVersion(version) === version) return undefined;
  return isValidSemver(version)
    ? `version ${quoted(version)} is not canonical: must be of the form v1.2.3`
    : `invalid version ${quoted(version)}`;
}

function addReplace(mod: Pick<GoMod, "replace">, statement: GoModStatement): string | undefined {
  const words = argumentsOf(statement);
  const arrow = words.indexOf("=>");
  const old = readTarget(words.slice(0, Math.max(arrow, 0)));
  const replacement = readTarget(words.slice(arrow + 1));
  if (old === undefined || replacement === undefined) {
    return "usage: replace module/path [v1.2.3] => other/module v1.4.0, or => ../directory";
  }
  mod.replace.push({ old, replacement, line: statement.line });
  return replaceProblem(old, replacement);
}

function readTarget([path, version, ...rest]: readonly string[]): GoModTarget | undefined {
  if (path === undefined || rest.length > 0) return undefined;
  return { path, ...(version !== undefined && { version }) };
}

function replaceProblem(old: GoModTarget, replacement: GoModTarget): string | undefined {
  if (splitPathVersion(old.path) === undefined) return `malformed module path ${quoted(old.path)}`;
  const versions = [old.version, replacement.version].filter((version) => version !== undefined);
  const problem = versions.map(versionProblem).find((found) => found !== undefined);
  if (problem !== undefined) return problem;
  const isDirectory = /^(?:\.{1,2}(?:[/\\]|$)|[/\\]|[A-Za-z]:)/u.test(replacement.path);
  if (isDirectory && replacement.version !== undefined)
    return "a replacement directory cannot have a version";
  if (!isDirectory && replacement.version === undefined) {
    return "a replacement without version must be a directory that begins with ./, ../ or /";
  }
  return undefined;
}

function addRetract(mod: GoMod, statement: GoModStatement): string | undefined {
  const match = /^(?:\[ (\S+) , (\S+) \]|([^\s[\]]+))$/u.exec(argumentsOf(statement).join(" "));
  if (match === null) return "usage: retract v1.2.3, or retract [v1.0.0, v1.2.3]";
  const low = match[1] ?? match[3] ?? "";
  const high = match[2] ?? low;
  mod.retract.push({ low, high, rationale: commentText(statement), line: statement.line });
  return versionProblem(low) ?? versionProblem(high);
}

function addUse(work: GoWork, statement: GoModStatement): string | undefined {
  const [path, ...rest] = argumentsOf(statement);
  if (path === undefined || rest.length > 0) return "usage: use ./directory";
  work.use.push({ path, line: statement.line });
  return undefined;
}

function addPath(verb: "tool" | "ignore"): Directive<GoMod> {
  return (mod, statement) => {
    const [path, ...rest] = argumentsOf(statement);
    if (path === undefined || rest.length > 0) return `usage: ${verb} path`;
    mod[verb].push({ path, line: statement.line });
    return undefined;
  };
}

/** The comment above a statement, and the one at its end. */
function commentText({ above, suffix }: GoModStatement): string {
  return [...above, ...(suffix === undefined ? [] : [suffix])].join("\n").trim();
}

/** What follows `Deprecated:` at the start of a paragraph of the comment, to the paragraph's end. */
function deprecation(statement: GoModStatement): string | undefined {
  const match = /(?:^|\n\n)Deprecated: *((?:[^\n]|\n(?!\n))*)/u.exec(commentText(statement));
  return match?.[1]?.trim();
}
