/**
 * Sets of builds. A build is a port, cgo on or off, and which custom tags are set. A set
 * is a decision diagram over the custom tags, in alphabetical order, with bit sets of
 * (port, cgo) as leaves (Bryant 1986; here with many terminals). Equal sets are the same
 * number, so that comparing is free and operations are remembered; nearly all sets in
 * practice are a leaf.
 *
 * Hostile input could make a diagram grow without bound: beyond a limit the answers are
 * supersets of the true ones, and `overflowed` says so.
 */
import { ports, portHasTag } from "./ports.ts";

/** A set of builds: a number of the `BuildSets` that made it. */
export type BuildSet = number & { readonly __brand?: "BuildSet" };

/** A leaf has its (port, cgo) bits, a branch the sets with and without its tag. */
export type Diagram =
  | { readonly kind: "leaf"; readonly bits: bigint }
  | { readonly kind: "branch"; readonly tag: string; readonly on: BuildSet; readonly off: BuildSet };

export interface SetAlgebra {
  readonly all: BuildSet;
  readonly none: BuildSet;
  readonly and: (a: BuildSet, b: BuildSet) => BuildSet;
  readonly or: (a: BuildSet, b: BuildSet) => BuildSet;
  readonly not: (a: BuildSet) => BuildSet;
  readonly minus: (a: BuildSet, b: BuildSet) => BuildSet;
  readonly isEmpty: (a: BuildSet) => boolean;
  readonly equal: (a: BuildSet, b: BuildSet) => boolean;
  /** The builds in which a tag of a build constraint holds. */
  readonly tag: (name: string) => BuildSet;
  /** How much of all builds, between 0 and 1. */
  readonly size: (a: BuildSet) => number;
  readonly diagram: (a: BuildSet) => Diagram;
  /** The set with every custom tag decided. */
  readonly decide: (a: BuildSet, isOn: (tag: string) => boolean) => BuildSet;
  /** A limit was hit: some answers are supersets. */
  readonly overflowed: () => boolean;
}

/** Bit of a port with cgo off; the next one is with cgo on. */
export function portBit(index: number): bigint {
  return 1n << BigInt(2 * index);
}

export const allBits = (1n << BigInt(2 * ports.length)) - 1n;
/** The bits of builds with cgo. */
export const cgoBits = ports.reduce((bits, _, index) => bits | (portBit(index) << 1n), 0n);

const nodeLimit = 500_000;

