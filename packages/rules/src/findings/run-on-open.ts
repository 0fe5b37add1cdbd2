/** How bad a command is that runs when a folder is opened: by who runs it, whether anybody is asked, and where. */
import type { CompareMode, Tier } from "@capdiff/analyzer";
import { hiddenShellLine } from "./shell-lines.ts";

interface Command {
  readonly file: string;
  /** As the signal has it: of a container with the key that it stands under. */
  readonly text: string;
  readonly mode: CompareMode;
}

export function tierOfCommand({ file, text, mode }: Command): Tier {
  if (file.endsWith(".envrc") && fixedByHash.test(text)) return "inform";
  if (upkeep.test(text) || isContained(file, text)) return "inform";
  const isAsked = !unasked.test(file) || isCutInContainer(file, text);
  if (mode === "single") return isAsked ? "inform" : "review";
  return isAsked ? "review" : "block";
}

/** direnv asks before it runs a file, and fetches only what has that hash. */
const fixedByHash = /^source_url\s+\S+\s+"?sha256-/u;

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
