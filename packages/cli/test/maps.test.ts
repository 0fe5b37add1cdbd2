/** `--capability-map` and `--no-builtin-map`, with real files and the real engine. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder, writeFiles } from "../../modules/test/temporary-folder.ts";
import { processEnvironment } from "../src/process.ts";
import { readReport } from "../src/report/read.ts";
import { type Ran, runHere } from "./samples/environment.ts";

const { loadEngine, loadCatalogue } = processEnvironment();

async function run(...args: readonly string[]): Promise<Ran> {
  return runHere([...args, "--deps=none", "--cache-dir", temporaryFolder()], { loadEngine, loadCatalogue });
}

const source = 'package m\n\nimport "os"\n\nfunc Remove() { os.Remove("a") }\n';

const module = () => writeFiles({ "go.mod": "module example.test/m\n", "m.go": source });

test("a map counts before the built-in one, and its capabilities can be asked for", async () => {
  const map = "func os.Remove OWN/DISK\n";
  const folder = await writeFiles({ "my.cm": map });
  const target = await module();
  const args = [target, "--capability-map", join(folder, "my.cm")];
  const { code, stdout } = await run(
    "scan",
    ...args,
    "--fail-on",
    "OWN",
    "--capability",
    "OWN/DISK",
    "--format",
    "json",
  );
  expect(code).toBe(1);
  const { capabilities, configuration, diagnostics } = await readReport(stdout);
  expect(capabilities?.map(({ capability }) => capability)).toEqual(["OWN/DISK"]);
  const sha256 = createHash("sha256").update(map).digest("hex");
  expect(configuration).toMatchObject({ capabilityMaps: [{ name: "my.cm", sha256 }] });
  expect(configuration).not.toHaveProperty("builtInMap");
  expect(diagnostics).toMatchObject([
    { code: "map-unknown-capability", range: { file: "my.cm", line: 1, column: 16 } },
  ]);
  expect(stdout.replaceAll(target, "")).not.toContain(folder);
  const { stdout: text } = await run("scan", ...args);
  expect(text).toContain("With the capability map my.cm.\n");
  expect((await run("scan", target, "--fail-on", "OWN")).stderr).toContain('--fail-on does not know "OWN"');
});

test("without the built-in map and without another one nothing is known of any name", async () => {
  const { stdout } = await run("scan", await module(), "--no-builtin-map");
  expect(stdout).toContain("Without the built-in capability map.\n");
  expect(stdout).not.toContain("FILES/WRITE");
});

test("several maps are told in the order in which they were given", async () => {
  const folder = await writeFiles({ "b.cm": "func os.Remove EXEC\n", "a.cm": "func os.Remove SAFE\n" });
  const maps = ["b.cm", "a.cm"].flatMap((name) => ["--capability-map", join(folder, name)]);
  const { stdout } = await run("scan", await module(), ...maps);
  expect(stdout).toContain("With the capability maps b.cm, a.cm.\n");
  expect(stdout).toContain("no capabilities");
});

test("a line that names something in one of two versions is not told", async () => {
  const folder = await writeFiles({
    "my.cm": "func example.test/m.New SAFE\nfunc example.test/m.Nwe SAFE\n",
  });
  const after = await writeFiles({ "go.mod": "module example.test/m\n", "m.go": `${source}func New() {}\n` });
  const { stdout } = await run("diff", await module(), after, "--capability-map", join(folder, "my.cm"));
  expect(stdout).toContain(`map-names-nothing  1
    both  my.cm:2:6  "example.test/m.Nwe" names no function that was read
`);
});

test("of a line that names nothing it is said what is not there", async () => {
  const map = [
    "func os.Remov SAFE",
    "package os/exce SAFE",
    "cgo_suffix _of_nothing",
    "ignore_edge example.test/m.Remov os.Removee",
  ];
  const folder = await writeFiles({ "my.cm": `${map.join("\n")}\n` });
  const args = [await module(), "--capability-map", join(folder, "my.cm"), "--verbose"];
  const { stdout } = await run("scan", ...args);
  expect(stdout).toContain(`map-names-nothing  4
    my.cm:1:6   "os.Remov" names no function that was read
    my.cm:2:9   "os/exce" names no package that was read
    my.cm:3:12  "_of_nothing" names the end of no function that was read
    my.cm:4:13  "example.test/m.Remov" and "os.Removee" name no function that was read
`);
});

test.each([
  ["func a.F\n", "1:9: incomplete: the line must be func NAME CAPABILITY"],
  ["# x\n\nfunc a.F CAPABILITY_EXCE", '3:10: Capslock has no capability "CAPABILITY_EXCE"'],
])("%j is no map", async (text, message) => {
  const folder = await writeFiles({ "my.cm": text });
  const { code, stderr } = await run("scan", await module(), "--capability-map", join(folder, "my.cm"));
  expect(code).toBe(2);
  expect(stderr).toBe(`capdiff: ${join(folder, "my.cm")}:${message}\n`);
});

test("the lines of further mistakes are named, a few of them", async () => {
  const folder = await writeFiles({ "my.cm": "x\n".repeat(9) });
  const { stderr } = await run("scan", await module(), "--capability-map", join(folder, "my.cm"));
  expect(stderr).toContain("\nThere are mistakes in lines 2, 3, 4, 5, 6 and 3 more too.\n");
});

test("what is no map says so, with the file", async () => {
  const folder = await writeFiles({ "my.cm": "" });
  const failing = async (name: string) => {
    const { code, stderr } = await run("scan", await module(), "--capability-map", name);
    return [code, stderr];
  };
  expect(await failing(join(folder, "none.cm"))).toEqual([
    2,
    `capdiff: the capability map ${join(folder, "none.cm")} cannot be read: ENOENT\n`,
  ]);
  expect(await failing(folder)).toEqual([
    2,
    `capdiff: the capability map ${folder} cannot be read: EISDIR\n`,
  ]);
  expect(await failing("/dev/zero")).toEqual([
    2,
    "capdiff: the capability map /dev/zero has more than 16000000 bytes\n",
  ]);
  expect(await failing("")).toEqual([2, "capdiff: --capability-map needs a value\n"]);
});

test("text that is not UTF-8 is no map", async () => {
  const { writeFile } = await import("node:fs/promises");
  const file = join(temporaryFolder(), "my.cm");
  await writeFile(file, Uint8Array.of(0x66, 0xff));
  const { code, stderr } = await run("scan", await module(), "--capability-map", file);
  expect([code, stderr]).toEqual([2, `capdiff: the capability map ${file} is no text: it is not UTF-8\n`]);
});
