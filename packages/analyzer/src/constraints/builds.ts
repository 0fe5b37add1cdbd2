/**
 * The algebra of sets of builds. A build is a port, cgo on or off, and an assignment of all custom
 * tags. Sets of one `BuildSets` are equal exactly when they are the same number.
 * Exact, but for one bound against hostile input: what would depend on too many custom tags
 * is widened to the ports that it could hold in. Such a result is a superset, except on the
 * right of `minus` and under `not`; constraints of files are never widened, they become `all`.
 */
import type { BoundedAlgebra, Constraint } from "./constraint.ts";
import { createDescriptions } from "./description.ts";
import { type BuildSet, createDiagram, type Diagram } from "./diagram.ts";
import { fileNameConstraint } from "./file-name.ts";
import { goBuildLine } from "./go-build-line.ts";
import { headerConstraint } from "./header.ts";
import { createRestriction, type Narrowing } from "./narrowing.ts";
import { defaultRelease, type Port, ports } from "./platforms.ts";
import { plusBuildLines } from "./plus-build-lines.ts";
import { countBits } from "./ports.ts";
import { createTags } from "./tags.ts";

/** One build: what `contains` asks about. */
export interface Build extends Pick<Port, "goos" | "goarch"> {
  readonly cgo: boolean;
  /** The custom tags that are set. */
  readonly tags: readonly string[];
}

/** What a universe of sets is made for. */
export interface BuildSetsOptions {
  /** N of the last `go1.N` that holds; 26 unless given. */
  readonly release?: number;
  /** What `narrow` keeps; everything unless given. Check it with `checkNarrowing` first. */
  readonly narrowing?: Narrowing;
}

/** The operations on sets of builds; sets of different universes must not meet. */
export interface BuildSets {
  readonly all: BuildSet;
  readonly none: BuildSet;
  readonly and: (a: BuildSet, b: BuildSet) => BuildSet;
  readonly or: (a: BuildSet, b: BuildSet) => BuildSet;
  readonly not: (set: BuildSet) => BuildSet;
  readonly minus: (a: BuildSet, b: BuildSet) => BuildSet;
  readonly isAll: (set: BuildSet) => boolean;
  readonly isEmpty: (set: BuildSet) => boolean;
  /** The same as `===`. */
  readonly equal: (a: BuildSet, b: BuildSet) => boolean;
  /** Exact, as are `meets` and `contains`. */
  readonly subsetOf: (a: BuildSet, b: BuildSet) => boolean;
  /** Whether some build is in both. */
  readonly meets: (a: BuildSet, b: BuildSet) => boolean;
  readonly contains: (set: BuildSet, build: Build) => boolean;
  /** A measure for ordering sets: ports with and without cgo, each by the share of tag assignments. */
  readonly size: (set: BuildSet) => number;
  /** Where a build tag holds: `cgo` for a file that imports "C". */
  readonly tag: (name: string) => BuildSet;
  /** The text behind `//go:build`. */
  readonly goBuildLine: (text: string) => Constraint;
  /** The texts behind `// +build`. Offsets are those in the line at fault. */
  readonly plusBuildLines: (texts: readonly string[]) => Constraint;
  /** A base name or slash path. */
  readonly fileName: (name: string) => BuildSet;
  /** The constraint lines of a Go, assembly or C source. */
  readonly header: (source: string) => Constraint;
  /** The builds that are narrowed to, as a set of its own: `all` only if there is no narrowing. */
  readonly asked: BuildSet;
  /** What is left of a set inside the narrowing, without custom tags; `all` if it has all of that. */
  readonly narrow: (set: BuildSet) => BuildSet;
  /** What `asked` and `narrow` do, as a text for keys: `asked` does not tell which custom tags are on. */
  readonly narrowing: string;
  /** A `//go:build` expression, the same for equal sets; empty for all builds. */
  readonly expression: (set: BuildSet) => string;
  /** The inverse of `expression`; `all` for what is no expression. */
  readonly parse: (expression: string) => BuildSet;
  /** The set in words for people, such as `all but windows`. */
  readonly words: (set: BuildSet) => string;
}

/**
 * Bound on a set's weight (see `Diagram`): about 250 custom tags in a plain `||` or `&&`. With it an
 * operation costs at most some 60,000 steps, the first time.
 */
