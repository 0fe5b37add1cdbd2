import fc from "fast-check";
import { expect, test } from "vitest";
import type { EntryPoint, EntryPointKind } from "../../src/model/report.ts";
import { compareEntryPoints } from "../../src/reach/entry-points.ts";

/** Those that no call is needed for come first. */
const kinds: readonly EntryPointKind[] = [
  "init",
  "initializer",
  "main",
  "cgo-export",
  "exported-function",
  "exported-method",
  "interface-method",
  "test",
];

function entry(kind: EntryPointKind, name: string, line: number): EntryPoint {
  const builds = { expression: "", words: "all builds" };
  return { kind, function: name, position: { file: "a.go", line, column: 1 }, builds };
}

const inOrder = kinds.flatMap((kind) => [entry(kind, "A", 1), entry(kind, "A", 2), entry(kind, "B", 1)]);

test("entry points are sorted by how little it takes to get in, then by name and place", () => {
  const shuffled = fc.shuffledSubarray([...inOrder], { minLength: inOrder.length });
  fc.assert(
    fc.property(shuffled, (given) => {
      expect(given.toSorted(compareEntryPoints)).toEqual(inOrder);
    }),
  );
});
