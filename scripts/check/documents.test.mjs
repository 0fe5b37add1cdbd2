/** What the checks on documents find, and what they leave alone. */
import { describe, expect, test } from "vitest";
import { withoutCode } from "./documents.mjs";
import { invariantsIn, problemsOf } from "./invariants.mjs";
import { anchorsIn, linksIn } from "./links.mjs";
import { forbiddenWords, wordsIn } from "./words.mjs";

const here = "scripts/check/documents.test.mjs";

describe("invariants", () => {
  test("are the bullets of their section, one line each", () => {
    const document =
      "# A\n- no\n## Invariants\nText.\n\n- **One.** a\n  b (test: `x`)\n- **Two.**\n\nAfter.\n## B\n- no\n";
    expect(invariantsIn(document)).toEqual(["**One.** a b (test: `x`)", "**Two.**"]);
  });

  test("name a test that exists", () => {
    expect(problemsOf(`**One.** (test: \`${here}\`)`)).toEqual([]);
    expect(problemsOf(`**One.** (test: \`${here}\`, "name a test that exists")`)).toEqual([]);
    expect(problemsOf("**One.** holds")).toEqual([`"One." names no test`]);
    expect(problemsOf("**One.** (test: `none.ts`)")).toEqual([`"One." names none.ts, which does not exist`]);
    expect(problemsOf(`**One.** (test: \`${here}\`, "${"no".repeat(3)}")`)[0]).toContain("has no such test");
  });
});

describe("links", () => {
  test("are relative, outside code, inline or by reference", () => {
    const document = "[a](b.md#c) [d](https://e.f)\n```\n[g](h)\n```\n`[i](j)`\n[k]: l.md\n";
    expect(linksIn(document)).toEqual([
      { line: 1, target: "b.md#c" },
      { line: 6, target: "l.md" },
    ]);
  });

  test("lead to headings as GitHub names them", () => {
    expect(anchorsIn("# What `npm start` does\n## A\n## A\n")).toEqual(["what-npm-start-does", "a", "a-1"]);
  });

  test("in code are left out, and lines still count", () => {
    expect(withoutCode("a\n~~~\nb\n~~~\nc").split("\n")).toHaveLength(5);
  });
});

describe("words", () => {
  const word = (/** @type {string[]} */ ...parts) => parts.join("");
  const found = (/** @type {string} */ text, path = "a.md") =>
    wordsIn(path, text, forbiddenWords(["mirror.example"]));

  test("finds numbers of issues, paths of a machine and hosts", () => {
    expect(found(word("see iss", "ue 3"))).toHaveLength(1);
    expect(found(word("fixes Iss", "ue #12"))).toHaveLength(1);
    expect(found(word("x\nin /wo", "rk/main"))).toEqual([
      `a.md:2: a path of a machine: ${word("/wo", "rk/")}`,
    ]);
    expect(found("from mirror.example")).toHaveLength(1);
  });

  test("leaves other words, and samples, alone", () => {
    expect(found("an issue; golang.org/issue/12; frame/work/er")).toEqual([]);
    expect(found(word("/ro", "ot/.ssh"), "test-corpus/a.txtar")).toEqual([]);
  });
});
