import type { Field, Kind } from "./kinds.ts";
import type { Source } from "./source.ts";

/** A node of a flat tree: its number. The root is 0; -1 is no node. */
export type Node = number;

export const noNode: Node = -1;

/**
 * A concrete syntax tree in typed arrays, indexed by node. Tokens are nodes too.
 * Nodes are numbered in source order, parents before children, except for repaired
 * parts, which come last. `starts` and `ends` are offsets into `source.text`.
 */
export interface FlatTree {
  readonly source: Source;
  readonly count: number;
  readonly kinds: Uint8Array;
  readonly fields: Uint8Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
}

export function kind(tree: FlatTree, node: Node): Kind {
  return tree.kinds[node] ?? 1;
}

export function start(tree: FlatTree, node: Node): number {
  return tree.starts[node] ?? 0;
}

export function end(tree: FlatTree, node: Node): number {
  return tree.ends[node] ?? 0;
}

export function firstChild(tree: FlatTree, node: Node): Node {
  return tree.firstChild[node] ?? noNode;
}

export function nextSibling(tree: FlatTree, node: Node): Node {
  return tree.nextSibling[node] ?? noNode;
}

/** The source text of a node. */
export function text(tree: FlatTree, node: Node): string {
  return tree.source.text.slice(start(tree, node), end(tree, node));
}

/** The first child in that role, or -1. */
export function childByField(tree: FlatTree, node: Node, field: Field): Node {
  for (let child = firstChild(tree, node); child >= 0; child = nextSibling(tree, child)) {
    if (tree.fields[child] === field) return child;
  }
  return noNode;
}

/** All children, tokens and comments included, in source order. */
export function children(tree: FlatTree, node: Node): Node[] {
  const all: Node[] = [];
  for (let child = firstChild(tree, node); child >= 0; child = nextSibling(tree, child)) all.push(child);
  return all;
}

/** The first child of that kind, or -1. */
export function childOfKind(tree: FlatTree, node: Node, wanted: Kind): Node {
  for (let child = firstChild(tree, node); child >= 0; child = nextSibling(tree, child)) {
    if (tree.kinds[child] === wanted) return child;
  }
  return noNode;
}

/** The children of that kind, in source order. */
export function childrenOfKind(tree: FlatTree, node: Node, wanted: Kind): Node[] {
  return children(tree, node).filter((child) => tree.kinds[child] === wanted);
}
