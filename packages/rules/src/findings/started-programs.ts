/**
 * What a program starts by what it is given: the one behind `timeout` or `env`, and commands in options of git, ssh, tar and
 * find. A list of such options can never be whole: those that are known to be used so.
 */
import { isTelling, liesAnywhere, nameOf } from "./telling-programs.ts";

/** All values that are known of one argument, none if none is; `…` stands for a part that is not. */
export type Word = readonly string[];

/** A program that runs, or an option by which another one does. */
export interface Start {
  /** As messages have it. */
  readonly what: string;
  /** The same in both versions: the name of a program, or a program and an option. */
  readonly key: string;
  /** It may run anything. */
  readonly isTelling: boolean;
}

/** Whether a program does nothing but start another one. */
export function isStarter(program: string): boolean {
  return starter.test(nameOf(program));
}

const starter =
  /^(?:env|nohup|g?timeout|nice|ionice|setsid|stdbuf|unbuffer|time|xargs|chroot|unshare|nsenter|setpriv|flock|taskset|strace|caffeinate|systemd-run|systemd-inhibit|dbus-run-session|xvfb-run|busybox|wsl|ld\.so|ld-(?:linux|musl)[\w-]*\.so(?:\.\d)*)$/u;

/** What else runs where a program is given some words. */
export function startedBy(program: string, words: readonly Word[]): readonly Start[] {
  const name = nameOf(program);
  if (starter.test(name)) return behindStarter(name, words);
  if (/^g?find$/u.test(name)) return byFind(name, words);
  if (/^[gmn]?awk$/u.test(name)) return byAwk(name, words);
  return byOptions(name, words);
}

/** Of these the first word is no program. */
const takesOne = /^(?:chroot|flock|taskset)$/u;

/** The program is the first word that is no option, assignment, number or signal. */
function behindStarter(name: string, words: readonly Word[]): readonly Start[] {
  const given = takesOne.test(name) ? words.slice(1) : words;
  let isUnknown = false;
  for (const [index, word] of given.entries()) {
    const telling = word.find((one) => isTelling(firstOf(one)) && !starter.test(nameOf(one)));
    if (telling !== undefined) return [{ what: telling, key: nameOf(firstOf(telling)), isTelling: true }];
    if (word.length === 0 || word.some((one) => one.startsWith("…"))) isUnknown = true;
    else if (word.every((one) => !isBeside.test(one) && !starter.test(nameOf(one)))) {
      // What follows an option may be its value.
      if (!(given[index - 1] ?? []).some((one) => /^-[a-z]$|^--[a-z-]+$/iu.test(one))) return [];
    }
  }
  return isUnknown ? [{ what: `${name} with a program`, key: name, isTelling: true }] : [];
}

const isBeside = /^(?:-.*|\w+=.*|[\d.]+[smhd]?|(?:SIG)?[A-Z][A-Z\d]{1,5})$/su;

/** What `-exec` names. */
function byFind(name: string, words: readonly Word[]): readonly Start[] {
  return words.flatMap((word, index) => {
    if (!word.some((one) => /^-(?:exec|ok)(?:dir)?$/u.test(one))) return [];
    const [program = []] = words.slice(index + 1);
    if (program.length === 0) return [{ what: `${name} with -exec`, key: `${name} -exec`, isTelling: true }];
    return program.flatMap((one) => [
      { what: one, key: nameOf(one), isTelling: isTelling(one) && !starter.test(nameOf(one)) },
      ...(starter.test(nameOf(one)) ? behindStarter(nameOf(one), words.slice(index + 2)) : []),
    ]);
  });
}

/** Its program is a text that may run others. */
function byAwk(name: string, words: readonly Word[]): readonly Start[] {
  const text = words.find(
    (word, index) =>
      !word.some((one) => one.startsWith("-")) &&
      !(words[index - 1] ?? []).some((one) => /^-[vF]$/u.test(one)),
  );
  const isUnknown = text !== undefined && (text.length === 0 || text.some((one) => one.includes("…")));
  return isUnknown ? [{ what: `${name} with a program`, key: name, isTelling: true }] : [];
}

/** Options whose values are commands, by programs: `option=command`, or the command is the next word. */
const options: readonly (readonly [program: RegExp, option: RegExp])[] = [
  [
    /^git$/u,
    /^(?:-c)?((?:alias|pager)\.[^=]+|core\.(?:sshcommand|pager|editor|fsmonitor|gitproxy|askpass)|sequence\.editor|diff\.external|gpg\.program|filter\.[^=]+\.(?:clean|smudge|process)|(?:diff|merge)tool\.[^=]+\.cmd|credential\.(?:[^=]+\.)?helper|protocol\.(?:ext\.)?allow|--(?:upload-pack|receive-pack|exec)|ext:(?=:))(?:[=:](.*))?$/isu,
  ],
  [/^(?:ssh|scp|sftp)$/u, /^(?:-o)?\s*((?:proxy|local|knownhosts)command)(?:[=\s](.*))?$/isu],
  [
    /^(?:g|bsd)?tar$/u,
    /^(--(?:to-command|checkpoint-action|use-compress-program|rsh-command|info-script|new-volume-script))(?:=(.*))?$/su,
  ],
  [/^rsync$/u, /^(-e|--rsh)(?:=(.*))?$/su],
  [/^g?make$/u, /^(--eval|SHELL)(?:=(.*))?$/su],
  [/^go$/u, /^--?(toolexec|vettool|exec)(?:=(.*))?$/su],
];

function byOptions(name: string, words: readonly Word[]): readonly Start[] {
  return options.flatMap(([program, option]) =>
    program.test(name)
      ? words.flatMap((word, index) => word.flatMap((one) => byOption(name, option, [one, words[index + 1]])))
      : [],
  );
}

function byOption(
  name: string,
  option: RegExp,
  [word, next]: readonly [string, Word | undefined],
): readonly Start[] {
  const [, key = "", own] = option.exec(word) ?? [];
  if (key === "" || (own === undefined && next === undefined)) return [];
  const commands = own === undefined ? (next?.length === 0 ? ["…"] : (next ?? [])) : [own];
  const group = key.toLowerCase().replace(/^(alias|pager|filter)\..*$/su, "$1");
  return commands.map((command) => ({
    what: `${name} with ${own === undefined ? `${word} ${command}` : word}`,
    key: `${name} ${group}`,
    isTelling: group.startsWith("protocol.") ? /^(?:always|user)$/iu.test(command) : isOpen(group, command),
  }));
}

/** Whether a command is not known where it names a program or joins commands, or names one that anybody puts there. */
function isOpen(option: string, given: string): boolean {
  const isShell = given.startsWith("!");
  // Of these others than `!` name what git brings.
  if (option.startsWith("credential.") && !isShell) return false;
  if (option === "alias" && !isShell && !given.startsWith("…")) return false;
  const command = given.replace(/^!|^exec=/u, "").trimStart();
  const first = firstOf(command);
  if (liesAnywhere(first)) return true;
  const end = command.indexOf("…");
  if (end < 0) return false;
  return (
    first.includes("…") ||
    (isTelling(first) && first !== "ssh") ||
    /[;&|`$(){}<>\n]/u.test(command.slice(0, end))
  );
}

function firstOf(command: string): string {
  return /^\S*/u.exec(command)?.[0] ?? "";
}
