/** Files that decide what runs later, or what others run. */

interface StartupFile {
  readonly what: string;
  readonly path: RegExp;
  /** Nearly nothing honest writes it. */
  readonly grave: boolean;
}

export const ofShells = "a start-up file of a shell";

const files: readonly StartupFile[] = [
  {
    what: "the keys that may log in",
    path: /(?:^|[/\\])\.ssh[/\\](?:authorized_keys2?|rc|config)\b|authorized_keys/u,
    grave: true,
  },
  // Installers of completions write it too, when they are asked to.
  {
    what: ofShells,
    path: /(?:^|[/\\])\.(?:bashrc|bash_profile|bash_login|profile|zshrc|zprofile|zshenv|kshrc|cshrc|config[/\\]fish[/\\](?:config\.fish|conf\.d))\b|\/etc\/(?:profile(?:\.d)?|bash\.bashrc|zsh(?:env|rc))(?:\/|$)/u,
    grave: false,
  },
  {
    what: "what is run at fixed times",
    path: /\/etc\/cron|\/var\/spool\/cron|(?:^|[/\\])crontab\b/u,
    grave: false,
  },
  {
    what: "what a service manager starts",
    path: /systemd[/\\](?:system|user)\b|\.service$|\/etc\/init\.d\/|LaunchAgents|LaunchDaemons|\/etc\/rc\.local/u,
    grave: false,
  },
  {
    what: "what is started at log-in",
    path: /autostart[/\\]|\.desktop$|Start Menu[/\\]Programs[/\\]Startup|CurrentVersion\\Run/u,
    grave: false,
  },
  { what: "the environment of later build steps", path: /GITHUB_(?:ENV|PATH)\b|BASH_ENV\b/u, grave: false },
  { what: "who may log in", path: /(?:^|\/)etc\/(?:passwd|shadow|gshadow|pam\.d\/.+)$/u, grave: true },
  { what: "who may do everything", path: /(?:^|\/)etc\/sudoers(?:\.d\/|$)/u, grave: true },
  { what: "which libraries every program loads", path: /\/etc\/ld\.so\.preload/u, grave: true },
  // Tools that install hooks write it too, when they are asked to.
  { what: "what runs when git is used", path: /\.git[/\\]hooks\b|(?:^|[/\\])\.gitconfig\b/u, grave: false },
  {
    what: "which modules Go trusts",
    path: /(?:^|[/\\])go(?:\.(?:sum|work\.sum)|[/\\]env)$|^GO(?:SUMDB|PROXY|NOSUMDB|FLAGS|PRIVATE)$|\bGO(?:SUMDB|PROXY|NOSUMDB|FLAGS|PRIVATE)=/u,
    grave: false,
  },
  {
    what: "what coding agents run",
    path: /(?:^|[/\\])\.(?:claude[/\\]settings(?:\.local)?|cursor[/\\](?:mcp|hooks))\.json$/u,
    grave: false,
  },
  {
    what: "a program with the name of Go's own",
    path: /(?:^|[/\\])(?:bin[/\\])?go(?:\.exe)?$/u,
    grave: true,
  },
];

/** What a file of that path decides; undefined of an ordinary one. */
export function startupFile(path: string): Pick<StartupFile, "what" | "grave"> | undefined {
  return files.find((one) => one.path.test(path.slice(0, 1000)));
}
