import { Writable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { deadlineAfter, unlimited, untilDeadline } from "../src/deadline.ts";
import { wantsColour } from "../src/environment.ts";
import { explainError } from "../src/errors.ts";
import { progressLine } from "../src/progress.ts";
import { Memory, runHere } from "./samples/environment.ts";

test("a bug shows its stack only to those who ask", async () => {
  expect((await runHere(["scan", "bug"])).stderr).not.toContain(" at ");
  expect((await runHere(["scan", "bug", "--verbose"])).stderr).toContain(" at ");
  expect((await runHere(["scan", "bug"], { variables: { CAPDIFF_DEBUG: "1" } })).stderr).toContain(" at ");
});

test("a mistake never shows a stack, and its words are escaped", async () => {
  const { code, stderr } = await runHere(["scan", "\x1b[2Jx\ny", "--verbose"]);
  expect(code).toBe(2);
  expect(stderr).toContain('"\\x1b[2Jx\\ny"');
  expect(stderr).not.toContain(" at ");
});

test("help is a command, too", async () => {
  const asked = await runHere(["scan", "--help"]);
  expect(asked).toMatchObject({ code: 0, stdout: expect.stringContaining("capdiff scan TARGET") as string });
  expect(await runHere(["help", "scan"])).toEqual(asked);
  expect((await runHere(["help"])).stdout).toBe((await runHere(["--help"])).stdout);
});

test("what stderr does not take changes no exit code", async () => {
  const write = (_chunk: unknown, _encoding: string, done: (error: Error) => void) =>
    done(Object.assign(new Error("no space"), { code: "ENOSPC" }));
  expect((await runHere(["scan", "mistake"], { stderr: new Writable({ write }) })).code).toBe(2);
  expect((await runHere(["scan", "bug"], { stderr: new Writable({ write }) })).code).toBe(70);
});

test.each([["sc\x1ban"], ["scan", "--fo\x1b[2J"], ["scan", "x", "--fail-on", "\u202e"], ["explain", "\x1b"]])(
  "%j: mistakes cannot drive the terminal",
  async (...args) => {
    const { code, stderr } = await runHere(args);
    expect(code).toBe(2);
    expect(stderr).not.toMatch(/[^\n\P{Cc}]|\p{Cf}/u);
  },
);

test.each<[Readonly<Record<string, string>>, boolean, boolean]>([
  [{}, false, false],
  [{}, true, true],
  [{ NO_COLOR: "1" }, true, false],
  [{ NO_COLOR: "" }, true, true],
  [{ FORCE_COLOR: "1" }, false, true],
  [{ FORCE_COLOR: "0" }, true, false],
  [{ FORCE_COLOR: "1", NO_COLOR: "1" }, false, true],
  [{ TERM: "dumb" }, true, false],
])("%j on a terminal %s: colour %s", (variables, isTTY, colour) => {
  const stream = Object.assign(new Memory(), { isTTY });
  expect(wantsColour(stream, variables)).toBe(colour);
});

test("FORCE_COLOR colours a report, but never a file", async () => {
  const variables = { FORCE_COLOR: "1" };
  expect((await runHere(["diff", "old", "new"], { variables })).stdout).toContain("\x1b[1m");
});

test("progress is for terminals only", () => {
  const stream = new Memory();
  const progress = progressLine(stream, false);
  progress.show({ query: "x", phase: "hash", done: 1 });
  progress.stop();
  expect(stream.text).toBe("");
});

test("on a terminal a line appears after a while, escaped and cut, and goes away", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  try {
    const stream = Object.assign(new Memory(), { isTTY: true, columns: 30 });
    const progress = progressLine(stream, false);
    progress.show({ query: "early", phase: "hash", done: 1 });
    vi.advanceTimersByTime(500);
    progress.show({ query: `\x1b[2J${"x".repeat(50)}`, phase: "hash", done: 1, total: 9 });
    progress.stop();
    progress.show({ query: "late", phase: "hash", done: 9, total: 9 });
    expect(stream.text).toBe("\r\x1b[Kcapdiff: hash 1 of 9  \\x1b[2J\r\x1b[K");
  } finally {
    vi.useRealTimers();
  }
});

test("a deadline ends the work, at the next check or by its signal", async () => {
  const deadline = deadlineAfter(0.02);
  expect(() => deadline.check()).not.toThrow();
  await wait(40);
  expect(() => deadline.check()).toThrow(/gave up after 0.02 s/);
  expect(explainError(deadline.signal?.reason).expected).toBe(true);
});

test("no file is read once the time is over", async () => {
  const over = { signal: undefined, check: () => expect.unreachable() };
  const file = { name: "a.go", read: async () => new Uint8Array(1) };
  const [first] = untilDeadline([file], unlimited);
  expect([first?.name, await first?.read()]).toEqual(["a.go", new Uint8Array(1)]);
  await expect(untilDeadline([file], over)[0]?.read()).rejects.toThrow();
});

test("diff X X is empty in every format", async () => {
  const { stdout } = await runHere(["diff", "old", "old", "--format", "json"]);
  expect(JSON.parse(stdout)).toMatchObject({ changes: [] });
});
