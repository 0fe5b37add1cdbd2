import { type FlatTree, K, kindOf, type Node } from "../syntax/index.ts";

const unknown = kindOf("unknown");

/** A hash of code that does not depend on where it stands, and how many tokens it has. */
export interface Fingerprint {
  readonly hash: string;
  readonly tokens: number;
}

/**
 * Hashes the tokens of the nodes, in order, without comments, white space and line
 * breaks (64 bits, two multiplicative hashes as in FNV). It only pairs functions of two
 * versions: what they do is compared whether or not the pairing is right, so it need
 * not withstand forgery. Linear.
 */
export function fingerprint(tree: FlatTree, nodes: readonly Node[]): Fingerprint {
  let first = 0x811c9dc5;
  let second = 0x9e3779b9;
  let tokens = 0;
  const { text } = tree.source;
  const feed = (unit: number) => {
    first = Math.imul(first ^ unit, 0x01000193);
    second = Math.imul(second ^ unit, 0x85ebca6b);
    second ^= second >>> 13;
  };
  for (const root of nodes) {
    eachToken(tree, root, (node) => {
      tokens++;
      for (let at = tree.starts[node] ?? 0; at < (tree.ends[node] ?? 0); at++) feed(text.charCodeAt(at));
      feed(0x20);
    });
  }
  return { hash: hex(first) + hex(second), tokens };
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0");
}

/** Visits the tokens below a node in source order, without recursion. */
function eachToken(tree: FlatTree, root: Node, visit: (token: Node) => void): void {
  const pending: Node[] = [];
  let node = root;
  for (;;) {
    const child = tree.firstChild[node] ?? -1;
    if (child < 0 && tree.kinds[node] !== K.comment && tree.kinds[node] !== unknown) visit(node);
    const next = node === root ? -1 : (tree.nextSibling[node] ?? -1);
    if (next >= 0) pending.push(next);
    const following = child >= 0 ? child : pending.pop();
    if (following === undefined) return;
    node = following;
  }
}
