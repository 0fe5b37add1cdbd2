import type { Change } from "@capdiff/analyzer";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changesBetween } from "./analyses.ts";
import { corpusModules, corpusPairs } from "./corpus-modules.ts";
import { type GoModule, goModules, moduleOf } from "./go-modules.ts";

/** A change seen from the other side, as far as both sides say the same. */
function mirrored(change: Change): string {
  const turned = { added: "removed", removed: "added", changed: "changed", moved: "moved" } as const;
  return identity({ ...change, change: turned[change.change] } as Change);
}

/** What a change is about; the places of `changed` and `moved` are those of one side. */
function identity(change: Change): string {
  switch (change.kind) {
    case "capability":
      return key(change, [change.package.replace(/\/v2/, ""), change.capability, change.builds.expression]);
    case "entry-point":
      return key(change, [change.capability, change.builds.expression, change.existing]);
    case "call-site":
      return key(change, [change.terminal.kind, change.use]);
    case "directive":
      return key(change, [change.directive]);
    case "file":
      return key(change, change.change === "moved" ? [] : [change.name]);
    case "go-mod":
      return key(change, [change.directive, change.subject]);
    case "function":
      return key(change, []);
    case "flow":
      return key(change, [change.flow.source.kind, change.flow.sink.kind]);
    case "goroutine":
      return key(change, [change.waits]);
    case "signal":
      return key(change, [change.signal]);
    default:
      return change satisfies never;
  }
}

function key({ kind, change }: Change, parts: readonly unknown[]): string {
  return JSON.stringify([kind, change, ...parts]);
}

describe("a module and itself differ in nothing", () => {
  test("modules of the corpus", async () => {
    for (const { name, source } of corpusModules) {
      expect(await changesBetween(source, source), name).toEqual([]);
    }
  });

  test("generated modules", async () => {
    await fc.assert(
      fc.asyncProperty(goModules, async (one) => {
        expect(await changesBetween(moduleOf(one), moduleOf(one))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

/** Of a function in two files one is left: both are its counterparts, and what started the other one moved. */
const variantsOfOne: [GoModule, GoModule] = [
  [
    { directory: "sub", constraint: "linux", functions: [{ name: "start", statements: [] }] },
    {
      directory: "sub",
      constraint: "windows",
      functions: [
        { name: "start", statements: [] },
        { name: "Open", statements: ["go start()"] },
      ],
    },
  ],
  [
    {
      directory: "sub",
      constraint: "",
      functions: [
        { name: "start", statements: [] },
        { name: "Close", statements: ["go start()"] },
        { name: "Open", statements: [] },
      ],
    },
  ],
];

describe("the other way round, what was added is removed, and what moved moves back", () => {
  test("pairs of the corpus", async () => {
    for (const [name, old, fresh] of corpusPairs) {
      const there = await changesBetween(old, fresh);
      const back = await changesBetween(fresh, old);
      expect(back.map(mirrored).sort(), name).toEqual(there.map(identity).sort());
    }
  });

  test("generated modules", async () => {
    await fc.assert(
      fc.asyncProperty(goModules, goModules, async (a, b) => {
        const there = await changesBetween(moduleOf(a), moduleOf(b));
        const back = await changesBetween(moduleOf(b), moduleOf(a));
        expect(back.map(mirrored).sort()).toEqual(there.map(identity).sort());
      }),
      { numRuns: 50, examples: [variantsOfOne] },
    );
  });
});

/** The part of a report that a change is told in. */
function part({ kind, change }: Change): number {
  if (change === "removed" || change === "moved") return change === "removed" ? 4 : 5;
  if (kind === "go-mod") return 3;
  if (kind === "directive" || kind === "file") return 2;
  return change === "added" ? 0 : 1;
}

test("gains come before losses, and the most telling capability first", async () => {
  await fc.assert(
    fc.asyncProperty(goModules, goModules, async (a, b) => {
      const changes = await changesBetween(moduleOf(a), moduleOf(b));
      const order = changes.map(part);
      expect(order).toEqual(order.toSorted((x, y) => x - y));
      const gains = changes.flatMap((one) =>
        one.kind === "capability" && one.change === "added" ? [one.capability] : [],
      );
      const firstOther = gains.findIndex((one) => one !== "EXEC");
      expect(firstOther < 0 || !gains.slice(firstOther).includes("EXEC")).toBe(true);
    }),
    { numRuns: 40 },
  );
});
