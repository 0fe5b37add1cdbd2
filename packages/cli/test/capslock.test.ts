/** `--format capslock`: what reads Capslock's JSON reads ours. */
import { expect, test } from "vitest";
import { temporaryFolder, writeFiles } from "../../modules/test/temporary-folder.ts";
import { processEnvironment } from "../src/process.ts";
import { renderCapslock } from "../src/report/capslock.ts";
import { sampleReport } from "./samples/arbitrary.ts";
import { runHere } from "./samples/environment.ts";
import { row, step, witness } from "./samples/parts.ts";

const { loadEngine, loadCatalogue } = processEnvironment();

interface Site {
  readonly filename: string;
  readonly line: string;
  readonly column: string;
}

interface Info {
  readonly packageName: string;
  readonly capabilityName: string;
  readonly capability?: string;
  readonly depPath: string;
  readonly path: readonly { readonly name: string; readonly package: string; readonly site?: Site }[];
  readonly packageDir: string;
  readonly capabilityType: string;
}

interface CapabilityInfoList {
  readonly capabilityInfo: readonly Info[];
  readonly moduleInfo: readonly { readonly path: string; readonly version: string }[];
  readonly packageInfo: readonly { readonly path: string }[];
}

const source = `package sam

// static void hi(void) {}
import "C"

import (
	"os"
	"os/exec"
	"unsafe"

	"example.test/sam/v2/sub"
)

var home = os.Getenv("HOME")

func init() { os.Remove("a") }

func Call() { C.hi() }

func Peek(p unsafe.Pointer) *int { return (*int)(p) }

func Sub() { sub.Run() }

type T struct{}

func (t *T) M() { exec.Command("a").Run() }

func G() { os.Setenv("a", "b") }
`;

const dir = "example.test/sam/v2";

/** A line for each entry, as the same of what Capslock 0.3.2 prints of this module. */
const lines = [
  `sam FILES CAPABILITY_FILES DIRECT ${dir}: ${dir}.init#1 -> os.Remove {os} a.go:16:24`,
  `sam READ_SYSTEM_STATE CAPABILITY_READ_SYSTEM_STATE DIRECT ${dir}: ${dir}.init -> os.Getenv {os} a.go:14:21`,
  `sam MODIFY_SYSTEM_STATE/ENV CAPABILITY_MODIFY_SYSTEM_STATE DIRECT ${dir}: ${dir}.G -> os.Setenv {os} a.go:28:21`,
  `sam CGO CAPABILITY_CGO DIRECT ${dir}: ${dir}.Call -> ${dir}._Cfunc_hi {${dir}} a.go:18:19 -> ${dir}._cgo_runtime_cgocall {${dir}}`,
  `sam UNSAFE_POINTER CAPABILITY_UNSAFE_POINTER DIRECT ${dir}: ${dir}.Peek`,
  `sam EXEC CAPABILITY_EXEC DIRECT ${dir}: (*${dir}.T).M -> os/exec.Command {os/exec} a.go:26:31`,
  `sub EXEC CAPABILITY_EXEC DIRECT ${dir}/sub: ${dir}/sub.Run -> os/exec.Command {os/exec} s.go:5:26`,
];

function lineOf({
  packageName,
  capabilityName,
  capability = "-",
  capabilityType,
  packageDir,
  path,
}: Info): string {
  const functions = path.map(({ name, package: home, site }, index) => {
    const place = site === undefined ? "" : ` ${site.filename}:${site.line}:${site.column}`;
    return index === 0 ? name : `${name} {${home}}${place}`;
  });
  const type = capabilityType.replace("CAPABILITY_TYPE_", "");
  return `${packageName} ${capabilityName} ${capability} ${type} ${packageDir}: ${functions.join(" -> ")}`;
}

