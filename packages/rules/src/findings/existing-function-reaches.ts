import type {
  CallSiteChange,
  Capability,
  EntryPointChange,
  EntryPointKind,
  Evidence,
  FindingDraft,
  Rule,
  Witness,
} from "@capdiff/analyzer";
import { addressesAtEnd, addressesIn, toWords, valuesOf } from "./addresses.ts";
import { alongWitness, atCall, fewNames, namesOf, ownName, shortName, waysIn } from "./places.ts";
import { useAt } from "./plain-programs.ts";
import { isPlainUse, tellingUseOf, tellingUses } from "./plain-uses.ts";
import { isNearlySure } from "./sureness.ts";

const telling = /^(?:EXEC|NETWORK\/(?:DIAL|DNS))/u;

/** The entry points that newly reach something through one place, and what that brings. */
interface Group {
  readonly first: EntryPointChange;
  readonly names: Set<string>;
  readonly capabilities: Set<Capability>;
}

export const existingFunctionReaches: Rule = {
  id: "existing-function-reaches",
  title: "A function that was there before has a new effect",
  tier: "review",
  seen: "Exported functions that the old version has newly run programs or reach the network, along calls that names alone tell, in a module that could not before. To run a program that the code names, which is no shell and fetches nothing, or the editor, pager or browser of the user, informs, and so does to connect to where it is shown that variables of the environment or nothing but loopback addresses say, or a request to where callers say.",
  why: "Callers that know the function get the effect with the upgrade. This is where several backdoors were: not in init, but where everybody calls.",
  benign: ["instrumentation", "a function that was extended to do its work in another way"],
  references: [
    "bpoorman/uuid: Valid (public reports, December 2025)",
    "qiniiu/qmgo: NewClient (public reports, June 2025)",
  ],
  *find(evidence) {
    for (const group of groups(evidence, (one) => one.existing === true)) {
      const known = [...group.capabilities].every((one) => evidence.had(one));
      const plain = plainness(evidence, group);
      yield {
        tier: known || plain.isPlain ? "inform" : "review",
        ...said(evidence, group, plain),
        message: `${fewNames([...group.names])} now ${uses(evidence, group, plain)}${known ? "" : ", which the module did not have"})`,
      };
    }
  },
};

export const newFunctionReaches: Rule = {
  id: "new-function-reaches",
  title: "A new function has an effect that the module did not have",
  tier: "review",
  seen: "New exported functions run programs or reach the network in a module that could do neither before; or functions do that are only handed on as values, so that no name leads to them. To run a program that the code names, which is no shell and fetches nothing, or the editor, pager or browser of the user, informs, and so does to connect to where it is shown that variables of the environment or nothing but loopback addresses say, or a request to where callers say.",
  why: "A module that parses, formats or calculates has no reason to begin with that.",
  benign: ["growth: a library gets a client, a check for updates, an integration"],
  references: [
    "golangorg/formstash v1.0.5: CheckForUpdates in a parser of forms (public reports, April 2026)",
  ],
  *find(evidence) {
    const fresh = !evidence.had("EXEC") && !evidence.had("NETWORK");
    for (const group of groups(evidence, (one) => one.existing === false)) {
      if ([...group.capabilities].every((one) => evidence.had(one))) continue;
      const plain = plainness(evidence, group);
      yield {
        tier: fresh && !plain.isPlain ? "review" : "inform",
        ...said(evidence, group, plain),
        message: `the new ${fewNames([...group.names])} ${uses(evidence, group, plain)}, which the module did not have)`,
      };
    }
    if (fresh && evidence.mode !== "single") yield* unnamed(evidence);
  },
};

