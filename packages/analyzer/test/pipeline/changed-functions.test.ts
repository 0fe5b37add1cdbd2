/** After an edit what is as it was is not compiled again, and that does not show. */
import {
  analyzeModule,
  createBuilds,
  createUnitCompilation,
  type UnitCompiler,
  type UnitTask,
} from "@capdiff/analyzer";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyzerOptions, realParser } from "../../../../test-corpus/runner/analysis.ts";
import { moduleSource } from "../../../../test-corpus/runner/module-files.ts";
import { parseArchive } from "../../../../test-corpus/runner/txtar.ts";
import { type MemoryCache, memoryCache } from "../memory-cache.ts";
import { corpusFiles } from "../properties/corpus-modules.ts";
import { goEdits } from "./go-edits.ts";

const parser = await realParser();

interface File {
  readonly name: string;
  readonly content: string;
}

/**
 * Analyses a module; what is compiled by means of an earlier version is held against what compiling all gives. Says of
 * which packages there was one, and how much was kept.
 */
async function analyse(files: readonly File[], cache: MemoryCache): Promise<readonly string[]> {
  const builds = createBuilds();
  const options = await analyzerOptions({ builds, tests: true });
  const compile = createUnitCompilation({ ...options, parser });
  const again: string[] = [];
  await analyzeModule(
    { ...moduleSource(files), name: "m" },
    {
      ...options,
      cache,
      compiler: {
        compile: async (given) => {
          const task = await given();
          const made = compile(task);
          const { outlined } = task;
          if (outlined?.earlier === undefined) return made;
          const whole = compile({ ...task, outlined: { path: outlined.path } });
          expect(made).toEqual(whole);
          again.push(`${outlined.path.replace("example.test/m", ".")} ${keptOf(compile, task)}`);
          return made;
        },
      },
    },
  );
  return again;
}

type Compile = ReturnType<typeof createUnitCompilation>;

/** How many functions and initialisers, of how many, are taken from the earlier version. */
function keptOf(compile: Compile, task: UnitTask): string {
  const { outlined } = task;
  if (outlined?.earlier === undefined) return "";
  const { outline, unit } = outlined.earlier;
  const marked = unit.replaceAll(/"fingerprint":"[^"]*"/g, '"fingerprint":"kept"');
  const made = compile({ ...task, outlined: { path: outlined.path, earlier: { outline, unit: marked } } });
  const facts = made.find(({ path }) => path === outlined.path)?.facts ?? "";
  const count = (pattern: RegExp) => facts.match(pattern)?.length ?? 0;
  return `${count(/"fingerprint":"kept"/g)}/${count(/"fingerprint":/g)}`;
}

/** Of many modules, on a machine that is busy with other tests. */
const patience = 240_000;

const goFiles = (files: readonly File[]) => files.filter(({ name }) => name.endsWith(".go"));

/** One edit after the other, of files of the module. */
const editsOf = fc.array(
  fc.record({ edit: fc.constantFrom(...Object.keys(goEdits)), file: fc.nat(), place: fc.nat() }),
  { minLength: 1, maxLength: 3 },
);

function edited(
  files: readonly File[],
  { edit, file, place }: { edit: string; file: number; place: number },
): readonly File[] {
  const sources = goFiles(files);
  const of = sources[file % Math.max(1, sources.length)];
  const content = of && goEdits[edit]?.(of.content, (count) => place % Math.max(1, count));
  return content === undefined ? files : files.map((one) => (one === of ? { ...one, content } : one));
}

test("of modules that are edited again and again the facts are as if all were compiled", {
  timeout: patience,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...corpusFiles), editsOf, async ({ files }, edits) => {
      const cache = memoryCache();
      let now = files;
      await analyse(now, cache);
      for (const edit of edits) {
        now = edited(now, edit);
        await analyse(now, cache);
      }
    }),
    { numRuns: 200 },
  );
});

const module = `
-- go.mod --
module example.test/m
-- a.go --
package m

import "os/exec"

type T struct{ name string }

func (t T) Name() string { return t.name }

type Namer interface{ Name() string }

const size = 2

var table = [size]string{"a", "b"}

func New() T { return T{name: table[0]} }

func Run(n Namer) { exec.Command(n.Name()).Run() }

func Both() { Run(New()) }

func alone(x int) int { return x + 1 }
-- b.go --
package m

import (
	"strings"

	"example.test/go-words"
	"example.test/m/sub"
)

func Upper() string { return strings.ToUpper("x" + words.Some()) }

func Sub() sub.S { return sub.S{} }

func inside() any {
	type T struct{ error }
	return T{}
}
-- sub/sub.go --
package sub

type S struct{ A int }

func F() int { return 1 }
`;

/** What was kept after an edit, by package. The function with a type inside never is. */
async function keptAfter(from: string, to: string): Promise<readonly string[]> {
  expect(module).toContain(from);
  const cache = memoryCache();
  await analyse(parseArchive(module).files, cache);
  return analyse(parseArchive(module.replace(from, to)).files, cache);
}

