import { expect, test } from "vitest";
import { createEdits } from "./edits.ts";

const file = { name: "a.go", content: "package a\n" };

test("insertions at a place stand in their order, before what is replaced there", () => {
  const edits = createEdits([file]);
  edits.replace("a.go", { start: 8, end: 9 }, "b");
  edits.insert("a.go", 8, "x");
  edits.insert("a.go", 8, "y");
  edits.append("a.go", "var c int\n");
  edits.append("a.go", "var c int\n");
  edits.create("d.go", "package a\n");
  expect(edits.apply()).toEqual([
    { name: "a.go", content: "package xyb\n\nvar c int\n" },
    { name: "d.go", content: "package a\n" },
  ]);
});

test("overlapping changes are a mistake", () => {
  const edits = createEdits([file]);
  edits.replace("a.go", { start: 0, end: 7 }, "");
  edits.insert("a.go", 3, "x");
  expect(() => edits.apply()).toThrow("overlap");
});
