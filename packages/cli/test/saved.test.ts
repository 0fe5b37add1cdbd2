/** `diff` with a saved report for either side, with real files and the real engine. */
import { truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder, writeFiles } from "../../modules/test/temporary-folder.ts";
import { processEnvironment } from "../src/process.ts";
import { readReport } from "../src/report/read.ts";
import { type Ran, runHere } from "./samples/environment.ts";

const { loadEngine, loadCatalogue } = processEnvironment();
const folder = temporaryFolder();
const cache = temporaryFolder();

async function run(...args: readonly string[]): Promise<Ran> {
  return runHere([...args, "--deps=none", "--cache-dir", cache], { loadEngine, loadCatalogue });
}

function module(body: string): Promise<string> {
  return writeFiles({ "go.mod": "module example.test/m\n", "m.go": `package m\n\n${body}` });
}

async function saved(name: string, target: string, ...flags: readonly string[]): Promise<string> {
  const file = join(folder, name);
  await run("scan", target, "-o", file, ...flags);
  return file;
}

async function save(name: string, content: unknown): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

const oldSource = 'import "os"\n\nfunc Open() { os.Open("a") }\n\nfunc Idle() {}\n';
const newSource =
  'import (\n\t"os"\n\t"os/exec"\n)\n\nfunc Open() { os.Open("a"); exec.Command("b") }\n\nfunc Idle() { exec.Command("c") }\n';

let before = "";
let after = "";
let beforeJson = "";
let afterJson = "";
let afterCapslock = "";

beforeAll(async () => {
  before = await module(oldSource);
  after = await module(newSource);
  beforeJson = await saved("before.json", before, "--format", "json");
  afterJson = await saved("after.json", after, "--format", "json");
  afterCapslock = await saved("after-capslock.json", after, "--format", "capslock");
});

/** The changes of a diff as words. */
async function changes(...args: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await run("diff", ...args, "--format", "json");
  const report = await readReport(stdout);
  return (report.changes ?? []).map((change) => {
    const what = "capability" in change ? change.capability : "";
    const who =
      change.kind === "entry-point" ? ` ${change.entryPoint.function} ${change.existing ?? "?"}` : "";
    return `${change.change} ${change.kind} ${what}${who}`;
  });
}

describe("two sides, saved or not, say the same", () => {
  const expected = [
    "added entry-point EXEC example.test/m.Open true",
    "added entry-point EXEC example.test/m.Idle ?",
    "added capability EXEC",
  ];

  test.each([
    ["saved and saved", () => [beforeJson, afterJson]],
    ["saved and module", () => [beforeJson, after]],
    ["module and saved", () => [before, afterJson]],
  ])("%s", async (_, sides) => {
    expect((await changes(...sides())).toSorted()).toEqual(expected.toSorted());
  });

  test("the same side has no changes", async () => {
    expect(await changes(afterJson, after)).toEqual([]);
    expect(await changes(afterCapslock, after)).toEqual([]);
    expect(await changes(afterCapslock, afterJson)).toEqual([]);
  });

  test("with Capslock's JSON by its names, and packages alone", async () => {
    expect(await changes(before, afterCapslock)).toEqual(["added capability EXEC"]);
    expect(await changes(afterCapslock, beforeJson)).toEqual(["removed capability EXEC"]);
  });
});

test("the report says what was compared, and of what", async () => {
  const { stdout } = await run("diff", beforeJson, after, "--format", "json");
  const { configuration, inputs } = await readReport(stdout);
  expect(configuration.compared).toBe("reports");
  expect(inputs).toMatchObject([
    { role: "old", query: beforeJson, saved: "capdiff", source: "directory", module: "example.test/m" },
    { role: "new", query: after, source: "directory" },
  ]);
  const capslock = await readReport((await run("diff", afterCapslock, after, "--format", "json")).stdout);
  expect(capslock.configuration.compared).toBe("capslock");
  expect(capslock.inputs[0]).toMatchObject({
    saved: "capslock",
    source: "report",
    h1: "",
    module: "example.test/m",
  });
});

test("the text says what such a comparison cannot tell", async () => {
  const { stdout } = await run("diff", beforeJson, afterJson);
  expect(stdout).toContain("Compared by reports alone: which packages and entry points reach what is told;");
  expect(stdout).toContain("newly reached from: Idle");
  expect(stdout).toContain("newly reached from, existing before: Open");
  expect(stdout).toContain("1 entry point reaching more, or new");
  const capslock = (await run("diff", beforeJson, afterCapslock)).stdout;
  expect(capslock).toContain("Capslock looked at one build, which its report does not name.");
  expect((await run("diff", afterJson, afterJson)).stdout).toContain(
    "no capability changes, as far as reports tell",
  );
});

test("a gate holds, and filters apply", async () => {
  expect((await run("diff", beforeJson, afterJson, "--fail-on", "EXEC")).code).toBe(1);
  expect((await run("diff", beforeJson, afterJson, "--fail-on", "NETWORK")).code).toBe(0);
  const unjudged = await run("diff", beforeJson, afterJson, "--fail-on", "block,incomplete");
  expect(unjudged).toMatchObject({ code: 2, stdout: "" });
  expect(unjudged.stderr).toMatch(/--fail-on block needs findings/);
  expect(await changes(beforeJson, afterJson, "--capability", "FILES")).toEqual([]);
});

test("what of a saved report was not understood is not forgotten", async () => {
  const broken = await saved("broken.json", await module("func F( {\n"), "--format", "json");
  const { code, stdout } = await run("diff", broken, after, "--fail-on", "incomplete");
  expect(code).toBe(1);
  expect(stdout).toContain("syntax-error");
});

