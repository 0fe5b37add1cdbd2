import type { CallSiteChange, Folded, FoldOperation, Rule } from "@capdiff/analyzer";
import { destinationOf } from "./destinations.ts";
import { atCall, ownName, waysIn } from "./places.ts";
import { shown } from "./shell-line.ts";
import { hiddenShellLine } from "./shell-lines.ts";
import { startupFile } from "./startup-files.ts";
import { runsWhatItIsTold } from "./telling-programs.ts";

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

/** Nor a list that is joined. */
const morePieces = 16;

export const assembledConstant: Rule = {
  id: "assembled-constant",
  title: "An address, command or path is put together so that nobody reads it",
  tier: "block",
  seen: "An argument of a call that runs programs, reaches the network or touches files is always the same value, but put together from letters of an array, numbers, encoded text, a loop or many pieces, and the value is an address elsewhere, a shell line or a telling path. Another program or line that is put together so, and a host with a port, is for review; plain words, which neither fetch nor run anything, are told.",
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
          // Of one weight the first.
          .sort((a, b) => weights.indexOf(a.weight) - weights.indexOf(b.weight))
          .at(0);
        if (found === undefined) continue;
        yield {
          tier: found.weight,
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

/** The worst first. */
const weights = ["block", "review", "inform"] as const;

interface Disguised {
  readonly value: string;
  readonly what: string;
  readonly by: string;
  readonly weight: (typeof weights)[number];
}

function disguised({ capabilities }: CallSiteChange, folded: Folded | undefined): Disguised | undefined {
  if (folded === undefined) return undefined;
  const { value, by, pieces, partial } = folded;
  // To take one of several words is no disguise.
  const odd = by.filter((one) => disguises.has(one) && (one !== "indexing" || pieces >= fewPieces));
  if (pieces < piecesOfDisguise(odd, partial)) return undefined;
  const how = odd.length > 0 ? odd.join(" and ") : `${pieces} pieces`;
  const isHidden = odd.some((one) => encodings.has(one));
  const runs = capabilities.some((one) => one.startsWith("EXEC"));
  const connects = isHidden && capabilities.some((one) => one.startsWith("NETWORK"));
  const found = meaning(value, { runs, connects });
  // Lists of arguments are put together in loops.
  if (found !== undefined && found.weight !== "block" && odd.every((one) => one === "loop")) return undefined;
  return found && { value, by: how, ...found };
}

/** Paths and lists are put together in pieces and in loops too, also where not all of it is known. */
function piecesOfDisguise(odd: readonly FoldOperation[], partial: boolean | undefined): number {
  if (odd.length === 0) return partial === true ? Number.POSITIVE_INFINITY : manyPieces;
  if (odd.some((one) => one !== "loop")) return 0;
  return partial === true ? morePieces : fewPieces;
}

/** Operations by which a text cannot be read where it stands. */
const encodings: ReadonlySet<FoldOperation> = new Set([
  "base64",
  "bytes",
  "decryption",
  "hex",
  "reverse",
  "xor",
]);

const shells =
  /^(?:\/bin\/|\/usr\/bin\/)?(?:sh|bash|zsh|cmd(?:\.exe)?|powershell(?:\.exe)?|pwsh|python3?)$/iu;

interface Use {
  readonly runs: boolean;
  /** Over the network, to what was encoded. */
  readonly connects: boolean;
}

function meaning(value: string, { runs, connects }: Use): Pick<Disguised, "what" | "weight"> | undefined {
  if (runs && (shells.test(value) || hiddenShellLine(value) !== undefined))
    return { what: "a command", weight: "block" };
  if (destinationOf(value) !== undefined || leadsElsewhere(addressed, value))
    return { what: "an address", weight: "block" };
  if (connects && leadsElsewhere(withPort, value)) return { what: "an address", weight: "review" };
  if (startupFile(value) !== undefined) return { what: "a path", weight: "block" };
  if (!runs || value.length < 2) return undefined;
  return { what: "what it runs", weight: isPlain(value) ? "inform" : "review" };
}

const addressed = /^(?:https?|ftp|wss?|tcp):\/\/(?:[^@/\s]*@)?(\[[^\]]*\]|[^:/?#\s]*)/iu;
const withPort = /^([a-z0-9-]+(?:\.[a-z0-9-]+)+):\d{1,5}$/iu;
const local = /^(?:\[::1?\]|0\.0\.0\.0|(?:127|10)\.[\d.]+|192\.168\.[\d.]+|(?:.*\.)?localhost|…*)$/iu;

/** Whether it is an address of that form, of another machine, which is known. */
function leadsElsewhere(form: RegExp, value: string): boolean {
  const host = form.exec(value)?.[1];
  return host !== undefined && !local.test(host);
}

/** What is said to such programs. */
const order = /^(?:exec|rm|run|install|get)$/iu;

/** A word that is no path, address or encoded text; or a redirection that hides words. */
const plainWord = /^(?:[\w=,:@+-]{1,24}|\d?>(?:\/dev\/null|&\d))$/u;

/** Whether a line is of words that neither fetch nor run anything. */
function isPlain(value: string): boolean {
  return value
    .split(/\s+/u)
    .every((word) => plainWord.test(word) && !runsWhatItIsTold(word) && !order.test(word));
}
