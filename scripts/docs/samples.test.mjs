/** Samples in documents are run and their output put in; everything else stays. */
import { expect, test } from "vitest";
import { replay } from "./samples.mjs";

const echo = (/** @type {string} */ line) => ({ status: 0, output: `<${line}>\n` });

test("the output of a command is replaced, and the rest of the document stays", () => {
  const document = "a\n```console\n$ capdiff explain\nold\n```\nb\n```sh\n$ x\n```\n";
  expect(replay(document, echo)).toBe(document.replace("old", "<capdiff explain>"));
});

test("a command may go on in further lines", () => {
  const document = "```console\n$ a |\n>   b\nold\nolder\n```\n";
  expect(replay(document, echo)).toBe("```console\n$ a |\n>   b\n<a |\n  b>\n```\n");
});

test("a command without output may get some", () => {
  expect(replay("```console\n$ a\n```\n", echo)).toBe("```console\n$ a\n<a>\n```\n");
});

test("an exit code other than 0 is shown", () => {
  const fail = () => ({ status: 2, output: "" });
  expect(replay("```console\n$ a\n```\n", fail)).toBe("```console\n$ a\n[exit 2]\n```\n");
});

test("generating again changes nothing", () => {
  const once = replay("```console\n$ a\n> b\n```\n", echo);
  expect(replay(once, echo)).toBe(once);
});

test("a block without a command is an error", () => {
  expect(() => replay("```console\ncapdiff\n```\n", echo)).toThrow('not with "capdiff"');
});
