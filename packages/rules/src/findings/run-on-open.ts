/** How bad a command is that runs when a folder is opened: by who runs it, whether anybody is asked, and where. */
import type { CompareMode, Tier } from "@capdiff/analyzer";
import { assignmentIn, decidingVariable } from "./environment-variables.ts";
import { hiddenShellLine } from "./shell-lines.ts";

interface Command {
  readonly file: string;
  /** As the signal has it: of a container with the key that it stands under. */
  readonly text: string;
  readonly mode: CompareMode;
}

/** Undefined of a variable that decides nothing. */
export function tierOfCommand({ file, text, mode }: Command): Tier | undefined {
  if (file.endsWith(".envrc") && (fixedByHash.test(text) || ofTool.test(text))) return "inform";
  const variable = file.endsWith(".envrc") ? assigned(text) : undefined;
  if (variable !== undefined)
    return decides(variable) ? (mode === "single" ? "inform" : "review") : undefined;
  const afterEdit = /^after an edit: (.*)$/su.exec(text)?.[1];
  if (upkeep.test(afterEdit ?? text) || isContained(file, text)) return "inform";
  const isAsked = !unasked.test(file) || isCutInContainer(file, text) || isOpenly(afterEdit);
  if (mode === "single") return isAsked ? "inform" : "review";
  return isAsked ? "review" : "block";
}

/** Whether what runs only after somebody has an agent change a file hides and fetches nothing, to its end. */
function isOpenly(line: string | undefined): boolean {
  return line !== undefined && !line.endsWith(cutMark) && hiddenShellLine(line) === undefined;
}

/** How bad a line is that coding agents are told; undefined if it does nothing by itself. What a warning names informs. */
export function tierOfInstruction(text: string, mode: CompareMode): Tier | undefined {
  const line = text.replaceAll(atHome, "");
  const runs = hiddenShellLine(line);
  const isWarned = warning.test(text);
  if (runs === undefined) return credentials.test(text) && !isWarned ? "inform" : undefined;
  return mode === "single" || isWarned || runs === byModule ? "inform" : "review";
}

/** In front of what it is about. */
const warning =
  /\b(?:never|don['’]t|do not|must not|avoid)\s+(?:\w+\s+){0,2}(?:run|pipe|use|read|open|commit|print|access|touch|install|`?curl|`?wget)\b/iu;
const atHome = /\b(?:curl|wget)\b[^|;&]*\b(?:localhost|127\.0\.0\.1)\b[^|;&]*/giu;
const credentials =
  /\.(?:aws\/credentials|ssh\/id_\w+|netrc|git-credentials|kube\/config|config\/gh\/hosts)/iu;
const byModule = "runs a module that is fetched";

/** direnv asks before it runs a file, and fetches only what has that hash. */
const fixedByHash = /^source_url\s+\S+\s+"?sha256-/u;

/** What a tool that manages versions and environments says of its own; it fetches and runs nothing else. */
const ofTool =
  /^eval "?\$\((?:devenv|direnv|mise|asdf|nix|goenv|brew)(?: (?!(?:run|exec|x|shell|develop|install|build)\b)[\w-]+)*\)"?$/u;

/** A variable that is set to what is written there. */
function assigned(text: string): ReturnType<typeof assignmentIn> {
  const found = /^(?:export\s+)?(\w+=)(["']?)([^"'`]*)\2\s*(?:#.*)?$/u.exec(text);
  return found === null || text.includes("$(")
    ? undefined
    : assignmentIn(`${found[1] ?? ""}${found[3] ?? ""}`);
}

/** It decides what programs load or run, or has the Go command trust what nobody vouches for. */
function decides({ name, value }: { readonly name: string; readonly value: string }): boolean {
  if (decidingVariable(name, value) !== undefined) return true;
  if (name === "GOPROXY") return !value.split(/[,|]/u).every((one) => usualProxy.test(one));
  if (name === "GOSUMDB") return value === "off";
  return /^GO(?:NOSUMDB|NOSUMCHECK|INSECURE)$/u.test(name) && /^(?:\*|1|true)$/u.test(value);
}

const usualProxy = /^(?:off|direct|https:\/\/(?:proxy\.golang\.org|goproxy\.(?:io|cn))\/?|file:.*|\$.*)$/u;

/** Files that are read by whoever opens the folder, without being asked. */
const unasked =
  /(?:^|\/)\.(?:(?:vscode|idea|zed|fleet|claude|cursor|gemini|codex|windsurf|devcontainer)\/|devcontainer\.json$)/u;

/** Commands one behind the other that format and check Go, and fetch what go.mod says: nothing that flags may have them run. */
const upkeep =
  /^(?:(?:^|\s*(?:&&|;))\s*(?:gofmt|gofumpt|goimports|go\s+(?:fmt|vet|mod\s+(?:download|tidy|verify)))(?:\s+(?:-[wlsdvx]|[\w.][\w./-]*)(?=\s|;|$))*\s*)+$/u;

/**
 * Whether a command of a development container, which editors ask about first, runs inside of it, or outside only what
 * containers take; openly, and to its end.
 */
function isContained(file: string, text: string): boolean {
  const line = lineInContainer(file, text);
  if (line !== undefined) return !text.endsWith(cutMark);
  const [, outside] = devcontainer.test(file) ? (/^initializeCommand[^:]*: (.*)$/su.exec(text) ?? []) : [];
  return outside?.split(separator).every((one) => preparing.test(one)) === true;
}

/** Signals show so much of a text that nobody knows what stands behind it. */
function isCutInContainer(file: string, text: string): boolean {
  return text.endsWith(cutMark) && lineInContainer(file, text) !== undefined;
}

/** What runs inside of a container; undefined of what hides or fetches what it runs, and of all other commands. */
function lineInContainer(file: string, text: string): string | undefined {
  if (!devcontainer.test(file)) return undefined;
  const [, line] = /^(?!initialize)\w+Command[^:]*: (.*)$/su.exec(text) ?? [];
  return line === undefined || hiddenShellLine(line) !== undefined ? undefined : line;
}

const cutMark = "…";
const devcontainer = /(?:^|\/)\.devcontainer(?:\/|\.json$)/u;
const separator = /&&|\|\||[;\n]/u;

/** Makes a volume, a network, a folder or a file, and neither runs nor writes anything else. */
const preparing =
  /^\s*(?:(?:docker|podman)\s+(?:volume|network|pull|compose\s+pull|info|version)\b|(?:mkdir|touch|test|true|echo|\[)(?:\s|$))[^`$()|&<>…]*(?:>\s*\/dev\/null\s*)?(?:2>&1\s*)?$/u;
