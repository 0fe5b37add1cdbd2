/** Uses of power that say little of a module, as all modules of their sort have them. */
import type { CallSiteChange, Capability, Change, Evidence } from "@capdiff/analyzer";
import { goesWhereItIsTold } from "./given-destinations.ts";
import { loadsNamedLibrary, runsNamedProgram, staysOnMachine } from "./plain-programs.ts";

/** Whether a call runs a program or loads a library that the code names, or connects to where callers say, or to the machine. */
export function isPlainUse(evidence: Evidence, use: CallSiteChange): boolean {
  return (
    runsNamedProgram(use) || staysOnMachine(use) || loadsNamedLibrary(use) || goesWhereItIsTold(evidence, use)
  );
}

/** New uses that bring some of the capabilities; without what becomes of a command where it was named. */
export function tellingUses(
  { changes }: Evidence,
  capabilities: ReadonlySet<Capability>,
): readonly CallSiteChange[] {
  const all = newUses.get(changes) ?? usesIn(changes);
  newUses.set(changes, all);
  return all.filter((one) => one.capabilities.some((capability) => capabilities.has(capability)));
}

const newUses = new WeakMap<readonly Change[], readonly CallSiteChange[]>();

function usesIn(changes: readonly Change[]): readonly CallSiteChange[] {
  const named = new Set(changes.flatMap(runsByName));
  return changes.filter(
    (one): one is CallSiteChange =>
      one.kind === "call-site" &&
      (one.change === "added" || one.change === "changed") &&
      !(one.terminal.name.startsWith("(*os/exec.Cmd).") && named.has(one.function)),
  );
}

/** The function of a call that names what it runs: what becomes of the command there says nothing more. */
export function runsByName(change: Change): readonly string[] {
  return change.kind === "call-site" && runsNamedProgram(change) ? [change.function] : [];
}
