/**
 * What functions without a body, those of the standard library most of all, do with data where no rule says it: what
 * the signature and the name suggest. Data gets from the receiver and all arguments to all results but errors; into
 * arguments that can be written to, and into the receiver, where the name is that of something that writes.
 * Over-approximates (a result need not have anything of an argument) and misses functions that write under another name.
 */

import { type KnownSignature, parameterTerm, type Signatures } from "../link/signatures.ts";
import type { TypeTerm } from "../model/flow-facts.ts";

/** A part of a call that is a place: the receiver is -1. */
export interface Transfers {
  /** From these to `results`. */
  readonly from: readonly number[];
  readonly results: readonly number[];
  /** From each of the first to each of the second. */
  readonly writes: readonly (readonly [from: number, into: number])[];
  /** What is written into a result gets into these. */
  readonly wraps: readonly number[];
}

export interface TransferQuestion {
  /** The type of a value. */
  readonly id: string;
  readonly of: "function" | "method" | "value";
  readonly arguments: number;
  readonly results: number;
}

export const receiver = -1;

/** What it is given gets into the receiver. */
const fills =
  /^(?:Add|Append|Encode|Enqueue|Fill|GobDecode|Insert|Log|Output|Parse|Prepend|Print|Push|Put|ReadFrom|Reset|Send|Set|Store|Swap|Unmarshal(?:JSON|Text|Binary|XML)|Write)/;

/** The first argument is where it writes to, if there are several. */
const destinationFirst =
  /^(?:Append|Copy|CryptBlocks|Decode|Decrypt|Encode|Encrypt|HTMLEscape|Indent|Compact|Put|XORKeyStream)/;

/** It writes into what it is given: a method into all, a function into what comes after the first. */
const readsInto = /^(?:As$|Bind|Decode|Fscan|Get|Read|Recv|Receive|Scan|Sscan|Unmarshal)/;

/** It makes something of what it is given, and does nothing with it yet. */
const makes = /^(?:New|Multi|Tee|With|Create|Open|Limit)/;

/** Worked out once for each function and number of arguments and results. */
export function createTransfers(signatures: Signatures): (question: TransferQuestion) => Transfers {
  const known = new Map<string, Transfers>();
  return (question) => {
    const { id, of } = question;
    const key = `${of} ${question.arguments} ${question.results} ${id}`;
    let found = known.get(key);
    if (found === undefined) {
      const signature = of === "value" ? undefined : signatures.of(id);
      known.set(key, (found = transfersOf({ ...question, signature })));
    }
    return found;
  };
}

interface Asked extends TransferQuestion {
  readonly signature: KnownSignature | undefined;
}

function transfersOf({ id, of, ...call }: Asked): Transfers {
  // A value may be a method.
  const isMethod = of !== "function";
  const name = id.slice(id.lastIndexOf(".") + 1);
  const given = Array.from({ length: call.arguments }, (_, index) => index);
  const from = isMethod ? [receiver, ...given] : given;
  const targets = makes.test(name) ? [] : targetsOf(name, { isMethod, call });
  return {
    from,
    results: Array.from({ length: call.results }, (_, index) => index).filter((index) =>
      carries(id, call, index),
    ),
    writes: [
      ...targets.flatMap((to) =>
        from.filter((one) => !targets.includes(one)).map((one) => [one, to] as const),
      ),
      ...(isMethod && fills.test(name) ? given.map((one) => [one, receiver] as const) : []),
    ],
    wraps: [...(isMethod ? [receiver] : []), ...given.filter((index) => isObject(call.signature, index))],
  };
}

interface Named {
  readonly isMethod: boolean;
  readonly call: Pick<Asked, "arguments" | "signature">;
}

/** The arguments that it writes into. */
function targetsOf(name: string, { isMethod, call }: Named): readonly number[] {
  const given = Array.from({ length: call.arguments }, (_, index) => index);
  if (destinationFirst.test(name) && given.length > 1) return [0];
  const first = isMethod ? 0 : 1;
  return given.filter(
    (index) =>
      isWriter(call.signature, index) ||
      (readsInto.test(name) && index >= first && isWritable(call.signature, index)),
  );
}

/** Errors carry data where they are made of it only. */
function carries(
  id: string,
  { signature, results }: Pick<Asked, "signature" | "results">,
  index: number,
): boolean {
  if (id.startsWith("fmt.") || id.startsWith("errors.") || id.startsWith("(error)")) return true;
  if (signature === undefined) return index === 0 || index < results - 1;
  return signature.pkg.types[signature.results[index] ?? -1] !== "error";
}

/** Something behind which there is more than a value. */
function isWritable(signature: KnownSignature | undefined, index: number): boolean {
  const term = signature && parameterTerm(signature, index);
  if (term === undefined) return false;
  if (typeof term === "string") return !isBasic(term);
  return term[0] === "slice" || term[0] === "pointer" || term[0] === "map" || term[0] === "interface";
}

/** Something that others may write into through what is made of it. */
function isObject(signature: KnownSignature | undefined, index: number): boolean {
  const term = signature && parameterTerm(signature, index);
  if (term === undefined) return false;
  if (typeof term === "string") return !isBasic(term) && term !== "context.Context";
  return term[0] === "pointer" || term[0] === "interface";
}

function isWriter(signature: KnownSignature | undefined, index: number): boolean {
  const term: TypeTerm | undefined = signature && parameterTerm(signature, index);
  return term === "io.Writer" || term === "io.ReadWriter" || term === "io.WriteCloser";
}

function isBasic(name: string): boolean {
  return !name.includes(".");
}
