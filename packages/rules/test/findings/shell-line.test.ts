import type { Argument } from "@capdiff/analyzer";
import { expect, test } from "vitest";
import { linesOf } from "../../src/findings/shell-line.ts";
import { call, constants } from "./samples.ts";

/** What may be one of several texts. */
function one(value: string, ...others: readonly string[]): Argument {
  const folded = (text: string) => ({ value: text, by: [], pieces: 1 });
  return {
    text: "x",
    folded: folded(value),
    ...(others.length > 0 && { others: others.map(folded) }),
  };
}

const unknown: Argument = { text: "x" };

test.each<[string, readonly Argument[], readonly string[]]>([
  ["constants", constants("git", "status"), ["git status"]],
  ["what is not known", [...constants("git"), unknown], ["git …"]],
  ["no arguments", constants("crontab"), ["crontab"]],
  [
    "one with several values",
    [one("sh", "zsh"), ...constants("-c", "ls")],
    ["… -c ls", "sh -c ls", "zsh -c ls"],
  ],
  [
    "two with several values",
    [one("docker", "sh"), one("ps", "-c ls")],
    ["… …", "docker …", "sh …", "… ps", "… -c ls"],
  ],
  [
    "one with several values, and one that may be of some",
    [one("a", "b"), one("c")],
    ["… …", "a c", "b c", "a …", "b …", "… c"],
  ],
])("lines of %s", (_, given, lines) => {
  expect(linesOf(call("os/exec.Command", ["EXEC"], { arguments: given }))).toEqual(lines);
});

test("a context is no word", () => {
  const given = [unknown, ...constants("sh", "-c", "ls")];
  expect(linesOf(call("os/exec.CommandContext", ["EXEC"], { arguments: given }))).toEqual(["sh -c ls"]);
});
