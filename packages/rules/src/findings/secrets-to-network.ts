import type { Evidence, Flow, Rule, SourceKind } from "@capdiff/analyzer";
import {
  addressesAlong,
  dropAlong,
  hasKnownHost,
  newAddressesAlong,
  toWords,
  valuesOf,
} from "./addresses.ts";
import { readsPlainVariables } from "./environment-names.ts";
import { goesWhereEnvironmentSays } from "./given-destinations.ts";
import { atEnd, atStep, ownName, placeOf, shortName, waysIn } from "./places.ts";
import { isNearlySureFlow } from "./sureness.ts";
import { aggravations } from "./weight-of-flows.ts";

/** Of what is named like a secret its name is told. */
const words: Readonly<Partial<Record<SourceKind, string>>> = {
  environment: "the environment",
  credential: "a file with credentials",
  host: "facts about the machine",
  traffic: "what is in requests that pass through it",
};

export const secretsToNetwork: Rule = {
  id: "secrets-to-network",
  title: "Secrets are sent over the network",
  tier: "block",
  seen: "The environment, a credential file, a parameter, field, header or cookie named like a secret, facts about the machine, or requests that pass through a transport of the module get to what is written to the network. It blocks where it is sent to a raw address or a drop, without being asked for (not what is only named like a secret), or by a published copy and not by its repository; files with credentials weigh more than the rest, and variables whose names are written out and say that they are no secrets (DD_ENV, HOSTNAME) no more than facts about the machine. What is only named like a secret, or kept in a field in between, and goes to no address that is new or is read by a new function alone (of files both), informs in a module that reached the network before (not the whole environment, which is no setting); so does what goes to where it is shown that variables of the environment say. Of requests that pass through it is told only where an address stands in the code that is new.",
  why: "Stealing credentials needs nothing else than one request.",
  benign: [
    "clients that authenticate with a token from the environment, to the service that it is of",
    "opt-in telemetry",
  ],
  references: [
    "ten modules of one organisation: environment and credentials posted from init (public reports, May 2026)",
    "bpoorman/uuid: Valid posts its argument (public reports, December 2025)",
  ],
  *find(evidence) {
    for (const change of evidence.changes) {
      if (change.kind !== "flow" || change.change !== "added") continue;
      const { flow } = change;
      const what = flow.source.kind === "secret" ? secretWords(flow.source.name) : words[flow.source.kind];
      if (what === undefined || flow.sink.kind !== "send") continue;
      const { source, sink } = flow;
      const drop = dropAlong(evidence, flow);
      const addresses = addressesAlong(evidence, flow);
      // To hand requests on is what a transport is for, wherever it is set up to.
      const fresh = newAddressesAlong(evidence, flow).filter(hasKnownHost);
      if (flow.source.kind === "traffic" && drop === undefined && fresh.length === 0) continue;
      const where =
        drop === undefined ? toWords(addresses) || " over the network" : ` to ${drop.what}, ${drop.host}`;
      const place = atEnd(source, `reads ${what}`);
      const say = (whats: string, from = "") =>
        `\`${ownName(sink.function)}\` ${evidence.mode === "single" ? "" : "now "}sends ${whats}${where} (${from}to ${shortName(sink.name)})`;
      yield {
        tier: drop === undefined ? tierOf(evidence, flow) : "block",
        certainty: flow.certainty,
        message: say(what, `${shortName(source.name)} `),
        locations: [
          atEnd(sink, "sends it"),
          place,
          ...flow.steps.map(atStep),
          ...waysIn(evidence.waysTo(sink.function)),
        ],
        builds: flow.builds,
        ...valuesOf(addresses),
        flow,
        about: [source.name, sink.name],
        oneOf: { at: placeOf(sink.site.position), what, place, say },
      };
    }
  },
};

/** What is named like a secret has its name; what a call gives that of the call. */
function secretWords(name: string): string {
  return name.startsWith("(") ? `what \`${shortName(name)}\` gives` : `\`${name}\``;
}

function tierOf(evidence: Evidence, flow: Flow) {
  const { mode, hadFlow, waysTo } = evidence;
  if (flow.source.kind === "traffic") return mode === "single" ? "inform" : "review";
  const { kind, name } = flow.source;
  const isKnown = isAllOfIt(flow) ? hadFlow(kind, "send", name) : hadFlow(kind, "send");
  if (isKnown && newPlaces(evidence, flow).length === 0) return "inform";
  // A name alone is not enough for the worst.
  const unasked = flow.source.kind !== "secret" && waysTo(flow.sink.function).atStart.length > 0;
  const isFact = flow.source.kind === "host" || readsPlainVariables(evidence, flow);
  if (isNearlySureFlow(flow) && unasked && !isFact) return "block";
  if (mode === "published") return isFact ? "review" : "block";
  if (mode === "clone") return "review";
  if (isFact || mode === "single" || isConfigured(evidence, flow)) return "inform";
  if (goesWhereEnvironmentSays(evidence, flow.sink)) return "inform";
  return aggravations(evidence, flow).length > 0 || flow.source.kind === "credential" ? "review" : "inform";
}

/** Addresses that are new. What a client is set up with goes wherever callers say: `https://` and what is not known is no address. */
function newPlaces(evidence: Evidence, flow: Flow): readonly string[] {
  return newAddressesAlong(evidence, flow).filter((one) => !isSetting(flow) || hasKnownHost(one));
}

/** What is only named like a secret, or a variable of the environment that is kept for later. */
function isSetting(flow: Flow): boolean {
  const { source, steps } = flow;
  if (source.kind === "secret") return true;
  return source.kind === "environment" && !isAllOfIt(flow) && steps.some(({ how }) => how === "store");
}

/** The whole environment is no setting of anything. */
function isAllOfIt({ source: { kind, name } }: Flow): boolean {
  return kind === "environment" && /\bEnviron$/u.test(name);
}

/** It is read only where somebody calls a new function, which keeps it for later. */
function isAskedFor({ waysTo }: Evidence, { source, steps }: Flow): boolean {
  const { atStart, existing, added } = waysTo(source.function);
  const isKept = steps.some(({ how }) => how === "store");
  return isKept && added.length > 0 && atStart.length === 0 && existing.length === 0;
}

/** It is what the client of a service is set up with, and goes to no other service than before. */
function isConfigured(evidence: Evidence, flow: Flow): boolean {
  if (!evidence.had("NETWORK")) return false;
  const isNowhereElse = newPlaces(evidence, flow).length === 0;
  // Files weigh more: that somebody asks is not enough.
  if (flow.source.kind === "credential") return isNowhereElse && isAskedFor(evidence, flow);
  return isSetting(flow) && (isNowhereElse || isAskedFor(evidence, flow));
}
