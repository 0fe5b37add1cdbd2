import type { CallSiteChange, Evidence, Flow, FlowChange, Rule } from "@capdiff/analyzer";
import { dropAlong } from "./addresses.ts";
import { atCall, atEnd, atStep, fewNames, namesOf, ownName, shortName, waysIn } from "./places.ts";
import { runsNamedProgram } from "./plain-programs.ts";
import { isNearlySureFlow } from "./sureness.ts";
import { aggravations, isNewPower, reasonWords } from "./weight-of-flows.ts";

export const downloadAndRun: Rule = {
  id: "download-and-run",
  title: "A file is downloaded, and a program is run that the code does not name",
  tier: "block",
  seen: "What comes from the network is written to a file, and a function that leads there also leads to running a program whose name is no constant, or an interpreter. It blocks in a module that could do neither before, and where it runs without being called or in a function that callers know. A program that such a function ran before, at a place that is gone, is not new.",
  why: "That is how a second stage gets onto a machine: the file is what somebody else decides.",
  benign: ["self-updaters", "tools that download a browser, a compiler or a database to run it"],
  references: [
    "golangorg/formstash v1.0.5: an archive is unpacked and its script is run (public reports, April 2026)",
    "qiniiu/qmgo: downloads and executes (public reports, June 2025)",
  ],
  *find(evidence) {
    const named = new Set(evidence.changes.flatMap((one) => runsByName(evidence, one)));
    const gone = evidence.changes.filter((one) => isRun(evidence, one, "removed"));
    const runs = evidence.changes
      .filter((one) => isRun(evidence, one, "added"))
      .filter((one) => !takesThePlaceOf(evidence, one, gone))
      .filter(({ terminal, function: fn }) => !terminal.name.startsWith("(*os/exec.Cmd).") || !named.has(fn));
    for (const change of evidence.changes) {
      if (change.kind !== "flow" || change.change !== "added") continue;
      const { source, sink } = change.flow;
      if (source.kind !== "network" || sink.kind !== "file") continue;
      const run = runs.find((one) => meet(evidence, one.function, sink.function));
      if (run !== undefined) yield finding(evidence, change, run);
    }
  },
};

function isRun(
  evidence: Evidence,
  change: Evidence["changes"][number],
  what: CallSiteChange["change"],
): change is CallSiteChange {
  if (change.kind !== "call-site" || change.change !== what) return false;
  return change.capabilities.includes("EXEC") && change.use === "call" && !runsNamedProgram(evidence, change);
}

/** A function that callers know had that call, and now leads to it: it ran such programs before. */
function takesThePlaceOf(
  { waysTo }: Evidence,
  { function: fn, terminal }: CallSiteChange,
  gone: readonly CallSiteChange[],
): boolean {
  const same = gone.filter((one) => one.terminal.name === terminal.name);
  if (same.length === 0) return false;
  const { atStart, existing } = waysTo(fn);
  const known = new Set(namesOf(existing));
  return atStart.length === 0 && same.some((one) => known.has(one.function));
}

/** The function of a call that names what it runs: what becomes of the command there says nothing more. */
function runsByName(evidence: Evidence, change: Evidence["changes"][number]): readonly string[] {
  return change.kind === "call-site" && runsNamedProgram(evidence, change) ? [change.function] : [];
}

/** Whether one function leads to both. */
function meet({ waysTo }: Evidence, a: string, b: string): boolean {
  if (a === b) return true;
  const all = (fn: string) => {
    const { atStart, existing, added } = waysTo(fn);
    return namesOf([...atStart, ...existing, ...added]);
  };
  const ways = new Set(all(a));
  return all(b).some((way) => ways.has(way));
}

function finding(evidence: Evidence, { flow }: FlowChange, run: CallSiteChange) {
  const { source, sink, steps, certainty, builds } = flow;
  const ways = evidence.waysTo(run.function);
  const doers = namesOf([...ways.atStart, ...ways.existing, ...ways.added]);
  const who = doers.length > 0 ? fewNames(doers) : `\`${ownName(run.function)}\``;
  const s = doers.length > 1 ? "" : "s";
  const { function: fn, site, terminal } = run;
  const started: Flow = { ...flow, sink: { ...sink, kind: "exec", function: fn, site, name: terminal.name } };
  const worse = aggravations(evidence, started);
  return {
    tier: tierOf(evidence, started, worse),
    certainty,
    message: `${who} ${evidence.mode === "single" ? "" : "now "}download${s} a file (${shortName(source.name)}) and run${s} a program that the code does not name (${shortName(run.terminal.name)})${reasonWords(worse)}`,
    locations: [
      atCall(run),
      atEnd(source, "reads from the network"),
      atEnd(sink, "writes the file"),
      ...steps.map(atStep),
      ...waysIn(ways),
    ],
    builds,
    flow,
    about: [source.name, run.terminal.name],
  } as const;
}

/** As if what was written were run. */
function tierOf(evidence: Evidence, flow: Flow, worse: readonly string[]) {
  const { mode } = evidence;
  if (mode === "single")
    return isNearlySureFlow(flow) && dropAlong(evidence, flow) !== undefined ? "review" : "inform";
  if (mode === "published" || mode === "clone") return "block";
  return isNewPower(evidence, flow) && worse.length > 0 ? "block" : "review";
}