test("answers that were made otherwise are told", async () => {
  const narrowed = await saved("linux.json", after, "--format", "json", "--goos", "linux", "--tests");
  const { stdout } = await run("diff", beforeJson, narrowed, "--format", "json");
  const { diagnostics, configuration } = await readReport(stdout);
  expect(
    diagnostics.map(
      ({ input, code, message }) => `${input} ${code} ${message.replace(/^.*otherwise: /, "")}`,
    ),
  ).toEqual([
    "0 reports-differ builds: was all builds, is linux with cgo",
    "0 reports-differ test files: was not read, is read",
    "1 reports-differ builds: was all builds, is linux with cgo",
    "1 reports-differ test files: was not read, is read",
  ]);
  expect(configuration).toMatchObject({ builds: { words: "linux with cgo" }, tests: true });
  const { code, stderr } = await run("diff", narrowed, after, "--goos", "windows");
  expect([code, stderr]).toEqual([
    2,
    "capdiff: the two sides have no build in common: linux with cgo, and windows with cgo\n" +
      "Narrow both in the same way (--goos, --goarch, --tags, --cgo).\n",
  ]);
});

describe("what is no report that can be compared", () => {
  const failing = async (file: string, ...flags: readonly string[]) => {
    const { code, stderr } = await run("diff", file, afterJson, ...flags);
    expect(code).toBe(2);
    return stderr.replaceAll(file, "FILE");
  };

  test("of a newer version: both versions are named", async () => {
    const file = await save("newer.json", { schemaVersion: 7, tool: { version: "9.1.0" } });
    expect(await failing(file)).toMatch(
      /^capdiff: FILE is a report of schema version 7, and capdiff \d+\.\d+\.\d+ reads version 1\nIt was written by capdiff 9\.1\.0: read it with that, or a newer one\.\n$/,
    );
    const bare = await save("bare.json", { schemaVersion: 2 });
    expect(await failing(bare)).toContain("written by a newer capdiff:");
  });

  test("not JSON, or of another form", async () => {
    expect(await failing(await save("cut.json", '{ "schemaVersion": 1,'))).toMatch(
      /^capdiff: FILE is no report: /,
    );
    expect(await failing(await save("other.json", { a: 1 }))).toMatch(
      /^capdiff: FILE is not a capdiff report: /,
    );
    expect(await failing(await save("capslock.json", { capabilityInfo: [{ packageDir: 1 }] }))).toMatch(
      /^capdiff: FILE is not Capslock's JSON: report\/capabilityInfo\/0/,
    );
    expect(await failing(await save("nameless.json", { capabilityInfo: [{ packageDir: "a" }] }))).toMatch(
      /^capdiff: FILE is not Capslock's JSON: /,
    );
  });

  test("of a diff, of several modules, or narrowed", async () => {
    const diff = join(folder, "diff.json");
    await run("diff", before, after, "--format", "json", "-o", diff);
    expect(await failing(diff)).toContain("is the report of a diff: only that of a scan says");
    const both = join(folder, "both.json");
    await run("scan", before, after, "--format", "json", "-o", both);
    expect(await failing(both)).toContain("FILE is about 2 modules\n");
    const narrow = await saved("narrow.json", after, "--format", "json", "--capability", "EXEC");
    expect(await failing(narrow)).toContain("FILE was narrowed by --capability or --package");
  });

  test("too large: it is not read", async () => {
    const file = await save("large.json", "{");
    await truncate(file, 1_000_000_000);
    expect(await failing(file)).toContain(
      "the saved report FILE has 1000000000 bytes, and no more than 200000000 are read\n",
    );
  });

  test("with flags that ask for an analysis, when there is none", async () => {
    expect(await failing(beforeJson, "--goos", "linux")).toMatch(/^capdiff: both sides are saved reports/);
    expect(await failing(beforeJson, "--tests")).toMatch(/^capdiff: both sides are saved reports/);
    expect(await failing(beforeJson, "--no-builtin-map")).toMatch(/^capdiff: both sides are saved reports/);
  });
});

test("Capslock's JSON is read as it prints it, also without paths and with old names alone", async () => {
  const path = [
    { name: "example.test/m.init", package: "example.test/m" },
    { name: "example.test/m.run", package: "example.test/m" },
    { name: "os/exec.Command", site: { filename: "m.go", line: "7", column: 12 }, package: "os/exec" },
  ];
  const dir = "example.test/m";
  const file = await save("peer.json", {
    capabilityInfo: [
      { packageDir: dir, capabilityName: "EXEC", path, capabilityType: "CAPABILITY_TYPE_TRANSITIVE" },
      {
        packageDir: dir,
        capabilityName: "EXEC",
        path: path.slice(1),
        capabilityType: "CAPABILITY_TYPE_DIRECT",
      },
      { packageDir: `${dir}/sub`, packageName: "other", capability: "CAPABILITY_CGO" },
    ],
    moduleInfo: [],
  });
  const none = await save("none.json", { packageInfo: [{ path: dir }] });
  const { changes: found } = await readReport((await run("diff", none, file, "--format", "json")).stdout);
  expect(found).toMatchObject([
    {
      capability: "EXEC",
      package: dir,
      path: "direct",
      certainty: "dynamic",
      witness: {
        steps: [{ function: "example.test/m.run", site: { file: "m.go", line: 7, column: 12 } }],
        terminal: { name: "os/exec.Command" },
      },
    },
    { capability: "CGO", package: `${dir}/sub`, witness: { steps: [{ site: { file: "?" } }] } },
  ]);
});
