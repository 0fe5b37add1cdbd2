import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createBuilds } from "../../src/constraints/index.ts";
import { everyBuild, holds, members, setOf, textOf, trees } from "./naive-builds.ts";

const builds = createBuilds();

describe("sets of builds agree with one build at a time", () => {
  test("a constraint's set has the builds in which it holds", () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const expected = everyBuild.filter((build) => holds(tree, build));
        expect(members(builds, setOf(builds, tree))).toEqual(expected);
        expect(builds.goBuildLine(textOf(tree))).toEqual({ value: setOf(builds, tree), diagnostics: [] });
      }),
      { numRuns: 300 },
    );
  });

  test("and, or, not, minus, subsetOf, meets, size", () => {
    fc.assert(
      fc.property(trees, trees, (left, right) => {
        const [a, b] = [setOf(builds, left), setOf(builds, right)];
        const where = (wanted: (a: boolean, b: boolean) => boolean) =>
          everyBuild.filter((build) => wanted(holds(left, build), holds(right, build)));
        expect(members(builds, builds.and(a, b))).toEqual(where((a, b) => a && b));
        expect(members(builds, builds.or(a, b))).toEqual(where((a, b) => a || b));
        expect(members(builds, builds.not(a))).toEqual(where((a) => !a));
        expect(members(builds, builds.minus(a, b))).toEqual(where((a, b) => a && !b));
        expect(builds.subsetOf(a, b)).toBe(where((a, b) => a && !b).length === 0);
        expect(builds.meets(a, b)).toBe(where((a, b) => a && b).length > 0);
        expect(builds.size(a) * 8).toBe(where((a) => a).length);
      }),
      { numRuns: 200 },
    );
  });

  test("sets are the same number exactly when they have the same builds", () => {
    fc.assert(
      fc.property(trees, trees, (left, right) => {
        const [a, b] = [setOf(builds, left), setOf(builds, right)];
        const same = everyBuild.every((build) => holds(left, build) === holds(right, build));
        expect(a === b).toBe(same);
        expect(builds.equal(a, b)).toBe(same);
        expect(builds.isEmpty(builds.minus(a, a))).toBe(true);
        expect(builds.isAll(builds.or(a, builds.not(a)))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

test("laws of sets", () => {
  const { and, or, not, minus, all, none } = builds;
  fc.assert(
    fc.property(trees, trees, trees, (...three) => {
      const [a, b, c] = three.map((tree) => setOf(builds, tree)) as [typeof all, typeof all, typeof all];
      expect(and(a, b)).toBe(and(b, a));
      expect(or(a, b)).toBe(or(b, a));
      expect(and(a, and(b, c))).toBe(and(and(a, b), c));
      expect(or(a, or(b, c))).toBe(or(or(a, b), c));
      expect(and(a, or(b, c))).toBe(or(and(a, b), and(a, c)));
      expect(not(and(a, b))).toBe(or(not(a), not(b)));
      expect(not(not(a))).toBe(a);
      expect(or(a, and(a, b))).toBe(a);
      expect(minus(a, none)).toBe(a);
      expect([and(a, all), or(a, none), and(a, none), or(a, all)]).toEqual([a, a, none, all]);
    }),
  );
});
