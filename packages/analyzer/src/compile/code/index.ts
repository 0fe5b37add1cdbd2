/**
 * Code: a body that was checked in, what it computes out, as compact forms (`model/code-facts.ts`). Left out: what is
 * nested deeply or too large, goto and labels, what types a case of a switch is for, channels, floating point. Bodies
 * that mean different things in different builds have none. Linear in the body.
 */
import { expressions } from "../../declare/lists.ts";
import type { Code, Statement } from "../../model/code-facts.ts";
import { childByField, F, type FlatTree, type Node } from "../../syntax/index.ts";
import type { Checker } from "../../types/index.ts";
import type { Meanings } from "../flows/meanings.ts";
import { functionCode } from "./closures.ts";
import { type CodeWalk, type PendingUse, sizeLimit } from "./code-walk.ts";
import { expression, target } from "./expressions.ts";
import { block } from "./statements.ts";

/** The code of a function, or of what sets variables, whose forms do not name their uses yet. */
export interface BodyCode {
  readonly code: Code;
  /** Nothing was left out because there was too much. */
  readonly isWhole: boolean;
  /** By the node of the function, and of the literals in it. */
  readonly uses: ReadonlyMap<Node, readonly PendingUse[]>;
}

interface Checked {
  readonly checker: Checker;
  readonly tree: FlatTree;
  readonly meanings: Meanings;
}

/** The code of what was checked as a whole; undefined if there is none. May throw a `Split`. */
export function recordCode({ checker, tree, meanings }: Checked): BodyCode | undefined {
  const walk: CodeWalk = {
    checker,
    tree,
    meanings,
    variables: new Map(),
    uses: [],
    bodies: new Map(),
    types: new Map(),
    size: 0,
    depth: 0,
    expression,
    target,
    block,
  };
  const code = codeOf(walk);
  return code && { code, isWhole: walk.size <= sizeLimit, uses: walk.bodies };
}

function codeOf(walk: CodeWalk): Code | undefined {
  const { tree, meanings } = walk;
  const [fn] = meanings.functions.keys();
  const [spec] = meanings.initialized.keys();
  if (spec === undefined) {
    const code = fn === undefined ? undefined : functionCode(walk, fn);
    return code !== undefined && computes(code[3]) ? code : undefined;
  }
  const list = childByField(tree, spec, F.value);
  const values = list < 0 ? [] : expressions(tree, list).map((node) => walk.expression(walk, node));
  walk.bodies.set(spec, walk.uses);
  return [[], [], false, [["return", values]]];
}

/** Whether there is anything in it. */
function computes(statements: readonly Statement[]): boolean {
  return statements.some((one) => one[0] !== "return" || one[1].length > 0);
}
