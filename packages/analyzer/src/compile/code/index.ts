/**
 * Code: a body that was checked in, what it computes out, as compact forms (`model/code-facts.ts`). Left out: what is
 * nested deeply or too large, goto and labels, what types a case of a switch is for, channels, floating point. Where it
 * differs between builds it is one of several (see `merge.ts`). Linear in the body.
 */
import { expressions } from "../../declare/lists.ts";
import type { Code } from "../../model/code-facts.ts";
import { childByField, F, type FlatTree, type Node } from "../../syntax/index.ts";
import type { Checker } from "../../types/index.ts";
import type { Meanings } from "../flows/meanings.ts";
import { functionCode } from "./closures.ts";
import { type CodeWalk, sizeLimit } from "./code-walk.ts";
import { expression, target } from "./expressions.ts";
import { block } from "./statements.ts";

/** Code in which variables have large numbers, and forms name uses by the nodes where they stand. */
export interface BodyCode {
  readonly code: Code;
  /** Nothing was left out because there was too much. */
  readonly isWhole: boolean;
  /** The statement of the body that it is of; undefined of a whole body. */
  readonly statement: Node | undefined;
}

interface Checked {
  readonly checker: Checker;
  readonly tree: FlatTree;
  readonly meanings: Meanings;
}

/** The code of what was checked, a function (or only that statement of it) or an initialiser; undefined if there is none. May throw a `Split`. */
export function recordCode({ checker, tree, meanings }: Checked, statement?: Node): BodyCode | undefined {
  const walk: CodeWalk = {
    checker,
    tree,
    meanings,
    variables: new Map(),
    types: new Map(),
    size: 0,
    depth: 0,
    expression,
    target,
    block,
  };
  const code = codeOf(walk, statement);
  return code && { code, isWhole: walk.size <= sizeLimit, statement };
}

function codeOf(walk: CodeWalk, statement: Node | undefined): Code | undefined {
  const { tree, meanings } = walk;
  const [fn] = meanings.functions.keys();
  const [spec] = meanings.initialized.keys();
  if (spec === undefined) {
    if (fn === undefined) return undefined;
    return functionCode(walk, fn, statement ?? childByField(tree, fn, F.body));
  }
  const list = childByField(tree, spec, F.value);
  const values = list < 0 ? [] : expressions(tree, list).map((node) => walk.expression(walk, node));
  return [[], [], false, [["return", values]]];
}
