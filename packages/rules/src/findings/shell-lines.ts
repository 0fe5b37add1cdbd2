/** Shell lines that fetch something and run it, that hide what they run, or that send secrets away. */
import { fetches, runsFetchedFile } from "./fetched-files.ts";
import { isShell, nameOf, type Program, programOf, type Script, scriptOf } from "./shell-programs.ts";
import { type Command, type Pipeline, pipelinesIn, type Word } from "./shell-words.ts";

/** Characters of a text that are looked at, and of these at its end. */
const limit = 1 << 16;
const endLimit = 1 << 14;

/**
 * What such a text does; undefined of an ordinary one. Linear in the text, of which no more counts than is known of a value: the
 * first 48 and the last 16 thousand characters, since it may begin with much that says nothing.
 */
export function hiddenShellLine(text: string): string | undefined {
  const read = text.length > limit ? `${text.slice(0, limit - endLimit)} ${text.slice(-endLimit)}` : text;
  const pipelines = pipelinesIn(read);
  // Those in parentheses are in several.
  const commands = [...new Set(pipelines.flat(2))];
  return (
    first(pipelines, piped) ??
    first(signs, (find) => first(commands, find)) ??
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
  return [...text.slice(0, limit).matchAll(/@([^\s"'`;&|)]*)/gu)].every(([, version = ""]) =>
    fixedVersion.test(version),
  );
}

const fixedVersion = /^v\d+\.\d+\.\d+(?:[-+][\w.+-]*)?$/u;

function fetchesModule(command: Command): boolean {
  const { words } = command;
  return words.some(
    ({ text }, at) =>
      nameOf(text) === "go" &&
      words[at + 1]?.text === "run" &&
      words.slice(at + 2, at + 12).some((one) => /^[^-@\s][^@\s]*@[^@\s]/u.test(one.text)),
  );
}

const toInterpreter = "fetches something and hands it to an interpreter";
const intoInterpreter = "fetches something into an interpreter";
const fetchesText = "fetches text and runs it";
const runsDecoded = "runs decoded text";
const opensShell = "opens a shell on a connection";
const installs = "installs what it fetches";
const sendsEnvironment = "sends its environment away";
const sendsCredentials = "sends credentials away";
const asksNames = "tells something by the names that it looks up";

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
        if (carried.credentials || (leadsAway(command) && hasCredentials(command))) return sendsCredentials;
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

/** Programs whose input and output is a connection. */
function connects({ name, given }: Program): boolean {
  if (name === "openssl") return given[0]?.text === "s_client";
  return /^(?:nc|ncat|netcat|telnet|socat)$/u.test(name);
}

function sends(program: Program): boolean {
  return sender.test(program.name) || connects(program);
}

const sender = /^(?:curl|wget|nc|ncat|netcat|scp|rsync|ftp|tftp)$/u;

const remote = /^\/dev\/(?:tcp|udp)\/(?!localhost\/|127\.|\[?::1)/u;

function isRemote({ file }: { readonly file: Word }): boolean {
  return remote.test(file.text);
}

function leadsAway({ redirects }: Command): boolean {
  return redirects.some((one) => isRemote(one) && one.operator.includes(">"));
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
  const { name, given } = programOf(command) ?? nothing;
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
    if (isIndex || address !== one) return /^https?:/iu.test(address) && !usualIndex.test(address);
    return (
      /^(?:[\w.[\],-]+\s*@\s*)?(?:(?:git|hg|svn|bzr)\+\w+|https?):\/\//iu.test(one) &&
      !(all[index - 1] ?? "").startsWith("-")
    );
  });
  return isFetched ? installs : undefined;
}

const nothing = { name: "", given: [] };

const usualIndex = /^https:\/\/(?:(?:test\.)?pypi\.org|download\.pytorch\.org|pypi\.nvidia\.com)\//iu;

const environmentFile = /^@?\/proc\/(?:self|\d+|\$\$)\/environ$/u;

/** All variables, and not those of a program that is started with some. */
function printsEnvironment({ words, redirects }: Command, program: Program | undefined): boolean {
  if ([...words, ...redirects.map(({ file }) => file)].some(({ text }) => environmentFile.test(text)))
    return true;
  if (program === undefined) return false;
  const { name, given } = program;
  switch (name) {
    case "printenv":
      return true;
    case "env":
      return given.every(({ text }) => /^-(?:0|-null)$/u.test(text));
    case "set":
      return given.length === 0;
    case "export":
    case "declare":
    case "typeset":
      return given.length === 1 && /^-[a-z]*p[a-z]*$/u.test(given[0]?.text ?? "");
    default:
      return false;
  }
}

/** What a program that sends is given: its environment, or files with credentials. */
function sent(command: Command): string | undefined {
  const at = command.words.findIndex(({ text }) => sender.test(nameOf(text)));
  if (at < 0) return undefined;
  const words = command.words.slice(at + 1);
  const input = command.redirects.filter(({ operator }) => operator === "<" || operator === "<<<");
  const all = { words, redirects: input };
  const output = [...words, ...input.map(({ file }) => file)].flatMap((one) => one.output);
  if (printsEnvironment(all, undefined) || output.some((one) => printsEnvironment(one, programOf(one))))
    return sendsEnvironment;
  return hasCredentials(all, command.words[at]) || output.some((one) => hasCredentials(one))
    ? sendsCredentials
    : undefined;
}

const credentialFile =
  /(?<=^|[\s@="'`:,/~<])(?:\.ssh(?![\w/]*known_hosts)(?!\/(?:config|[\w-]+\.pub)\b)|id_(?:rsa|dsa|ecdsa|ed25519)\b(?!\.pub)|\.aws\b|\.netrc\b|\.git-credentials\b|\.kube\/config\b|\.docker\/config|\.gnupg\b|\.npmrc\b|etc\/shadow\b)/iu;

/** Before a file that a program itself reads its settings or its key from, writes to, or leaves out. */
const forItself =
  /^(?:-[EKoO]|--(?:key|cert|cacert|capath|config|netrc-file|exclude(?:-from)?|userconfig|kubeconfig|homedir|output|output-document|private-key|certificate|ca-certificate|load-cookies|identity-file|rcfile))$/u;
const forItselfWithin =
  /^(?:--(?:key|cert|config|netrc-file|exclude(?:-from)?|userconfig|kubeconfig|homedir|output|private-key|certificate)=|(?:-o\s*)?IdentityFile=)|(?:^|\s)-[iF]\s/u;

/** Whether files with credentials are among what a program is given. A key that opens the connection is none that is sent. */
function hasCredentials({ words, redirects }: Command, program?: Word): boolean {
  const name = nameOf((program ?? words[0])?.text ?? "");
  // Of these `-i` and `-F` are something else.
  const isKey = !/^(?:curl|wget)$/u.test(name);
  const isNamed = words.some(({ text }, at) => {
    if (!credentialFile.test(text) || forItselfWithin.test(text)) return false;
    const before = words[at - 1]?.text ?? "";
    return !forItself.test(before) && !(isKey && /^-[iF]$/u.test(before));
  });
  return (
    isNamed || redirects.some(({ operator, file }) => operator === "<" && credentialFile.test(file.text))
  );
}

/** Names that are put together from what commands say. */
function looksUp(command: Command): string | undefined {
  const { name, given } = programOf(command) ?? nothing;
  if (!/^(?:nslookup|dig|host|ping)$/u.test(name)) return undefined;
  return given.some(({ text }) => /\$\(\)\.(?!local$)[a-z$][^]*$/iu.test(text)) ? asksNames : undefined;
}

/** What stands in a text in any order of words, as of other systems. */
interface Pattern {
  readonly what: string;
  /** What stands on one line, one behind the other. */
  readonly parts: readonly RegExp[];
}

const patterns: readonly Pattern[] = [
  { what: "downloads with certutil", parts: [/\bcertutil(?:\.exe)?\b/giu, /[-/]urlcache\b/giu] },
  { what: "downloads with bitsadmin", parts: [/\bbitsadmin(?:\.exe)?\b/giu, /\/transfer\b/giu] },
  { what: "runs a remote script", parts: [/\b(?:mshta|regsvr32)(?:\.exe)?\b/giu, /https?:/giu] },
  {
    what: "runs a hidden or downloaded PowerShell script",
    parts: [
      /\b(?:powershell|pwsh)(?:\.exe)?\b/giu,
      /[\s"'][-/]e(?:c|n(?:c(?:o(?:d(?:e(?:d(?:c\w{0,12})?)?)?)?)?)?)?\s+["']?(?:[a-z0-9+/]{4}|[$…])|\biex\b|invoke-expression|downloadstring|downloadfile/giu,
    ],
  },
  {
    what: "runs a hidden or downloaded PowerShell script",
    parts: [
      /\b(?:powershell|pwsh)(?:\.exe)?\b/giu,
      /\s-w(?:in\w{0,10})?\s+(?:hidden|1)\b/giu,
      /\s-(?:ep|ex\w{0,14})\s+(?:bypass|unrestricted)\b|\s-c(?:ommand)?\s+["']?…/giu,
    ],
  },
  {
    what: "runs a hidden or downloaded PowerShell script",
    parts: [
      /\b(?:powershell|pwsh)(?:\.exe)?\b/giu,
      /\s-(?:ep|ex\w{0,14})\s+(?:bypass|unrestricted)\b/giu,
      /\s-w(?:in\w{0,10})?\s+(?:hidden|1)\b/giu,
    ],
  },
  {
    what: "runs a downloaded PowerShell script",
    parts: [/\biex\b|invoke-expression|invoke-webrequest|\biwr\b/giu, /https?:/giu],
  },
  { what: "runs a library from another machine", parts: [/\brundll32(?:\.exe)?\b/giu, /\\\\[^\s\\]+\\\S/gu] },
  { what: installs, parts: [/\bmsiexec(?:\.exe)?\b/giu, /https?:/giu] },
];

/** Code for an interpreter on the line that both fetches and runs. */
interface Scripted {
  readonly interpreter: RegExp;
  /** What of this the code has, in whichever order. */
  readonly has: readonly RegExp[];
}

function scripted(name: string, ...has: readonly RegExp[]): Scripted {
  return {
    interpreter: new RegExp(
      String.raw`(?:^|[\s;&|/])${name}(?=\s+(?:[^\s;&|]{1,40}\s+){0,4}-\w{0,4}[cer]\s)`,
      "iu",
    ),
    has,
  };
}

const scripts: readonly Scripted[] = [
  scripted(
    "python[0-9.]{0,9}",
    /\b(?:urlopen|urlretrieve|urllib|requests|http\.client)\b|\bsocket\b/iu,
    /\b(?:urlopen|urlretrieve|get|post|request|connect|create_connection|create_server|listen)\b/iu,
    /\b(?:exec|eval|system|spawn|popen|call|run)\b/iu,
  ),
  scripted(
    "perl",
    /(?:\b|-M)(?:LWP|IO::Socket|HTTP::Tiny)\b|\bSocket\b[^]*\bconnect\b/iu,
    /\b(?:eval|exec|system)\b/iu,
  ),
  scripted("ruby", /open-uri|net\/http|URI\.open|TCPSocket/iu, /\b(?:eval|exec|system|spawn)\b/iu),
  scripted(
    "(?:node|deno|bun)",
    /\bfetch\(|https?\.get|["'](?:node:)?(?:net|https?)["']/iu,
    /\bfetch\(|\b(?:get|request|connect|createConnection|Socket)\b/iu,
    /\beval\b|child_process|\bFunction\(/iu,
  ),
  scripted("php", /https?:|fsockopen/iu, /\b(?:eval|system|exec|shell_exec|include)\b/iu),
];

function hiddenIn(text: string): string | undefined {
  const lines = text.split("\n");
  const found = patterns.find(({ parts }) => lines.some((line) => hasInOrder(line, parts)));
  if (found !== undefined) return found.what;
  return lines.some(isScripted) ? "fetches something and runs it as a script" : undefined;
}

function isScripted(line: string): boolean {
  return scripts.some(({ interpreter, has }) => {
    const start = interpreter.exec(line);
    if (start === null) return false;
    const code = line.slice(start.index);
    return has.every((one) => one.test(code));
  });
}

/** Without what a shell drops inside of words: `cert""util`. */
function unquoted(text: string): string {
  return text.replace(/(?<=\w)(?:''|""|\^)(?=\w)/gu, "").replace(/(?<=[a-z])\\(?=[a-z])/giu, "");
}

/** Whether all parts are there, each behind the one before: the first of each leaves most room for the rest. */
function hasInOrder(line: string, parts: readonly RegExp[]): boolean {
  let from = 0;
  for (const part of parts) {
    part.lastIndex = from;
    const found = part.exec(line);
    part.lastIndex = 0;
    if (found === null) return false;
    from = found.index + found[0].length;
  }
  return true;
}
