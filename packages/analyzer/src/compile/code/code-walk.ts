/** What the parts of writing code down share. */
import type { CodeType, Expression, Statement, Target } from "../../model/code-facts.ts";
import type { FlatTree, Node } from "../../syntax/index.ts";
import type { Checker, LocalVariable } from "../../types/index.ts";
import type { Meanings } from "../flows/meanings.ts";

export interface CodeWalk {
  readonly checker: Checker;
  readonly tree: FlatTree;
  readonly meanings: Meanings;
  /** Numbers of parameters and results. */
  readonly variables: Map<LocalVariable, number>;
  readonly types: Map<unknown, CodeType>;
  /** Forms that were made. */
  size: number;
  depth: number;
  /** Nothing was left out because there was too much. */
  isWhole: boolean;
  readonly expression: (walk: CodeWalk, node: Node) => Expression;
  readonly target: (walk: CodeWalk, node: Node) => Target;
  readonly block: (walk: CodeWalk, node: Node) => Statement[];
}

/** How deep what is written down is nested. */
const depthLimit = 120;

/** Forms that are made of one function at most: their text would be beyond the limit. */
const sizeLimit = 30_000;

/** Whether something has to be left out, which then is. */
export function leavesOut(walk: CodeWalk): boolean {
  if (walk.size <= sizeLimit && walk.depth <= depthLimit) return false;
  walk.isWhole = false;
  return true;
}

/** The number of a variable: the same in all checks of a body. Written code has small ones. */
export function variableNumber({ variables }: CodeWalk, variable: LocalVariable): number {
  return variable.declaredAt < 0 ? (variables.get(variable) ?? -1) : variable.declaredAt;
}

/** Parameters and results of a function that are told apart. */
const parameterLimit = 256;

/** The number of a parameter or result of a function, by its place. */
export function parameterNumber(walk: CodeWalk, fn: Node, place: number, variable: LocalVariable): number {
  const number = -2 - (fn * parameterLimit + Math.min(place, parameterLimit - 1));
  walk.variables.set(variable, number);
  return number;
}
