/** Uses of power that say little of a module, as all modules of their sort have them. */
import type { CallSiteChange, Capability, Evidence } from "@capdiff/analyzer";
import { goesWhereItIsTold } from "./given-destinations.ts";
import { loadsNamedLibrary, runsNamedProgram, runsUsersProgram, staysOnMachine } from "./plain-programs.ts";

/** Whether a call runs a program or loads a library that the code names, or connects to where callers say, or to the machine. */
export function isPlainUse(evidence: Evidence, use: CallSiteChange): boolean {
  return (
    runsNamedProgram(evidence, use) ||
    runsUsersProgram(evidence, use) ||
    loadsNamedLibrary(use) ||
    staysOnMachine(evidence, use) ||
    goesWhereItIsTold(evidence, use)
  );
}

/** New uses that bring some of the capabilities; without what becomes of a command where it was named. */
export function tellingUses(
  evidence: Evidence,
  capabilities: ReadonlySet<Capability>,
): readonly CallSiteChange[] {
  const all = newUses.get(evidence) ?? usesIn(evidence);
  newUses.set(evidence, all);
  return all.filter((one) => one.capabilities.some((capability) => capabilities.has(capability)));
}

const newUses = new WeakMap<Evidence, readonly CallSiteChange[]>();

function usesIn(evidence: Evidence): readonly CallSiteChange[] {
  const { changes } = evidence;
  const named = new Set(
    changes.flatMap((one) =>
      one.kind === "call-site" && (runsNamedProgram(evidence, one) || runsUsersProgram(evidence, one))
        ? [one.function]
        : [],
    ),
  );
  return changes.filter(
    (one): one is CallSiteChange =>
      one.kind === "call-site" &&
      (one.change === "added" || one.change === "changed") &&
      !(one.terminal.name.startsWith("(*os/exec.Cmd).") && named.has(one.function)),
  );
}