export const weightLimit = 512;

/** A universe of sets of builds: what is to be compared or joined must come from one. */
export function createBuilds({ release = defaultRelease, narrowing = {} }: BuildSetsOptions = {}): BuildSets {
  const diagram = createDiagram();
  const tag = createTags(diagram, release);
  const algebra = bounded(diagram, tag, weightLimit);
  // A part of an expression may be more tangled than the whole.
  const roomy = bounded(diagram, tag, 16 * weightLimit);
  const { all, none, not } = diagram;
  const and = widening(diagram, diagram.and);
  const descriptions = createDescriptions(diagram);
  const { asked, narrow, text } = createRestriction(diagram, narrowing);
  const parse = memoised((text: string) => parseExpression(roomy, text));
  return {
    all,
    none,
    and,
    or: widening(diagram, diagram.or),
    not,
    // Inside a narrowing `all` stands for what is left: its complement must not bring the rest back.
    minus: (a, b) => narrow(and(a, not(b))),
    isAll: (set) => set === all,
    isEmpty: (set) => set === none,
    equal: (a, b) => a === b,
    subsetOf: (a, b) => a === b || diagram.and(a, b) === a,
    meets: (a, b) => diagram.and(a, b) !== none,
    contains: (set, build) => contains(diagram, set, build),
    size: (set) => size(diagram, set),
    tag,
    goBuildLine: (text) => goBuildLine(algebra, text),
    plusBuildLines: (texts) =>
      plusBuildLines(
        algebra,
        texts.map((text) => ({ text, start: 0 })),
      ),
    fileName: (name) => fileNameConstraint(algebra, name),
    header: (source) => headerConstraint(algebra, source),
    asked,
    narrow,
    narrowing: text,
    expression: memoised(descriptions.expression),
    parse,
    words: memoised(descriptions.words),
  };
}

function bounded(diagram: Diagram, tag: (name: string) => BuildSet, limit: number): BoundedAlgebra {
  const within = (set: BuildSet) => (diagram.weight(set) <= limit ? set : undefined);
  return {
    ...diagram,
    tag,
    and: (a, b) => within(diagram.and(a, b)),
    or: (a, b) => within(diagram.or(a, b)),
  };
}

/** An operation that keeps to the bound: beyond it, over the ports alone. */
function widening(diagram: Diagram, operation: (a: BuildSet, b: BuildSet) => BuildSet) {
  return (a: BuildSet, b: BuildSet): BuildSet => {
    const exact = operation(a, b);
    if (diagram.weight(exact) <= weightLimit) return exact;
    return operation(forgetTags(diagram, a), forgetTags(diagram, b));
  };
}

/** The ports in which the set holds for some assignment of the tags. */
function forgetTags(diagram: Diagram, set: BuildSet): BuildSet {
  const node = diagram.node(set);
  if (node.kind === "leaf") return set;
  return diagram.or(forgetTags(diagram, node.on), forgetTags(diagram, node.off));
}

/** Our own expressions are longer than those that Go takes. */
function parseExpression(algebra: BoundedAlgebra, text: string): BuildSet {
  const bounds = { operands: Number.POSITIVE_INFINITY, characters: Number.POSITIVE_INFINITY };
  return text === "" ? algebra.all : goBuildLine(algebra, text, bounds).value;
}

function contains(diagram: Diagram, set: BuildSet, build: Build): boolean {
  const tags = new Set(build.tags);
  let node = diagram.node(set);
  while (node.kind === "branch") node = diagram.node(tags.has(node.tag) ? node.on : node.off);
  const port = ports.findIndex(({ goos, goarch }) => goos === build.goos && goarch === build.goarch);
  if (port < 0) return false;
  return ((node.bits >> BigInt(build.cgo ? port + ports.length : port)) & 1n) === 1n;
}

function size(diagram: Diagram, set: BuildSet): number {
  const node = diagram.node(set);
  if (node.kind === "leaf") return countBits(node.bits);
  return (size(diagram, node.on) + size(diagram, node.off)) / 2;
}

function memoised<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const memo = new Map<Key, Value>();
  return (key) => {
    let value = memo.get(key);
    if (value === undefined) {
      value = compute(key);
      memo.set(key, value);
    }
    return value;
  };
}
