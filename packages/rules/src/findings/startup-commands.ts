/** Programs that are run to decide what runs later, or which modules Go trusts. */

import { writtenBy } from "./fetched-files.ts";
import { nameOf, programOf } from "./shell-programs.ts";
import { longestLine, pipelinesIn } from "./shell-words.ts";
import { startupFile } from "./startup-files.ts";

interface StartupCommand {
  readonly what: string;
  /** What the program and its arguments are, with one blank between. */
  readonly line: RegExp;
  /** Nearly nothing honest runs it for callers that did not ask. */
  readonly grave: boolean;
}

const commands: readonly StartupCommand[] = [
  // Alone it reads the table, as with `-`.
  { what: "what is run at fixed times", line: /^crontab(?: -u \S+)?(?:$| -(?: |$)| [^-…])/u, grave: true },
  { what: "what is run at fixed times", line: /^schtasks .*\/create\b/iu, grave: true },
  { what: "what is started at log-in", line: /^reg add .*\\CurrentVersion\\Run/iu, grave: true },
  {
    what: "what is run later",
    line: /^(?:at|batch) (?:-[mv] )*(?:now|noon|midnight|\d|-f)/u,
    grave: true,
  },
  { what: "who may do everything", line: /^(?:useradd|usermod) .*-u ?0\b/u, grave: true },
  {
    what: "who may do everything",
    line: /^chmod (?:-\S+ )*(?:(?:[go]*[ua][ugoa]*)?[+=][rwxX]*s\S*|0?[246]7[0-7]{2}) /u,
    grave: true,
  },
  {
    what: "what a service manager starts",
    line: /^(?:systemctl (?:.* )?enable\b|launchctl (?:load|bootstrap|submit)\b|update-rc\.d |chkconfig )/u,
    grave: false,
  },
  {
    what: "which modules Go trusts",
    line: /^go env .*-w\b.*\bGO(?:SUMDB|PROXY|NOSUMDB|NOSUMCHECK|INSECURE|FLAGS)=/u,
    grave: true,
  },
  {
    what: "what runs when git is used",
    line: /^git (?:-\S+ (?:[^-\s]\S* )?)*config (?!.*--(?:get|unset|list)\b)(?=.*--(?:global|system)\b).*(?:\bcore\.(?:hooksPath|sshCommand|fsmonitor) \S|\balias\.\S+ [!…]|\bcredential\.(?:\S+\.)?helper [!/~.…])/iu,
    grave: true,
  },
];

/** Characters of a command that are looked at. */
const commandLimit = 1000;

/** What such a program, written with its arguments, decides; undefined of an ordinary one. What a shell is given counts as it reads it. */
export function startupCommand(line: string): Pick<StartupCommand, "what" | "grave"> | undefined {
  const text = line.slice(0, longestLine).trim();
  const words = text.split(/\s+/u).map((one) => ({ text: one, output: [] }));
  if (elsewhere.test(nameOf(words[0]?.text ?? ""))) return undefined;
  const command = { words, redirects: [] };
  const isShell = programOf(command)?.byShell === true;
  for (const one of isShell ? pipelinesIn(text).flat(2) : [command]) {
    const program = programOf(one);
    const written = program && [program.name, ...program.given.map((given) => given.text)].join(" ");
    const known = commands.find((each) => each.line.test((written ?? "").slice(0, commandLimit)));
    if (known !== undefined) return known;
    const file = firstOf(writtenBy(one, program).map(startupFile));
    if (file !== undefined) return { what: file.what, grave: true };
  }
  return undefined;
}

function firstOf<T>(all: readonly (T | undefined)[]): T | undefined {
  return all.find((one) => one !== undefined);
}

/** What runs programs on other machines, or in containers. */
const elsewhere = /^(?:docker|podman|nerdctl|kubectl|ssh|adb)$/u;