test("says of a module what Capslock says, in its words", async () => {
  const target = await writeFiles({
    "go.mod": `module ${dir}\n\ngo 1.24\n`,
    "a.go": source,
    "sub/s.go": 'package sub\n\nimport "os/exec"\n\nfunc Run() { exec.Command("x") }\n',
    "run.go": '//go:build ignore\n\npackage main\n\nimport "net"\n\nfunc main() { net.Dial("", "") }\n',
  });
  const { code, stdout, stderr } = await runHere(
    ["scan", target, "--format", "capslock", "--deps=none", "--cache-dir", temporaryFolder()],
    { loadEngine, loadCatalogue },
  );
  expect([code, stderr]).toEqual([0, ""]);
  const { capabilityInfo, moduleInfo, packageInfo } = JSON.parse(stdout) as CapabilityInfoList;
  expect(capabilityInfo.map(lineOf)).toEqual(lines);
  expect(capabilityInfo.map(({ depPath }) => depPath)).toEqual(
    capabilityInfo.map(({ path }) => path.map(({ name }) => name).join(" ")),
  );
  expect(moduleInfo).toEqual([]);
  expect(packageInfo).toEqual([{ path: dir }, { path: `${dir}/sub` }]);
});

const catalogue = {
  "FILES/READ": { title: "", explanation: "", capslock: "FILES", weight: 1 },
  "FILES/WRITE": { title: "", explanation: "", capslock: "FILES", weight: 2 },
};

function render(rows: readonly ReturnType<typeof row>[]): CapabilityInfoList {
  const report = { ...sampleReport("scan"), capabilities: rows };
  const text = [...renderCapslock(report, { catalogue, colour: false, quiet: false, verbose: false })].join(
    "",
  );
  return JSON.parse(text) as CapabilityInfoList;
}

const proof = witness("os.Remove", 'db.go:41:5 | Open | os.Remove("a")');

test("of capabilities that are one to Capslock the best proved is told", () => {
  const other = witness("os.Open", "db.go:1:2 | Open | os.Open()");
  const names = (first: object, second: object) =>
    render([row("FILES/WRITE", proof, first), row("FILES/READ", other, second)]).capabilityInfo.map(
      ({ capabilityName, path }) => `${capabilityName} ${path.at(-1)?.name}`,
    );
  expect(names({}, {})).toEqual(["FILES os.Remove"]);
  expect(names({ kind: "transitive" }, {})).toEqual(["FILES os.Open"]);
  expect(names({ certainty: "dynamic" }, { kind: "transitive" })).toEqual(["FILES os.Open"]);
  expect(names({}, { package: "example.test/other" })).toEqual(["FILES os.Remove", "FILES os.Open"]);
});

test("a capability of a user's has its name, and no number of Capslock's", () => {
  const [own, finer] = render([row("OWN/DISK", proof), row("NETWORK/MINE", proof)]).capabilityInfo;
  expect(own).toMatchObject({ capabilityName: "OWN/DISK" });
  expect(own).not.toHaveProperty("capability");
  expect(finer).toMatchObject({ capabilityName: "NETWORK/MINE", capability: "CAPABILITY_NETWORK" });
});

test("packages have the name in their clause, files of no build are left out", () => {
  const rows = [
    row("FILES", proof, { package: "example.test/m/v2", packageName: "m" }),
    row("FILES", proof, { package: "example.test/m/cmd" }),
    row("FILES", proof, { package: "example.test/m [ignore]", apart: true }),
  ];
  expect(render(rows).capabilityInfo.map(({ packageName }) => packageName)).toEqual(["m", "cmd"]);
});

test.each([
  ["net/http.Get", "net/http"],
  ["(*net/http.Client).Do", "net/http"],
  ["(os.File).Name", "os"],
  ["gopkg.in/yaml.v3.Unmarshal", "gopkg.in/yaml.v3"],
  ["(*gopkg.in/yaml.v3.Node).Decode", "gopkg.in/yaml.v3"],
  ["example.test/m/v2.F", "example.test/m/v2"],
  ["example.test/m.v.F", "example.test/m"],
])("%s is of package %s", (name, home) => {
  const [info] = render([row("FILES", witness(name, "db.go:1:1 | Open | x"))]).capabilityInfo;
  expect(info?.path.at(-1)).toMatchObject({ name, package: home });
});

test.each([
  ["call", "os.Remove(x)", 14],
  ["call", "éé, os.Remove(x)", 14],
  ["call", "os.Remove (x)", 8],
  ["reference", "f := os.Remove", 8],
] as const)("a %s in %j is at column %d", (use, line, column) => {
  const steps = [{ ...step(`a/db.go:3:8 | Open | ${line}`), use }];
  const [info] = render([row("FILES", { ...proof, steps })]).capabilityInfo;
  expect(info?.path.at(-1)?.site).toEqual({ filename: "db.go", line: "3", column: String(column) });
});

