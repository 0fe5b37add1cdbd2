import type {
  CallSiteChange,
  Capability,
  EntryPointChange,
  Evidence,
  FindingDraft,
  GoroutineChange,
  Rule,
} from "@capdiff/analyzer";
import { atCall, atGoroutine, namesOf, ownName, waysIn } from "./places.ts";
import { isPlainUse, tellingUses } from "./plain-uses.ts";

const constructor = /^(?:New|Open|Dial|Connect|Init|Setup|Start|Must|Default)/u;

export const backgroundLoop: Rule = {
  id: "background-loop",
  title: "A goroutine that waits and reaches out, or listens",
  tier: "block",
  seen: "A new goroutine runs programs or reaches the network and waits for time to pass between. It blocks where it runs programs and is started without being called; it is for review where a function that everybody calls to begin with starts it, in a module that could not do that before, and not only at places where programs are named, or connections go where callers, the environment or the machine itself say. A goroutine that listens for connections is for review where functions that callers knew start it, which listened for none, unless callers or the environment say where.",
  why: "A backdoor keeps trying: it asks again every few minutes, or starts over after an error.",
  benign: [
    "pollers, refreshers of credentials, senders of metrics",
    "servers that are started in the background",
  ],
  references: ["boltdb-go/bolt v1.3.1: starts over after 30 seconds (public reports, February 2025)"],
  *find(evidence) {
    const { changes, mode, had, waysTo } = evidence;
    for (const change of changes) {
      if (change.kind !== "goroutine" || change.change !== "added") continue;
      yield* listening(evidence, change);
      if (!change.waits) continue;
      const telling = change.capabilities.filter((one) => /^(?:EXEC|NETWORK\/(?:DIAL|DNS))/u.test(one));
      if (telling.length === 0) continue;
      const { atStart, existing, added } = waysTo(change.function);
      const begins = [...existing, ...added].filter((way) =>
        constructor.test(ownName(way.function).replace(/^.*\./u, "")),
      );
      const runs = telling.some((one) => one.startsWith("EXEC"));
      const fresh = telling.some((one) => !had(one) && !isPlain(evidence, one));
      const isOdd = atStart.length > 0 || begins.length > 0;
      if (!isOdd) continue;
      yield {
        tier:
          mode === "single" ? "inform" : atStart.length > 0 && runs ? "block" : fresh ? "review" : "inform",
        certainty: "static",
        message: `\`${ownName(change.function)}\` ${mode === "single" ? "" : "now "}starts a goroutine that waits and has ${telling.join(", ")}${atStart.length > 0 ? ", when the program starts" : ""}`,
        locations: [atGoroutine(change)],
        builds: change.builds,
        about: [change.callee, ...telling],
      };
    }
  },
};

/** Callers of functions that did not listen for connections now have something that does, besides what they asked for. */
function* listening(evidence: Evidence, change: GoroutineChange): Iterable<FindingDraft> {
  if (evidence.mode === "single" || !change.capabilities.includes(listen)) return;
  const ways = evidence.waysTo(change.function);
  const names = new Set(namesOf([...ways.atStart, ...ways.existing]));
  const reached = evidence.changes.find(
    (one): one is EntryPointChange =>
      one.kind === "entry-point" &&
      one.change === "added" &&
      one.existing === true &&
      one.capability === listen &&
      names.has(one.entryPoint.function),
  );
  if (reached === undefined) return;
  const uses = tellingUses(evidence, (one) => one === listen);
  yield {
    tier: uses.length > 0 && uses.every((use) => isTold(evidence, use)) ? "inform" : "review",
    certainty: reached.certainty,
    message: `\`${ownName(change.function)}\` now starts a goroutine that listens for connections`,
    locations: [atGoroutine(change), ...uses.map(atCall), ...waysIn(ways)],
    builds: change.builds,
    about: [change.callee, listen],
  };
}

const listen = "NETWORK/LISTEN";

/** Callers or the environment say where it listens, or it takes connections of what somebody else listens with. */
function isTold({ originsAt }: Evidence, { terminal, function: fn, site }: CallSiteChange): boolean {
  if (taking.test(terminal.name)) return true;
  const origins = originsAt(fn, site.position);
  return origins.some((one) => one !== undefined && (one.caller || one.variables.length > 0));
}

const taking = /\.(?:Accept\w*|Serve\w*|Handle\w*|DefaultServeMux)$/u;

/** All places that newly bring a capability are plain ones, and there are some. */
function isPlain(evidence: Evidence, capability: Capability): boolean {
  const uses = tellingUses(evidence, (one) => one === capability);
  return uses.length > 0 && uses.every((use) => isPlainUse(evidence, use));
}
