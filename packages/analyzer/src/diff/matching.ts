/**
 * Which function of the old program is which function of the new one. By name first;
 * init functions and closures, which are only numbered, by their code; what is left over
 * by its code alone, where that is unmistakable: moved or renamed. A wrong pairing hides
 * nothing, since what the two do is compared afterwards.
 */
import type { BuildSet } from "../constraints/index.ts";
import type { LinkedFunction } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import { pairByKeys } from "./pairing.ts";
import { relativePath, type Side } from "./side.ts";

/** Function numbers of the old side with those of the new. */
export interface Matching {
  /** One to one. */
  readonly pairs: readonly (readonly [number, number])[];
  /** The pairs and more: variants of a name may share a counterpart. */
  readonly toNew: ReadonlyMap<number, number>;
  readonly toOld: ReadonlyMap<number, number>;
}

/** Code of fewer tokens is too ordinary to tell a function by. */
const tellingSize = 12;

interface Candidate {
  readonly index: number;
  readonly fn: LinkedFunction;
}

type Pairs = readonly (readonly [Candidate, Candidate])[];

interface Sides {
  readonly old: Side;
  readonly new: Side;
}

export function matchFunctions(old: Side, fresh: Side): Matching {
  const sides = { old, new: fresh };
  const toNew = new Map<number, number>();
  const named = matchNamed(sides);
  for (const [a, b] of named) toNew.set(a.index, b.index);
  for (const [a, b] of matchClosures(sides, toNew)) toNew.set(a.index, b.index);
  const toOld = new Map([...toNew].map(([a, b]) => [b, a]));
  return { pairs: [...toNew], toNew: withVariants(old, toNew), toOld: withVariants(fresh, toOld) };
}

/**
 * A declaration that is left over goes where one of the same name for other builds went:
 * the builds were split or joined, so that several functions have one counterpart.
 */
function withVariants({ program }: Side, matched: ReadonlyMap<number, number>): Map<number, number> {
  const all = new Map(matched);
  program.functions.forEach(({ facts, builds }, index) => {
    if (matched.has(index)) return;
    const variants = program.byId.get(facts.id) ?? [];
    const apart = (other: number) => !program.builds.meets(builds, buildsOf(program, other));
    const sibling = variants.find((other) => matched.has(other) && apart(other));
    const counterpart = sibling === undefined ? undefined : matched.get(sibling);
    if (counterpart !== undefined) all.set(index, counterpart);
  });
  return all;
}

function buildsOf({ functions, builds }: Program, index: number): BuildSet {
  return functions[index]?.builds ?? builds.none;
}

function candidates(side: Side, wanted: (fn: LinkedFunction) => boolean): Candidate[] {
  return side.program.functions.flatMap((fn, index) =>
    fn.pkg.module === undefined && wanted(fn) ? [{ index, fn }] : [],
  );
}

function matchNamed(sides: Sides): Pairs {
  const isNamed = (fn: LinkedFunction) => fn.facts.kind !== "closure";
  const [old, fresh] = [candidates(sides.old, isNamed), candidates(sides.new, isNamed)];
  const id = (one: Candidate, side: "old" | "new") => stableId(sides[side], one.fn);
  const code = ({ fn }: Candidate) => fn.facts.fingerprint;
  const numbered = (one: Candidate) => (one.fn.facts.kind === "init" ? "" : undefined);
  const { pairs, removed, added } = pairByKeys(old, fresh, [
    (one, side) => `${id(one, side)} ${one.fn.file.builds} ${code(one)}`,
    (one, side) => `${id(one, side)} ${one.fn.file.builds} ${numbered(one) ?? baseName(one)}`,
    (one, side) => `${id(one, side)} ${numbered(one) ?? baseName(one)}`,
    (one, side) => id(one, side),
  ]);
  return [...pairs, ...matchMoved(removed, added)];
}

