/** A Go file of a fixture, with its tree. */

import type { PackageNames } from "../../../packages/analyzer/src/declare/import-names.ts";
import { fileImports } from "../../../packages/analyzer/src/declare/imports.ts";
import {
  childOfKind,
  type FlatTree,
  firstChild,
  K,
  kind,
  type Node,
  nextSibling,
  text,
} from "../../../packages/analyzer/src/syntax/index.ts";

export interface CodeFile {
  /** Slash path in the module. */
  readonly name: string;
  /** Empty for the root. */
  readonly directory: string;
  /** The name in its package clause. */
  readonly packageName: string;
  readonly tree: FlatTree;
  /** Import path by the name that the file uses for it. */
  readonly imports: ReadonlyMap<string, string>;
  /** It imports "C". */
  readonly cgo: boolean;
  /** The node around a node; -1 of the root. */
  readonly parent: (node: Node) => Node;
}

export function codeFile(tree: FlatTree, packageNames: PackageNames): CodeFile {
  const { file: name } = tree.source;
  const imports = fileImports(tree, packageNames);
  const clause = childOfKind(tree, 0, K.package_clause);
  const parents = parentsIn(tree);
  return {
    name,
    directory: name.slice(0, Math.max(0, name.lastIndexOf("/"))),
    packageName: text(tree, childOfKind(tree, clause, K.package_identifier)),
    tree,
    imports: imports.named,
    cgo: imports.cgo,
    parent: (node) => parents[node] ?? -1,
  };
}

function parentsIn(tree: FlatTree): Int32Array {
  const parents = new Int32Array(tree.count).fill(-1);
  for (let node = 0; node < tree.count; node++) {
    for (let child = firstChild(tree, node); child >= 0; child = nextSibling(tree, child))
      parents[child] = node;
  }
  return parents;
}

/** The nodes of a kind below a node, in source order. */
export function* nodesIn({ tree }: CodeFile, root: Node): Generator<Node> {
  const pending = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    yield node;
    const below: Node[] = [];
    for (let child = firstChild(tree, node); child >= 0; child = nextSibling(tree, child)) below.push(child);
    for (const child of below.reverse()) pending.push(child);
  }
}

/** Whether a node stands in another one, or is it. */
export function isWithin({ parent }: CodeFile, node: Node, around: Node): boolean {
  for (let at = node; at >= 0; at = parent(at)) if (at === around) return true;
  return false;
}

/** A file in the same folder. */
export function besides({ directory }: Pick<CodeFile, "directory">, name: string): string {
  return directory === "" ? name : `${directory}/${name}`;
}

/** Whether the node is of one of the kinds. */
export function isOf({ tree }: CodeFile, node: Node, ...kinds: readonly number[]): boolean {
  return node >= 0 && kinds.includes(kind(tree, node));
}
