/** Programs that are run to decide what runs later, or which modules Go trusts. */

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
  return commands.find((one) => one.line.test(text));
}
