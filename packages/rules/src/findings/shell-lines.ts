/** Shell lines that fetch something and run it, that hide what they run, or that send secrets away. */
import { fetches, runsFetchedFile } from "./fetched-files.ts";
import { hiddenIn, unquoted } from "./shell-patterns.ts";
import { isShell, nameOf, type Program, programOf, type Script, scriptOf } from "./shell-programs.ts";
import {
  connects,
  hasCredentials,
  isRemote,
  leadsAway,
  looksUp,
  printsEnvironment,
  remote,
  sends,
  sendsCredentials,
  sendsEnvironment,
  sent,
} from "./shell-secrets.ts";
import { type Command, longestLine, type Pipeline, pipelinesIn, type Word } from "./shell-words.ts";

/** Characters that are looked at, of a longer text at its end. */
const endLimit = 1 << 14;

/**
 * What such a text does; undefined of an ordinary one. Linear in the text, of which no more counts than is known of a value: the
 * first 48 and the last 16 thousand characters, since it may begin with much that says nothing.
 */
export function hiddenShellLine(text: string): string | undefined {
  const read =
    text.length > longestLine ? `${text.slice(0, longestLine - endLimit)} ${text.slice(-endLimit)}` : text;
  const pipelines = pipelinesIn(read);
  // Those in parentheses are in several.
  const commands = [...new Set(pipelines.flat(2))];
  return (
    first(pipelines, piped) ??
    first(signs, (find) => first(commands, find)) ??
    runsVariable(commands) ??
    shellOnConnection(commands) ??
    runsFile(pipelines) ??
    hiddenIn(read) ??
    hiddenIn(unquoted(read)) ??
    (commands.some(fetchesModule) ? runsModule : undefined)
  );
}

function first<T>(all: readonly T[], find: (one: T) => string | undefined): string | undefined {
  for (const one of all) {
    const what = find(one);
    if (what !== undefined) return what;
  }
  return undefined;
}

/** What is said of a module that the Go command fetches and runs. */
export const runsModule = "runs a module that is fetched";

