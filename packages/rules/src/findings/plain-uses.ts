/** Uses of power that say little of a module, as all modules of their sort have them. */
import type { CallSiteChange, Capability, Evidence } from "@capdiff/analyzer";
import { goesWhereItIsTold } from "./given-destinations.ts";
import { namesOf } from "./places.ts";
import { loadsNamedLibrary, runsNamedProgram, runsUsersProgram, staysOnMachine } from "./plain-programs.ts";

/** Whether a call runs a program or loads a library that the code names, or connects to where callers say, or to the machine. */
export function isPlainUse(evidence: Evidence, use: CallSiteChange): boolean {
  return (
    runsNamedProgram(evidence, use) ||
    runsUsersProgram(evidence, use) ||
    loadsNamedLibrary(use) ||
    staysOnMachine(evidence, use) ||
    goesWhereItIsTold(evidence, use) ||
    isOfNamed(evidence, use)
  );
}

/** New uses that bring some of some capabilities; without what becomes of a command where it was named. */
export function tellingUses(
  evidence: Evidence,
  isMeant: (capability: Capability) => boolean,
): readonly CallSiteChange[] {
  const all = newUses.get(evidence) ?? usesIn(evidence);
  newUses.set(evidence, all);
  return all.filter((one) => one.capabilities.some(isMeant));
}

const newUses = new WeakMap<Evidence, readonly CallSiteChange[]>();

/**
 * The first new use that is not plain and brings some of the capabilities, other than one, of those to which some of the
 * functions lead. Uses are put in order once, by the functions that lead to them.
 */
export function tellingUseOf(
  evidence: Evidence,
  { names, capabilities, but }: Reached,
): CallSiteChange | undefined {
  let known = usesByFunction.get(evidence);
  if (known === undefined) usesByFunction.set(evidence, (known = byFunction(evidence)));
  let first: NumberedUse | undefined;
  for (const name of names) {
    const found = known
      .get(name)
      ?.find(({ use }) => use !== but && use.capabilities.some((one) => capabilities.has(one)));
    if (found !== undefined && (first === undefined || found.number < first.number)) first = found;
  }
  return first?.use;
}

interface Reached {
  /** The ids of functions. */
  readonly names: ReadonlySet<string>;
  readonly capabilities: ReadonlySet<Capability>;
  readonly but: CallSiteChange;
}

interface NumberedUse {
  readonly use: CallSiteChange;
  /** Its place among the changes. */
  readonly number: number;
}

const usesByFunction = new WeakMap<Evidence, ReadonlyMap<string, readonly NumberedUse[]>>();

function byFunction(evidence: Evidence): ReadonlyMap<string, readonly NumberedUse[]> {
  const found = new Map<string, NumberedUse[]>();
  usesIn(evidence).forEach((use, number) => {
    if (isPlainUse(evidence, use)) return;
    const { existing, added } = evidence.waysTo(use.function);
    for (const name of new Set([use.function, ...namesOf([...existing, ...added])])) {
      const known = found.get(name);
      if (known === undefined) found.set(name, [{ use, number }]);
      else known.push({ use, number });
    }
  });
  return found;
}

function usesIn(evidence: Evidence): readonly CallSiteChange[] {
  return evidence.changes.filter(
    (one): one is CallSiteChange =>
      one.kind === "call-site" &&
      (one.change === "added" || one.change === "changed") &&
      !isOfNamed(evidence, one),
  );
}

/** Whether something becomes of a command in a function that newly names one. */
function isOfNamed(evidence: Evidence, { terminal, function: fn }: CallSiteChange): boolean {
  if (!terminal.name.startsWith("(*os/exec.Cmd).")) return false;
  let known = naming.get(evidence);
  if (known === undefined) {
    const named = evidence.changes.flatMap((one) =>
      one.kind === "call-site" && (runsNamedProgram(evidence, one) || runsUsersProgram(evidence, one))
        ? [one.function]
        : [],
    );
    naming.set(evidence, (known = new Set(named)));
  }
  return known.has(fn);
}

const naming = new WeakMap<Evidence, ReadonlySet<string>>();
