import type { CallSiteChange, Evidence, FindingDraft, Flow, OldUse, Rule } from "@capdiff/analyzer";
import { atCall, atEnd, atStep, namesOf, ownName, shortName, waysIn } from "./places.ts";
import { allValues, linesOf, shown } from "./shell-line.ts";
import { startupCommand } from "./startup-commands.ts";
import { ofShells, startupFile } from "./startup-files.ts";

export const startupFileWritten: Rule = {
  id: "startup-file-written",
  title: "A file that decides what runs later is written",
  tier: "block",
  seen: "A file is written, a variable set, or a program run that decides what starts at log-in, in a shell, at fixed times, in later build steps, or which modules Go trusts. It blocks where hardly anything honest writes that file, or it happens without being called, or in a function that callers know. What installs completions of a shell, in its start-up files, is for review there.",
  why: "It makes the code stay after the program ended, or lets others in.",
  benign: ["installers of services", "helpers for build servers, which hand variables to later steps"],
  references: [
    "ten modules of one organisation: GITHUB_ENV, GOPROXY, authorized_keys (public reports, May 2026)",
  ],
  *find(evidence) {
    for (const change of evidence.changes) {
      if (change.kind === "call-site" && isNew(change)) {
        yield* byCommand(evidence, change);
        yield* byVariable(evidence, change);
      }
      if (change.kind === "call-site" && isNew(change) && writes({ ...change, name: change.terminal.name })) {
        const found = change.arguments
          .flatMap(allValues)
          .map((value) => ({ value, file: startupFile(value) }));
        const first = found.find(({ file }) => file !== undefined);
        if (first?.file === undefined) continue;
        yield {
          tier: wasWritten(evidence, first.file.what)
            ? "inform"
            : tierOf(evidence, change.function, first.file),
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
            : tierOf(evidence, sink.function, { grave: source.kind === "network" }),
          certainty,
          message: `\`${ownName(sink.function)}\` ${evidence.mode === "single" ? "" : "now "}writes what it has from ${shortName(source.name)} to a ${sink.name.endsWith(".Setenv") ? "variable" : "file"} that decides what runs later`,
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

/** A program is run that writes it, as `crontab -` does. */
function* byCommand(evidence: Evidence, change: CallSiteChange): Iterable<FindingDraft> {
  if (!change.capabilities.some((one) => one.startsWith("EXEC"))) return;
  const found = linesOf(change).map((line) => ({ line, command: startupCommand(line) }));
  const first = found.find(({ command }) => command !== undefined);
  if (first?.command === undefined) return;
  const { what, grave } = first.command;
  const did = evidence.oldUses.some(({ values }) => startupCommand(values.join(" "))?.what === what);
  const { atStart, existing } = evidence.waysTo(change.function);
  const unasked = atStart.length > 0 || (grave && existing.length > 0 && evidence.mode !== "single");
  yield {
    ...told(evidence, change, `changes ${what}: ${shown(first.line)}`),
    tier: did ? "inform" : unasked ? "block" : "review",
    values: [first.line],
    about: [change.terminal.name, first.line],
  };
}

/** A file is written whose path a variable of the environment says, as build servers have it. */
function* byVariable(evidence: Evidence, change: CallSiteChange): Iterable<FindingDraft> {
  const { terminal, arguments: given, function: fn } = change;
  const [path] = given;
  if (!opening.test(terminal.name) || path === undefined || allValues(path).some(startupFile)) return;
  const found = evidence
    .valuesIn(fn)
    .find(({ name, value }) => asking.test(name) && startupFile(value) !== undefined);
  const file = found && startupFile(found.value);
  if (found === undefined || file === undefined) return;
  const known = evidence.mode !== "single" && evidence.hadText(found.value);
  const others = namedIn(evidence, fn, found.value).filter((one) => startupFile(one)?.what !== file.what);
  const unasked = evidence.waysTo(fn).atStart.length > 0;
  yield {
    ...told(evidence, change, `writes ${file.what}: ${found.value}`),
    tier: known ? "inform" : unasked || others.length > 0 ? "block" : "review",
    values: [found.value, ...others],
    about: [terminal.name, found.value],
  };
}

const opening = /^(?:os\.(?:OpenFile|Create|WriteFile)|io\/ioutil\.WriteFile)$/u;
const asking = /^(?:os\.(?:Getenv|LookupEnv)|syscall\.Getenv)$/u;

function told(evidence: Evidence, change: CallSiteChange, what: string) {
  return {
    certainty: "static",
    message: `\`${ownName(change.function)}\` ${evidence.mode === "single" ? "" : "now "}${what}`,
    locations: [atCall(change), ...waysIn(evidence.waysTo(change.function))],
    builds: change.builds,
  } as const;
}

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

/** `what` as of a `startupFile`; absent where it is not known which file it is. */
interface WrittenFile {
  readonly what?: string;
  readonly grave: boolean;
}

function tierOf(evidence: Evidence, fn: string, { what, grave }: WrittenFile) {
  const { atStart, existing } = evidence.waysTo(fn);
  if (atStart.length > 0) return "block";
  if (evidence.mode === "single") return "review";
  const isAsked =
    existing.length === 0 || ((what === undefined || what === ofShells) && completes(evidence, fn));
  return grave || !isAsked ? "block" : "review";
}

/** Whether it is a command that installs completions, which honest programs put into the start-up files of shells. */
function completes({ waysTo, textsIn }: Evidence, fn: string): boolean {
  const { between, added, inGoroutine } = waysTo(fn);
  const functions = [fn, ...namesOf([...between, ...added])];
  return (
    !inGoroutine &&
    functions.some((one) => [ownName(one), ...textsIn(one)].some((text) => completion.test(text)))
  );
}

const completion = /completions?\b/iu;
