import type { Evidence, Flow, Rule } from "@capdiff/analyzer";
import { addressesIn, toWords, valuesOf } from "./addresses.ts";
import { atEnd, atStep, ownName, shortName, waysIn } from "./places.ts";
import { isNearlySureFlow } from "./sureness.ts";

const sinks: ReadonlySet<Flow["sink"]["kind"]> = new Set(["exec", "shell", "load", "memory", "destination"]);

export const decodedToExec: Rule = {
  id: "decoded-to-exec",
  title: "Decoded or embedded data is run or connected to",
  tier: "review",
  seen: "Data that is decoded, decrypted or embedded gets to what is run, loaded or connected to. To connect to what was handed in informs, and so does what the old version did too.",
  why: "Commands and addresses that must not be read by a reviewer are encoded.",
  benign: [
    "programs that ship a helper inside of them",
    "addresses that are part of an encoded configuration",
  ],
  references: [
    "boltdb-go/bolt v1.3.1: the address is put together from numbers (public reports, February 2025)",
  ],
  *find(evidence) {
    const { changes, mode, hadFlow } = evidence;
    for (const change of changes) {
      if (change.kind !== "flow" || change.change !== "added") continue;
      const { source, sink, steps, certainty, builds } = change.flow;
      if ((source.kind !== "decoded" && source.kind !== "embedded") || !sinks.has(sink.kind)) continue;
      const verb = sink.kind === "destination" ? "connects to" : sink.kind === "load" ? "loads" : "runs";
      const addresses = sink.kind === "destination" ? addressesIn(evidence, [sink.function], sink.name) : [];
      const isGiven = sink.kind === "destination" && addresses.length === 0 && !isConstant(evidence, source);
      const quiet =
        isGiven || mode === "single" || !isNearlySureFlow(change.flow) || hadFlow(source.kind, sink.kind);
      yield {
        tier: quiet ? "inform" : "review",
        certainty,
        message: `\`${ownName(sink.function)}\` ${mode === "single" ? "" : "now "}${verb} what ${shortName(source.name)} ${source.kind === "decoded" ? "decodes" : "embeds"} (to ${shortName(sink.name)})${toWords(addresses)}`,
        locations: [
          atEnd(sink, "ends here"),
          atEnd(source, "comes from here"),
          ...steps.map(atStep),
          ...waysIn(evidence.waysTo(sink.function)),
        ],
        builds,
        ...valuesOf(addresses),
        flow: change.flow,
        about: [source.name, sink.name],
      };
    }
  },
};

/** What is decoded stands in the code. */
function isConstant({ valuesIn }: Evidence, { kind, function: fn, name }: Flow["source"]): boolean {
  return kind === "embedded" || valuesIn(fn).some((one) => one.name === name);
}
