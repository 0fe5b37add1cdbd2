import type { Evidence, Rule } from "@capdiff/analyzer";
import { atCode, atEnd, atStep, everywhere, ownName, shortName, waysIn } from "./places.ts";

export const trustsWhatItBrings: Rule = {
  id: "trusts-what-it-brings",
  title: "An authority that the module brings is trusted",
  tier: "review",
  seen: "A certificate that is written in the code, or embedded, newly gets to the authorities that connections trust, in a function that existing callers reach or when the program starts. In functions that are only for that, and where the old version did so, it informs.",
  why: "Who has the key of that authority can be any server.",
  benign: ["clients of one service with an authority of its own", "roots for systems that have none"],
  references: ["the catalogue of signals: weakened checks"],
  *find(evidence) {
    for (const change of evidence.changes) {
      if (change.kind !== "flow" || change.change !== "added") continue;
      const { source, sink, steps, certainty, builds } = change.flow;
      if (sink.kind !== "trust" || source.kind !== "embedded") continue;
      yield {
        tier: evidence.hadFlow("embedded", "trust") ? "inform" : tierOf(evidence, sink.function),
        certainty,
        message: `\`${ownName(sink.function)}\` ${now(evidence)}trusts an authority from ${shortName(source.name)}`,
        locations: [
          atEnd(sink, "trusts it"),
          atEnd(source, "has it from here"),
          ...steps.map(atStep),
          ...waysIn(evidence.waysTo(sink.function)),
        ],
        builds,
        flow: change.flow,
        about: [source.name, sink.name],
      };
    }
    for (const changed of evidence.changedFunctions()) {
      // Values are worked out only where something is trusted.
      if (![...changed.now.uses].some((name) => trusting.test(name))) continue;
      const written = evidence
        .valuesIn(changed.function)
        .find(({ name, value }) => trusting.test(name) && certificate.test(value));
      if (written === undefined) continue;
      yield {
        tier: evidence.hadText(written.value) ? "inform" : tierOf(evidence, changed.function),
        certainty: "static",
        message: `\`${ownName(changed.function)}\` now trusts an authority that is written in the code`,
        locations: [atCode(changed, "trusts it"), ...waysIn(evidence.waysTo(changed.function))],
        builds: everywhere,
        about: [written.name],
      };
    }
  },
};

const trusting = /^\(\*crypto\/x509\.CertPool\)\.AppendCertsFromPEM$/u;
const certificate = /^\s*-----BEGIN (?:TRUSTED )?CERTIFICATE-----/u;

function now({ mode }: Evidence): string {
  return mode === "single" ? "" : "now ";
}

function tierOf({ mode, waysTo }: Evidence, fn: string) {
  const { atStart, existing } = waysTo(fn);
  return mode !== "single" && (atStart.length > 0 || existing.length > 0) ? "review" : "inform";
}
