import type { Evidence, Flow, FlowChange, Rule } from "@capdiff/analyzer";
import { addressesAlong, addressWords, dropAlong, newAddressesAlong, valuesOf } from "./addresses.ts";
import { atEnd, atStep, fewNames, namesOf, ownName, placeOf, shortName, waysIn } from "./places.ts";
import { isNearlySureFlow } from "./sureness.ts";
import { aggravations, isNewPower, reasonWords } from "./weight-of-flows.ts";

const sources: ReadonlySet<Flow["source"]["kind"]> = new Set(["network", "request", "downloaded"]);
const sinks: ReadonlySet<Flow["sink"]["kind"]> = new Set(["exec", "shell", "load", "memory"]);

export const networkToExec: Rule = {
  id: "network-to-exec",
  title: "What comes from the network is run",
  tier: "block",
  seen: "Data that is read from the network gets to what is run: a program, its arguments or input, a shell line, a library. It blocks where it runs without being called, in a module that had neither network nor programs, where existing callers run into it in the background, where they run into what a raw address or a drop says, where a request says which program or shell line a module runs that ran none, and between a repository and its published copy or an original and its clone. Elsewhere it is for review; where the old version did the same already, it informs, and where one end is in a dependency and fields or package variables are between.",
  why: "Whoever controls the other end of the connection runs what they like on the machine. Nearly every published backdoor in a Go module does this.",
  benign: [
    "agents and runners whose purpose is to run what a server tells them",
    "self-updaters, and tools that download a browser or compiler",
    "clients of SSH and of remote procedure calls",
  ],
  references: [
    "boltdb-go/bolt v1.3.1: a shell over a TCP connection, from Open (public reports, February 2025)",
    "shopsprint/decimal v1.3.3: the text of a DNS record is executed, from init (public reports, May 2026)",
  ],
  *find(evidence) {
    for (const change of evidence.changes) {
      if (change.kind !== "flow" || change.change !== "added") continue;
      const { flow } = change;
      if (!sources.has(flow.source.kind) || !sinks.has(flow.sink.kind)) continue;
      yield finding(evidence, change);
    }
  },
};

function finding(evidence: Evidence, { flow }: FlowChange) {
  const { source, sink, steps, certainty, builds } = flow;
  const worse = aggravations(evidence, flow);
  const known = evidence.hadFlow(source.kind, sink.kind);
  const what = shortName(source.name);
  const place = atEnd(source, "reads from the network");
  const say = (whats: string) => sentence(evidence, flow, { whats, worse });
  return {
    tier: tierOf(evidence, flow, { worse, known }),
    certainty,
    message: say(what),
    locations: [
      atEnd(sink, sink.kind === "load" ? "loads it" : "runs it"),
      place,
      ...steps.map(atStep),
      ...waysIn(evidence.waysTo(sink.function)),
    ],
    builds,
    ...valuesOf(addressesAlong(evidence, flow)),
    flow,
    about: [source.name, sink.name],
    oneOf: { at: placeOf(sink.site.position), what, place, say },
  } as const;
}

interface Weighed {
  readonly worse: readonly string[];
  readonly known: boolean;
}

function tierOf(evidence: Evidence, flow: Flow, { worse, known }: Weighed) {
  const { mode } = evidence;
  const { source, sink, certainty } = flow;
  if (mode === "published" || mode === "clone") return "block";
  const isElsewhere = comesFromElsewhere(evidence, flow);
  if (known && !isElsewhere) return "inform";
  if (mode === "single") {
    const toDrop = isNearlySureFlow(flow) && dropAlong(evidence, flow) !== undefined;
    return toDrop || (worse.length > 1 && certainty === "static") ? "review" : "inform";
  }
  // What a dependency does is the dependency's to answer for, and to what it keeps much data gets that is not read there.
  if (source.module !== undefined || sink.module !== undefined)
    return source.module === sink.module || isNearlySureFlow(flow) ? "review" : "inform";
  const unasked = isNearlySureFlow(flow) && evidence.waysTo(sink.function).atStart.length > 0;
  const hidden = givesOrders(evidence, flow) || isFromDrop(evidence, flow);
  const forCallers =
    isElsewhere && sink.kind === "shell" && evidence.waysTo(sink.function).existing.length > 0;
  return unasked || hidden || forCallers || worse.length > 1 || isNewPower(evidence, flow)
    ? "block"
    : "review";
}

/** It comes from an address that the old version did not know. */
function comesFromElsewhere(evidence: Evidence, flow: Flow): boolean {
  return isNearlySureFlow(flow) && newAddressesAlong(evidence, flow).length > 0;
}

/** What existing callers now run comes from a raw address or a drop that the old version did not know. */
function isFromDrop(evidence: Evidence, flow: Flow): boolean {
  if (!isNearlySureFlow(flow) || evidence.waysTo(flow.sink.function).existing.length === 0) return false;
  const drop = dropAlong(evidence, flow);
  return (
    drop !== undefined &&
    !evidence.oldUses.some(({ values }) => values.some((one) => one.includes(drop.host)))
  );
}

/** A server that ran no programs now runs whatever program or shell line a request says. */
function givesOrders({ had, waysTo }: Evidence, flow: Flow): boolean {
  if (flow.source.kind !== "request") return false;
  const { kind, name, argument, function: fn } = flow.sink;
  const program = naming.exec(name)?.[1] === undefined ? 0 : 1;
  const says = kind === "shell" || (kind === "exec" && naming.test(name) && argument === program);
  return says && !had("EXEC") && isNearlySureFlow(flow) && waysTo(fn).existing.length > 0;
}

/** Functions whose first argument, but for a context, is the program. */
const naming = /^(?:os\/exec\.Command(Context)?|os\.StartProcess|syscall\.(?:Exec|ForkExec|StartProcess))$/u;

interface Said {
  /** The functions that give what is run. */
  readonly whats: string;
  readonly worse: readonly string[];
}

function sentence(evidence: Evidence, flow: Flow, { whats, worse }: Said): string {
  const { waysTo, mode } = evidence;
  const { sink } = flow;
  const ways = waysTo(sink.function);
  const doers = [...ways.atStart, ...ways.existing, ...ways.added];
  const who = doers.length > 0 ? fewNames(namesOf(doers)) : `\`${ownName(sink.function)}\``;
  const now = mode === "single" ? "" : "now ";
  const why = reasonWords(worse);
  const verb = `${sink.kind === "load" ? "load" : "run"}${doers.length > 1 ? "" : "s"}`;
  return `${who} ${now}${verb} what ${doers.length > 1 ? "they read" : "it reads"} from ${addressWords(addressesAlong(evidence, flow)) || "the network"} (${whats} to ${shortName(sink.name)})${why}`;
}