/** Whether each module that the Go command fetches and runs there has a version that nobody can change. */
export function hasFixedVersions(text: string): boolean {
  return [...text.matchAll(/@([^\s"'`;&|)]*)/gu)].every(([, version = ""]) => fixedVersion.test(version));
}

const fixedVersion = /^v\d+\.\d+\.\d+(?:[-+][\w.+-]*)?$/u;

/** Whether the Go command is told to run a package with a version. Of flags nobody knows whether the next word is their value. */
function fetchesModule({ words }: Command): boolean {
  const go = words.findIndex(({ text }, at) => nameOf(text) === "go" && words[at + 1]?.text === "run");
  if (go < 0) return false;
  const given = words.slice(go + 2).map(({ text }) => text);
  const isFlag = (text = "") => text.startsWith("-");
  const last = given.findIndex((text, at) => !isFlag(text) && !isFlag(given[at - 1]));
  const packages = given.slice(0, last < 0 ? given.length : last + 1);
  return packages.some((text) => /^[^-@\s][^@\s]*@[^@\s]/u.test(text));
}

const toInterpreter = "fetches something and hands it to an interpreter";
const intoInterpreter = "fetches something into an interpreter";
const fetchesText = "fetches text and runs it";
const runsDecoded = "runs decoded text";
const opensShell = "opens a shell on a connection";
const installs = "installs what it fetches";

/** Of single commands. */
const signs: readonly ((command: Command) => string | undefined)[] = [
  substituted,
  listens,
  installed,
  sent,
  looksUp,
];

function runsFile(pipelines: readonly Pipeline[]): string | undefined {
  const run = runsFetchedFile(pipelines);
  return run && (run === "fetched" ? "fetches a file and runs it" : runsDecoded);
}

/** What goes through the pipes of one line, from stage to stage. */
function piped(pipeline: Pipeline): string | undefined {
  if (pipeline.length < 2) return undefined;
  const carried = {
    fetched: false,
    decoded: false,
    connected: false,
    environment: false,
    credentials: false,
  };
  let fromShell = false;
  for (const stage of pipeline) {
    const now = stage.map((command) => ({ command, program: programOf(command) }));
    let isShellStage = false;
    for (const { command, program } of now) {
      if (program === undefined) continue;
      const script = scriptOf(command, program);
      if (script !== undefined && runsInput(script)) {
        if (carried.fetched) return toInterpreter;
        if (carried.decoded) return runsDecoded;
        if (carried.connected) return opensShell;
        isShellStage ||= isShell(program);
      }
      if (
        /^(?:\.|source)$/u.test(program.name) &&
        carried.fetched &&
        /^\/dev\/(?:stdin|fd\/0)$/u.test(program.given[0]?.text ?? "")
      )
        return toInterpreter;
      if (connects(program) && fromShell) return opensShell;
      if (sends(program) || leadsAway(command)) {
        if (carried.environment) return sendsEnvironment;
        if (carried.credentials) return sendsCredentials;
      }
    }
    fromShell = isShellStage;
    for (const { command, program } of now) {
      carried.fetched ||=
        fetches(command) ||
        (program !== undefined && otherFetcher.test(program.name) && program.given.length > 0);
      carried.decoded ||= program !== undefined && decodes(program);
      carried.connected ||= (program !== undefined && connects(program)) || command.redirects.some(isRemote);
      carried.environment ||= printsEnvironment(command, program);
      carried.credentials ||= hasCredentials(command);
    }
  }
  return undefined;
}

const otherFetcher = /^(?:fetch|https?|xh|lwp-request|get|lynx|w3m|aria2c)$/u;

/** Code that takes what it reads for code. */
const evaluates =
  /^(?=[^]*(?:\bstdin\b|\binput\(|\bcat\b|<>|gets\b))[^]*\b(?:exec|eval|system|spawn|popen)\b/iu;

function runsInput(script: Script): boolean {
  if (script.kind === "code") return evaluates.test(script.word.text);
  return script.kind === "input";
}

function decodes({ name, given }: Program): boolean {
  const has = (flag: RegExp) => given.some(({ text }) => flag.test(text));
  if (name === "base64" || name === "base32") return has(/^(?:-[a-zA-Z]*[dD][a-zA-Z]*|--decode)$/u);
  if (name === "xxd") return has(/^-[a-z]*r[a-z]*$/u);
  if (name === "openssl") return has(/^(?:enc|base64|aes\S*)$/u);
  return /^(?:gunzip|zcat|rev)$/u.test(name);
}

/** What an interpreter, or a shell itself, takes from the output of commands. */
function substituted(command: Command): string | undefined {
  const program = programOf(command);
  if (program === undefined) return undefined;
  const { name, word, given, byShell } = program;
  if (name === "eval" || name === "source" || name === ".") {
    const [text] = given.flatMap((one) => taken(one, fetchesText));
    return text;
  }
  const script = scriptOf(command, program);
  const code = script?.kind === "file" || script?.kind === "code" ? script.word : byShell ? word : undefined;
  return code && taken(code, intoInterpreter)[0];
}

function taken({ text, output }: Word, what: string): readonly string[] {
  if (!text.startsWith("$()")) return [];
  if (output.some(fetches)) return [what];
  const isDecoded = output.some((one) => {
    const program = programOf(one);
    return program !== undefined && decodes(program);
  });
  return isDecoded ? [runsDecoded] : [];
}

/** Text that a variable keeps, and what takes code is given. */
function runsVariable(commands: readonly Command[]): string | undefined {
  const kept = new Set(
    commands.flatMap(({ words }) =>
      words.flatMap(({ text, output }) => {
        const name = output.some(fetches) ? /^(\w+)=\$\(\)$/u.exec(text)?.[1] : undefined;
        return name ?? [];
      }),
    ),
  );
  const isRun = (command: Command): boolean => {
    const program = programOf(command);
    if (program === undefined) return false;
    const script = scriptOf(command, program);
    const code = program.name === "eval" ? program.given : script?.kind === "code" ? [script.word] : [];
    return code.some(({ text }) =>
      [...text.matchAll(/\$\{?(\w+)/gu)].some(([, name = ""]) => kept.has(name)),
    );
  };
  return kept.size > 0 && commands.some(isRun) ? fetchesText : undefined;
}

/** A connection to another machine, and a shell that may be put on it. */
function shellOnConnection(commands: readonly Command[]): string | undefined {
  const isOpened = commands.some(
    ({ words, redirects }) => redirects.some(isRemote) || words.some(({ text }) => remote.test(text)),
  );
  return isOpened && commands.some(mayTakeOrders) ? opensShell : undefined;
}

/** A shell that reads, or a program that a variable names. */
function mayTakeOrders(command: Command): boolean {
  const program = programOf(command);
  if (program === undefined) return false;
  if (/^\$\{?\w+\}?$/u.test(program.word.text) || program.name === "eval") return true;
  const script = scriptOf(command, program);
  if (script === undefined || !isShell(program))
    return script?.kind === "file" && remote.test(script.word.text);
  return script.kind === "input" || (script.kind === "file" && remote.test(script.word.text));
}

/** A program that connects and runs another one for it. */
function listens({ words }: Command): string | undefined {
  const at = words.findIndex(({ text }) => /^(?:nc|ncat|netcat|socat)$/u.test(nameOf(text)));
  if (at < 0) return undefined;
  const given = words.slice(at + 1).map(({ text }) => text);
  const runs =
    nameOf(words[at]?.text ?? "") === "socat"
      ? given.some((one) => /(?:^|,|!!)(?:exec|system):/iu.test(one))
      : given.some((one, index) => {
          const next = given[index + 1];
          if (/^--(?:sh-)?exec(?:=|$)/u.test(one)) return one.includes("=") || next !== undefined;
          if (next === undefined || next.startsWith("-")) return false;
          return /^-[a-z]*e$/u.test(one) || (/^-[a-z]*c$/u.test(one) && /[/\s\\]|sh$/u.test(next));
        });
  return runs ? opensShell : undefined;
}

/** A package that is no name, or comes from another index. */
function installed(command: Command): string | undefined {
  const program = programOf(command);
  if (program === undefined) return undefined;
  const { name, given } = program;
  const words = given.map(({ text }) => text);
  const isPip =
    /^(?:pip[0-9.]*|pipx)$/u.test(name) ||
    (name === "uv" && words[0] === "pip") ||
    (/^python[0-9.]*$/u.test(name) && words.some((one, at) => one === "-m" && words[at + 1] === "pip"));
  const at = words.indexOf("install");
  if (!isPip || at < 0) return undefined;
  const isFetched = words.slice(at + 1).some((one, index, all) => {
    const isIndex = /^(?:-i|--index-url|--extra-index-url)$/u.test(all[index - 1] ?? "");
    const address = isIndex ? one : one.replace(/^--(?:extra-)?index-url=/u, "");
    // Companies have indices of their own.
    if (isIndex || address !== one) return openIndex.test(address);
    return (
      /^(?:[\w.[\],-]+\s*@\s*)?(?:(?:git|hg|svn|bzr)\+\w+|https?):\/\//iu.test(one) &&
      !(all[index - 1] ?? "").startsWith("-")
    );
  });
  return isFetched ? installs : undefined;
}

/** Without encryption, or at a bare address. */
const openIndex = /^(?:http:|https:\/\/\d+\.\d+\.\d+\.\d+[:/])/iu;
