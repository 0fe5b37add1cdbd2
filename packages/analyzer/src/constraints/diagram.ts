/**
 * Sets of builds as reduced ordered decision diagrams (Bryant 1986): a branch asks for one
 * custom tag, a leaf is a bit set of ports. Branches are ordered by tag name and every node is
 * interned, so equal sets are the same number. `apply` and `not` are exact and memoised;
 * bounding what they build is the caller's part (see `weight`). Numbers depend on the order
 * of work: never write or sort by them.
 */
import { everyBuild } from "./ports.ts";

declare const brand: unique symbol;

/** A set of builds: an opaque number, equal (`===`) exactly when the sets are, within one `BuildSets`. */
export type BuildSet = number & { readonly [brand]: "BuildSet" };

export type Node = Leaf | Branch;

export interface Leaf {
  readonly kind: "leaf";
  readonly bits: bigint;
}

export interface Branch {
  readonly kind: "branch";
  readonly tag: string;
  /** The rest of the set in the builds that set the tag. */
  readonly on: BuildSet;
  readonly off: BuildSet;
}

export interface Diagram {
  readonly all: BuildSet;
  readonly none: BuildSet;
  readonly leaf: (bits: bigint) => BuildSet;
  readonly branch: (branch: Omit<Branch, "kind">) => BuildSet;
  readonly node: (set: BuildSet) => Node;
  readonly and: (a: BuildSet, b: BuildSet) => BuildSet;
  readonly or: (a: BuildSet, b: BuildSet) => BuildSet;
  readonly not: (set: BuildSet) => BuildSet;
  /** Nodes of the set drawn as a tree: bounds the length of its expression and the cost of its operations. */
  readonly weight: (set: BuildSet) => number;
}

/** Beyond this the memo of an operation starts anew: speed, not meaning. */
const memoLimit = 1 << 20;
/** Node numbers stay below it, so that a pair of them is one exact number. */
const nodeLimit = 2 ** 26;

export function createDiagram(): Diagram {
  const nodes: Node[] = [];
  const weights: number[] = [];
  const leaves = new Map<bigint, BuildSet>();
  const branches = new Map<string, Map<number, BuildSet>>();

  function add(node: Node, weight: number): BuildSet {
    if (nodes.length >= nodeLimit) throw new Error("bug: too many sets of builds");
    nodes.push(node);
    weights.push(weight);
    // The only place where numbers become sets.
    return (nodes.length - 1) as BuildSet;
  }

  function leaf(bits: bigint): BuildSet {
    let set = leaves.get(bits);
    if (set === undefined) {
      set = add({ kind: "leaf", bits }, 1);
      leaves.set(bits, set);
    }
    return set;
  }

  function branch({ tag, on, off }: Omit<Branch, "kind">): BuildSet {
    if (on === off) return on;
    const ofTag = branches.get(tag) ?? new Map<number, BuildSet>();
    branches.set(tag, ofTag);
    const key = pair(on, off);
    let set = ofTag.get(key);
    if (set === undefined) {
      set = add({ kind: "branch", tag, on, off }, 1 + weight(on) + weight(off));
      ofTag.set(key, set);
    }
    return set;
  }

  // Sets are made by `add` alone, so the index is in range.
  const node = (set: BuildSet): Node => nodes[set] as Node;
  const weight = (set: BuildSet): number => weights[set] as number;
  const none = leaf(0n);
  const all = leaf(everyBuild);
  const core = { leaf, branch, node };
  return {
    ...core,
    all,
    none,
    weight,
    and: operation({ ...core, neutral: all, absorbing: none, combine: (a, b) => a & b }),
    or: operation({ ...core, neutral: none, absorbing: all, combine: (a, b) => a | b }),
    not: negation(core),
  };
}

interface Operation extends Pick<Diagram, "leaf" | "branch" | "node"> {
  readonly neutral: BuildSet;
  readonly absorbing: BuildSet;
  readonly combine: (a: bigint, b: bigint) => bigint;
}

function operation({ leaf, branch, node, neutral, absorbing, combine }: Operation) {
  let memo = new Map<number, BuildSet>();

  function apply(a: BuildSet, b: BuildSet): BuildSet {
    if (a === b || b === neutral) return a;
    if (a === neutral) return b;
    if (a === absorbing || b === absorbing) return absorbing;
    const key = a < b ? pair(a, b) : pair(b, a);
    let result = memo.get(key);
    if (result === undefined) {
      result = applyNodes(a, b);
      if (memo.size >= memoLimit) memo = new Map();
      memo.set(key, result);
    }
    return result;
  }

  function applyNodes(a: BuildSet, b: BuildSet): BuildSet {
    const x = node(a);
    const y = node(b);
    if (x.kind === "leaf") {
      if (y.kind === "leaf") return leaf(combine(x.bits, y.bits));
      return branch({ tag: y.tag, on: apply(a, y.on), off: apply(a, y.off) });
    }
    if (y.kind === "leaf" || x.tag < y.tag) {
      return branch({ tag: x.tag, on: apply(x.on, b), off: apply(x.off, b) });
    }
    if (y.tag < x.tag) return branch({ tag: y.tag, on: apply(a, y.on), off: apply(a, y.off) });
    return branch({ tag: x.tag, on: apply(x.on, y.on), off: apply(x.off, y.off) });
  }

  return apply;
}

function negation({ leaf, branch, node }: Pick<Diagram, "leaf" | "branch" | "node">) {
  const memo = new Map<BuildSet, BuildSet>();
  return function not(set: BuildSet): BuildSet {
    const known = memo.get(set);
    if (known !== undefined) return known;
    const found = node(set);
    const result =
      found.kind === "leaf"
        ? leaf(found.bits ^ everyBuild)
        : branch({ tag: found.tag, on: not(found.on), off: not(found.off) });
    memo.set(set, result);
    memo.set(result, set);
    return result;
  };
}

function pair(a: number, b: number): number {
  return a * nodeLimit + b;
}
