/** What holds for the answers of the checker whatever the module. */
import { createBuilds, type ModuleSource } from "@capdiff/analyzer";
import { describe, expect, test } from "vitest";
import { sourceOf } from "../../../../test-corpus/runner/module-files.ts";
import { typeFindings, typeLines } from "../../../../test-corpus/runner/type-lines.ts";
import { corpusModules } from "../properties/corpus-modules.ts";

const modules = corpusModules.filter(({ name }) => name.startsWith("types-"));

async function textsOf(source: ModuleSource): Promise<Map<string, string>> {
  const entries = source.files.map(
    async ({ name, read }) => [name, new TextDecoder().decode(await read())] as const,
  );
  return new Map(await Promise.all(entries));
}

function withTexts(source: ModuleSource, texts: ReadonlyMap<string, string>): ModuleSource {
  const files = [...texts].map(([name, text]) => ({ name, content: new TextEncoder().encode(text) }));
  return sourceOf({ ...source, files });
}

const linesOf = (source: ModuleSource) => typeLines(source, { builds: createBuilds(), tests: false });

test("there are modules", () => expect(modules.length).toBeGreaterThan(100));

/** Names that are declared with := somewhere, and nowhere else than as variables. */
function localNames(text: string): string[] {
  const names = [...text.matchAll(/\b([a-z]\w*)(?:, ([a-z]\w*))? :=/g)].flatMap(([, one, two]) =>
    [one, two].filter((name) => name !== undefined),
  );
  const predeclared = new Set(["nil", "true", "false", "iota", "len", "string", "error", "any", "m"]);
  return [...new Set(names)].filter((name) => !predeclared.has(name));
}

test("a name that becomes another one everywhere becomes it in the answer, and nothing else changes", async () => {
  let renamed = 0;
  for (const { name: of, source } of modules) {
    const texts = await textsOf(source);
    const all = [...texts.values()].join("\n");
    const before = (await linesOf(source)).sort();
    for (const name of localNames(all).slice(0, 3)) {
      const target = freeName(all, name.length);
      // No path, no place and no escape in a string.
      const word = new RegExp(`(?<![\\w"'\\\\/])${name}(?![\\w"'/]|\\.go)`, "g");
      const changed = new Map([...texts].map(([file, text]) => [file, text.replace(word, target)]));
      const expected = before.map((line) => line.replace(word, target)).sort();
      expect((await linesOf(withTexts(source, changed))).sort(), `${of}: ${name}`).toEqual(expected);
      renamed++;
    }
  }
  expect(renamed).toBeGreaterThan(100);
});

/** A name of that length that is not in the text, so that places stay. */
function freeName(text: string, length: number): string {
  const names = Array.from("abcdefghijklmnopqrstuvwxyz", (letter) => letter.repeat(length));
  return names.find((name) => !new RegExp(`\\b${name}\\b`).test(text)) ?? "z".repeat(length);
}

test("a file that has nothing to do with the others changes no other answer", async () => {
  for (const { name, source } of modules) {
    const texts = await textsOf(source);
    const clause = /^package (\w+)/m.exec(texts.get("a.go") ?? "")?.[1];
    if (clause === undefined) continue;
    const extra = `package ${clause}\n\nimport "unrelated.test/unrelated"\n\ntype Unrelated struct{ unrelated.T }\n\nfunc (u Unrelated) unrelatedMethod() int { return unrelated.F(u) }\n`;
    const more = await linesOf(withTexts(source, new Map([...texts, ["unrelated.go", extra]])));
    expect(more.filter((line) => !line.includes("[unrelated.go:")).sort(), name).toEqual(
      (await linesOf(source)).sort(),
    );
  }
});

const narrowings = [
  { goos: "linux", goarch: "amd64" },
  { goos: "windows", goarch: "386", cgo: false },
  { goos: "darwin", goarch: "arm64", tags: ["debug"] },
];

describe.each(narrowings)("narrowed to %j the answer is the whole one's restriction", (narrowing) => {
  test("modules of the corpus", async () => {
    for (const { name, source } of modules) {
      const [all, narrow] = [createBuilds(), createBuilds({ narrowing })];
      const whole = await typeFindings(source, { builds: all, tests: false });
      const expected = whole
        .filter(({ builds }) => {
          const left = narrow.narrow(narrow.parse(all.expression(builds)));
          return !narrow.isEmpty(narrow.and(narrow.asked, left));
        })
        .map(({ text }) => text);
      const found = await typeFindings(source, { builds: narrow, tests: false });
      expect(found.map(({ text }) => text).sort(), name).toEqual(expected.sort());
    }
  });
});
