import type { ChangedFunction, Evidence, Rule, Tier } from "@capdiff/analyzer";
import { atCode, everywhere, ownName, waysIn } from "./places.ts";

export const certificatesUnchecked: Rule = {
  id: "certificates-unchecked",
  title: "Certificates are no longer checked",
  tier: "review",
  seen: "In a function that existing callers reach, or when the program starts, `InsecureSkipVerify` is newly set to true, also by reflection, whatever anybody chose. Under a setting, in functions that are named for it, beside a check of the module's own, and where the old version did so, it informs.",
  why: "Whoever is on the way to the server can read and change what is sent, with no sign of it.",
  benign: ["protocols with another check of who is there", "helpers for tests that are no test files"],
  references: ["the catalogue of signals: weakened checks"],
  *find(evidence) {
    for (const changed of evidence.changedFunctions()) {
      const did = changed.before?.sets.some((one) => isUnchecked(one) && !one.chosen) === true;
      const found = did ? undefined : uncheckedIn(evidence, changed);
      if (found === undefined) continue;
      yield {
        tier: found.chosen ? "inform" : tierOf(evidence, changed, found.what),
        certainty: "static",
        message: `\`${ownName(changed.function)}\` now lets certificates go unchecked`,
        locations: [atCode(changed, "sets InsecureSkipVerify"), ...waysIn(evidence.waysTo(changed.function))],
        builds: everywhere,
        about: [found.what],
      };
    }
  },
};

const field = "InsecureSkipVerify";

interface Found {
  readonly what: string;
  readonly chosen: boolean;
}

/** What nobody chooses comes first. */
function uncheckedIn({ valuesIn }: Evidence, { function: fn, now }: ChangedFunction): Found | undefined {
  const sets = now.sets.filter(isUnchecked);
  const found = sets.find(({ chosen }) => !chosen) ?? sets[0];
  if (found !== undefined) return found;
  // Values are worked out only where something asks for a field.
  if (![...now.uses].some((name) => byReflection.test(name))) return undefined;
  const byName = valuesIn(fn).find(({ name, value }) => byReflection.test(name) && value === field);
  return byName && { what: byName.name, chosen: false };
}

const byReflection = /^\(reflect\.Value\)\.FieldByName$/u;

function isUnchecked({ what, value }: ChangedFunction["now"]["sets"][number]): boolean {
  return what.endsWith(`.${field}`) && value === "true";
}

function tierOf(evidence: Evidence, changed: ChangedFunction, what: string): Tier {
  const { atStart, existing } = evidence.waysTo(changed.function);
  if (atStart.length === 0 && existing.length === 0) return "inform";
  const isKnown = evidence.hadSetting(what, "true");
  const isNamed = named.test(ownName(changed.function));
  return isKnown || isNamed || checksItself(changed) || isOptional(evidence, changed) ? "inform" : "review";
}

/** Functions whose callers know. */
const named = /insecure|skip|no_?verif|un(?:verif|safe|check)|trust_?all|noauth/iu;

/** It says itself who is trusted. */
function checksItself({ now }: ChangedFunction): boolean {
  return now.sets.some(({ what }) => /\.Verify(?:PeerCertificate|Connection)$/u.test(what));
}

/** It is new, and called only where a setting decides so. */
function isOptional({ changedFunctions }: Evidence, { function: fn, before }: ChangedFunction): boolean {
  return before === undefined && changedFunctions().some(({ now }) => now.optional.has(fn));
}
