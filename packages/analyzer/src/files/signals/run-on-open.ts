/**
 * Files that make an editor, a coding agent, a shell or a package manager run something when a folder is opened or
 * set up, without anybody asking for it: which commands. Nothing is said of what asks first, or of how trusted a
 * folder must be: that depends on the reader's programs.
 */

import { folderTasks } from "./editor-tasks.ts";
import { jsonLeaves, type Leaf } from "./json-leaves.ts";
import { linesThat } from "./lines.ts";
import { type Place, shown } from "./place.ts";

type Finder = (text: string) => Iterable<Place>;

/** By path below any folder of the module; the first that matches. */
const finders: readonly (readonly [RegExp, Finder])[] = [
  [/(?:^|\/)\.vscode\/tasks\.json$/, (text) => folderTasks([...jsonLeaves(text)])],
  [/(?:^|\/)\.vscode\/settings\.json$/, (text) => settings([...jsonLeaves(text)])],
  [/\.code-workspace$/, workspace],
  [/(?:^|\/)\.idea\/watcherTasks\.xml$/, watchers],
  [/(?:^|\/)\.idea\/[^/]+\.xml$/, startupTasks],
  [/(?:^|\/)\.zed\/settings\.json$/, (text) => [...settings([...jsonLeaves(text)]), ...agentCommands(text)]],
  [/(?:^|\/)\.helix\/languages\.toml$/, (text) => linesThat(text, /^\s*(?:command|args)\s*=/)],
  [
    /(?:^|\/)\.(?:l|n)?(?:vimrc|exrc|nvim\.lua)$/,
    (text) =>
      linesThat(
        text,
        /^(?!\s*(?:"|--)).*(?:\bsystem(?:list)?\(|(?:^|\|)\s*(?:silent!?\s+)?!|\bautocmd\b.*\s!\S|\bjobstart\(|\btermopen\(|os\.execute|io\.popen|vim\.uv\.spawn|vim\.system)/,
      ),
  ],
  [
    /(?:^|\/)\.dir-locals(?:-2)?\.el$/,
    (text) =>
      linesThat(text, /^(?!\s*;).*(?:\(eval\s|shell-command|call-process|start-process|make-process)/),
  ],
  [/(?:^|\/)opencode\.jsonc?$/, agentCommands],
  [/(?:^|\/)\.continue\/(?:.*\/)?[\w.-]+\.ya?ml$/, (text) => linesThat(text, /^\s*-?\s*command\s*:/)],
  [
    /(?:^|\/)\.aider\.conf\.yml$/,
    (text) => linesThat(text, /^\s*(?:lint-cmd|test-cmd|notifications-command)\s*:/),
  ],
  [/(?:^|\/)\.gitmodules$/, (text) => linesThat(text, /^\s*(?:update\s*=\s*!|url\s*=\s*(?:ext::|-))/)],
  [/(?:^|\/)(?:\.[\w-]+\/)?\.?mcp(?:_config)?\.json$/, agentCommands],
  [
    /(?:^|\/)\.(?:claude|gemini|cursor|codex|qwen|kiro|windsurf|amazonq|zed|github)\/(?:.*\/)?[\w.-]+\.(?:json|kiro\.hook)$/,
    agentCommands,
  ],
  [/(?:^|\/)\.codex\/[\w.-]+\.toml$/, (text) => linesThat(text, /^\s*(?:command|notify|args)\s*=/)],
  [/(?:^|\/)\.devcontainer(?:\/(?:[^/]+\/)?devcontainer)?\.json$/, containerCommands],
  [/(?:^|\/)package\.json$/, installScripts],
  [
    /(?:^|\/)\.envrc$/,
    (text) =>
      linesThat(
        text,
        /^\s*(?:export\s+)?(?:LD_PRELOAD|LD_AUDIT|DYLD_INSERT_LIBRARIES|BASH_ENV|PROMPT_COMMAND|NODE_OPTIONS|GIT_(?:SSH\w*|CONFIG_\w+|PROXY_COMMAND|EXTERNAL_DIFF)|GO(?:FLAGS|PROXY|SUMDB|NOSUMDB|NOSUMCHECK|INSECURE|ENV|VCS|TOOLCHAIN))=|^\s*(?!#|(?:fi|else|if ! has \w+[\w .|!]*; then)$|(?:use|layout|dotenv|dotenv_if_exists|PATH_add|path_add|watch_file|watch_dir|strict_env|source_up|source_up_if_exists)\b|(?:export\s+)?\w+=(?!.*(?:\$\(|`)))\S/,
      ),
  ],
  [
    /(?:^|\/)(?:\.git\/hooks|\.husky)\/[\w-]+$/,
    (text) =>
      linesThat(text, /^\s*(?!#|(?:\.|source)\s+"?\$\(dirname|fi\b|then\b|else\b|done\b|esac\b|set -)\S/),
  ],
  [/(?:^|\/)\.gitattributes$/, (text) => linesThat(text, /^[^#]*\sfilter=(?!lfs\b)/)],
];

/** The commands, in the order of the file; undefined for a file that makes nothing run. Linear. */
export function runOnOpen(name: string): Finder | undefined {
  if (/(?:^|\/)(?:testdata|node_modules)\//.test(name)) return undefined;
  return finders.find(([pattern]) => pattern.test(name))?.[1];
}

/** Settings that name a program, a shell or a path where programs are looked for. */
const programSetting =
  /alternateTools|goroot|gopath|path$|executable|interpreter|\.shell|profiles?\.|server|command|runtime|binary|Tool$|\.env\./i;
/** A path inside the folder that is opened. */
const insideFolder =
  /\$\{(?:workspaceFolder|workspaceRoot|fileWorkspaceFolder)[^}]*\}|^\.{1,2}[/\\]|^\.?\w[\w.-]*[/\\][\w./\\-]+$/;
/** They name libraries, schemas and the like. */
const noProgram =
  /tsdk|^(?:files|search|json|yaml|editor|git\.ignored|cSpell)\b|config(?:uration)?(?:File|Path|s)?$/i;

function* settings(leaves: readonly Leaf[]): Generator<Place> {
  for (const { path, value, offset } of leaves) {
    const key = path.filter((part) => !/^[0-9]+$/.test(part)).join(".");
    const isProgram = programSetting.test(key) && !noProgram.test(key) && insideFolder.test(value);
    const isTaskSwitch = key === "task.allowAutomaticTasks" && value === "on";
    const isWrapper = /-toolexec\b/.test(value);
    if (isProgram || isTaskSwitch || isWrapper) yield { offset, text: shown(`${key}: ${value}`) };
  }
}

function* workspace(text: string): Generator<Place> {
  const leaves = [...jsonLeaves(text)];
  const below = (key: string) =>
    leaves.flatMap((leaf) => (leaf.path[0] === key ? [{ ...leaf, path: leaf.path.slice(1) }] : []));
  yield* settings(below("settings"));
  yield* folderTasks(below("tasks"));
}

/** Programs that an IDE runs when a file changes. */
function* watchers(text: string): Generator<Place> {
  for (const { index, 1: program = "" } of text.matchAll(/<option\s+name="program"\s+value="([^"]*)"/g))
    yield { offset: index, text: shown(`runs when a file changes: ${program}`) };
}

/** The configurations that an IDE starts with the project, by name. */
function* startupTasks(text: string): Generator<Place> {
  const component = /<component\s+name="[^"]*Startup[^"]*Configuration"/g;
  for (const { index } of text.matchAll(component)) {
    const end = text.indexOf("</component>", index);
    const body = text.slice(index, end < 0 ? undefined : end);
    for (const found of body.matchAll(/<configuration\s[^>]*?name="([^"]*)"/g))
      yield { offset: index + found.index, text: shown(`runs at start: ${found[1] ?? ""}`) };
    if (end < 0) return;
  }
}

/** Hooks of agents, and programs that serve them. */
function* agentCommands(text: string): Generator<Place> {
  const leaves = [...jsonLeaves(text)];
  const isBelow = ({ path }: Leaf) =>
    path.some((key) =>
      /^(?:hooks|mcpServers|servers|mcp|context_servers|apiKeyHelper|statusLine|then)$/.test(key),
    );
  yield* commandsIn(leaves.filter(isBelow), afterEdits(leaves));
}

/** Whether keys lead to a hook that runs where the agent has changed a file, and after nothing else that it does. */
function afterEdits(leaves: readonly Leaf[]): (path: Leaf["path"]) => boolean {
  const found = new Set(
    leaves.flatMap(({ path, value }) =>
      path.at(-1) === "matcher" && path.at(-3) === "PostToolUse" && editing.test(value)
        ? [JSON.stringify(path.slice(0, -1))]
        : [],
    ),
  );
  return (path) => path.some((_, length) => found.has(JSON.stringify(path.slice(0, length))));
}

const editing = /^(?:(?:Multi|Notebook)?Edit|Write)(?:\|(?:(?:Multi|Notebook)?Edit|Write))*$/;

/** Characters of the command of a container, or of a hook after edits, that are shown: how bad it is depends on the whole. */
const commandLength = 1000;

/** The keys of a container's description that run something, `initializeCommand` outside of the container. */
const containerKeys = /^(?:initialize|onCreate|updateContent|postCreate|postStart|postAttach)Command$/;

function* containerCommands(text: string): Generator<Place> {
  const groups = new Map<string, { readonly offset: number; readonly words: string[] }>();
  for (const { path, value, offset } of jsonLeaves(text)) {
    if (!containerKeys.test(path[0] ?? "")) continue;
    // A list is one command with its arguments; an object has several commands by name.
    const named = path[1] !== undefined && !/^[0-9]+$/.test(path[1]) ? ` ${path[1]}` : "";
    const group = groups.get(`${path[0]}${named}`);
    if (group === undefined) groups.set(`${path[0]}${named}`, { offset, words: [value] });
    else group.words.push(value);
  }
  for (const [key, { offset, words }] of groups)
    yield { offset, text: shown(`${key}: ${words.join(" ")}`, commandLength) };
}

function* installScripts(text: string): Generator<Place> {
  for (const { path, value, offset } of jsonLeaves(text))
    if (path.length === 2 && path[0] === "scripts" && /^(?:pre|post)?install$/.test(path[1] ?? ""))
      yield { offset, text: shown(`${path[1]}: ${value}`) };
}

interface Group {
  offset: number;
  readonly isAfterEdits: boolean;
  readonly command: string[];
  readonly args: string[];
}

/** Each command with its arguments, which stand beside it. */
function* commandsIn(
  leaves: readonly Leaf[],
  isAfterEdits: (path: Leaf["path"]) => boolean,
): Generator<Place> {
  const found = new Map<string, Group>();
  for (const { path, value, offset } of leaves) {
    const at = path.findLastIndex((key) => /^(?:command|args|bash|powershell|apiKeyHelper)$/.test(key));
    if (at < 0 || at < path.length - 2) continue;
    const parent = JSON.stringify(path.slice(0, at));
    const group = found.get(parent) ?? { offset, isAfterEdits: isAfterEdits(path), command: [], args: [] };
    found.set(parent, group);
    if (path[at] === "args") group.args.push(value);
    else {
      group.offset = Math.min(group.offset, offset);
      group.command.push(value);
    }
  }
  for (const { offset, isAfterEdits: isLater, command, args } of found.values()) {
    const line = [...command, ...args].join(" ");
    if (command.length > 0)
      yield { offset, text: isLater ? shown(`after an edit: ${line}`, commandLength) : shown(line) };
  }
}
