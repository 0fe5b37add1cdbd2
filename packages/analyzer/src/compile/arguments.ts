import type { Argument } from "../model/report.ts";
import {
  childByField,
  children,
  end,
  F,
  type FlatTree,
  K,
  kind,
  type Node,
  start,
  text,
} from "../syntax/index.ts";
import { constantText, type ObservedCall, type Operand } from "../types/index.ts";

/** Characters of an argument, and of its value, that are kept. */
const textLimit = 120;
const valueLimit = 400;

/** The arguments of a call as written on one line, with the values of constants. */
export function argumentFacts(tree: FlatTree, call: ObservedCall): Argument[] {
  const nodes = argumentNodes(tree, call.node);
  // One call that gives all arguments has no value.
  const operands = nodes.length === call.arguments.length ? call.arguments : [];
  return nodes.map((node, index) => {
    const value = valueOf(operands[index]);
    const written = writtenText(tree, node);
    return value === undefined ? { text: written } : { text: written, value: cut(value, valueLimit) };
  });
}

function valueOf(operand: Operand | undefined): string | undefined {
  if (operand?.mode !== "value") return undefined;
  return operand.constant === undefined ? operand.text : constantText(operand.constant);
}

const punctuation = new Set(["(", ")", ","]);

function argumentNodes(tree: FlatTree, call: Node): Node[] {
  const list = childByField(tree, call, F.arguments);
  if (list < 0) return [childByField(tree, call, F.operand)].filter((node) => node >= 0);
  return children(tree, list).filter(
    (child) => kind(tree, child) !== K.comment && !punctuation.has(text(tree, child)),
  );
}

function writtenText(tree: FlatTree, node: Node): string {
  const from = start(tree, node);
  // Ten times the limit is enough to see what is left when white space is squeezed.
  const to = Math.min(end(tree, node), from + textLimit * 10);
  const squeezed = tree.source.text.slice(from, to).replaceAll(/\s+/g, " ");
  return cut(to < end(tree, node) ? `${squeezed}…` : squeezed, textLimit);
}

/** Whether all of an argument's value is known, and not only how it begins. */
export function isWholeValue({ value }: Argument): boolean {
  return value !== undefined && !(value.length === valueLimit && value.endsWith("…"));
}

function cut(value: string, limit: number): string {
  return value.length <= limit ? value : `${value.slice(0, limit - 1)}…`;
}