/** Uses in functions that are only handed on as values: whoever gets these runs them. */
function* unnamed(evidence: Evidence): Iterable<FindingDraft> {
  const { changes, waysTo } = evidence;
  const byMain = new Set<string>();
  const byName = new Set<string>();
  for (const one of changes) {
    if (one.kind !== "entry-point" || one.change !== "added") continue;
    const { entryPoint, capability, witness } = one;
    if (entryPoint.kind === "main") byMain.add(capability);
    if (isNearlySure(witness)) byName.add(entryPoint.function);
  }
  const told = new Set<string>();
  for (const use of tellingUses(evidence, (one) => telling.test(one) && !byMain.has(one))) {
    if (told.has(use.function) || isCalledElsewhere(evidence, use)) continue;
    const { atStart, existing, added } = waysTo(use.function);
    const isNamed = namesOf([...atStart, ...existing, ...added]).some((one) => byName.has(one));
    if (isNamed || isPlainUse(evidence, use)) continue;
    told.add(use.function);
    const capabilities = use.capabilities.filter((one) => telling.test(one));
    const addresses = addressesIn(evidence, [use.function], use.terminal.name);
    yield {
      tier: "review",
      certainty: "dynamic",
      message: `\`${ownName(use.function)}\`, which is only handed on as a value, uses ${shortName(use.terminal.name)}${toWords(addresses)} (${capabilities.join(", ")}, which the module did not have)`,
      locations: [atCall(use), ...waysIn(waysTo(use.function))],
      builds: use.builds,
      ...valuesOf(addresses),
      about: [use.terminal.name],
    };
  }
}

/** It is mentioned, and a place that calls it as a value is a use of its own. */
function isCalledElsewhere({ changes }: Evidence, { use, terminal }: CallSiteChange): boolean {
  if (use !== "reference") return false;
  return changes.some(
    (one) =>
      one.kind === "call-site" &&
      one.use === "call" &&
      one.terminal.name === terminal.name &&
      one.arguments.some(({ text }) => text === "…"),
  );
}

function said(evidence: Evidence, { first }: Group, { other }: Plainness) {
  const { witness, certainty, builds } = first;
  return {
    certainty,
    locations: [...alongWitness(first), ...(other === undefined ? [] : [atCall(other)])],
    builds,
    ...valuesOf(addressesOf(evidence, witness, other)),
    about: [witness.terminal.name],
  };
}

/** As the end of a sentence that still lacks its parenthesis. */
function uses(evidence: Evidence, { first: { witness }, names, capabilities }: Group, { other }: Plainness) {
  const addresses = toWords(addressesOf(evidence, witness, other));
  const { terminal } = other ?? witness;
  return `${names.size > 1 ? "use" : "uses"} ${shortName(terminal.name)}${addresses} (${[...capabilities].sort().join(", ")}`;
}

function addressesOf(evidence: Evidence, witness: Witness, other: CallSiteChange | undefined) {
  return other === undefined
    ? addressesAtEnd(evidence, witness)
    : addressesIn(evidence, [other.function], other.terminal.name);
}

/** Whether all that is newly reached says little: running programs that the code names, connecting to where callers say. */
interface Plainness {
  readonly isPlain: boolean;
  /** What does not, where the path that is shown leads to what does. */
  readonly other?: CallSiteChange;
}

/** A path shows one place. What is reached besides, by the same functions, counts as much. */
function plainness(evidence: Evidence, { first, names, capabilities }: Group): Plainness {
  const site = first.witness.steps.at(-1)?.site;
  const use = site && useAt(evidence.changes, site);
  if (use === undefined || !isPlainUse(evidence, use)) return { isPlain: false };
  const other = tellingUseOf(evidence, { names, capabilities, but: use });
  return other === undefined ? { isPlain: true } : { isPlain: false, other };
}

const exported: ReadonlySet<EntryPointKind> = new Set([
  "exported-function",
  "exported-method",
  "interface-method",
]);

function* groups(
  { changes, mode }: Evidence,
  wanted: (change: EntryPointChange) => boolean,
): Iterable<Group> {
  if (mode === "single") return;
  const all = new Map<string, Group>();
  for (const change of changes) {
    if (change.kind !== "entry-point" || change.change !== "added" || !wanted(change)) continue;
    const { entryPoint, capability, witness } = change;
    if (!telling.test(capability) || !isNearlySure(witness)) continue;
    if (!exported.has(entryPoint.kind)) continue;
    const key = JSON.stringify([witness.terminal.name, witness.steps.at(-1)?.site]);
    const known = all.get(key);
    known?.names.add(entryPoint.function);
    known?.capabilities.add(capability);
    if (known !== undefined) continue;
    all.set(key, {
      first: change,
      names: new Set([entryPoint.function]),
      capabilities: new Set([capability]),
    });
  }
  yield* all.values();
}
