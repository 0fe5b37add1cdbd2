/** How functions of the standard library are written down. */
import { bytesList, knownBytes } from "../conversions.ts";
import { lifted, withHoles } from "../lifted.ts";
import type { Machine } from "../machine.ts";
import {
  combined,
  type Known,
  type Origin,
  type Text,
  text,
  unknown,
  type Value,
  withOperation,
} from "../values.ts";

/** A function or method that does nothing but compute. `receiver` is unknown of functions. */
export type Standard = (machine: Machine, given: readonly Value[], receiver: Value) => Value;

/** Names with what they are. */
export type Table = Readonly<Record<string, Standard>>;

/** A function of known values, for all that they may be. */
export function of(compute: (machine: Machine, ...known: Known[]) => Value): Standard {
  return (machine, given) => lifted(given, (...known) => compute(machine, ...known));
}

/** As `of`, of what puts texts together: some of them need not be known. */
export function ofSome(compute: (machine: Machine, ...known: Known[]) => Value): Standard {
  return (machine, given) => withHoles(given, (...known) => compute(machine, ...known));
}

/** As `of`, of strings or bytes alone. */
export function ofTexts(compute: (...texts: Text[]) => Value): Standard {
  return of((machine, ...known) => {
    const texts = known.map((one) => asText(machine, one));
    return texts.every((one) => one !== undefined) ? compute(...texts) : unknown;
  });
}

/** A string, or bytes as one. */
export function asText(machine: Machine, one: Known): Text | undefined {
  const bytes = knownBytes(machine, one);
  return bytes && text(bytes.text, bytes.origin);
}

/** The same with bytes as its result instead of strings. */
export function inBytes(standard: Standard): Standard {
  return (machine, given, receiver) => {
    const value = standard(machine, given, receiver);
    return lifted([value], (one) => (one.kind === "text" ? bytesList(machine, one.text, one.origin) : one));
  };
}

/** A text made of one by an operation, that counts only where it changes something. */
export function remade(from: Text, to: string, operation = 0): Text {
  return text(to, from.text === to ? from.origin : withOperation(from.origin, operation));
}

/** A text made of several. */
export function made(of: string, from: readonly { readonly origin: Origin }[], operation: number): Text {
  const all = combined(
    from.map(({ origin }) => origin),
    operation,
  );
  return text(of, { by: all.by, pieces: from.reduce((sum, { origin }) => sum + origin.pieces, 0) });
}

/** A number as one that JavaScript computes with; undefined of others, and of what is too large. */
export function small(one: Known | undefined): number | undefined {
  if (one?.kind !== "int") return undefined;
  return one.int > -limit && one.int < limit ? Number(one.int) : undefined;
}

const limit = 1n << 31n;
