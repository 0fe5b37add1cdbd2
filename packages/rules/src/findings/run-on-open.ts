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
  if (isContained(file, text) || isUpkeep(text)) return "inform";
  if (!unasked.test(file)) return mode === "single" ? "inform" : "review";
  return mode === "single" ? "review" : "block";
}

/** direnv asks before it runs a file, and fetches only what has that hash. */
const fixedByHash = /^source_url\s+\S+\s+"?sha256-/u;

/** Files that are read by whoever opens the folder, without being asked. */
const unasked = /(?:^|\/)\.(?:vscode|idea|zed|fleet|claude|cursor|gemini|codex|windsurf|devcontainer)\//u;

/**
 * Whether a command of a development container, which editors ask about first, runs inside of it, or outside only what
 * containers take; openly.
 */
function isContained(file: string, text: string): boolean {
  const [, key, line = ""] = /^(\w+Command)[^:]*: (.*)$/su.exec(text) ?? [];
  if (key === undefined || !devcontainer.test(file) || hiddenShellLine(line) !== undefined) return false;
  return key !== "initializeCommand" || line.split(separator).every((one) => preparing.test(one));
}

/** Whether it does nothing but format and check Go, and fetch what go.mod says. */
function isUpkeep(text: string): boolean {
  const line = text.replace(/^\w+Command(?: [^:]*)?: /u, "");
  return line.split(separator).every((one) => upkeep.test(one));
}

const upkeep =
  /^\s*(?:gofmt|gofumpt|goimports|golangci-lint|staticcheck|gopls|go\s+(?:fmt|vet|mod\s+(?:download|tidy|verify)))(?:\s+(?!-vettool|-toolexec)[\w./=:-]+)*\s*$/u;

const devcontainer = /(?:^|\/)\.devcontainer\//u;
const separator = /&&|\|\||[;\n]/u;

/** Makes a volume, a network, a folder or a file, and runs nothing else. */
const preparing =
  /^\s*(?:(?:docker|podman)\s+(?:volume|network|pull|login|compose\s+pull|info|version)\b|(?:mkdir|touch|test|true|echo|\[)(?:\s|$))[^`$()|&]*$/u;
