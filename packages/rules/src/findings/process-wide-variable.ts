import type { ChangedFunction, Evidence, Rule } from "@capdiff/analyzer";
import { atCode, everywhere, ownName, shortName, waysIn } from "./places.ts";

export const processWideVariable: Rule = {
  id: "process-wide-variable",
  title: "A variable that the whole program shares is set",
  tier: "review",
  seen: "At the start of the program, or in a function that existing callers reach, a variable of the standard library is newly set that decides where random numbers come from, what carries all requests, whom these trust, or who resolves names. In functions that are only for that, or where the old version did so, it informs.",
  why: "It changes what other packages of the program do, none of which names this one.",
  benign: ["instrumentation that is installed on import", "programs, whose variables they are"],
  references: ["the catalogue of signals: settings of the whole process"],
  *find(evidence) {
    for (const changed of evidence.changedFunctions()) {
      const before = new Set(changed.before?.sets.map(({ what }) => what));
      for (const name of new Set(changed.now.sets.map(({ what }) => what))) {
        const decides = before.has(name) ? undefined : sharedVariable(name);
        if (decides === undefined) continue;
        yield {
          tier: tierOf(evidence, changed, name),
          certainty: "static",
          message: `\`${ownName(changed.function)}\` now sets ${shortName(name)}, which decides ${decides} in the whole program`,
          locations: [
            atCode(changed, `sets ${shortName(name)}`),
            ...waysIn(evidence.waysTo(changed.function)),
          ],
          builds: everywhere,
          about: [name],
        };
      }
    }
  },
};

const variables: readonly { readonly decides: string; readonly name: RegExp }[] = [
  { decides: "where random numbers come from", name: /^crypto\/rand\.Reader$/u },
  {
    decides: "what carries requests, and whom they trust",
    name: /^net\/http\.Default(?:Transport|Client(?:\.Transport)?)(?:\.(?:Proxy|Dial\w*|TLSClientConfig(?:\.\w+)?))?$/u,
  },
  { decides: "who resolves names", name: /^net\.DefaultResolver(?:\.Dial)?$/u },
];

/** What such a variable, or field of one, decides; undefined of others. */
function sharedVariable(name: string): string | undefined {
  return variables.find((one) => one.name.test(name))?.decides;
}

function tierOf({ waysTo, hadSetting }: Evidence, { function: fn }: ChangedFunction, name: string) {
  const { atStart, existing } = waysTo(fn);
  return (atStart.length > 0 || existing.length > 0) && !hadSetting(name) ? "review" : "inform";
}