test.each(["assembly", "bodiless", "linkname", "unsafe-conversion"] as const)(
  "%s ends at its function",
  (kind) => {
    const steps = [step("db.go:1:1 | Open | x()"), step("db.go:2:1 | x | func x()")];
    const [info] = render([row("FILES", { steps, terminal: { kind, name: "y" } })]).capabilityInfo;
    expect(info?.path.map(({ name }) => name)).toEqual(["example.test/bolt.Open", "example.test/bolt.x"]);
  },
);

test("a function that a map gives a capability ends the path once", () => {
  const steps = [{ ...step("db.go:1:1 | Open | func Open()"), use: "declaration" as const }];
  const terminal = { kind: "function", name: "example.test/bolt.Open" } as const;
  expect(render([row("OWN", { steps, terminal })]).capabilityInfo[0]?.path).toHaveLength(1);
});

test("names of C that cgo converts itself call no C", () => {
  const of = (name: string) =>
    render([
      row("CGO", { steps: [step("a.go:1:3 | F | C.x()")], terminal: { kind: "cgo", name: `C.${name}` } }),
    ]).capabilityInfo[0]?.path.map((one) => one.name.replace("example.test/bolt.", ""));
  expect(of("GoString")).toEqual(["F", "_Cfunc_GoString"]);
  expect(of("puts")).toEqual(["F", "_Cfunc_puts", "_cgo_runtime_cgocall"]);
});

test("modules with a version are told, those of witnesses too, each once", () => {
  const far = { ...step("x@v1.0.0/a.go:1:1 | F | x"), module: "example.test/x@v1.0.0" };
  const { moduleInfo } = render([row("FILES", { ...proof, steps: [far, far] })]);
  expect(moduleInfo).toEqual([
    { path: "example.test/bolt", version: "v1.3.0" },
    { path: "example.test/x", version: "v1.0.0" },
  ]);
});

test("initialisers of variables and closures in them are of init, as in SSA", () => {
  const steps = [step("a.go:1:1 | init:home$1 | x"), step("a.go:1:1 | init#2$1 | x")];
  expect(render([row("FILES", { ...proof, steps })]).capabilityInfo[0]?.depPath).toBe(
    "example.test/bolt.init$1 example.test/bolt.init#2$1 os.Remove",
  );
});

test("of rows for functions init has what init#1 has, as in SSA, and is there once", () => {
  const { steps } = witness("os.Remove", "a.go:3:16 | init#1 | os.Remove(x)");
  const own = (name: string) => ({ function: `${steps[0]?.package}.${name}` });
  const { capabilityInfo } = render([
    row("FILES", { ...proof, steps }, own("init#1")),
    row("FILES", { ...proof, steps: [step("a.go:1:9 | init:home | os.Remove(x)")] }, own("init:home")),
    row("EXEC", { ...proof, steps: [step("a.go:1:9 | init:home | os.Remove(x)")] }, own("init:home")),
  ]);
  expect(capabilityInfo.map(({ capabilityName, depPath }) => `${capabilityName} ${depPath}`)).toEqual([
    "FILES example.test/bolt.init#1 os.Remove",
    "FILES example.test/bolt.init example.test/bolt.init#1 os.Remove",
    "EXEC example.test/bolt.init os.Remove",
  ]);
  // Of a package nothing is added.
  expect(render([row("FILES", { ...proof, steps })]).capabilityInfo).toHaveLength(1);
});

test("an incomplete answer says so beside, since the format has no place for it", async () => {
  const { stderr } = await runHere(["scan", "new", "--format", "capslock"]);
  expect(stderr).toBe("capdiff: the analysis is incomplete; the other formats say why\n");
});

test("a diff has no such format", async () => {
  const { code, stderr } = await runHere(["diff", "old", "new", "--format", "capslock"]);
  expect([code, stderr]).toEqual([
    2,
    "capdiff: --format capslock has no place for what changed\nIt is for scan; diff has text, json and ndjson.\n",
  ]);
});
