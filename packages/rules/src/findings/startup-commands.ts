/** Programs that are run to decide what runs later, or which modules Go trusts. */

import { startupFile } from "./startup-files.ts";

interface StartupCommand {
  readonly what: string;
  readonly line: RegExp;
  /** Nearly nothing honest runs it for callers that did not ask. */
  readonly grave: boolean;
}

const commands: readonly StartupCommand[] = [
  {
    what: "what is run at fixed times",
    line: /^(?:\S*\/)?crontab(?:\s+-u\s+\S+)?\s+(?:-(?:\s|$)|[^-\s])/u,
    grave: true,
  },
  {
    what: "what is run at fixed times",
    line: /^(?:\S*[/\\])?schtasks(?:\.exe)?\s.*\/create\b/iu,
    grave: true,
  },
  {
    what: "what is started at log-in",
    line: /^(?:\S*[/\\])?reg(?:\.exe)?\s+add\s.*\\CurrentVersion\\Run/iu,
    grave: true,
  },
  { what: "what is run later", line: /^(?:\S*\/)?(?:at|batch)\s+(?:now|noon|midnight|\d|-f)/u, grave: true },
  { what: "who may do everything", line: /^(?:\S*\/)?(?:useradd|usermod)\s.*-u\s*0\b/u, grave: true },
  { what: "who may do everything", line: /^(?:\S*\/)?chmod\s+(?:u\+s|\+s|[246]7[0-7]{2})\s/u, grave: true },
  {
    what: "what a service manager starts",
    line: /^(?:\S*\/)?(?:systemctl\s(?:.*\s)?enable\b|launchctl\s+(?:load|bootstrap|submit)\b|update-rc\.d\s|chkconfig\s)/u,
    grave: false,
  },
  {
    what: "which modules Go trusts",
    line: /^(?:\S*[/\\])?go(?:\.exe)?\s+env\s.*-w\b.*\bGO(?:SUMDB|PROXY|NOSUMDB|NOSUMCHECK|INSECURE|FLAGS)=/u,
    grave: true,
  },
  {
    what: "what runs when git is used",
    line: /^(?:\S*[/\\])?git(?:\.exe)?\s+config\s.*--(?:global|system)\b.*\bcore\.(?:hooksPath|sshCommand|fsmonitor)\b/iu,
    grave: true,
  },
];

/** What such a program, written with its arguments, decides; undefined of an ordinary one. Linear in the first 1,000 characters. */
export function startupCommand(line: string): Pick<StartupCommand, "what" | "grave"> | undefined {
  const text = line.slice(0, 1000);
  const inside = inShell.exec(text)?.[1];
  for (const one of inside === undefined ? [text] : [text, ...inside.split(/[|;&()\n]+/u)]) {
    const known = commands.find(({ line: pattern }) => pattern.test(one.trim()));
    if (known !== undefined) return known;
  }
  for (const [, into, piped] of inside?.matchAll(written) ?? []) {
    const file = startupFile((into ?? piped ?? "").replace(/["']/gu, ""));
    if (file !== undefined) return { what: file.what, grave: true };
  }
  return undefined;
}

/** What a shell is given as a line. */
const inShell = /^(?:\S*\/)?(?:(?:ba|da|z|k|a)?sh)\s+-\w*c\s+(.*)$/su;

/** Files to which such a line writes. */
const written = />{1,2}\s*([^\s;&|>]+)|\btee\s+(?:-\w+\s+)*([^\s;&|>]+)/gu;
