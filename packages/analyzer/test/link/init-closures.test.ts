/** The numbers that closures in initialisers have in SSA form. */
import { createBuilds } from "@capdiff/analyzer";
import { expect, test } from "vitest";
import { initClosureNames } from "../../src/link/init-closures.ts";

/** In the order of the source: the initialiser, what comes after its name in the id, the builds. */
type Closure = readonly [root: string, inner: string, builds: string];

function numbered(closures: readonly Closure[]): (string | undefined)[] {
  const builds = createBuilds();
  const name = initClosureNames("m", builds);
  return closures.map(([root, inner, expression]) =>
    name({ id: `${root}${inner}`, root, set: builds.parse(expression) })?.replace(/^m\./, ""),
  );
}

test.each<readonly [string, readonly Closure[], readonly (string | undefined)[]]>([
  [
    "in one row for all initialisers",
    [
      ["m.init:a", "$1", ""],
      ["m.init:a", "$2", ""],
      ["m.init:b", "$1", ""],
    ],
    ["init$1", "init$2", "init$3"],
  ],
  [
    "with more than one digit",
    Array.from({ length: 10 }, (_, index): Closure => ["m.init:a", `$${index + 1}`, ""]),
    Array.from({ length: 10 }, (_, index) => `init$${index + 1}`),
  ],
  [
    "those inside others apart",
    [
      ["m.init:a", "$1", ""],
      ["m.init:a", "$1$1", ""],
      ["m.init:a", "$1$2", ""],
      ["m.init:b", "$1", ""],
      ["m.init:b", "$1$1", ""],
    ],
    ["init$1", "init$1$1", "init$1$2", "init$2", "init$2$1"],
  ],
  [
    "not counting those of other builds",
    [
      ["m.init:a", "$1", "linux"],
      ["m.init:a", "$1", "windows"],
      ["m.init:a", "$2", "windows"],
      ["m.init:b", "$1", "linux"],
    ],
    ["init$1", "init$1", "init$2", "init$2"],
  ],
  [
    "counting those that are in more builds",
    [
      ["m.init:a", "$1", ""],
      ["m.init:b", "$1", "linux"],
    ],
    ["init$1", "init$2"],
  ],
  [
    "none where the number depends on the build",
    [
      ["m.init:a", "$1", "linux"],
      ["m.init:b", "$1", ""],
      ["m.init:b", "$1$1", ""],
      ["m.init:c", "$1", "linux"],
    ],
    ["init$1", undefined, undefined, "init$3"],
  ],
])("%s", (_, closures, expected) => {
  expect(numbered(closures)).toEqual(expected);
});
