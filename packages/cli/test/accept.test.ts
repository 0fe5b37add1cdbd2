import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Report } from "@capdiff/analyzer";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readLedger, withAccepted, writeEntries } from "../src/ledger.ts";
import { findings } from "./samples/bolt.ts";
import { type Ran, runHere } from "./samples/environment.ts";

let folder: string;
let ledger: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "capdiff-ledger-"));
  ledger = join(folder, "accepted.json");
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const print = findings[0]?.fingerprint ?? "";

function diff(...more: readonly string[]): Promise<Ran> {
  return runHere(["diff", "old", "new", "--ledger", ledger, ...more]);
}

function accept(...more: readonly string[]): Promise<Ran> {
  return runHere(["accept", print, "--ledger", ledger, ...more]);
}

describe("accept", () => {
  it("takes a finding out of verdict and gate, with the reason in the report", async () => {
    expect((await accept("--reason", "our own updater")).code).toBe(0);
    const ran = await diff("--format", "json", "--fail-on", "review");
    // What fits the report's schema is tested elsewhere.
    const report = JSON.parse(ran.stdout) as Report;
    expect(ran.code).toBe(0);
    expect(report.verdict).toBe("inform");
    expect(report.findings?.[0]?.accepted).toBe("our own updater");
    expect(report.configuration.ledger?.name).toBe("accepted.json");
  });

  it("fails the gate while nothing is accepted", async () => {
    const ran = await runHere(["diff", "old", "new", "--fail-on", "review"]);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toMatch(/Verdict: review/);
  });

  it("fires for a rule, and for worse tiers than the one that is named", async () => {
    for (const word of ["runs-at-start", "inform", "review"])
      expect((await runHere(["diff", "old", "new", "--fail-on", word])).code).toBe(1);
    expect((await runHere(["diff", "old", "new", "--fail-on", "block"])).code).toBe(0);
  });

  it("writes what a saved report says of the finding", async () => {
    const report = join(folder, "report.json");
    await runHere(["diff", "old", "new", "--format", "json", "--output", report]);
    expect((await accept("--reason", "read", "--report", report)).code).toBe(0);
    const [entry] = (await readLedger(ledger, true))?.entries ?? [];
    expect(entry).toMatchObject({ fingerprint: print, reason: "read", rule: "runs-at-start" });
    const other = await runHere(["accept", "0000000000000000", "--reason", "x", "--report", report]);
    expect(other).toMatchObject({ code: 2 });
    expect(other.stderr).toMatch(/has no finding 0000000000000000/);
  });

  it("keeps what was accepted before, sorted, one entry for each fingerprint", async () => {
    await accept("--reason", "first");
    await accept("--reason", "second");
    await writeEntries(ledger, [{ fingerprint: "0000000000000000", reason: "another" }]);
    const { entries } = (await readLedger(ledger, true)) ?? { entries: [] };
    expect(entries.map(({ reason }) => reason)).toEqual(["another", "second"]);
    expect(await readFile(ledger, "utf8")).toMatch(/\}\n$/);
  });

  it.each([
    ["no fingerprint", ["accept", "--reason", "x"], /needs a fingerprint/],
    ["no reason", ["accept", print], /needs --reason/],
    ["something else", ["accept", "xyz", "--reason", "x"], /"xyz" is no fingerprint/],
    [
      "no such report",
      ["accept", print, "--reason", "x", "--report", "/nowhere.json"],
      /cannot be read: ENOENT/,
    ],
  ] as const)("says what is wrong: %s", async (_, args, says) => {
    const ran = await runHere(args);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(says);
  });
});

describe("a ledger", () => {
  it.each([
    ["no JSON", "{", /is no JSON/],
    ["a list", "[]", /it is no object/],
    ["of another version", '{"version": 2, "accepted": []}', /version is not 1/],
    ["without a list", '{"version": 1}', /accepted is no list/],
    ["an entry that is none", '{"version": 1, "accepted": [1]}', /accepted\[0\] is no object/],
    ["a field too many", '{"version": 1, "accepted": [{"when": 1}]}', /has a field "when"/],
    ["a field of its own too many", '{"version": 1, "accepted": [], "note": "x"}', /it has a field "note"/],
    [
      "two of one fingerprint",
      `{"version": 1, "accepted": [{"fingerprint": "${print}", "reason": "x"}, {"fingerprint": "${print}", "reason": "y"}]}`,
      /accepted\[1\] has the fingerprint of accepted\[0\]/,
    ],
    [
      "a rule that is a number",
      `{"version": 1, "accepted": [{"fingerprint": "${print}", "reason": "x", "rule": 1}]}`,
      /a rule that is no text/,
    ],
    ["too large", " ".repeat(16_000_001), /has more than 16000000 bytes/],
    [
      "a short fingerprint",
      '{"version": 1, "accepted": [{"fingerprint": "12", "reason": "x"}]}',
      /no fingerprint/,
    ],
    [
      "an empty reason",
      `{"version": 1, "accepted": [{"fingerprint": "${print}", "reason": " "}]}`,
      /no reason/,
    ],
  ])("that is malformed is an error: %s", async (_, text, says) => {
    await writeFile(ledger, text);
    const ran = await diff();
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(says);
  });

  it("that is named must be there", async () => {
    expect((await diff()).stderr).toMatch(/there is no such file/);
  });

  it("does not change a report without findings", () => {
    const report = { configuration: {} } as Report;
    expect(withAccepted(report, { name: "a", sha256: "", entries: [] })).toBe(report);
  });
});
