/** Which program a command of a shell line runs, behind what only starts others, and what an interpreter is given to run. */
import type { Command, Word } from "./shell-words.ts";

export interface Program {
  /** In small letters, without folder and `.exe`. */
  readonly name: string;
  /** The word that names it. */
  readonly word: Word;
  /** All behind it. */
  readonly given: readonly Word[];
  /** A shell is given it as a line, as `sh -c` is. */
  readonly byShell: boolean;
}

/** What starts the program behind it, with the flags that have a value, and how many more words come before that program. */
const starters = new Map<string, { readonly valued?: RegExp; readonly words?: number }>(
  Object.entries({
    sudo: { valued: /^-[ugpChrtTD]$/u },
    doas: { valued: /^-[uC]$/u },
    env: { valued: /^(?:-[uC]|--unset|--chdir)$/u },
    nohup: {},
    setsid: {},
    exec: { valued: /^-a$/u },
    command: {},
    builtin: {},
    time: { valued: /^-[fo]$/u },
    nice: { valued: /^-n$/u },
    ionice: { valued: /^-[cn]$/u },
    stdbuf: { valued: /^-[ioe]$/u },
    timeout: { valued: /^-[ks]$/u, words: 1 },
    chroot: { words: 1 },
    xargs: { valued: /^-[InPLdaEs]$/u },
    busybox: {},
    toybox: {},
    start: {},
  }),
);

