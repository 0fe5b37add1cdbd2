import { describe, expect, test } from "vitest";
import { type Command, pipelinesIn } from "../../src/findings/shell-words.ts";

function shown({ words, redirects }: Command): string {
  return [
    ...words.map(({ text }) => `[${text}]`),
    ...redirects.map(({ operator, file }) => `${operator}[${file.text}]`),
  ].join("");
}

function read(text: string): string[] {
  return pipelinesIn(text).map((pipeline) =>
    pipeline.map((stage) => stage.map(shown).join(" ; ")).join(" | "),
  );
}

describe("the pipelines of a line", () => {
  test.each([
    ["a b|c", ["[a][b] | [c]"]],
    ["a && b || c; d & e\nf", ["[a]", "[b]", "[c]", "[d]", "[e]", "[f]"]],
    ["a |& b", ["[a] | [b]"]],
    ["a # b", ["[a]", "[b]"]],
    ["a | # b\n c#d", ["[a] | [c#d]"]],
    ["a |\n b", ["[a] | [b]"]],
    ["a \\\n b", ["[a][b]"]],
    ["a 2>&1 >f <<<g", ["[a]>&[1]>[f]<<<[g]"]],
    ["a''b c\\ d \"e\"f", ["[ab][c d][ef]"]],
    ["a${IFS}b$IFS$9c", ["[a][b][c]"]],
    ["C:\\a\\b.exe", ["[C:\\a\\b.exe]"]],
    ["(a; b) | c", ["[a]", "[b]", "[a] ; [b] | [c]"]],
    ["{ a; } | b", ["[a]", "[a] | [b]"]],
    ["a $(b|c)d", ["[b] | [c]", "[a][$()d]"]],
    ["a <(b) < <(c)", ["[b]", "[c]", "[a][$()]<[$()]"]],
    ["a `b`", ["[b]", "[a][$()]"]],
    ["a 'b c'", ["[b][c]", "[a][b c]"]],
    ['a "$(b)"', ["[b]", "[b]", "[$()]", "[a][$()]"]],
    ["don't", ["[dont]"]],
    ["a) b", ["[a]", "[b]"]],
    ["a (b", ["[b]", "[a] ; [b]"]],
    ["", []],
    ["|;&", []],
  ])("%j", (line, pipelines) => {
    expect(read(line)).toEqual(pipelines);
  });

  test.each(["(", "$(", "((a|b);", '"$(a "b c")"', '"a b" ', "`a ", "{ a; ", "'a b", "a|", '"\\"', "<(a "])(
    "are few in %s, however often",
    (part) => {
      const text = part.repeat(60_000 / part.length);
      const commands = pipelinesIn(text).flat(2);
      const words = commands.reduce((sum, one) => sum + one.words.length + one.redirects.length, 0);
      expect(words).toBeLessThan(4 * text.length);
    },
  );
});
