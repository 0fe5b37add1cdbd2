/** What the parts of writing code down share. */
import type { CodeType, Expression, Statement, Target } from "../../model/code-facts.ts";
import type { FlatTree, Node } from "../../syntax/index.ts";
import type { Checker, LocalVariable } from "../../types/index.ts";
import type { Meanings } from "../flows/meanings.ts";

export interface CodeWalk {
  readonly checker: Checker;
  readonly tree: FlatTree;
  readonly meanings: Meanings;
  /** Numbers of variables, by what declares them. */
  readonly variables: Map<LocalVariable | Node, number>;
  /** Forms that name a use of the body that is open, by the node where the use stands. */
  uses: PendingUse[];
  /** Those of all bodies, by the node of the function or literal. */
  readonly bodies: Map<Node, readonly PendingUse[]>;
  readonly types: Map<unknown, CodeType>;
  /** Forms that were made. */
  size: number;
  depth: number;
  readonly expression: (walk: CodeWalk, node: Node) => Expression;
  readonly target: (walk: CodeWalk, node: Node) => Target;
  readonly block: (walk: CodeWalk, node: Node) => Statement[];
}

/** A form whose second element becomes the index of a use. */
export interface PendingUse {
  readonly form: { 1: number };
  readonly at: Node;
}

export const depthLimit = 120;

/** Forms that are made of one function at most: their text would be beyond the limit. */
export const sizeLimit = 30_000;

/** Whether no more is written down. */
export function isFull({ size, depth }: CodeWalk): boolean {
  return size > sizeLimit || depth > depthLimit;
}

/** Has the form name the use that stands at a node. */
export function usedAt<T extends Expression & readonly [string, number, ...unknown[]]>(
  walk: CodeWalk,
  form: T,
  at: Node,
): T {
  // Forms are written once more, when the uses of the body have their order.
  walk.uses.push({ form: form as { 1: number }, at });
  return form;
}

/** The number of a variable, a new one if it has none. */
export function variableNumber({ variables }: CodeWalk, variable: LocalVariable): number {
  const key = variable.declaredAt < 0 ? variable : variable.declaredAt;
  let number = variables.get(key);
  if (number === undefined) variables.set(key, (number = variables.size));
  return number;
}
