/** Values as the report has them. */
import type { Folded } from "../model/flow.ts";
import { compareText } from "../model/position.ts";
import { readable } from "./bytes.ts";
import { textOf } from "./conversions.ts";
import { hole } from "./lifted.ts";
import type { Machine } from "./machine.ts";
import { itemsOf } from "./places.ts";
import { requestAddress, urlAddress } from "./standard/addresses.ts";
import { socketAddress } from "./standard/socket-addresses.ts";
import { textsOf } from "./standard/strings.ts";
import { alternatives, combined, type Known, type Origin, operations, type Value } from "./values.ts";

/** Characters of a value that are kept, and of these at its end: a line may have much in it that says nothing. */
const limit = 1 << 16;
const endLimit = 1 << 14;

/** What a value may be, where that can be shown: strings, numbers, bytes, lists of strings (with blanks between), addresses of requests. */
export function foldedValues(machine: Machine, value: Value): readonly Folded[] {
  const found: Folded[] = [];
  for (const one of alternatives(value)) {
    const address = addressIn(machine, one);
    const shown = address === undefined ? shownAs(machine, one) : undefined;
    if (address !== undefined) found.push(...foldedValues(machine, address));
    // Of no constant: a buffer, say, that nothing was written to. On the way of an error there is nothing, mostly.
    else if (shown === undefined || shown.origin.pieces === 0) continue;
    else if (shown.value !== "" || value.kind !== "either") found.push(foldedOf(shown));
  }
  return found;
}

function foldedOf({ value: written, origin, partial }: Shown): Folded {
  const value =
    written.length > limit
      ? `${written.slice(0, limit - endLimit - 1)}${hole}${written.slice(-endLimit)}`
      : written;
  const by = operationsOf(origin.by);
  return partial ? { value, by, pieces: origin.pieces, partial } : { value, by, pieces: origin.pieces };
}

/** The address that a struct, or a pointer to one, stands for; undefined if it is none. */
function addressIn(machine: Machine, one: Known): Value | undefined {
  if (one.kind !== "pointer" && one.kind !== "struct") return undefined;
  return requestAddress(machine, one) ?? socketAddress(machine, one) ?? urlAddress(machine, one);
}

const known = new Map<number, Folded["by"]>();

/** The names of operations that stand as bits. */
function operationsOf(by: number): Folded["by"] {
  let found = known.get(by);
  if (found === undefined)
    known.set(by, (found = operations.filter((_, index) => (by & (1 << index)) !== 0)));
  return found;
}

/** The most telling first: what was decoded or put together, then by length. Who hides one value among many writes the others down. */
export function compareTelling(a: Folded, b: Folded): number {
  return (
    b.by.length - a.by.length ||
    b.pieces - a.pieces ||
    b.value.length - a.value.length ||
    compareText(a.value, b.value)
  );
}

/** Lists that are longer are no values for a reader. */
const lengthLimit = 4096;

interface Shown {
  readonly value: string;
  readonly origin: Origin;
  readonly partial?: true;
}

function shownAs(machine: Machine, one: Known): Shown | undefined {
  switch (one.kind) {
    case "text":
      return { value: readable(one.text), origin: one.origin };
    case "partial":
      return { value: one.text.split(hole).map(readable).join(hole), origin: one.origin, partial: true };
    case "int":
      return { value: String(one.int), origin: one.origin };
    case "bool":
      return { value: String(one.bool), origin: one.origin };
    case "list": {
      if (one.length > lengthLimit) return undefined;
      if (one.type === "u8") {
        const bytes = textOf(machine, one);
        return bytes.kind === "text" ? shownAs(machine, bytes) : undefined;
      }
      const texts = textsOf(machine, one);
      if (texts !== undefined && texts.length > 0) return joined(texts.map((item) => shownAs(machine, item)));
      return one.type === "s"
        ? joined((itemsOf(machine, one) ?? []).map((item) => shownItem(machine, item)))
        : undefined;
    }
    default:
      return undefined;
  }
}

/** An item of a list of which not all is known: what it may be, if that is one text. */
function shownItem(machine: Machine, item: Value): Shown | undefined {
  const [only, ...others] = alternatives(item);
  return only === undefined || others.length > 0 ? undefined : shownAs(machine, only);
}

/** Words of a line; what is not known is a hole in it. Undefined if there is nothing else. */
function joined(items: readonly (Shown | undefined)[]): Shown | undefined {
  const known = items.flatMap((item) => item ?? []);
  if (known.length === 0) return undefined;
  const value = items.map((item) => item?.value ?? hole).join(" ");
  if (known.length < items.length || known.some(({ partial }) => partial)) {
    // The line is not put together of its words: what was done to the longest is told, not to some number.
    const { origin } = known.reduce((a, b) => (b.value.length > a.value.length ? b : a));
    return { value, origin, partial: true };
  }
  const origins = known.map(({ origin }) => origin);
  const { by } = combined(origins, 0);
  return { value, origin: { by, pieces: origins.reduce((sum, { pieces }) => sum + pieces, 0) } };
}
