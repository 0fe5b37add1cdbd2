import type { CallSiteChange, Evidence, Rule } from "@capdiff/analyzer";
import { atCall, ownName, waysIn } from "./places.ts";
import { tellingPrograms } from "./plain-programs.ts";
import { linesOf, shown } from "./shell-line.ts";

export const otherProgram: Rule = {
  id: "other-program",
  title: "A shell or another interpreter is run that the module did not run",
  tier: "review",
  seen: "A module that runs programs already runs another one: a shell, an interpreter, a program that fetches or runs what it is told, or one in a folder where anybody puts programs. In functions that only new ones lead to it informs. Where the module could not run programs before, other rules speak.",
  why: "A module that runs git has no reason to run a shell. What is told to it may be hidden where nobody can work it out.",
  benign: ["support of another tool, with its commands written out", "hooks that users configure"],
  references: ["the catalogue of signals: argument constants of calls that were there before"],
  *find(evidence) {
    const { changes, mode } = evidence;
    if (mode === "single" || !evidence.had("EXEC")) return;
    for (const change of changes) {
      if (change.kind !== "call-site" || (change.change !== "added" && change.change !== "changed")) continue;
      const [program] = tellingPrograms(evidence, change).filter((one) => !wasRun(evidence, one));
      if (program === undefined) continue;
      const { atStart, existing } = evidence.waysTo(change.function);
      yield {
        tier: atStart.length > 0 || existing.length > 0 ? "review" : "inform",
        certainty: "static",
        message: `\`${ownName(change.function)}\` now runs ${shown(program)}, which the module did not run${toldIn(change)}`,
        locations: [atCall(change), ...waysIn(evidence.waysTo(change.function))],
        builds: change.builds,
        values: [program],
        about: [change.terminal.name, nameOf(program)],
      };
    }
  },
};

function wasRun({ oldUses }: Evidence, program: string): boolean {
  const name = nameOf(program);
  return oldUses.some(
    ({ capabilities, values }) =>
      capabilities.some((one) => one.startsWith("EXEC")) && values.some((one) => nameOf(one) === name),
  );
}

/** Without the folder, and what Windows puts behind it. */
function nameOf(program: string): string {
  return program.replace(/^.*[/\\]|\.exe$/giu, "").toLowerCase();
}

/** What it is told, where all of that is known. */
function toldIn(change: CallSiteChange): string {
  const isKnown = change.arguments.every(
    ({ value, folded }) => value !== undefined || (folded !== undefined && folded.partial === undefined),
  );
  return isKnown ? `: ${shown(linesOf(change)[0] ?? "")}` : "; what it is told is not known";
}
