import type { Change, Report } from "@capdiff/analyzer";
import { expect, test } from "vitest";
import { checkFailOn, firedWords } from "../src/fail-on.ts";
import { sampleReport } from "./samples/arbitrary.ts";
import { entryPoint, gained, reaches, use, witness } from "./samples/parts.ts";

const proof = witness("os/exec.Command", "a.go:1:1 | F | exec.Command(x)");
const place = "a.go:1:1 | F | exec.Command(x)";

function diffOf(...changes: readonly Change[]): Report {
  return { ...sampleReport("diff"), changes, diagnostics: [] };
}

test.each<[string, Change, readonly string[]]>([
  ["a gained capability", gained("EXEC", proof), ["EXEC", "any"]],
  ["a lost capability", gained("EXEC", proof, { change: "removed" }), ["any"]],
  ["a newly reaching entry point", reaches(entryPoint("main", "main"), "EXEC", proof), ["EXEC", "any"]],
  ["a new use", use("os/exec.Command", ["EXEC"], place), ["EXEC", "any"]],
  [
    "a use with other arguments",
    use("os/exec.Command", ["EXEC"], place, { change: "changed" }),
    ["EXEC", "any"],
  ],
  ["a use that is gone", use("os/exec.Command", ["EXEC"], place, { change: "removed" }), ["any"]],
  ["a moved use", use("os/exec.Command", ["EXEC"], place, { change: "moved" }), []],
  ["a part of a capability", gained("NETWORK/DIAL", proof), ["NETWORK", "NETWORK/DIAL", "any"]],
])("%s", (_, change, fired) => {
  const words = ["EXEC", "NETWORK", "NETWORK/DIAL", "NETWORK/LISTEN", "any", "incomplete"];
  expect(firedWords(diffOf(change), words)).toEqual(fired);
});

test("incomplete fires for a diagnostic that may hide something", () => {
  expect(firedWords(sampleReport("diff"), ["incomplete"])).toEqual(["incomplete"]);
  expect(firedWords(diffOf(), ["incomplete", "any"])).toEqual([]);
});

test("an unknown word lists the valid ones", () => {
  expect(() => checkFailOn(["EXCE"], { capabilities: ["EXEC"], rules: [] })).toThrow(/does not know "EXCE"/);
});
