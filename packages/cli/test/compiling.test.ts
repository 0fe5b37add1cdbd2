/** The program as it is shipped: threads and the cache of compiled packages do not show in what it says. */
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { fileProxy } from "../../modules/test/file-proxy.ts";
import { temporaryFolder, writeFiles } from "../../modules/test/temporary-folder.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const program = join(root, "packages/cli/bin/capdiff.js");

beforeAll(() => {
  execFileSync(process.execPath, [join(root, "scripts/setup.mjs")], { stdio: "ignore" });
});

interface Scan {
  readonly module: string;
  readonly cacheDir?: string;
  /** The user's home folder; a new one unless given. */
  readonly home?: string;
  readonly args?: readonly string[];
}

function scan({ module, cacheDir = temporaryFolder(), home = temporaryFolder(), args = [] }: Scan): string {
  const words = ["scan", module, "--format", "json", "--cache-dir", cacheDir, ...args];
  const ran = spawnSync(process.execPath, [program, ...words], {
    env: { HOME: home, XDG_CACHE_HOME: home, PATH: "", GOENV: "off" },
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  expect(ran.stderr).toBe("");
  expect(ran.status).toBe(0);
  return ran.stdout;
}

const packages = 8;
/** Functions in each, for more code than is compiled before threads are started. */
const many = 1000;
const few = 10;

/** Packages that import each other in a row. */
async function chainOfPackages(functions: number): Promise<string> {
  const body = Array.from(
    { length: functions },
    (_, index) =>
      `func F${index}(t T) int { if t.n > ${index} { return t.n }; return F${(index + 1) % functions}(t) }\n`,
  ).join("\n");
  const files: Record<string, string> = { "go.mod": "module example.test/chain\n" };
  for (let index = 0; index < packages; index++) {
    const next = index + 1 < packages ? `example.test/chain/p${index + 1}` : "";
    const use = next === "" ? 'exec.Command("x")' : `p${index + 1}.Run()`;
    files[`p${index}/p.go`] =
      `package p${index}\n\nimport "${next || "os/exec"}"\n\ntype T struct{ n int }\n\nfunc Run() { ${use} }\n\n${body}`;
  }
  return writeFiles(files);
}

/** On a machine that is busy with other tests. */
const patience = 120_000;

test("one thread or several, cold or warm: the same bytes", { timeout: patience }, async () => {
  const module = await chainOfPackages(many);
  const cacheDir = temporaryFolder();
  const one = scan({ module, args: ["--jobs", "1", "--no-cache"] });
  expect(one).toContain('"EXEC"');
  expect(scan({ module, args: ["--jobs", "3", "--no-cache"] })).toBe(one);
  expect(scan({ module, cacheDir, args: ["--jobs", "2"] })).toBe(one);
  const entries = compiled(cacheDir);
  expect(entries.length).toBeGreaterThan(packages);
  expect(scan({ module, cacheDir })).toBe(one);
  expect(compiled(cacheDir)).toEqual(entries);
});

test("after an edit what was known of each package does not show, on one thread or several", {
  timeout: patience,
}, async () => {
  const module = await chainOfPackages(many);
  const folders = [temporaryFolder(), temporaryFolder()];
  for (const cacheDir of folders) scan({ module, cacheDir });
  for (let index = 0; index < packages; index++) {
    const file = join(module, `p${index}/p.go`);
    const edited = readFileSync(file, "utf8").replace("func F7(t T) int {", '// F7.\n$& println("edited");');
    writeFileSync(file, edited);
  }
  const plain = scan({ module, args: ["--no-cache"] });
  folders.forEach((cacheDir, more) => {
    expect(compiled(cacheDir).filter((name) => name.includes("outline-"))).toHaveLength(packages);
    expect(scan({ module, cacheDir, args: ["--jobs", String(1 + 2 * more)] })).toBe(plain);
  });
});

test("code of the program that is kept, or damaged, does not show either", {
  timeout: patience,
}, async () => {
  const module = await chainOfPackages(few);
  const home = temporaryFolder();
  const first = scan({ module, home });
  const folder = join(home, "capdiff", "code");
  const [name = ""] = readdirSync(folder);
  const file = join(folder, name);
  const code = readFileSync(file);
  expect(scan({ module, home })).toBe(first);
  expect(readFileSync(file)).toEqual(code);
  writeFileSync(
    file,
    code.map((byte) => byte ^ 1),
  );
  expect(scan({ module, home, args: ["--no-cache"] })).toBe(first);
  expect(scan({ module, home })).toBe(first);
  expect(readFileSync(file).length).toBeGreaterThan(code.length / 2);
});

test("entries that are damaged are made again", async () => {
  const module = await chainOfPackages(few);
  const cacheDir = temporaryFolder();
  const cold = scan({ module, cacheDir });
  const entries = compiled(cacheDir);
  entries.forEach((file, index) => {
    const content = readFileSync(file);
    writeFileSync(file, index % 2 === 0 ? content.subarray(0, -1) : "foreign");
  });
  expect(scan({ module, cacheDir })).toBe(cold);
  expect(compiled(cacheDir)).toEqual(entries);
});

test("--no-cache keeps nothing", async () => {
  const module = await writeFiles({ "go.mod": "module example.test/m\n", "m.go": "package m\n" });
  const cacheDir = temporaryFolder();
  scan({ module, cacheDir, args: ["--no-cache"] });
  expect(compiled(cacheDir)).toEqual([]);
});

test("a version is known again wherever its bytes come from", async () => {
  const go = 'package m\n\nimport "os"\n\nfunc Run(name string) { os.Remove(name + name) }\n';
  const proxy = await fileProxy({
    "example.test/m@v1.0.0": { "go.mod": "module example.test/m\n", "m.go": go },
  });
  const cacheDir = temporaryFolder();
  const args = ["--goproxy", proxy];
  const sent = scan({ module: "example.test/m@v1.0.0", cacheDir, args });
  expect(sent).toContain('"source":"proxy"');
  const entries = compiled(cacheDir);
  expect(entries).toContainEqual(expect.stringContaining("analysis-"));
  const kept = scan({ module: "example.test/m@v1.0.0", cacheDir, args });
  expect(kept).toBe(sent.replace('"source":"proxy"', '"source":"cache"'));
  expect(compiled(cacheDir)).toEqual(entries);
});

test("a change is seen though all else is cached", async () => {
  const module = await chainOfPackages(few);
  const cacheDir = temporaryFolder();
  const before = scan({ module, cacheDir });
  const file = join(module, "p5/p.go");
  writeFileSync(
    file,
    readFileSync(file, "utf8")
      .replace("func Run() {", 'func Run() { os.Getenv("k"); ')
      .replace("import ", 'import "os"\nimport '),
  );
  const after = scan({ module, cacheDir });
  expect(after).not.toBe(before);
  expect(after).toContain("READ_SYSTEM_STATE/ENV");
  expect(scan({ module, args: ["--no-cache"] })).toBe(after);
});

test("the scripts of the program are ASCII, as which they are read", () => {
  const dist = join(root, "packages/cli/dist");
  const scripts = readdirSync(dist).filter((name) => /\.c?js$/u.test(name));
  expect(scripts.length).toBeGreaterThan(1);
  for (const name of scripts)
    expect(
      readFileSync(join(dist, name)).every((byte) => byte < 0x80),
      name,
    ).toBe(true);
});

/** The files of the cache of compiled packages, sorted. */
function compiled(cacheDir: string): string[] {
  const folder = join(cacheDir, "facts");
  if (!readdirSync(cacheDir).includes("facts")) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile())
    .sort();
}
