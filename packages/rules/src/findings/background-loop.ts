import type { Capability, Evidence, Rule } from "@capdiff/analyzer";
import { atGoroutine, ownName } from "./places.ts";
import { isPlainUse, tellingUses } from "./plain-uses.ts";

const constructor = /^(?:New|Open|Dial|Connect|Init|Setup|Start|Must|Default)/u;

export const backgroundLoop: Rule = {
  id: "background-loop",
  title: "A goroutine that waits and reaches out",
  tier: "block",
  seen: "A new goroutine runs programs or reaches the network and waits for time to pass between. It blocks where it runs programs and is started without being called; it is for review where a function that everybody calls to begin with starts it, in a module that could not do that before, and not only at places where programs are named, or connections go where callers, the environment or the machine itself say.",
  why: "A backdoor keeps trying: it asks again every few minutes, or starts over after an error.",
  benign: [
    "pollers, refreshers of credentials, senders of metrics",
    "servers that are started in the background",
  ],
  references: ["boltdb-go/bolt v1.3.1: starts over after 30 seconds (public reports, February 2025)"],
  *find(evidence) {
    const { changes, mode, had, waysTo } = evidence;
    for (const change of changes) {
      if (change.kind !== "goroutine" || change.change !== "added" || !change.waits) continue;
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

/** All places that newly bring a capability are plain ones, and there are some. */
function isPlain(evidence: Evidence, capability: Capability): boolean {
  const uses = tellingUses(evidence, (one) => one === capability);
  return uses.length > 0 && uses.every((use) => isPlainUse(evidence, use));
}
