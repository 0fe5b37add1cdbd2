import { analyzeModule, createBuilds, type ModuleSource } from "@capdiff/analyzer";
import { builtInMap } from "@capdiff/rules";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { realParser } from "../../../../test-corpus/runner/analysis.ts";
import { sourceOf } from "../../../../test-corpus/runner/module-files.ts";
import { checkAll } from "../types/check-all.ts";
import { analyseAlone, answerOf } from "./analyses.ts";
import { corpusModules } from "./corpus-modules.ts";

const goSources = corpusModules.flatMap(({ source }) =>
  source.files.filter(({ name }) => name.endsWith(".go")),
);

function moduleOfBytes(content: Uint8Array): ModuleSource {
  return sourceOf({ modulePath: "example.test/m", goMod: [], files: [{ name: "a.go", content }] });
}

function moduleOfText(text: string): ModuleSource {
  return moduleOfBytes(new TextEncoder().encode(text));
}

async function codesOf(source: ModuleSource): Promise<string[]> {
  const { diagnostics } = await analyseAlone(source);
  return [...new Set(diagnostics.map(({ code }) => code))].sort();
}

/** One change of a file's bytes: some cut out, some put in. */
const edits = fc.record({
  at: fc.nat(),
  cut: fc.nat(12),
  insert: fc.oneof(
    fc.uint8Array({ maxLength: 6 }),
    fc
      .constantFrom(
        "{",
        "}",
        "(",
        ")",
        '"',
        "`",
        "/*",
        "//",
        "func ",
        "new(1",
        "[T any]",
        "é",
        "import ",
        ";;",
        "'",
      )
      .map((text) => new TextEncoder().encode(text)),
  ),
});

type Edit = { at: number; cut: number; insert: Uint8Array };

function edited(content: Uint8Array, { at, cut, insert }: Edit): Uint8Array {
  const place = at % (content.length + 1);
  return Uint8Array.from([...content.subarray(0, place), ...insert, ...content.subarray(place + cut)]);
}

describe("whatever the bytes, there is an answer, and the same one again", () => {
  test("changed files of the corpus", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...goSources),
        fc.array(edits, { minLength: 1, maxLength: 4 }),
        async (file, list) => {
          const source = moduleOfBytes(list.reduce(edited, await file.read()));
          expect(await answerOf(await analyseAlone(source))).toBe(await answerOf(await analyseAlone(source)));
        },
      ),
      { numRuns: 150 },
    );
  });

  test("files of the corpus that end too early", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...goSources), fc.nat(), async (file, length) => {
        const content = await file.read();
        await analyseAlone(moduleOfBytes(content.subarray(0, length % (content.length + 1))));
      }),
      { numRuns: 80 },
    );
  });

  test("random bytes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (content) => {
        await analyseAlone(moduleOfBytes(content));
      }),
      { numRuns: 50 },
    );
  });
});

test("a body that ends too early is a diagnostic", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 6 }), async (depth) => {
      expect(await codesOf(moduleOfText(`package m\n\nfunc A() ${"{ if true ".repeat(depth)}{\n`))).toEqual([
        "syntax-error",
      ]);
    }),
    { numRuns: 6 },
  );
});

describe("what is not UTF-8 is a diagnostic, wherever it is", () => {
  const wrong = [
    "ff",
    "c0af",
    "e08080",
    "eda080",
    "f08f8080",
    "f4908080",
    "f5808080",
    "e2",
    "c3",
    "80",
    "f09f98",
  ];
  test.each(wrong)("%s", async (hex) => {
    const text = Buffer.concat([
      Buffer.from('package m\n\nvar a = "é '),
      Buffer.from(hex, "hex"),
      Buffer.from('"\n'),
    ]);
    const { diagnostics } = await analyseAlone(moduleOfBytes(Uint8Array.from(text)));
    expect(diagnostics).toMatchObject([
      { code: "invalid-utf8", incomplete: true, range: { file: "a.go", line: 3, column: 13 } },
    ]);
  });

  test.each(["c2a9", "e0a080", "ed9fbf", "f0908080", "f48fbfbf", "efbfbd"])("%s is UTF-8", async (hex) => {
    const text = Buffer.concat([
      Buffer.from('package m\n\nvar a = "'),
      Buffer.from(hex, "hex"),
      Buffer.from('"\n'),
    ]);
    expect(await codesOf(moduleOfBytes(Uint8Array.from(text)))).toEqual([]);
  });
});

