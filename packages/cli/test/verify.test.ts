/** The command verify on real repositories, proxies and checksum databases. */
import { execFileSync } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { fileProxy } from "../../modules/test/file-proxy.ts";
import { temporaryFolder, writeFiles } from "../../modules/test/temporary-folder.ts";
import { createEngine } from "../src/analysis.ts";
import type { VerifyReport } from "../src/report/verify/model.ts";
import schema from "../src/schema/verify.schema.json" with { type: "json" };
import { capabilityMap } from "./samples/capability-map.ts";
import { runHere } from "./samples/environment.ts";

const corpus = fileURLToPath(new URL("../../../test-corpus/typosquat", import.meta.url));
const gosumdb = readFileSync(join(corpus, "GOSUMDB"), "utf8").trim();
const typosquat = ["--goproxy", pathToFileURL(join(corpus, "proxy")).href, "--gosumdb", gosumdb];
const repository = ["--repo", join(corpus, "keystore.git")];
const tool = { name: "capdiff", version: "1.2.3", capabilityMap: "1", goRelease: "1.26" } as const;

/** Runs verify with nothing of this machine but git. */
function verify(...args: readonly string[]) {
  const variables = {
    HOME: temporaryFolder(),
    PATH: process.env["PATH"],
    GOENV: "off",
    GOROOT: temporaryFolder(),
  };
  return runHere(["verify", ...args], {
    loadEngine: async () => createEngine({ capabilityMap, tool, variables }),
  });
}

async function report(...args: readonly string[]): Promise<VerifyReport> {
  const { stdout, stderr } = await verify(...args, "--format", "json");
  const value: unknown = JSON.parse(stdout || JSON.stringify(stderr));
  const ajv = new Ajv({ strict: true, allowUnionTypes: true });
  if (!ajv.validate<VerifyReport>(schema, value)) throw new Error(ajv.errorsText(ajv.errors));
  return value;
}

describe("the typosquat", () => {
  test("differs, and the report says what the published copy does beyond the repository", async () => {
    const found = await report("example.test/keystore@v1.1.0", ...typosquat, ...repository);
    expect(found).toMatchObject({ verdict: "differs", checksum: "verified", diagnostics: [] });
    const [module] = found.modules;
    expect(module?.findings.map(({ id }) => id)).toEqual([
      "file-not-in-git",
      "tag-moved",
      "commit-unreachable",
    ]);
    expect(module?.difference).toMatchObject({
      command: "diff",
      inputs: [{ source: "git" }, { source: "proxy" }],
      diagnostics: [],
    });
    const gained = module?.difference?.changes?.flatMap((change) =>
      change.kind === "capability" ? [change.capability] : [],
    );
    expect(gained).toContain("EXEC");
  });

  test("the text tells all of that, and a gate closes", async () => {
    const target = ["example.test/keystore@v1.1.0", ...typosquat, ...repository];
    const { code, stdout, stderr } = await verify(...target, "--fail-on", "differs,EXEC");
    expect(code).toBe(1);
    expect(stderr).toContain("found differs, EXEC");
    for (const part of [
      "DIFFERS  the published copy is not",
      "verified by sum.example.test",
      "sync.go    only published",
      "newly reached from, existing before: Open",
    ])
      expect(stdout).toContain(part);
    expect(stdout).not.toContain("NOT VERIFIED");
    expect((await verify(...target, "--quiet")).stdout).toBe(
      "Summary: differs, file-not-in-git, tag-moved, commit-unreachable; checksums verified.\n",
    );
    expect((await verify(...target, "--fail-on", "same")).stderr).toContain("does not know");
  });

  test("whatever the database does not vouch for is said loudly", async () => {
    const off = await verify("example.test/keystore@v1.1.0", ...typosquat, "--gosumdb", "off").catch(String);
    expect(JSON.stringify(off)).toContain("more than once");
    const { stdout } = await verify("example.test/keystore@v1.1.0", ...typosquat.slice(0, 2), ...repository);
    expect(stdout).toContain("NOT VERIFIED by a checksum database: no GOSUMDB is configured");
    expect(stdout).toContain("1 NOT VERIFIED");
  });
});

const ofMain = {
  "go.mod":
    "module example.com/main\n\ngo 1.20\n\nrequire (\n\texample.com/a v1.0.0\n\texample.com/b v1.0.0\n)\n",
  "main.go": 'package main\n\nimport _ "example.com/a/p"\n',
};
const published = {
  "example.com/a@v1.0.0": {
    "go.mod": "module example.com/a\n",
    LICENSE: "free\n",
    "p/p.go": "package p\n",
    "p/q.go": "package p\n",
    "p/gen.go": "//go:build ignore\n\npackage main\n",
    "p/p_test.go": "package p\n",
  },
  "example.com/b@v1.0.0": { "go.mod": "module example.com/b\n", "b.go": "package b\n" },
};

