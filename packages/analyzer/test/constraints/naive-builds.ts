/** Build constraints the plain way: one build at a time, every build there is. The oracle of the properties. */
import fc from "fast-check";
import { type Build, type BuildSet, type BuildSets, ports } from "../../src/constraints/index.ts";

export const customTags = ["bar", "baz", "foo"];

/** Every port with and without cgo, with every choice of the custom tags. */
export const everyBuild: readonly Build[] = ports.flatMap(({ goos, goarch }) =>
  [false, true].flatMap((cgo) =>
    Array.from({ length: 2 ** customTags.length }, (_, choice) => ({
      goos,
      goarch,
      cgo,
      tags: customTags.filter((_, index) => ((choice >> index) & 1) === 1),
    })),
  ),
);

export type Tree =
  | { readonly tag: string }
  | { readonly not: Tree }
  | { readonly and: readonly [Tree, Tree] }
  | { readonly or: readonly [Tree, Tree] };

const tag = fc
  .constantFrom(
    "linux",
    "darwin",
    "windows",
    "android",
    "unix",
    "amd64",
    "arm64",
    "wasm",
    "cgo",
    "go1.20",
    "zos",
  )
  .map((tag): Tree => ({ tag }));
const custom = fc.constantFrom(...customTags).map((tag): Tree => ({ tag }));

/** Constraints of up to some twenty tags. */
export const trees: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree }>((tie) => {
  const pair = fc.tuple(tie("tree"), tie("tree"));
  return {
    tree: fc.oneof(
      { maxDepth: 4 },
      tag,
      custom,
      tie("tree").map((not): Tree => ({ not })),
      pair.map((and): Tree => ({ and })),
      pair.map((or): Tree => ({ or })),
    ),
  };
}).tree;

export function holds(tree: Tree, build: Build): boolean {
  if ("not" in tree) return !holds(tree.not, build);
  if ("and" in tree) return tree.and.every((part) => holds(part, build));
  if ("or" in tree) return tree.or.some((part) => holds(part, build));
  return tagHolds(tree.tag, build);
}

/** Only the tags that `trees` makes. */
function tagHolds(name: string, { goos, goarch, cgo, tags }: Build): boolean {
  if (name === "unix") return !["js", "plan9", "wasip1", "windows"].includes(goos);
  if (name === "linux") return goos === "linux" || goos === "android";
  if (name === "darwin") return goos === "darwin" || goos === "ios";
  if (name === "cgo") return cgo;
  return name === goos || name === goarch || name === "go1.20" || tags.includes(name);
}

export function setOf(builds: BuildSets, tree: Tree): BuildSet {
  if ("not" in tree) return builds.not(setOf(builds, tree.not));
  if ("and" in tree) return builds.and(setOf(builds, tree.and[0]), setOf(builds, tree.and[1]));
  if ("or" in tree) return builds.or(setOf(builds, tree.or[0]), setOf(builds, tree.or[1]));
  return builds.tag(tree.tag);
}

/** As the text of a `//go:build` line. */
export function textOf(tree: Tree): string {
  if ("not" in tree) return `!(${textOf(tree.not)})`;
  if ("and" in tree) return `(${tree.and.map(textOf).join(" && ")})`;
  if ("or" in tree) return `(${tree.or.map(textOf).join(" || ")})`;
  return tree.tag;
}

export function members(builds: BuildSets, set: BuildSet): Build[] {
  return everyBuild.filter((build) => builds.contains(set, build));
}