/** The id without the module's path; init functions lose their number, which depends on other files. */
function stableId(side: Side, { facts, pkg, file }: LinkedFunction): string {
  const relative = facts.id.replace(pkg.path, relativePath(side, pkg.path));
  return facts.kind === "init" ? `${relative.replace(/#[0-9]+$/, "")} ${file.name}` : relative;
}

function baseName({ fn }: Candidate): string {
  return fn.file.name;
}

/** Pairs by code where one old and one new function have it, or one of each with the same plain name. */
function matchMoved(old: readonly Candidate[], fresh: readonly Candidate[]): Pairs {
  const tell = (list: readonly Candidate[]) => {
    const counts = new Map<string, number>();
    for (const one of list) counts.set(codeKey(one), (counts.get(codeKey(one)) ?? 0) + 1);
    return counts;
  };
  const [oldCounts, newCounts] = [tell(old), tell(fresh)];
  const single = (key: string) => oldCounts.get(key) === 1 && newCounts.get(key) === 1;
  const telling = (one: Candidate) => one.fn.facts.size >= tellingSize;
  return pairByKeys(old, fresh, [
    (one) => (telling(one) ? `${codeKey(one)} ${plainName(one)}` : undefined),
    (one) => (telling(one) && single(codeKey(one)) ? codeKey(one) : undefined),
  ]).pairs;
}

function codeKey({ fn }: Candidate): string {
  return `${fn.facts.kind} ${fn.facts.fingerprint}`;
}

function plainName({ fn }: Candidate): string {
  return fn.facts.id.slice(fn.facts.id.lastIndexOf(".") + 1);
}

/** Closures of functions that match, by their code, then by their order; outer ones first. */
function matchClosures(sides: Sides, matched: ReadonlyMap<number, number>): Pairs {
  const isClosure = (fn: LinkedFunction) => fn.facts.kind === "closure";
  const parents = { old: parentsIn(sides.old), new: parentsIn(sides.new) };
  const partner = new Map(matched);
  const found: (readonly [Candidate, Candidate])[] = [];
  let [old, fresh] = [candidates(sides.old, isClosure), candidates(sides.new, isClosure)];
  for (;;) {
    // Parents are looked up anew each round: closures matched in the last one are parents now.
    const owners = new Set(partner.values());
    const withParent = ({ index }: Candidate, side: "old" | "new", rest: string) => {
      const own = parents[side].get(index) ?? -1;
      const parent = side === "old" ? partner.get(own) : own;
      return parent !== undefined && owners.has(parent) ? `${parent} ${rest}` : undefined;
    };
    const { pairs, removed, added } = pairByKeys(old, fresh, [
      (one, side) => withParent(one, side, one.fn.facts.fingerprint),
      (one, side) => withParent(one, side, ""),
    ]);
    if (pairs.length === 0) return found;
    for (const pair of pairs) {
      const [a, b] = pair;
      partner.set(a.index, b.index);
      found.push(pair);
    }
    old = [...removed];
    fresh = [...added];
  }
}

/**
 * For the number of each closure that of the function in which it stands, the last one before it of that name. Bodies of
 * ranges over functions have names, but are no functions.
 */
function parentsIn({ program }: Side): Map<number, number> {
  const parents = new Map<number, number>();
  const latest = new Map<string, number>();
  program.functions.forEach(({ facts, pkg }, index) => {
    const key = (id: string) => `${pkg.path} ${facts.file} ${id}`;
    for (let id = outer(facts.id); facts.kind === "closure" && id !== ""; id = outer(id)) {
      const parent = latest.get(key(id));
      if (parent === undefined) continue;
      parents.set(index, parent);
      break;
    }
    latest.set(key(facts.id), index);
  });
  return parents;
}

/** The id of what a closure stands in; empty of other functions. */
function outer(id: string): string {
  return id.slice(0, Math.max(id.lastIndexOf("$"), 0));
}