/** A fresh algebra. `release` is N of the Go 1.N whose `go1.N` tags hold. */
export function createAlgebra(release: number): SetAlgebra {
  const nodes: Diagram[] = [];
  const leaves = new Map<bigint, BuildSet>();
  const branches = new Map<string, BuildSet>();
  let full = false;

  const leaf = (bits: bigint): BuildSet => {
    const known = leaves.get(bits);
    if (known !== undefined) return known;
    const made = nodes.push({ kind: "leaf", bits }) - 1;
    leaves.set(bits, made);
    return made;
  };
  const none = leaf(0n);
  const all = leaf(allBits);
  const branch = (tag: string, on: BuildSet, off: BuildSet): BuildSet => {
    if (on === off) return on;
    const key = `${tag} ${on} ${off}`;
    const known = branches.get(key);
    if (known !== undefined) return known;
    if (nodes.length >= nodeLimit) {
      full = true;
      return all;
    }
    const made = nodes.push({ kind: "branch", tag, on, off }) - 1;
    branches.set(key, made);
    return made;
  };
  const node = (set: BuildSet): Diagram => nodes[set] ?? { kind: "leaf", bits: allBits };

  const combine = (operation: (a: bigint, b: bigint) => bigint) => {
    const known = new Map<number, BuildSet>();
    const apply = (a: BuildSet, b: BuildSet): BuildSet => {
      const key = a < b ? a * 0x4000000 + b : b * 0x4000000 + a;
      const remembered = known.get(key);
      if (remembered !== undefined) return remembered;
      const [x, y] = [node(a), node(b)];
      let result: BuildSet;
      if (x.kind === "leaf" && y.kind === "leaf") result = leaf(operation(x.bits, y.bits));
      else {
        const tag = firstTag(x, y);
        const [xs, ys] = [parts(a, x, tag), parts(b, y, tag)];
        result = branch(tag, apply(xs.on, ys.on), apply(xs.off, ys.off));
      }
      known.set(key, result);
      return result;
    };
    return apply;
  };
  const intersect = combine((a, b) => a & b);
  const unite = combine((a, b) => a | b);
  const mapLeaves = (
    set: BuildSet,
    change: (bits: bigint) => bigint,
    known = new Map<BuildSet, BuildSet>(),
  ): BuildSet => {
    const remembered = known.get(set);
    if (remembered !== undefined) return remembered;
    const it = node(set);
    const result =
      it.kind === "leaf"
        ? leaf(change(it.bits))
        : branch(it.tag, mapLeaves(it.on, change, known), mapLeaves(it.off, change, known));
    known.set(set, result);
    return result;
  };
  const complements = new Map<BuildSet, BuildSet>();
  const not = (a: BuildSet) => mapLeaves(a, (bits) => allBits & ~bits, complements);
  const and = (a: BuildSet, b: BuildSet) => {
    if (a === b || b === all) return a;
    if (a === all) return b;
    return a === none || b === none ? none : intersect(a, b);
  };
  const or = (a: BuildSet, b: BuildSet) => {
    if (a === b || b === none) return a;
    if (a === none) return b;
    return a === all || b === all ? all : unite(a, b);
  };
  const size = (set: BuildSet): number => {
    const it = node(set);
    return it.kind === "leaf" ? countBits(it.bits) / (2 * ports.length) : (size(it.on) + size(it.off)) / 2;
  };
  const decide = (set: BuildSet, isOn: (tag: string) => boolean): BuildSet => {
    let at = set;
    for (let it = node(at); it.kind === "branch"; it = node(at)) at = isOn(it.tag) ? it.on : it.off;
    return at;
  };
  return {
    all,
    none,
    and,
    or,
    not,
    minus: (a, b) => and(a, not(b)),
    isEmpty: (a) => a === none,
    equal: (a, b) => a === b,
    tag: (name) => {
      const bits = fixedTag(name, release);
      return bits === undefined ? branch(name, all, none) : leaf(bits);
    },
    size,
    diagram: node,
    decide,
    overflowed: () => full,
  };
}

function firstTag(x: Diagram, y: Diagram): string {
  if (x.kind === "leaf") return y.kind === "leaf" ? "" : y.tag;
  return y.kind === "leaf" || x.tag < y.tag ? x.tag : y.tag;
}

function parts(set: BuildSet, it: Diagram, tag: string): { readonly on: BuildSet; readonly off: BuildSet } {
  return it.kind === "branch" && it.tag === tag ? it : { on: set, off: set };
}

/** The builds of a tag that Go gives a meaning; undefined for a custom one. */
function fixedTag(name: string, release: number): bigint | undefined {
  if (name === "cgo") return cgoBits;
  if (name === "gc") return allBits;
  // No compiler but gc is meant, and no build sets `ignore`: that is what it is for.
  if (name === "gccgo" || name === "ignore") return 0n;
  const version = /^go1\.([0-9]{1,4})$/.exec(name);
  if (version !== null) return Number(version[1]) <= release ? allBits : 0n;
  if (portHasTag("", name) === undefined) return undefined;
  return ports.reduce(
    (bits, port, index) => bits | (portHasTag(port, name) === true ? 3n * portBit(index) : 0n),
    0n,
  );
}

function countBits(bits: bigint): number {
  let count = 0;
  for (let rest = bits; rest > 0n; rest >>= 1n) count += Number(rest & 1n);
  return count;
}
