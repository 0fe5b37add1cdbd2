import type { EntryPointChange, Evidence, Rule } from "@capdiff/analyzer";
import { addressesAtEnd, toWords, valuesOf } from "./addresses.ts";
import { alongWitness, atEntry, ownName, shortName } from "./places.ts";
import { loadsNamedLibrary, runsNamedProgram, useAt } from "./plain-programs.ts";
import { isNearlySure } from "./sureness.ts";

/** What nobody expects an import to do. */
const grave = /^(?:EXEC|NETWORK\/(?:DIAL|DNS))/u;
const light = /^(?:NETWORK|SYSTEM_CALLS|MODIFY_SYSTEM_STATE)/u;

/** What an import may do only with a good reason. */
const odd = /^FILES\/WRITE/u;

export const runsAtStart: Rule = {
  id: "runs-at-start",
  title: "Importing the package has an effect",
  tier: "block",
  seen: "An init function or the initialiser of a package variable newly runs a program or reaches the network, along calls that names alone tell. A program that the code names, which neither runs nor fetches what it is told, and files that it writes or removes are for review; what comes through other modules informs, and so do a library of the system that it names and what the initialisation of another package did before.",
  why: "It happens to everybody who imports the package, whatever they call.",
  benign: [
    "registration of drivers and metrics, which reaches nothing",
    "packages whose purpose is to start something when they are imported",
  ],
  references: [
    "shopsprint/decimal v1.3.3: init asks for a DNS record and executes it (public reports, May 2026)",
    "clones of hypert: a package variable's initialiser runs a shell (public reports, March 2025)",
  ],
  *find(evidence) {
    const told = new Set<string>();
    const connected = new Set<string>();
    for (const change of evidence.changes) {
      if (change.kind !== "entry-point" || change.change !== "added") continue;
      const { entryPoint, capability, certainty, builds } = change;
      if (entryPoint.kind !== "init" && entryPoint.kind !== "initializer") continue;
      if (![grave, odd, light].some((one) => one.test(capability))) continue;
      const { witness } = change;
      // Who connects also reads, writes and closes: that says nothing more.
      const isGrave = grave.test(capability);
      if (isGrave) connected.add(entryPoint.function);
      else if (light.test(capability) && connected.has(entryPoint.function)) continue;
      const tier = tierOf(evidence, change);
      // What one call brings is one finding: the most telling capability comes first.
      const place = JSON.stringify([witness.terminal.name, witness.steps.at(-1)?.site]);
      const call = JSON.stringify([tier, entryPoint.function, place]);
      if (told.has(call)) continue;
      told.add(call);
      const addresses = addressesAtEnd(evidence, witness);
      const say = (whats: string) =>
        `importing ${whats} ${evidence.mode === "single" ? "" : "now "}uses ${shortName(witness.terminal.name)}${toWords(addresses)} (${capability}), from ${whatRuns(change)}`;
      const what = packageWords(change);
      yield {
        tier,
        certainty,
        message: say(what),
        locations: alongWitness(change),
        builds,
        ...valuesOf(addresses),
        about: [capability, witness.terminal.name],
        oneOf: { at: place, what, place: atEntry(entryPoint), say },
      };
    }
  },
};

function tierOf(evidence: Evidence, { capability, witness }: EntryPointChange) {
  const { mode, had, changes } = evidence;
  const last = witness.steps.at(-1);
  const use = last && useAt(changes, last.site);
  if (!isNearlySure(witness) || (use !== undefined && loadsNamedLibrary(use))) return "inform";
  // It ran before for whoever imported that package: only the import is new.
  if (mode === "versions" && use === undefined && runsAtStartItself.test(last?.function ?? ""))
    return "inform";
  const own = witness.steps.every(({ module }) => module === undefined);
  if (!own || mode === "single") return "inform";
  if (grave.test(capability)) {
    if (use !== undefined && runsNamedProgram(evidence, use)) return "review";
    return capability.startsWith("EXEC") || !had(capability) ? "block" : "review";
  }
  return odd.test(capability) ? "review" : "inform";
}

const runsAtStartItself = /\.init(?:[#:]|$)/u;

function packageWords({ package: path }: EntryPointChange): string {
  return `package ${path.slice(path.lastIndexOf("/") + 1)}`;
}

function whatRuns({ entryPoint: { kind, function: id } }: EntryPointChange): string {
  const name = ownName(id);
  return kind === "init" ? "an init function" : `the initialiser of ${name.slice(name.indexOf(":") + 1)}`;
}