describe("depth and length", () => {
  const run = 'import "os/exec"\n\nfunc After() { exec.Command("x") }\n';
  const found = async (source: ModuleSource) =>
    (await analyseAlone(source, createBuilds())).terminals.map(({ terminal }) => terminal.name);

  test("20,000 parentheses", async () => {
    const deep = `${"(".repeat(20_000)}1${")".repeat(20_000)}`;
    expect(await found(moduleOfText(`package m\n\n${run}\nvar a = ${deep}\n`))).toEqual(["os/exec.Command"]);
  });

  test("a call below 20,000 parentheses", async () => {
    const deep = `${"(".repeat(20_000)}After()${")".repeat(20_000)}`;
    const source = moduleOfText(`package m\n\n${run}\nfunc B() { _ = ${deep} }\n`);
    const { program } = await analyseAlone(source);
    expect(program.edges.map(({ use }) => use.use)).toEqual(["call"]);
  });

  test("open parentheses only", async () => {
    const source = moduleOfText(`package m\n\n${run}\nvar a = ${"(".repeat(20_000)}\n`);
    expect(await codesOf(source)).toEqual(["syntax-error"]);
  });

  test("a sum of 20,000 terms, whose value is known", async () => {
    const sum = Array.from({ length: 20_000 }, () => '"a"').join("+");
    const source = moduleOfText(`package m\n\nimport "os/exec"\n\nfunc A() { exec.Command(${sum}) }\n`);
    const { terminals } = await analyseAlone(source);
    expect(terminals[0]?.arguments[0]?.value).toBe(`${"a".repeat(399)}…`);
  });

  test("1 MB on one line", async () => {
    const line = `var a = []int{${"1, ".repeat(330_000)}}`;
    expect(await found(moduleOfText(`package m; ${run.replaceAll("\n", ";")} ${line}\n`))).toEqual([
      "os/exec.Command",
    ]);
  });

  test("blocks too deep to follow are a diagnostic; what lies before them counts", async () => {
    const source = moduleOfText(
      `package m\n\n${run}\nfunc B() {\n\tAfter()\n${"{".repeat(2000)}After()${"}".repeat(2000)}\n}\n`,
    );
    const { diagnostics, program } = await analyseAlone(source);
    expect(diagnostics).toMatchObject([
      { code: "too-deeply-nested", severity: "warning", incomplete: true, range: { line: 9 } },
    ]);
    expect(program.edges.length).toBe(1);
  });

  test("alternatives whose initialisers nest too deep in more places than a call takes arguments", async () => {
    const chain = "if x := 1; true {} else ".repeat(70_000);
    const source = moduleOfText(`package m\n\n${run}\nfunc B() {\n${chain}{ After() }\n}\n`);
    const { diagnostics } = await analyseAlone(source);
    expect(diagnostics).toMatchObject([{ code: "too-deeply-nested", incomplete: true, range: { line: 8 } }]);
  });

  test("a hundred blocks, forty closures and thousands of else-ifs are followed", async () => {
    const blocks = `${"{".repeat(100)}After()${"}".repeat(100)}`;
    const closures = `${"func() {".repeat(40)}After()${"}()".repeat(40)}`;
    const chain = `${"if true {} else ".repeat(5000)}{ After() }`;
    const bodies = [blocks, closures, chain].map((body, index) => `func B${index}() {\n${body}\n}\n`);
    const { program, diagnostics } = await analyseAlone(
      moduleOfText(`package m\n\n${run}\n${bodies.join("\n")}`),
    );
    const target = program.functions.findIndex(({ facts }) => facts.id.endsWith(".After"));
    expect(diagnostics).toEqual([]);
    expect(program.callers[target]?.length).toBe(3);
  });
});

describe("a body that means something else in very many builds", () => {
  /** Constants, each with a tag on which its value depends. */
  const variants = (count: number) =>
    Array.from({ length: count }, (_, tag) =>
      ["", "!"].map((not) => ({
        name: `c${tag}${not === "" ? "" : "n"}.go`,
        content: encode(`//go:build ${not}t${tag}\n\npackage m\n\nconst c${tag} = "${not}"\n`),
      })),
    ).flat();
  const uses = (count: number, use: (tag: number) => string) =>
    Array.from({ length: count }, (_, tag) => use(tag));
  const moduleWith = (text: string, count: number) =>
    sourceOf({
      modulePath: "example.test/m",
      goMod: [],
      files: [{ name: "a.go", content: encode(`package m\n\n${text}\n`) }, ...variants(count)],
    });

  test("is looked at a bounded number of times, where one statement has all of it", async () => {
    const calls = "\tAfter()\n".repeat(8_000) + uses(12, (tag) => `\t_ = c${tag}\n`).join("");
    const source = moduleWith(`func After() {}\n\nfunc B() {\nif true {\n${calls}}\n}`, 12);
    const { diagnostics, program } = await analyseAlone(source);
    expect(diagnostics.map(({ code, incomplete }) => [code, incomplete])).toEqual([
      ["too-many-variants", true],
    ]);
    expect(program.edges.length).toBe(8_000);
  });

  test("is told apart exactly, a statement at a time, however many there are", async () => {
    const body = uses(60, (tag) => `\tv${tag} := c${tag}\n\tshow(v${tag}, c${tag})\n`).join("");
    const source = moduleWith(`func B(show func(...string)) {\n${body}}`, 60);
    const { evaluated, parts } = await checkAll(source);
    expect(parts).toBeLessThan(60 * 7);
    // Each statement has about five expressions, in two parts, and was tried once before.
    expect(evaluated).toBeLessThan(60 * 40);
    expect(await codesOf(source)).toEqual([]);
  });

  test("whose types differ with each goes on in parts, up to the bound", async () => {
    const types = uses(12, (tag) => `\tv${tag} := [len(c${tag})]int{}\n\tshow(v${tag})\n`).join("");
    const { parts } = await checkAll(moduleWith(`func B(show func(any)) {\n${types}}`, 12));
    expect(parts).toBeLessThan(24 * 512);
  });
});

