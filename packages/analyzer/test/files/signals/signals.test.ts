/** What holds for the signals of all files, and what hostile ones cost. The signals themselves are cases of the corpus. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { listed, signalsOf } from "../../../src/files/signals/index.ts";
import { corpusModules } from "../../properties/corpus-modules.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const blanks = (count: number) => " ".repeat(count);

const names = fc.constantFrom(
  "a.go",
  "a.s",
  "a.h",
  "a.js",
  "a.py",
  "a.sh",
  "a.png",
  "a.txt",
  ".vscode/tasks.json",
  ".vscode/settings.json",
  ".claude/settings.json",
  ".idea/workspace.xml",
  ".devcontainer.json",
  "package.json",
  ".envrc",
  ".husky/x",
  ".gitattributes",
);

/** Pieces that scanners know, and some that they do not. */
const pieces = fc.oneof(
  fc.constantFrom(
    '"',
    "'",
    "`",
    "//",
    "/*",
    "*/",
    "\n",
    "\r\n",
    "\t",
    ";",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\\",
    "#!/bin/sh",
    "evil()",

    "\u202e",
    "\u2066",
    "\u2069",
    "\u200b",
    "\ufe0f",
    "\u{e0101}",
    "\ufeff",
    "\u3164",
    "p\u0430ss",
    "t\u03bfken",
    "é",
    "\u{1d41a}x",

    '"tasks":',
    '"runOn": "folderOpen"',
    '"command": "a"',
    '<component name="Startup Configuration">',
    "</component>",
    "filter=x",
    blanks(90),
    "\t".repeat(25),
    "\u200b".repeat(20),
  ),
  fc.string({ unit: "binary", maxLength: 5 }),
);
const texts = fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(""));
const contents = fc.oneof(
  texts.map(bytes),
  fc.uint8Array({ maxLength: 200 }),
  fc
    .tuple(texts, fc.uint8Array({ maxLength: 9 }))
    .map(([text, rest]) => Uint8Array.from([...bytes(text), ...rest])),
);

describe("all files", () => {
  test("have signals at places that are there, with text that is cut", () => {
    fc.assert(
      fc.property(names, contents, (name, content) => {
        const lines = Buffer.from(content).toString("latin1").split("\n");
        for (const { position, text } of signalsOf(name, content).signals) {
          expect(position.column).toBeGreaterThan(0);
          expect(position.column).toBeLessThanOrEqual((lines[position.line - 1] ?? "").length + 1);
          expect(text.length).toBeLessThanOrEqual(160);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("keep them when lines are put before", () => {
    fc.assert(
      fc.property(contents, (content) => {
        const told = (lead: string) =>
          signalsOf("a.go", Uint8Array.from([...bytes(lead), ...content])).signals.map(
            ({ signal, text, position }) => `${signal} ${position.column} ${text}`,
          );
        expect(told("package m\n\n\n")).toEqual(told("package m\n"));
      }),
      { numRuns: 500 },
    );
  });

  test("of the corpus have none, those about signals apart", () => {
    const found = corpusModules
      .filter(({ name }) => !name.startsWith("signals/"))
      .flatMap(({ name, source }) => source.files.map((file) => ({ name, file })));
    expect(found.length).toBeGreaterThan(500);
    return Promise.all(
      found.map(async ({ name, file }) => {
        const { signals } = signalsOf(file.name, await file.read());
        const odd = signals.filter(({ signal }) => signal !== "run-on-open" && signal !== "disguised-file");
        expect(odd, name).toEqual([]);
      }),
    );
  });
});

describe("formatted tables", () => {
  /** As gofmt aligns them: one blank behind the longest cell. */
  const cells = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 30 });

  test("have no code out of sight, whatever their width", () => {
    fc.assert(
      fc.property(cells, fc.constantFrom(":", " =", " func()"), fc.nat(3), (widths, end, depth) => {
        const widest = Math.max(...widths);
        const rows = widths.map(
          (width) => `${"\t".repeat(depth)}${"k".repeat(width)}${end}${blanks(widest - width + 1)}f(1),`,
        );
        expect(signalsOf("a.go", bytes(`package m\n\n${rows.join("\n")}\n`)).signals).toEqual([]);
      }),
    );
  });

  test("hide none in a column that no row of theirs reaches", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 80, max: 300 }), (rows, width) => {
        const text = `\tx :=${blanks(width)}evil()\n`.repeat(rows);
        expect(signalsOf("a.go", bytes(`package m\n\nfunc F() {\n${text}}\n`)).signals).toHaveLength(rows);
      }),
    );
  });
});

/** Of many megabytes, on a machine that is busy with other tests. */
const patience = 120_000;

describe("hostile files cost bounded memory and linear time", { timeout: patience }, () => {
  const megabytes = 1 << 20;
  const filled = (unit: string, size: number) => {
    const part = bytes(unit);
    const content = new Uint8Array(size);
    for (let at = 0; at < size; at++) content[at] = part[at % part.length] ?? 0;
    return content;
  };

  test.each<[string, string, number?]>([
    ["blanks", " ", 32],
    ["strings with blanks in them", `"${blanks(90)}" `, 32],
    ["blanks and code", `x${blanks(90)}`],
    ["comments with blanks", `/*${blanks(90)}*/`],
    ["brackets behind a string", ")"],
  ])("one line of many megabytes of %s", (_, unit, size = 4) => {
    const { signals, more } = signalsOf("a.go", filled(unit, size * megabytes));
    expect(signals.length).toBeLessThanOrEqual(1);
    expect(more).toEqual([]);
  });

  test.each<[string, string, string]>([
    ["in one line of code", "a.go", "\u202e"],
    ["in one comment", "a.go", "// \u202e\u2066"],
    ["opened and closed", "a.go", "\u2066\u2069"],
  ])("millions of bidirectional characters %s", (_, name, unit) => {
    const { signals, more } = signalsOf(name, filled(unit, 6 * megabytes));
    expect(signals.map(({ signal }) => signal)).toEqual(["bidirectional"]);
    expect(more).toEqual([]);
  });

  test("a million lines of them: some are listed, the others counted", () => {
    const { signals, more } = signalsOf("a.go", bytes('"\u202e"\n'.repeat(1_000_000)));
    expect(signals).toHaveLength(listed);
    expect(more).toEqual([["bidirectional", 1_000_000 - listed]]);
  });

  test.each<[string, string, string]>([
    ["a table of many rows and columns", "a.go", `a${blanks(90)}b${blanks(90)}c${blanks(90)}d\n`],
    ["the same beyond ASCII", "a.go", `é${blanks(90)}b${blanks(90)}c${blanks(90)}d\n`],
    ["deep indentation", "a.go", `${blanks(200)}a\n`],
    ["empty lines between", "a.go", `${blanks(200)}a\n\n\n\n`],
    ["nested lists", ".vscode/tasks.json", "["],
    ["unfinished strings", ".vscode/tasks.json", '"'],
    ["startup components", ".idea/workspace.xml", '<component name="Startup Configuration">'],
    ["words of a shell", ".envrc", "$("],
    ["assignments", ".envrc", "a="],
    ["attributes", ".gitattributes", " filter="],
  ])("%s", (_, name, unit) => {
    const { signals } = signalsOf(name, filled(unit, megabytes));
    expect(signals.length).toBeLessThanOrEqual(2 * listed);
  });
});