const assignment = /^\w+\+?=/u;
const keyword = /^(?:if|then|elif|else|do|while|until|!|\{)$/u;

/** The program of a command; undefined if it has no words. Worked out once. */
export function programOf(command: Command): Program | undefined {
  let program = programs.get(command);
  if (program === undefined) programs.set(command, (program = programIn(command) ?? "none"));
  return program === "none" ? undefined : program;
}

const programs = new WeakMap<Command, Program | "none">();

function programIn({ words }: Command): Program | undefined {
  let at = lineForShell(words);
  const byShell = at > 0;
  let last = at;
  while (at < words.length) {
    const text = words[at]?.text ?? "";
    const starter = starters.get(nameOf(text));
    if (assignment.test(text) || keyword.test(text)) at++;
    else if (starter !== undefined) {
      last = at++;
      const isFlag = nameOf(text) === "start" ? /^(?:\/\w+|)$/u : /^-/u;
      while (isFlag.test(words[at]?.text ?? "x")) at += starter.valued?.test(words[at]?.text ?? "") ? 2 : 1;
      at += starter.words ?? 0;
    } else break;
  }
  // `env` alone is the program itself.
  if (at >= words.length) at = last;
  const word = words[at];
  return word && { name: nameOf(word.text), word, given: words.slice(at + 1), byShell };
}

/** A name without folder and `.exe`, in small letters; of `s\h` as a shell reads it, of `RUN=sh` what it is set to. */
export function nameOf(text: string): string {
  if (/^[\w-]*$/u.test(text)) return text.toLowerCase();
  const behind = Math.max(text.lastIndexOf("/"), text.indexOf("="));
  const written = text.slice(behind + 1, behind + 300).toLowerCase();
  // What belongs to the sentence or the text that the line stands in.
  const name = /\w/u.test(written) ? written.replace(/^["']+|["'.,:!?})\]]+$/gu, "") : written;
  const isWindows = /^(?:[a-z]:)?\\|\.(?:exe|com)$/u.test(name);
  return isWindows ? name.replace(/^.*\\/su, "").replace(/\.(?:exe|com)$/u, "") : name.replaceAll("\\", "");
}

const shell = /^(?:(?:r?ba|da|z|k|mk|a|fi|c|tc)?sh|\$\{?(?:shell|bash|0)\}?)$/u;

/** What takes a line, with the flag in front of it. A program that is not known may be a shell. */
const lineTakers: readonly (readonly [program: RegExp, flag: RegExp])[] = [
  [new RegExp(`${shell.source}|^…$`, "u"), /^-\w*c$/u],
  [/^cmd$/u, /^\/\w*[ck]$/iu],
  [/^(?:powershell|pwsh)$/u, /^-c(?:ommand)?$/iu],
];
const valuedFlag = /^(?:[-+]o|--rcfile|--init-file|-e(?:p|x\w*)|-w(?:i\w*)?)$/iu;

/** Where the line begins that a shell is given as `-c`, or 0: of several the last. */
function lineForShell(words: readonly Word[]): number {
  let found = 0;
  for (let at = 0; at < words.length; at++) {
    const name = nameOf(words[at]?.text ?? "");
    const taker = lineTakers.find(([program]) => program.test(name));
    if (taker === undefined) continue;
    for (let next = at + 1; next < Math.min(words.length - 1, at + 9); next++) {
      const flag = words[next]?.text ?? "";
      if (taker[1].test(flag)) {
        found = next + 1;
        break;
      }
      if (!/^[-+/]\w|^--/u.test(flag) && !valuedFlag.test(words[next - 1]?.text ?? "")) break;
    }
  }
  return found;
}

interface Interpreter {
  readonly name: RegExp;
  /** Before code. */
  readonly code: RegExp;
  /** Before another value, or, with `module`, before what it runs by name. */
  readonly valued?: RegExp;
  readonly module?: RegExp;
}

const interpreters: readonly Interpreter[] = [
  { name: shell, code: /^-[a-z]*c[a-z]*$/u, valued: /^(?:[-+][oO]|--rcfile|--init-file)$/u },
  { name: /^python[0-9.]*$/u, code: /^-[a-zA-Z]*c$/u, valued: /^-[WX]$/u, module: /^-[a-zA-Z]*m$/u },
  { name: /^perl[0-9.]*$/u, code: /^-[a-zA-HJ-LN-Z0-9]*[eE]$/u, valued: /^-[IM]$/u },
  { name: /^ruby[0-9.]*$/u, code: /^-[a-qs-zA-HJ-Z]*e$/u, valued: /^-[Ir]$/u },
  {
    name: /^(?:node|nodejs|bun)$/u,
    code: /^(?:-e|-p|-pe|--eval|--print)$/u,
    valued: /^(?:-r|--require|--import)$/u,
  },
  { name: /^php[0-9.]*$/u, code: /^-[rRBE]$/u, valued: /^-[cd]$/u },
  { name: /^(?:lua[0-9.]*|luajit)$/u, code: /^-e$/u, valued: /^-l$/u },
  { name: /^tclsh[0-9.]*$/u, code: /^$/u },
];

/** What an interpreter runs: what it reads, a file, code that it is given, or something else, as a module by its name. */
export type Script =
  | { readonly kind: "input" | "module" }
  | { readonly kind: "file" | "code"; readonly word: Word };

/** Undefined of a program that is no interpreter. */
export function scriptOf({ redirects }: Command, { name, given }: Program): Script | undefined {
  const interpreter = interpreters.find((one) => one.name.test(name));
  if (interpreter === undefined) return undefined;
  const script = scriptIn(interpreter, given);
  if (script.kind !== "input") return script;
  const input = redirects.find(({ operator }) => operator === "<" || operator === "<<<");
  return input === undefined ? script : { kind: input.operator === "<" ? "file" : "code", word: input.file };
}

function scriptIn({ name, code, valued, module }: Interpreter, given: readonly Word[]): Script {
  const isShell = name === shell;
  for (let at = 0; at < given.length; at++) {
    const word = given[at];
    if (word === undefined || /^(?:-|\/dev\/stdin|\/dev\/fd\/0|\/proc\/self\/fd\/0)$/u.test(word.text)) break;
    const next = given[at + 1];
    if (isShell && /^-[a-z]*s[a-z]*$/u.test(word.text)) break;
    if (code.test(word.text)) return next === undefined ? { kind: "module" } : { kind: "code", word: next };
    if (module?.test(word.text)) return { kind: "module" };
    if (valued?.test(word.text)) at++;
    else if (!/^[-+]/u.test(word.text)) return { kind: "file", word };
  }
  return { kind: "input" };
}

export function isShell({ name }: Program): boolean {
  return shell.test(name);
}