describe("structs with very many fields that are converted very often", () => {
  const fields = Array.from({ length: 500 }, (_, index) => `\tf${index} func()\n`).join("");
  const module = (conversions: number) => {
    const functions = Array.from(
      { length: conversions },
      (_, index) => `func to${index}(b *B) *A { return (*A)(b) }\n`,
    );
    return moduleOfText(`package m\n\ntype B struct {\n${fields}}\n\ntype A B\n\n${functions.join("")}`);
  };
  const storesOf = async (source: ModuleSource) => {
    const { program, diagnostics } = await analyseAlone(source);
    const stores = program.packages
      .flatMap(({ functions }) => functions)
      .reduce((sum, { flows }) => sum + (flows?.store?.length ?? 0) / 3, 0);
    return { stores, diagnostics };
  };

  test("have each field moved, in both directions", async () => {
    expect(await storesOf(module(20))).toEqual({ stores: 20 * 2 * 500, diagnostics: [] });
  });

  test("have so many fields moved and no more, and the package says where that ended", async () => {
    const { stores, diagnostics } = await storesOf(module(220));
    expect(stores).toBe(2 * 100_000);
    expect(diagnostics).toMatchObject([
      { code: "too-many-fields", severity: "warning", incomplete: true, range: { line: 508 + 200 } },
    ]);
    expect(diagnostics[0]?.message).toContain("in 20 functions from here");
  });
});

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

test("a file above the limit is not parsed, and says so", async () => {
  const { files, ...source } = moduleOfText("package m\n");
  const size = 32 * 1024 * 1024 + 1;
  const large = { ...source, files: files.map((file) => ({ ...file, size })) };
  const { diagnostics, counts } = await analyseAlone(large);
  expect(diagnostics).toMatchObject([
    { code: "no-go-files" },
    { code: "file-too-large", severity: "error", incomplete: true, file: "a.go" },
  ]);
  expect(counts.goFiles).toBe(0);
  const limit = { ...source, files: files.map((file) => ({ ...file, size: size - 1 })) };
  expect(await codesOf(limit)).toEqual([]);
});

test("a file that is not Go is read up to 64 MB; above, its name alone counts", async () => {
  const limit = 64 * 1024 * 1024;
  const content = Uint8Array.from([0x7f, 0x45, 0x4c, 0x46]);
  const names = ["a.bin", "b.syso"];
  const { files, ...source } = sourceOf({
    modulePath: "example.test/m",
    goMod: [],
    files: names.map((name) => ({ name, content })),
  });
  const sized = (size: number) => ({ ...source, files: files.map((file) => ({ ...file, size })) });
  const within = await analyseAlone(sized(limit));
  expect(within.otherFiles).toMatchObject([
    { name: "a.bin", role: "executable", format: "ELF" },
    { name: "b.syso", role: "object", format: "ELF" },
  ]);
  const above = await analyseAlone(sized(limit + 1));
  expect(above.otherFiles.map(({ name, role, format }) => [name, role, format])).toEqual([
    ["b.syso", "object", undefined],
  ]);
});

test("progress is told after each package, in bytes of Go", async () => {
  const told: [number, number][] = [];
  const files = ["a/x.go", "b/x.go", "c.txt"].map((name) => ({
    name,
    content: new TextEncoder().encode(`package m // x.go\n`),
  }));
  await analyzeModule(sourceOf({ modulePath: "example.test/m", goMod: [], files }), {
    parser: await realParser(),
    capabilityMap: builtInMap,
    builds: createBuilds(),
    tests: false,
    onProgress: (done, total) => told.push([done, total]),
  });
  expect(told).toEqual([
    [18, 36],
    [36, 36],
  ]);
});
