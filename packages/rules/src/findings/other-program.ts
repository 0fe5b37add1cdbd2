import type { CallSiteChange, ChangedFunction, Evidence, FindingDraft, Rule } from "@capdiff/analyzer";
import { atCall, atCode, everywhere, ownName, waysIn } from "./places.ts";
import { startsAt, startsBefore } from "./plain-programs.ts";
import { linesOf, shown } from "./shell-line.ts";
import { isTelling, liesAnywhere, nameOf } from "./telling-programs.ts";

export const otherProgram: Rule = {
  id: "other-program",
  title: "A shell or another interpreter is run that the module did not run",
  tier: "review",
  seen: "A module that runs programs already runs another one: a shell, an interpreter, a program that fetches or runs what it is told, or one in a folder where anybody puts programs; by itself, behind one that only starts others (`timeout`, `env`), as the path of a command, or by an option of git, ssh, tar or find whose command is not known. In functions that only new ones lead to it informs. Where the module could not run programs before, other rules speak.",
  why: "A module that runs git has no reason to run a shell. What is told to it may be hidden where nobody can work it out.",
  benign: ["support of another tool, with its commands written out", "hooks that users configure"],
  references: ["the catalogue of signals: argument constants of calls that were there before"],
  *find(evidence) {
    const { changes, mode } = evidence;
    if (mode === "single" || !evidence.had("EXEC")) return;
    let before: ReadonlySet<string> | undefined;
    const wasRun = (key: string) => (before ??= ranBefore(evidence)).has(key);
    for (const change of changes) {
      if (change.kind !== "call-site" || (change.change !== "added" && change.change !== "changed")) continue;
      const start = startsAt(evidence, change).find((one) => one.isTelling && !wasRun(one.key));
      // Examples hand a wrapper what its users may.
      if (start === undefined || [start.what, start.key].some(evidence.isAsideText)) continue;
      yield {
        ...finding(evidence, change.function, start.what, toldIn(change)),
        locations: [atCall(change), ...waysIn(evidence.waysTo(change.function))],
        builds: change.builds,
        about: [change.terminal.name, start.key],
      };
    }
    for (const changed of evidence.changedFunctions()) {
      const program = pathsSet(evidence, changed).find((one) => !wasRun(nameOf(one)));
      if (program === undefined) continue;
      yield {
        ...finding(evidence, changed.function, program, ""),
        locations: [
          atCode(changed, "sets the path of a command"),
          ...waysIn(evidence.waysTo(changed.function)),
        ],
        builds: everywhere,
        about: [commandPath, nameOf(program)],
      };
    }
  },
};

function finding(
  { waysTo }: Evidence,
  fn: string,
  program: string,
  told: string,
): Pick<FindingDraft, "tier" | "certainty" | "message" | "values"> {
  const { atStart, existing } = waysTo(fn);
  return {
    tier: atStart.length > 0 || existing.length > 0 ? "review" : "inform",
    certainty: "static",
    message: `\`${ownName(fn)}\` now runs ${shown(program)}, which the module did not run${told}`,
    values: [program],
  };
}

/** The keys of what the old version started. */
function ranBefore({ oldUses }: Evidence): ReadonlySet<string> {
  return new Set(
    oldUses
      .filter(({ capabilities }) => capabilities.some((one) => one.startsWith("EXEC")))
      .flatMap(startsBefore)
      .map(({ key }) => key),
  );
}

const commandPath = "os/exec.Cmd.Path";

/** Telling programs that a function sets as the path of a command, and did not; of a field of what is not known only names. */
function pathsSet({ hadSetting }: Evidence, { now }: ChangedFunction): readonly string[] {
  const handlesCommands = [...now.uses].some((one) => /^(?:\(\*)?os\/exec\./u.test(one));
  return now.sets.flatMap(({ what, value = "" }) => {
    const isPath = what === commandPath || (what === ".Path" && handlesCommands && !liesAnywhere(value));
    return isPath && isTelling(value) && !hadSetting(what, value) ? [value] : [];
  });
}

/** What it is told, where all of that is known. */
function toldIn(change: CallSiteChange): string {
  const isKnown = change.arguments.every(
    ({ value, folded }) => value !== undefined || (folded !== undefined && folded.partial === undefined),
  );
  return isKnown ? `: ${shown(linesOf(change)[0] ?? "")}` : "; what it is told is not known";
}