describe("what is kept after a change", () => {
  test.each<readonly [string, string, string, string]>([
    ["of a body", "return x + 1", "return x + 2", ". 7/9"],
    ["of a comment", "func Both", "// Both does.\nfunc Both", ". 8/9"],
    ["of where a function begins in its line", "func Both", "/* x */ func Both", ". 7/9"],
    ["of an import that one function needs", '"strings"', '"bytes"', ". 7/9"],
    ["of what an import is called", '"os/exec"', 'run "os/exec"', ". 7/9"],
    ["of an import that is not used", 'import "os/exec"', 'import "os/exec"\nimport "os"', ". 8/9"],
    ["of a signature", "alone(x int)", "alone(x, y int)", ". 7/9"],
    ["of a signature that others name", "New() T", "New() *T", ". 6/9"],
    ["of a type", "name string", "name, more string", ". 4/9"],
    ["of the methods of a type", "const size", "func (T) More() {}\n\nconst size", ". 4/10"],
    ["of an interface", "Namer interface{", "Namer interface{ More();", ". 6/9"],
    ["of a constant", "size = 2", "size = 3", ". 6/9"],
    ["that adds a function", "func Both", "func more() {}\n\nfunc Both", ". 8/10"],
    ["that adds a function which hides a type", "func Both", "func int() {}\n\nfunc Both", ". 7/10"],
    ["that adds a function which hides an import", "func Both", "func strings() {}\n\nfunc Both", ". 7/10"],
    ["that adds an init function", "func Both", "func init() {}\n\nfunc Both", ". 8/10"],
    ["that takes a function away", "func alone(x int) int { return x + 1 }", "", ". 7/8"],
    ["of a type inside a function", "error }", "error; int }", ". 8/9"],
    [
      "of the order of declarations",
      "func Both() { Run(New()) }\n\nfunc alone(x int) int { return x + 1 }",
      "func alone(x int) int { return x + 1 }\n\nfunc Both() { Run(New()) }",
      ". 0/9",
    ],
    ["of a body that says what an import is called", "words.Some()", "go_words.Some()", ". 7/9"],
    ["of a package that is imported, which importers cannot see", "return 1", "return 2", "./sub 0/1"],
    ["of a package that is imported", "A int", "A, B int", "./sub 1/1"],
    [
      "of the builds of a file",
      "package m\n\nimport (",
      "//go:build linux\n\npackage m\n\nimport (",
      ". 0/9",
    ],
    ["of a file's name", "-- b.go --", "-- c.go --", ". 0/9"],
    ["that adds a file", "-- b.go --", "-- aa.go --\npackage m\n-- b.go --", ". 0/9"],
    ["that is no Go", "return x + 1", "return x +) 1", ". 0/9"],
    ["that imports all names of a package", '"os/exec"', '"os/exec"\nimport . "strings"', ". 0/9"],
    ["that imports C", '"os/exec"', '"os/exec"\nimport "C"', ". 0/9"],
  ])("%s", async (_, from, to, expected) => {
    expect(await keptAfter(from, to)).toEqual([expected]);
  });
});

test("a module without a name, and packages of others, are compiled whole", async () => {
  const cache = memoryCache();
  const files = parseArchive(module).files;
  const options = await analyzerOptions({ builds: createBuilds(), tests: true });
  await analyzeModule(moduleSource(files), { ...options, cache });
  expect([...cache.entries.keys()].filter((key) => key.startsWith("outline-"))).toEqual([]);
});

test("after what could not be analysed the version before is what is compared with", async () => {
  const cache = memoryCache();
  for (const sum of ["x + 1", "x +) 1"])
    await analyse(parseArchive(module.replace("x + 1", sum)).files, cache);
  const again = await analyse(parseArchive(module.replace("x + 1", "x + 2")).files, cache);
  expect(again).toEqual(await keptAfter("x + 1", "x + 2"));
});

/** What compiling is asked to do after an edit, with what was known before. */
async function taskAfterEdit(compile: Compile): Promise<UnitTask> {
  const cache = memoryCache();
  await analyse(parseArchive(module).files, cache);
  const options = await analyzerOptions({ builds: createBuilds(), tests: true });
  const source = moduleSource(parseArchive(module.replace("x + 1", "x + 2")).files);
  return new Promise((resolve, reject) => {
    const compiler: UnitCompiler = {
      compile: async (given) => {
        const task = await given();
        resolve(task);
        return compile(task);
      },
    };
    analyzeModule({ ...source, name: "m" }, { ...options, cache, compiler }).catch(reject);
  });
}

test("whatever the cache has, compiling ends", { timeout: patience }, async () => {
  const options = await analyzerOptions({ builds: createBuilds(), tests: true });
  const compile = createUnitCompilation({ ...options, parser });
  const task = await taskAfterEdit(compile);
  const { path = "", earlier = { outline: "", unit: "" } } = task.outlined ?? {};
  expect(earlier.unit).toContain('"functions"');
  const damaged = (text: string) =>
    fc.oneof(
      fc.constant(text),
      fc.string(),
      fc
        .tuple(
          fc.nat(text.length),
          fc.nat(3),
          fc.constantFrom("", "7", "-1", "null", '"', "[", "{}", ",", "9007199254740993", "1e9", "true"),
        )
        .map(([at, less, put]) => text.slice(0, at) + put + text.slice(at + less)),
      fc
        .tuple(fc.nat(200), fc.constantFrom("7", "-1", "null", "[]", "{}", '"x"', "1e9"))
        .map(([nth, put]) => {
          let seen = 0;
          return text.replaceAll(/-?\d+|"[^"]*"(?!:)|\[\]/g, (value) => (seen++ % 200 === nth ? put : value));
        }),
    );
  fc.assert(
    fc.property(damaged(earlier.outline), damaged(earlier.unit), (outline, unit) => {
      const [made] = compile({ ...task, outlined: { path, earlier: { outline, unit } } });
      expect(made?.path).toBe(path);
    }),
    { numRuns: 400 },
  );
});
