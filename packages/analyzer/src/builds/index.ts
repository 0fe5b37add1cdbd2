/**
 * Constraints: in which builds a file, and what is in it, holds. All configurations are
 * analysed at once, so every result carries its set of builds; sets are intersected along
 * paths, and an empty one is no path.
 */
import { type BuildSet, createAlgebra, type SetAlgebra } from "./build-sets.ts";
import { formulaFinder } from "./cover.ts";
import { type ConstraintOutcome, parseExpression } from "./expression.ts";
import { fileNameTags } from "./file-name.ts";
import { expressionOf } from "./formula.ts";
import { headerConstraint } from "./header.ts";
import { knownArchitectures, knownSystems, ports } from "./ports.ts";
import { wordsOf } from "./words.ts";

export type { BuildSet } from "./build-sets.ts";
export type { ConstraintDiagnostic, ConstraintOutcome } from "./expression.ts";
export { ports } from "./ports.ts";

/** The Go release whose `go1.N` tags hold: Go 1.26. */
export const goRelease = 26;

/** What to narrow the analysis to; what is absent stays open. */
export interface Narrowing {
  readonly goos?: string;
  readonly goarch?: string;
  /** Custom tags that are set; all others are not. */
  readonly tags?: readonly string[];
  /** On when anything is narrowed. */
  readonly cgo?: boolean;
}

/** One build: what `go build` is run for. */
export interface Build {
  readonly goos: string;
  readonly goarch: string;
  readonly cgo: boolean;
  readonly tags: readonly string[];
}

export interface BuildSets extends SetAlgebra {
  /** The set of a `//go:build` expression; all builds for an empty or unreadable one. */
  readonly parse: (expression: string) => BuildSet;
  /** The set as a `//go:build` expression that `parse` reads back; empty for all builds. */
  readonly expression: (set: BuildSet) => string;
  /** The set in words for people. */
  readonly words: (set: BuildSet) => string;
  /** What the header of a file says. */
  readonly header: (text: string) => ConstraintOutcome;
  /** What the name of a file says. */
  readonly fileName: (path: string) => BuildSet;
  /** What is left of a set inside the narrowing; all builds if the set has all of it. */
  readonly narrow: (set: BuildSet) => BuildSet;
  readonly contains: (set: BuildSet, build: Build) => boolean;
}

/** A narrowing that no build meets, and what there is to choose from. */
export interface NarrowingProblem {
  readonly message: string;
}

/** Makes the sets that two analyses must share to be compared. */
export function createBuilds(narrowing: Narrowing = {}): BuildSets {
  const algebra = createAlgebra(goRelease);
  const find = formulaFinder(algebra);
  const parsed = new Map<string, BuildSet>();
  const narrowed = isNarrowed(narrowing) ? narrowedSet(algebra, narrowing) : algebra.all;
  const tags = new Set(narrowing.tags);
  return {
    ...algebra,
    parse: (expression) => {
      const known = parsed.get(expression);
      if (known !== undefined) return known;
      const set = expression === "" ? algebra.all : parseExpression(algebra, expression).value;
      parsed.set(expression, set);
      return set;
    },
    expression: (set) => expressionOf(find(set)),
    words: (set) => wordsOf(find(set)),
    header: (text) => headerConstraint(algebra, text),
    fileName: (path) => fileNameTags(path).map(algebra.tag).reduce(algebra.and, algebra.all),
    narrow: (set) => {
      if (!isNarrowed(narrowing)) return set;
      const inside = algebra.and(
        algebra.decide(set, (tag) => tags.has(tag)),
        narrowed,
      );
      return algebra.equal(inside, narrowed) ? algebra.all : inside;
    },
    contains: (set, { goos, goarch, cgo, tags: on }) => {
      const place = narrowedSet(algebra, { goos, goarch, cgo });
      return !algebra.isEmpty(
        algebra.and(
          algebra.decide(set, (tag) => on.includes(tag)),
          place,
        ),
      );
    },
  };
}

function isNarrowed({ goos, goarch, tags, cgo }: Narrowing): boolean {
  return goos !== undefined || goarch !== undefined || tags !== undefined || cgo !== undefined;
}

/** The ports of the narrowing. GOOS=linux is not android, though android has the tag linux. */
function narrowedSet(algebra: SetAlgebra, { goos, goarch, cgo = true }: Narrowing): BuildSet {
  const place = ports
    .map((port) => port.split("/"))
    .filter(
      ([system, architecture]) => (goos ?? system) === system && (goarch ?? architecture) === architecture,
    )
    .map(([system = "", architecture = ""]) =>
      algebra.and(systemAlone(algebra, system), algebra.tag(architecture)),
    )
    .reduce(algebra.or, algebra.none);
  return algebra.and(place, cgo ? algebra.tag("cgo") : algebra.not(algebra.tag("cgo")));
}

/** The builds of a GOOS without those of systems that count as it. */
function systemAlone(algebra: SetAlgebra, system: string): BuildSet {
  const others = [...knownSystems]
    .filter((name) => name !== system)
    .map(algebra.tag)
    .filter((set) => !algebra.isEmpty(algebra.minus(algebra.tag(system), set)));
  return others.reduce(algebra.minus, algebra.tag(system));
}

/** Why a narrowing can hold no build; undefined if it can. */
export function checkNarrowing({ goos, goarch }: Narrowing): NarrowingProblem | undefined {
  const systems = [...new Set(ports.map((port) => port.split("/")[0] ?? ""))];
  if (goos !== undefined && !systems.includes(goos)) {
    return { message: `unknown GOOS ${goos}; known are ${systems.join(", ")}` };
  }
  const fitting = ports.filter((port) => goos === undefined || port.startsWith(`${goos}/`));
  const architectures = [...new Set(fitting.map((port) => port.split("/")[1] ?? ""))];
  if (goarch === undefined || architectures.includes(goarch)) return undefined;
  const known = knownArchitectures.has(goarch) ? `no port ${goos}/${goarch}` : `unknown GOARCH ${goarch}`;
  return { message: `${known}; there are ${architectures.join(", ")}` };
}
