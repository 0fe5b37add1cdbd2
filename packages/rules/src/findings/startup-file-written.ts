import type { CallSiteChange, Evidence, Flow, OldUse, Rule } from "@capdiff/analyzer";
import { atCall, atEnd, atStep, ownName, shortName, waysIn } from "./places.ts";
import { allValues, shown } from "./shell-line.ts";
import { startupFile } from "./startup-files.ts";

export const startupFileWritten: Rule = {
  id: "startup-file-written",
  title: "A file that decides what runs later is written",
  tier: "block",
  seen: "A file is written, or a variable set, that decides what starts at log-in, in a shell, at fixed times, in later build steps, or which modules Go trusts. It blocks where hardly anything honest writes that file, or it happens without being called, or in a function that callers know.",
  why: "It makes the code stay after the program ended, or lets others in.",
  benign: ["installers of services", "helpers for build servers, which hand variables to later steps"],
  references: [
    "ten modules of one organisation: GITHUB_ENV, GOPROXY, authorized_keys (public reports, May 2026)",
  ],
  *find(evidence) {
    for (const change of evidence.changes) {
      if (change.kind === "call-site" && isNew(change) && writes({ ...change, name: change.terminal.name })) {
        const found = change.arguments
          .flatMap(allValues)
          .map((value) => ({ value, file: startupFile(value) }));
        const first = found.find(({ file }) => file !== undefined);
        if (first?.file === undefined) continue;
        yield {
          tier: wasWritten(evidence, first.file.what)
            ? "inform"
            : tierOf(evidence, change.function, first.file.grave),
          certainty: "static",
          message: `\`${ownName(change.function)}\` ${evidence.mode === "single" ? "" : "now "}writes ${first.file.what}: ${shown(first.value)}`,
          locations: [atCall(change), ...waysIn(evidence.waysTo(change.function))],
          builds: change.builds,
          values: [first.value, ...namedIn(evidence, change.function, first.value)],
          about: [change.terminal.name, first.value],
        };
      } else if (change.kind === "flow" && change.change === "added" && isTelling(change.flow)) {
        const { source, sink, steps, certainty, builds } = change.flow;
        yield {
          tier: evidence.hadFlow(source.kind, "startup")
            ? "inform"
            : tierOf(evidence, sink.function, source.kind === "network"),
          certainty,
          message: `\`${ownName(sink.function)}\` ${evidence.mode === "single" ? "" : "now "}writes what it has from ${shortName(source.name)} to a file that decides what runs later`,
          locations: [
            atEnd(sink, "writes it"),
            atEnd(source, "has it from here"),
            ...steps.map(atStep),
            ...waysIn(evidence.waysTo(sink.function)),
          ],
          builds,
          flow: change.flow,
          about: [source.name, sink.name],
        };
      }
    }
  },
};

/** What gets into a variable of the environment is nothing unless somebody else says it. */
function isTelling({ source, sink }: Flow): boolean {
  if (sink.kind !== "startup") return false;
  return !sink.name.endsWith(".Setenv") || fromElsewhere.has(source.kind);
}

const fromElsewhere: ReadonlySet<Flow["source"]["kind"]> = new Set(["network", "request", "downloaded"]);

/** Other files, and variables that name some, of that sort that calls in a function are given. */
function namedIn({ valuesIn }: Evidence, fn: string, written: string): readonly string[] {
  const all = new Set(valuesIn(fn).map(({ value }) => value));
  return [...all].filter((one) => one !== written && startupFile(one) !== undefined).slice(0, mostNamed);
}

const mostNamed = 8;

/** The old version did so. */
function wasWritten({ oldUses }: Evidence, what: string): boolean {
  return oldUses.filter(writes).some(({ values }) => values.some((one) => startupFile(one)?.what === what));
}

function isNew({ change }: CallSiteChange): boolean {
  return change === "added" || change === "changed";
}

function writes({ capabilities, name }: Pick<OldUse, "capabilities" | "name">): boolean {
  return (
    capabilities.some(
      (one) => one.startsWith("FILES/WRITE") || one === "FILES" || one.startsWith("MODIFY_SYSTEM_STATE"),
    ) || /^os\.(?:OpenFile|Setenv|Rename|Symlink|Link)$/u.test(name)
  );
}

function tierOf({ mode, waysTo }: Evidence, fn: string, grave: boolean) {
  const { atStart, existing } = waysTo(fn);
  if (atStart.length > 0) return "block";
  if (mode === "single") return "review";
  return grave || existing.length > 0 ? "block" : "review";
}
