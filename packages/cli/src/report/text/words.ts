/** Small phrases: names shortened, places, counts. All results are unescaped text. */
import {
  type Argument,
  type Builds,
  type Capability,
  coarse,
  type EntryPoint,
  type EntryPointKind,
  type Input,
  type Position,
  type Report,
  type SinkKind,
  type SourceKind,
  type Terminal,
  type TerminalKind,
} from "@capdiff/analyzer";
import { type Span, yellow } from "./style.ts";

/** `2 files`, `1 file`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** The first few of a list, and how many more there are: `a, b, c and 4 more`. */
export function few(names: readonly string[], most: number): string {
  const rest = names.length - most;
  return rest > 0 ? `${names.slice(0, most).join(", ")} and ${rest} more` : names.join(", ");
}

export function place(position: Position): string {
  return `${position.file}:${position.line}:${position.column}`;
}

/** Characters of a path that are shown in a label. */
const labelLimit = 32;

/** Which copy is meant, in short: the version, or the last elements of a path. */
export function inputLabel({ version, query, source }: Input): string {
  if (version !== undefined) return source === "git" ? `${version} in git` : version;
  if (query.length <= labelLimit) return query;
  const elements = query.split(/[/\\]/).filter((element) => element !== "");
  let label = elements.pop() ?? query;
  for (const element of elements.reverse()) {
    if (element.length + label.length + 3 > labelLimit) break;
    label = `${element}/${label}`;
  }
  return `…/${label}`;
}

/** What stands before a terminal's name where the name alone would not say what it is. */
const terminalWords: Readonly<Record<TerminalKind, string>> = {
  function: "",
  variable: "",
  "unsafe-conversion": "unsafe conversion to ",
  "reflect-store": "store of a ",
  cgo: "",
  linkname: "linkname of ",
  assembly: "assembly ",
  bodiless: "no body: ",
  "missing-import": "",
};

export function terminalName({ kind, name }: Terminal): string {
  return terminalWords[kind] + name;
}

/** Why what a terminal does is not known. */
export function unknownReason({ kind }: Terminal): string {
  return kind === "missing-import"
    ? "its package was not analysed"
    : "what it runs depends on data, which was not followed";
}

/** Whether it only says that we do not know: told in short, for it is often long. */
export function isUnknown(capability: Capability): boolean {
  return coarse(capability) === "UNANALYZED";
}

/** A package as the Go command names it inside its module: `./sub`; the module itself by its path. */
export function packageName(path: string, report: Report): string {
  const module = moduleOf(path, report);
  return module === undefined || path === module ? path : `.${path.slice(module.length)}`;
}

function moduleOf(path: string, report: Report): string | undefined {
  const holds = (module: string) => path === module || path.startsWith(`${module}/`);
  return report.inputs.map(({ module }) => module).find(holds);
}

/**
 * A function's name as seen from package `home`: without the import path when it is of
 * that package, with the last part of it otherwise: `(*DB).Open`, `sync.Watch`, `var x`
 * for an initialiser.
 */
export function functionName(name: string, home: string): string {
  const [, open = "", rest = name] = /^(\(\*?)?(.*)$/s.exec(name) ?? [];
  const own = rest.startsWith(`${home}.`);
  const local = own ? rest.slice(home.length + 1) : rest.slice(rest.lastIndexOf("/") + 1);
  const initialised = local.replace(/(^|\.)init:/, "$1");
  if (initialised !== local) return `var ${initialised}`;
  return open === "(" ? local.replace(")", "") : open + local;
}

/** How an entry point is named in a list: the init functions of a package by one name. */
export function entryPointName({ kind, function: name }: EntryPoint, home: string): string {
  const short = functionName(name, home);
  if (kind === "interface-method") return `${short} (through an interface)`;
  return kind === "init" ? short.replace(/#\d+$/, "") : short;
}

/** Entry points that run without being called come first; then the more of a module's users, the earlier. */
const entryRank: Readonly<Record<EntryPointKind, number>> = {
  init: 0,
  initializer: 1,
  main: 2,
  "cgo-export": 3,
  "exported-function": 4,
  "exported-method": 5,
  "interface-method": 6,
  test: 7,
};

export function compareEntryPoints(a: EntryPoint, b: EntryPoint): number {
  return entryRank[a.kind] - entryRank[b.kind];
}

/** Whether it runs at program start, without any call. */
export function atStart({ kind }: EntryPoint): boolean {
  return kind === "init" || kind === "initializer";
}

/** What data is, by where it comes from. */
export const sourceWords: Readonly<Record<SourceKind, string>> = {
  network: "network",
  request: "a request",
  traffic: "requests that pass through",
  environment: "environment",
  credential: "credentials",
  host: "facts about the machine",
  secret: "a secret",
  found: "files that were found",
  embedded: "embedded file",
  decoded: "decoded data",
  downloaded: "downloaded file",
};

/** What is done with data. */
export const sinkWords: Readonly<Record<SinkKind, string>> = {
  exec: "run as a program",
  shell: "run by a shell",
  load: "loaded as code",
  startup: "written where it is run at start",
  file: "written to a file",
  send: "sent",
  destination: "where to connect to",
  memory: "memory",
  syscall: "system call",
  remove: "removed or written over",
};

/** In which builds, unless in all. */
export function onlyIn(builds: Builds): readonly Span[] {
  return builds.expression === "" ? [] : ["  ", yellow(`[in ${builds.words}]`)];
}

/** Arguments whose value the text does not show: `shell = "/bin/sh"`, `decode(line) = "true" (folded)`. */
export function foldedArguments(given: readonly Argument[]): string {
  return given
    .filter(({ text, value, folded }) => folded !== undefined || (value !== undefined && !isLiteral(text)))
    .map(argumentText)
    .join(", ");
}

/** Those arguments that are not the same in `other`, with their values. */
export function changedArguments(given: readonly Argument[], other: readonly Argument[]): string {
  return given
    .filter((one, index) => one.text !== other[index]?.text || valueOf(one) !== valueOf(other[index]))
    .map(argumentText)
    .join(", ");
}

function valueOf(argument: Argument | undefined): string | undefined {
  return argument?.value ?? argument?.folded?.value;
}

function argumentText({ text, value, folded }: Argument): string {
  if (folded !== undefined) return `${text} = ${literal(folded.value)} (folded)`;
  return value === undefined || isLiteral(text) ? text : `${text} = ${literal(value)}`;
}

function isLiteral(text: string): boolean {
  return /^(?:["'`]|[-+]?\.?\d|true$|false$)/.test(text);
}

/** Characters of a value that are shown. */
const shownLength = 400;

function literal(whole: string): string {
  const value = whole.length > shownLength ? `${whole.slice(0, shownLength - 1)}…` : whole;
  return /^(?:true|false|[-+]?\.?\d[\w.+-]*)$/.test(value) ? value : `"${value}"`;
}

/** Sizes as people say them: `312 bytes`, `12 kB`. */
export function size(bytes: number): string {
  if (bytes < 1000) return count(bytes, "byte");
  const units = ["kB", "MB", "GB"];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
