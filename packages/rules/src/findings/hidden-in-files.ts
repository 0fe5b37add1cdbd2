import type { CompareMode, Rule, SignalChange, SignalKind, Tier } from "@capdiff/analyzer";
import { atPosition } from "./places.ts";
import { tierOfCommand, tierOfInstruction } from "./run-on-open.ts";
import { shown } from "./shell-line.ts";

interface SignalRule extends Omit<Rule, "find"> {
  readonly signals: readonly SignalKind[];
  readonly what: string;
}

const rules: readonly SignalRule[] = [
  {
    id: "far-right-code",
    title: "Code behind so many blanks that nobody sees it",
    tier: "block",
    signals: ["far-right-code"],
    what: "has code far to the right, out of sight",
    seen: "A line has code behind 80 or more blanks.",
    why: "Editors and reviews show the left side of lines. There is no other reason for so many blanks.",
    benign: ["tables that are aligned, generated code"],
    references: ["typical of malicious packages of several languages (public reports, 2023 to 2026)"],
  },
  {
    id: "disguised-file",
    title: "A file is not what its name says",
    tier: "block",
    signals: ["disguised-file"],
    what: "is not what its name says",
    seen: "A program, archive or script has the extension of a font, an image, or data.",
    why: "Somebody runs it from elsewhere and hopes that nobody opens it.",
    benign: ["samples for tests"],
    references: ["16 infected repositories: an interpreter runs a font file (public reports, June 2026)"],
  },
  {
    id: "run-on-open",
    title: "Opening the folder runs something",
    tier: "block",
    signals: ["run-on-open"],
    what: "makes an editor or agent run something",
    seen: "A file tells an editor, an agent or a shell to run a command when the folder is opened. What needs a tool of its own or a first consent (.envrc, git hooks, installs of packages) is for review; so are variables in .envrc that decide what programs load or run, or whom the Go command trusts, and hooks that run only after an agent has changed a file, unless they hide or fetch what they run. What runs inside of a development container, or prepares one with nothing but the programs that containers take, what only formats or checks Go, and what direnv fetches by its hash informs.",
    why: "It runs on the machine of everybody who opens the code to read it.",
    benign: ["tasks of the maintainers that start when they open the folder"],
    references: ["16 infected repositories: a task that runs on folder open (public reports, June 2026)"],
  },
  {
    id: "misleading-characters",
    title: "Characters that make code look like other code",
    tier: "review",
    signals: ["bidirectional", "invisible", "mixed-script"],
    what: "has characters that mislead readers",
    seen: "Control characters that change the order of text, characters without width, or identifiers of letters of several scripts. In tests and their data they inform.",
    why: "What a reviewer sees is not what the compiler reads (Trojan Source, CVE-2021-42574).",
    benign: ["tests and data of internationalisation"],
    references: ["Boucher, Anderson: Trojan Source, 2021"],
  },
  {
    id: "agent-instructions",
    title: "Coding agents are told to run something that is fetched",
    tier: "review",
    signals: ["agent-instructions"],
    what: "has a line that coding agents follow",
    seen: "A line that is new in a file which coding agents follow has something downloaded and run, or runs encoded text. A tool that is run by its module's path, and a line that names a file with credentials, inform.",
    why: "Agents do what such files say, with the rights of whoever works there, and often without asking.",
    benign: ["installers of tools, as their own pages tell them", "warnings that name what not to do"],
    references: ["the catalogue of signals: files for editors and agents"],
  },
  {
    id: "build-setup",
    title: "A build file runs something unasked, or hands secrets out",
    tier: "inform",
    signals: ["build-setup"],
    what: "does more than build",
    seen: "A Makefile newly runs what it fetches or decodes when it is read, whatever is made; or a workflow of a build server takes all secrets at once, sends some by hand, or checks out the code of strangers where it has secrets.",
    why: "It runs for the maintainers: who has their secrets publishes the next version.",
    benign: [
      "tools that are installed while make reads its file",
      "workflows that label or comment on changes",
    ],
    references: ["the catalogue of signals: stolen credentials of maintainers"],
  },
];

/** What hides in the bytes of files. */
export const hiddenInFiles: readonly Rule[] = rules.map(({ signals, what, ...rule }) => ({
  ...rule,
  *find({ changes, mode }) {
    for (const change of changes) {
      if (change.kind !== "signal" || change.change !== "added" || !signals.includes(change.signal)) continue;
      const tier = tierOf(change, rule.tier, mode);
      if (tier === undefined) continue;
      yield {
        tier,
        certainty: "static",
        message: `${change.position.file} ${what}: ${shown(change.text)}`,
        locations: [{ ...atPosition(change.position, change.signal), source: change.text }],
        builds: { expression: "", words: "all builds" },
        values: [change.text],
        about: [change.signal, change.position.file, change.text],
      };
    }
  },
}));

/** Files that nobody builds. */
const aside = /_test\.go$|(?:^|\/)testdata\//u;

function tierOf(
  { signal, position: { file }, text }: SignalChange,
  most: Tier,
  mode: CompareMode,
): Tier | undefined {
  if (signal === "run-on-open") return tierOfCommand({ file, text, mode });
  if (signal === "agent-instructions") return tierOfInstruction(text, mode);
  if (signal === "build-setup") return "inform";
  if (most === "review") return mode === "single" || aside.test(file) ? "inform" : "review";
  return mode === "single" ? "review" : most;
}
