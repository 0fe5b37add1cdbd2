import type { CallSiteChange, Folded, FoldOperation, Rule } from "@capdiff/analyzer";
import { destinationOf } from "./destinations.ts";
import { atCall, ownName, waysIn } from "./places.ts";
import { shown } from "./shell-line.ts";
import { hiddenShellLine } from "./shell-lines.ts";
import { startupFile } from "./startup-files.ts";

/** Operations that nobody needs to write down an address or a command. */
const disguises: ReadonlySet<FoldOperation> = new Set([
  "base64",
  "bytes",
  "decryption",
  "hex",
  "indexing",
  "loop",
  "number",
  "replace",
  "reverse",
  "xor",
]);

/** Fewer pieces are words rather than letters. */
const fewPieces = 4;

/** So many pieces are no path with a name in it. */
const manyPieces = 8;

export const assembledConstant: Rule = {
  id: "assembled-constant",
  title: "An address, command or path is put together so that nobody reads it",
  tier: "block",
  seen: "An argument of a call that runs programs, reaches the network or touches files is always the same value, but put together from letters of an array, numbers, encoded text, a loop or many pieces, and the value is an address, a shell line or a telling path. Another program that is put together so is for review.",
  why: "Who writes a constant as a calculation does not want it to be found.",
  benign: ["almost none; look for a generator that wrote the code"],
  references: [
    "clones of hypert and layout: single letters of an array (public reports, March 2025)",
    "boltdb-go/bolt v1.3.1: three numbers in another file (public reports, February 2025)",
  ],
  *find(evidence) {
    const { changes, mode } = evidence;
    for (const change of changes) {
      if (change.kind !== "call-site" || (change.change !== "added" && change.change !== "changed")) continue;
      for (const argument of change.arguments) {
        const found = [argument.folded, ...(argument.others ?? [])]
          .flatMap((one) => disguised(change, one) ?? [])
          .at(0);
        if (found === undefined) continue;
        yield {
          tier: found.telling ? "block" : "review",
          certainty: "static",
          message: `\`${ownName(change.function)}\` ${mode === "single" ? "puts" : "now puts"} together ${found.what} by ${found.by}: ${shown(found.value)}`,
          locations: [atCall(change), ...waysIn(evidence.waysTo(change.function))],
          builds: change.builds,
          values: [found.value],
          about: [change.terminal.name, found.value],
        };
      }
    }
  },
};

interface Disguised {
  readonly value: string;
  readonly what: string;
  readonly by: string;
  readonly telling: boolean;
}

function disguised({ capabilities }: CallSiteChange, folded: Folded | undefined): Disguised | undefined {
  if (folded === undefined) return undefined;
  const { value, by, pieces, partial } = folded;
  // To take one of several words is no disguise.
  const odd = by.filter((one) => disguises.has(one) && (one !== "indexing" || pieces >= fewPieces));
  if (odd.length === 0 && (partial || pieces < manyPieces)) return undefined;
  const how = odd.length > 0 ? odd.join(" and ") : `${pieces} pieces`;
  const runs = capabilities.some((one) => one.startsWith("EXEC"));
  const found = meaning(value, runs);
  // Lists of arguments are put together in loops.
  if (found?.telling === false && odd.every((one) => one === "loop")) return undefined;
  return found && { value, by: how, ...found };
}

const shells =
  /^(?:\/bin\/|\/usr\/bin\/)?(?:sh|bash|zsh|cmd(?:\.exe)?|powershell(?:\.exe)?|pwsh|python3?)$/iu;

function meaning(value: string, runs: boolean): Pick<Disguised, "what" | "telling"> | undefined {
  if (runs && (shells.test(value) || hiddenShellLine(value) !== undefined))
    return { what: "a command", telling: true };
  if (destinationOf(value) !== undefined || /^(?:https?|ftp|wss?|tcp):\/\//iu.test(value))
    return { what: "an address", telling: true };
  if (startupFile(value) !== undefined) return { what: "a path", telling: true };
  return runs && value.length > 1 ? { what: "what it runs", telling: false } : undefined;
}
