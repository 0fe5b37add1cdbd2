/**
 * Functions of known values for values of which some are not, or may be several. What puts texts together says what it
 * can: an address whose path depends on input, a file in a folder that is not known.
 */
import {
  alternatives,
  either,
  handed,
  isPartly,
  type Known,
  type Origin,
  restOf,
  type Text,
  text,
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
  if (values.some((value) => value.kind === "unknown" || alternatives(value).some(isPartly)))
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

/** As `lifted`, for what puts texts together: what is not known is a hole in the text that comes out. */
export function withHoles(values: readonly Value[], compute: (...known: Known[]) => Value): Value {
  if (!values.some(isPartly)) return lifted(values, compute);
  if (values.every(({ kind }) => kind === "unknown")) return unknownOf(values);
  const { handed: isHanded } = unknownOf(values);
  const made = lifted(values.map(filled), compute);
  const texts = alternatives(made).map((one): Value => {
    if (one.kind !== "text") return unknownOf(values);
    const made = partly({ ...one, text: one.text.replaceAll(/…{2,}/gu, hole) }, isHanded);
    return made.kind === "unknown" ? unknownOf(values) : made;
  });
  return texts.length === 0 ? unknown : either(texts);
}

/** A text that may have holes; unknown if it has hardly anything else. */
export function partly(one: Text, isHanded: boolean): Value {
  if (!one.text.includes(hole)) return one;
  if (one.text.replaceAll(hole, "").length < leastKnown) return isHanded ? handed : unknown;
  return { kind: "partial", text: one.text, origin: one.origin, handed: isHanded };
}

function filled(value: Value): Value {
  if (value.kind === "unknown") return text(hole, nothing);
  if (value.kind === "partial") return text(value.text, value.origin);
  if (value.kind !== "either") return value;
  const all = value.of.map(filled);
  return either(value.rest === undefined ? all : [...all, text(hole, nothing)]);
}
