import type { Argument } from "../model/report.ts";
import { end, type Node, start } from "../syntax/index.ts";
import { constantText, fold } from "./constants.ts";
import type { Scope } from "./scope.ts";
import type { Unit } from "./unit.ts";

/** Characters of an argument, and of its value, that are kept. */
const textLimit = 120;
const valueLimit = 400;

/** The arguments of a call as written on one line, with their values where syntax shows them. */
export function argumentFacts(unit: Unit, scope: Scope, operands: readonly Node[]): Argument[] {
  return operands.map((operand) => {
    const value = fold({ unit, scope }, operand);
    const written = writtenText(unit, operand);
    if (value === undefined) return { text: written };
    return { text: written, value: cut(constantText(value), valueLimit) };
  });
}

function writtenText({ tree }: Unit, node: Node): string {
  const from = start(tree, node);
  // Ten times the limit is enough to see what is left when white space is squeezed.
  const raw = tree.source.text.slice(from, Math.min(end(tree, node), from + textLimit * 10));
  return cut(raw.replaceAll(/\s+/g, " "), textLimit);
}

function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}
