/** What evaluations hear of calls: values that arguments may have. */
import { isWholeValue } from "../compile/arguments.ts";
import { parameterTerm, type Signatures } from "../link/signatures.ts";
import type { UseFacts } from "../model/facts.ts";
import type { Folded } from "../model/flow.ts";
import { functionId } from "../model/function-id.ts";
import { compareText } from "../model/position.ts";
import type { Argument } from "../model/report.ts";
import { type Heard, nothingHeard } from "./evaluation.ts";
import { compareTelling, foldedValues } from "./folded.ts";
import { functionsIn } from "./held-functions.ts";
import type { Machine } from "./machine.ts";
import { itemsOf, unknownItems } from "./places.ts";
import { type Frame, isCutOff, isPartly, unknownOf, type Value } from "./values.ts";

/** Hears calls of functions outside of the module, and of function values, in its functions. */
export function listener(signatures: Signatures | undefined): Machine["heard"] {
  const same = new Map<UseFacts, readonly UseFacts[]>();
  /** A call may have other constants in other builds: then it is several uses. */
  const sameCall = (uses: Frame["uses"], use: UseFacts): readonly UseFacts[] => {
    let found = same.get(use);
    if (found === undefined) {
      found = uses.filter((one) => one.use === "call" && one.line === use.line && one.column === use.column);
      same.set(use, found);
    }
    return found;
  };
  const numbers = new Map<UseFacts, readonly boolean[]>();
  /** Of each argument of a call. */
  const areNumbers = (use: UseFacts, given: readonly Value[]): readonly boolean[] => {
    let found = numbers.get(use);
    if (found === undefined || found.length < given.length)
      numbers.set(use, (found = given.map((_, index) => isNumber(signatures, use, index))));
    return found;
  };
  return (machine, { pkg, uses }, use, given) => {
    if (pkg.module !== undefined || (use.arguments === undefined && use.target.kind !== "dynamic")) return;
    for (const value of given)
      if (value.kind === "map" || value.kind === "either")
        for (const id of functionsIn(machine, value)) heardOf(machine, use, given.length).functions.add(id);
    const areNumeric = areNumbers(use, given);
    const isHanded = given.some((value, index) => dependsOnCallers(machine, value) && !areNumeric[index]);
    for (const one of sameCall(uses, use)) {
      note(machine, one, given);
      if (isHanded) machine.handedOn.add(one);
    }
  };
}

function heardOf({ notes }: Machine, use: UseFacts, count: number): Heard {
  let heard = notes.get(use);
  if (heard === undefined) notes.set(use, (heard = nothingHeard(count)));
  return heard;
}

function note(machine: Machine, use: UseFacts, given: readonly Value[]): void {
  const written = use.arguments ?? (use.target.kind === "dynamic" ? given.map(() => unwritten) : []);
  if (written.length !== given.length) return;
  const heard = heardOf(machine, use, given.length);
  given.forEach((value, index) => {
    const argument = written[index];
    const found = heard.values[index];
    if (found === undefined || argument === undefined || isWholeValue(argument)) return;
    if (dependsOnBound(machine, value)) heard.cut.add(index);
    if (value.kind === "unknown") return;
    for (const folded of foldedValues(machine, value))
      if (!saysItself(folded, argument) && !keep(found, folded)) heard.isFull = true;
  });
}

/** Adds what was heard of a call elsewhere. */
export function addHeard(to: Heard, from: Heard): void {
  from.values.forEach((values, index) => {
    const found = to.values[index];
    for (const folded of values.values()) if (found !== undefined && !keep(found, folded)) to.isFull = true;
  });
  for (const index of from.cut) to.cut.add(index);
  for (const id of from.functions) to.functions.add(id);
  to.isFull ||= from.isFull;
}

/** Keeps the most telling ones, whatever the order in which they come. False if one had to go. */
function keep(known: Map<string, Folded>, folded: Folded): boolean {
  const { value } = folded;
  const other = known.get(value);
  // Of two ways to the same value the one with more to it.
  if (other !== undefined) {
    if (isMore(folded, other)) known.set(value, folded);
    return true;
  }
  known.set(value, folded);
  if (known.size <= valueLimit) return true;
  const last = [...known.values()].reduce((a, b) => (compareTelling(a, b) < 0 ? b : a));
  known.delete(last.value);
  return false;
}

function isMore(one: Folded, other: Folded): boolean {
  if (one.pieces !== other.pieces) return one.pieces > other.pieces;
  return compareText(one.by.join(), other.by.join()) > 0;
}

/** Whether an argument is the value as it is written: a variable that is named like what it holds is not. */
function saysItself({ value, by }: Folded, argument: Argument | undefined): boolean {
  if (by.length > 0 || argument === undefined) return false;
  const { text } = argument;
  return (
    (text === value && !/^[\p{L}_]/u.test(text)) || (text.startsWith('"') && text === JSON.stringify(value))
  );
}

/** Facts do not say what a function value is given. */
const unwritten: Argument = { text: "" };

/** Values of one argument that are kept. */
const valueLimit = 500;

/** Whether callers may know more of it: where what they give gets lost in between, that cannot be told. */
function dependsOnCallers(machine: Machine, value: Value): boolean {
  if (value.kind !== "list") return isPartly(value);
  return (itemsOf(machine, value) ?? []).some(isPartly);
}

function dependsOnBound(machine: Machine, value: Value): boolean {
  if (value.kind !== "list") return isCutOff(value);
  const items = itemsOf(machine, value);
  return isCutOff(items === undefined ? unknownItems(machine, value) : unknownOf(items));
}

function isNumber(signatures: Signatures | undefined, { target }: UseFacts, index: number): boolean {
  if (target.kind !== "qualified") return false;
  const signature = signatures?.of(functionId(target.package, target.name));
  const term = signature && parameterTerm(signature, index);
  return typeof term === "string" && numeric.test(term);
}

const numeric = /^(?:u?int(?:8|16|32|64|ptr)?|float(?:32|64)|bool|rune|byte)$/;
