import type { ChangedFunction, Evidence, FunctionCode, Rule, Tier, Version } from "@capdiff/analyzer";
import { checks, isCheckElsewhere, lastName, packageOf } from "./checks.ts";
import { atCode, everywhere, fewNames, ownName, waysIn } from "./places.ts";

export const checkDropped: Rule = {
  id: "check-dropped",
  title: "A check that there was is gone",
  tier: "review",
  seen: "A function that callers reach verified a signature, a certificate or a code, or compared a secret, and now does not, neither itself nor by what it calls; or it still asks, and nothing depends on the answer, or something that is no setting newly makes up for a no, or ends it well without asking. Where another function has such a check now, or something else may have taken its place, it informs.",
  why: "What is not checked any more is accepted, and every test with good input still passes.",
  benign: [
    "a check that moved to callers",
    "a format or protocol without signatures that took the place of one with them",
  ],
  references: ["the catalogue of signals: weakened checks"],
  *find(evidence) {
    for (const changed of evidence.changedFunctions()) {
      const found = ignored(evidence, changed) ?? dropped(evidence, changed) ?? passed(evidence, changed);
      if (found === undefined) continue;
      const ways = evidence.waysTo(changed.function);
      if (ways.existing.length === 0 && ways.atStart.length === 0) continue;
      yield {
        tier: found.tier,
        certainty: "static",
        message: `\`${ownName(changed.function)}\` ${found.what} ${fewNames(found.names)}`,
        locations: [atCode(changed, "checked something"), ...waysIn(ways)],
        builds: everywhere,
        about: found.names,
      };
    }
  },
};

interface Found {
  readonly tier: Tier;
  readonly what: string;
  readonly names: readonly string[];
}

function ignored(evidence: Evidence, { now, before }: ChangedFunction): Found | undefined {
  if (before === undefined) return undefined;
  const names = [...now.ignores].filter((name) => before.goesBy.has(name) && checks(evidence, "new", name));
  return names.length === 0 ? undefined : { tier: "review", what: "no longer goes by the answer of", names };
}

function dropped(evidence: Evidence, changed: ChangedFunction): Found | undefined {
  const { before } = changed;
  if (before === undefined) return undefined;
  const [old, { uses: now }] = [before.uses, changed.now];
  const lost = [...old].filter((name) => !now.has(name) && checks(evidence, "old", name));
  if (lost.length === 0 || [...now].some((name) => checks(evidence, "new", name))) return undefined;
  const gained = [...now].filter((name) => !old.has(name));
  const isReplaced = gained.some(mayCheck) || checksElsewhere(evidence, changed);
  return { tier: isReplaced ? "inform" : "review", what: "no longer asks", names: lost };
}

/** There are more ways past what it asks than there were. */
function passed(evidence: Evidence, { now, before }: ChangedFunction): Found | undefined {
  if (before === undefined) return undefined;
  const [fresh, old] = [pastIn(evidence, "new", now), pastIn(evidence, "old", before)];
  const names = [...fresh.keys()].filter((name) => before.goesBy.has(name) || old.has(name));
  const more = names.filter((name) => (fresh.get(name) ?? 0) > (old.get(name) ?? 0));
  return more.length === 0 ? undefined : { tier: "review", what: "now has a way past", names: more };
}

/** How many ways past each check there are that no setting opens. */
function pastIn(evidence: Evidence, version: Version, { waysPast }: FunctionCode): Map<string, number> {
  const isCheck = (name: string) => answers(evidence, version, name);
  const found = waysPast.flatMap((way) => {
    if (way.how === "instead")
      return isCheck(way.of) && !way.chosen && ![...way.asked].some(isCheck) ? [way.of] : [];
    const isAsked = [...way.asked].some(isCheck);
    const sometimes = [...way.maybe].filter(([name]) => isCheck(name));
    const isChosen = sometimes.length === 0 ? way.chosen : sometimes.every(([, chosen]) => chosen);
    return isAsked || isChosen ? [] : [...way.within].filter(isCheck);
  });
  const counts = new Map<string, number>();
  for (const name of found) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** It checks something itself, or is a function that is named for it and asks one that does. */
function answers(evidence: Evidence, version: Version, name: string): boolean {
  if (checks(evidence, version, name, 0)) return true;
  if (!similar.test(lastName(name))) return false;
  return [...evidence.namesIn(version, name)].some(
    (one) => checks(evidence, version, one, 0) || isCheckElsewhere(evidence, one),
  );
}

/** What may stand in for it: another module, other cryptography, or something that is named for it. */
function mayCheck(name: string): boolean {
  const path = packageOf(name);
  return /^crypto\b|\./u.test(path) || similar.test(lastName(name));
}

const similar = /verif|valid|check|equal|compar|auth|open|decrypt|sign|assert/iu;

/** Another function checks something since then. */
function checksElsewhere(evidence: Evidence, { function: fn }: ChangedFunction): boolean {
  return evidence.changedFunctions().some((other) => {
    if (other.function === fn) return false;
    return [...other.now.uses].some(
      (name) => other.before?.uses.has(name) !== true && checks(evidence, "new", name, 0),
    );
  });
}
