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
import type { CodeWalk } from "./code-walk.ts";
import { expression, target } from "./expressions.ts";
import { block } from "./statements.ts";

/** Code in which variables have large numbers, and forms name uses by the nodes where they stand. */
export interface BodyCode {
  readonly code: Code;
  /** Nothing was left out because there was too much. */
  readonly isWhole: boolean;
  /** Package variables, by `path.name`, that what was left out may change; with others. */
  readonly mayChange: ReadonlySet<string>;
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
    isWhole: true,
    expression,
    target,
    block,
  };
  const code = codeOf(walk, statement);
  if (code === undefined) return undefined;
  const { isWhole } = walk;
  return { code, isWhole, mayChange: isWhole ? none : namedVariables(meanings), statement };
}

/** In the place of code of what is not looked at because there is too much. */
export function leftOutCode(meanings: Meanings, statement?: Node): BodyCode {
  const code: Code = [[], [], false, []];
  return { code, isWhole: false, mayChange: namedVariables(meanings), statement };
}

const none: ReadonlySet<string> = new Set();

/** All package variables that are named. */
function namedVariables({ uses }: Meanings): ReadonlySet<string> {
  const named = new Set<string>();
  for (const one of uses.values()) if (one.kind === "variable") named.add(`${one.package}.${one.name}`);
  return named;
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