describe("build lists", () => {
  test("--all verifies every module; what cannot be had does not stop the rest", async () => {
    const goproxy = await fileProxy(published);
    const directory = await writeFiles({ ...ofMain, "go.sum": "example.com/a v1.0.0 h1:other=\n" });
    const found = await report("--all", directory, "--goproxy", goproxy, "--go-sum-only");
    expect(found.modules.map(({ module, goSum, verdict }) => [module, goSum, verdict])).toEqual([
      ["example.com/a", "mismatch", "differs"],
      ["example.com/b", "absent", "unverifiable"],
    ]);
    expect(await verify("--all", directory, "--goproxy", goproxy, "--go-sum-only")).toMatchObject({
      code: 1,
    });
    const gone = await report(
      "--all",
      directory,
      "--goproxy",
      await fileProxy({ "example.com/b@v1.0.0": published["example.com/b@v1.0.0"] }),
      "--go-sum-only",
    );
    expect(gone.modules.map(({ verdict }) => verdict)).toEqual(["unverifiable", "unverifiable"]);
  });

  test("a go.sum that is missing or malformed is told", async () => {
    const goproxy = await fileProxy(published);
    const codes = async (goSum: Record<string, string>) => {
      const directory = await writeFiles({ ...ofMain, ...goSum });
      const { diagnostics } = await report("--all", directory, "--goproxy", goproxy, "--go-sum-only");
      return diagnostics.filter(({ code }) => code.startsWith("go-sum-")).map(({ message }) => message);
    };
    expect(await codes({})).toEqual(["there is no go.sum to hold the copies against"]);
    expect(await codes({ "go.sum": "example.com/a v1.0.0 h1:other=\r\n\r\n" })).toEqual([]);
    const merged = "<<<<<<< HEAD\nexample.com/a v1.0.0 h1:other=\n=======\n>>>>>>> x y z\n";
    expect(await codes({ "go.sum": merged })).toEqual([
      "line 1 and 2 more are no line of a go.sum; Go uses no such file",
    ]);
  });

  test("go.sum's line of a go.mod counts too", async () => {
    const goproxy = await fileProxy(published);
    const goSum = "example.com/b v1.0.0/go.mod h1:other=\n";
    const found = await report(
      "--all",
      await writeFiles({ ...ofMain, "go.sum": goSum }),
      "--goproxy",
      goproxy,
      "--go-sum-only",
    );
    expect(found.modules[1]).toMatchObject({
      goSum: "mismatch",
      findings: [
        { id: "go-sum-mismatch", message: expect.stringContaining("its go.mod hashes to") as string },
      ],
    });
  });

  const modulesTxt =
    "# example.com/a v1.0.0\n## explicit\nexample.com/a/p\n# example.com/b v1.0.0\n## explicit\n";

  test("--vendor counts links, which Go follows", async () => {
    const goproxy = await fileProxy(published);
    const directory = await writeFiles({
      ...ofMain,
      "x/evil.txt": "package p\n",
      "vendor/modules.txt": modulesTxt,
      "vendor/example.com/a/LICENSE": "free\n",
      "vendor/example.com/a/p/p.go": "package p\n",
      "vendor/example.com/a/p/q.go": "package p\n",
    });
    symlinkSync("../../../../x/evil.txt", join(directory, "vendor/example.com/a/p/evil.go"));
    const found = await report("--vendor", directory, "--goproxy", goproxy);
    expect(found).toMatchObject({ verdict: "differs" });
    expect(found.modules.at(-1)?.files).toEqual([
      { name: "vendor/example.com/a/p/evil.go", kind: "only-vendor" },
    ]);
    expect(found.diagnostics).toMatchObject([{ code: "compiled-link", incomplete: true }]);
  });

  test("a go.sum that is no file is told, and not waited for", async () => {
    const directory = await writeFiles(ofMain);
    execFileSync("mkfifo", [join(directory, "go.sum")]);
    const ran = await verify("--all", directory, "--goproxy", await fileProxy(published), "--go-sum-only");
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringMatching(/cannot read the go.sum/) as string });
  });

  test("--vendor compares every file with what was published", async () => {
    const goproxy = await fileProxy(published);
    const vendored = {
      "vendor/modules.txt": modulesTxt,
      "vendor/example.com/a/LICENSE": "free\n",
      "vendor/example.com/a/p/p.go": "package p\n",
      "vendor/example.com/a/p/q.go": "package p\n",
    };
    const good = await report("--vendor", await writeFiles({ ...ofMain, ...vendored }), "--goproxy", goproxy);
    expect(good).toMatchObject({
      against: "published",
      verdict: "same",
      modules: [{ module: "example.com/a", identical: 3, files: [] }],
    });
    const { "vendor/example.com/a/p/q.go": _, ...without } = vendored;
    const evil = {
      ...without,
      "vendor/example.com/a/p/p.go": "package p // evil\n",
      "vendor/example.com/a/p/x.go": "package p\n",
      "vendor/example.com/c/c.go": "package c\n",
      "vendor/example.com/a/LICENSE": "free\r\n",
    };
    const bad = await report("--vendor", await writeFiles({ ...ofMain, ...evil }), "--goproxy", goproxy);
    expect(bad.modules.map(({ verdict }) => verdict)).toEqual(["differs", "differs"]);
    expect(bad.modules.flatMap(({ files }) => files.map(({ name, kind }) => `${name} ${kind}`))).toEqual([
      "LICENSE line-endings",
      "p/p.go different",
      "p/q.go only-published",
      "p/x.go only-vendor",
      "vendor/example.com/c/c.go only-vendor",
    ]);
    expect((await verify("--vendor", await writeFiles(ofMain), "--goproxy", goproxy)).stderr).toContain(
      "no vendor/modules.txt",
    );
  });
});

test.each([
  [["."], "is no published version"],
  [[], "needs MODULE@VERSION"],
  [["--all", "--vendor"], "two questions"],
  [["a.b/c@v1.0.0", "a.b/d@v1.0.0", "--repo", "x"], "--repo alone"],
  [["example.test/keystore@v1.1.0", ...typosquat, "--repo", corpus], "is no git repository"],
  [["a.b/c@v1.0.0", "--format", "ndjson"], "no ndjson"],
  [["a.b/c@v1.0.0", "--go-sum", "/no/such/file"], "cannot read the go.sum"],
])("%j is a mistake", async (args, says) => {
  const { code, stderr } = await verify(...args);
  expect([code, stderr]).toEqual([2, expect.stringContaining(says)]);
});
