/**
 * Functions of known values for values of which some are not, or may be several. What puts texts together says what it
 * can: an address whose path depends on input, a file in a folder that is not known.
 */
import {
  alternatives,
  comingFrom,
  either,
  fromOf,
  handed,
  isPartly,
  type Known,
  type Origin,
  openParts,
  restOf,
  type Text,
  text,
  type Unknown,
  unknown,
  unknownOf,
  type Value,
} from "./values.ts";

/** Stands for what is not known: no byte. */
export const hole = "…";

/** With less than so many bytes known nothing is said. */
const leastKnown = 4;

const nothing: Origin = { by: 0, pieces: 0 };

/**
 * A function of known values for all combinations of what each may be; unknown if one is not known, or they are many. Where
 * one may be something else besides, so may what comes out.
 */
export function lifted(values: readonly Value[], compute: (...known: Known[]) => Value): Value {
  if (isAllKnown(values)) return compute(...values);
  if (values.some((value) => value.kind === "unknown" || value.kind === "partial" || hasHoles(value)))
    return unknownOf(values);
  let combinations: Known[][] = [[]];
  for (const value of values) {
    const all = alternatives(value);
    combinations = combinations.flatMap((known) => all.map((one) => [...known, one]));
    if (combinations.length === 0 || combinations.length > combinationLimit) return unknownOf(values);
  }
  const made = combinations.map((known) => compute(...known));
  return either(values.some((value) => restOf(value) !== undefined) ? [...made, unknownOf(values)] : made);
}

const combinationLimit = 16;

function hasHoles(value: Value): boolean {
  return value.kind === "either" && value.of.some(isPartly);
}

/** Mostly it is so: then there is one combination. */
function isAllKnown(values: readonly Value[]): values is readonly Known[] {
  for (let index = 0; index < values.length; index++) {
    const kind = values[index]?.kind;
    if (kind === "unknown" || kind === "either" || kind === "partial") return false;
  }
  return true;
}

/** As `lifted`, for what puts texts together: what is not known is a hole in the text that comes out. */
export function withHoles(values: readonly Value[], compute: (...known: Known[]) => Value): Value {
  if (!values.some(isPartly)) return lifted(values, compute);
  const parts: ReturnType<typeof openParts>[number][] = [];
  for (const value of values) parts.push(...openParts(value, true));
  const open = comingFrom(unknownOf(values), fromOf(parts));
  if (values.every(({ kind }) => kind === "unknown")) return open;
  const made = lifted(values.map(filled), compute);
  const texts = alternatives(made).map((one): Value => {
    if (one.kind !== "text") return unknownOf(values);
    const made = partly({ ...one, text: one.text.replaceAll(/\u2026{2,}/gu, hole) }, open);
    return made.kind === "unknown" ? comingFrom(unknownOf(values), made.from) : made;
  });
  // Where marks say what is in the holes, what it may be besides counts too.
  const rest = open.from === undefined ? [] : openParts(made, false);
  return texts.length === 0 ? unknown : either([...texts, ...rest]);
}

/** A text that may have holes, in which stands what is open; unknown if it has hardly anything else. */
export function partly(one: Text, { handed: isHanded, from }: Pick<Unknown, "handed" | "from">): Value {
  if (!one.text.includes(hole)) return one;
  const written = one.text.replaceAll(hole, "");
  if (written.length < leastKnown)
    return comingFrom(isHanded ? handed : unknown, written.includes(".") ? undefined : from);
  return { kind: "partial", text: one.text, origin: one.origin, handed: isHanded, ...(from && { from }) };
}

function filled(value: Value): Value {
  if (value.kind === "unknown") return text(hole, nothing);
  if (value.kind === "partial") return text(value.text, value.origin);
  if (value.kind !== "either") return value;
  const all = value.of.map(filled);
  return either(value.rest === undefined ? all : [...all, text(hole, nothing)]);
}
