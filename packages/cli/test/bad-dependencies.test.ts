/** Dependencies that cannot be had or used: each is named and counted, and the rest is analysed. */
import { describe, expect, test } from "vitest";
import { proxyFiles } from "../../modules/test/file-proxy.ts";
import { loopbackServer, serveFiles } from "../../modules/test/loopback-server.ts";
import { temporaryFolder, writeFiles } from "../../modules/test/temporary-folder.ts";
import { createEngine } from "../src/analysis.ts";
import { readReport } from "../src/report/read.ts";
import { capabilityMap } from "./samples/capability-map.ts";
import { runHere } from "./samples/environment.ts";

const RUN = 'import "os/exec"\n\nfunc Run() error { return exec.Command("sh").Run() }\n';
const published = await proxyFiles({
  "example.test/good@v1.0.0": {
    "go.mod": "module example.test/good\n\ngo 1.22\n",
    "good.go": `package good\n\n${RUN}`,
  },
  "example.test/bad@v1.0.0": {
    "go.mod": "module example.test/bad\n\ngo 1.22\n",
    "bad.go": "package bad\n\nfunc Run() error { return nil }\n",
  },
});
const [MOD, ZIP, INFO] = ["mod", "zip", "info"].map((name) => `example.test/bad/@v/v1.0.0.${name}`);

/** Calls a module that is there, and one that is not as it should be. */
const TARGET = {
  "go.mod":
    "module example.test/m\n\ngo 1.22\n\nrequire example.test/good v1.0.0\nrequire example.test/bad v1.0.0\n",
  "m.go": `package m

import (
	"example.test/bad"
	"example.test/good"
)

func Open() error { _ = bad.Run(); return good.Run() }
`,
};

interface Given {
  /** Of the target, instead of those above. */
  readonly files?: Record<string, string>;
  /** Of the proxy, instead of those above; what is undefined is not there. */
  readonly served?: Record<string, string | undefined>;
  readonly proxy?: string;
  readonly deps?: "all" | "vendor";
  readonly flags?: readonly string[];
}

async function scan({ files = {}, served = {}, proxy, deps = "all", flags = [] }: Given) {
  const kept = Object.entries({ ...published, ...served }).flatMap(([name, content]) =>
    content === undefined ? [] : [[name, content] as const],
  );
  const server = await loopbackServer(serveFiles(Object.fromEntries(kept)));
  const target = await writeFiles({ ...TARGET, ...files });
  const home = temporaryFolder();
  const tool = { name: "capdiff", version: "1.2.3", capabilityMap: "test", goRelease: "1.26" } as const;
  const args = ["--deps", deps, "--goproxy", proxy ?? server.url, "--cache-dir", home, "--format", "json"];
  const { stdout, stderr } = await runHere(["scan", target, ...args, ...flags], {
    loadEngine: async () => createEngine({ capabilityMap, tool, variables: { HOME: home } }),
  });
  const { capabilities, diagnostics: all, counts } = await readReport(stdout || stderr);
  const diagnostics = all.filter(({ code }) => code !== "checksum-off");
  return {
    capabilities: capabilities?.map(({ capability }) => capability),
    places: capabilities?.flatMap(({ witness }) => witness.steps.map(({ site }) => site.file)),
    missing: counts.missing,
    dependencies: counts.dependencies,
    incomplete: diagnostics.filter(({ incomplete }) => incomplete).map(({ code }) => code),
    diagnostics,
    messages: diagnostics.map(({ message }) => message).join("\n"),
  };
}

const REST_ANALYSED = { capabilities: ["EXEC", "UNANALYZED"], dependencies: 1, missing: 1 };

describe("a dependency", () => {
  test("of which only the zip is missing", async () => {
    const { messages, ...found } = await scan({ served: { [`${ZIP}`]: undefined } });
    expect(found).toMatchObject({ ...REST_ANALYSED, incomplete: ["module-unavailable", "missing-imports"] });
    expect(messages).toContain("example.test/bad@v1.0.0");
    expect(messages).toContain("HTTP status 404");
    expect(messages).toContain(
      "1 imported package could not be had, and calls into it are not followed: example.test/bad",
    );
  });

  test("at a version that does not exist", async () => {
    const gone = { [`${MOD}`]: undefined, [`${ZIP}`]: undefined, [`${INFO}`]: undefined };
    const { messages, ...found } = await scan({ served: gone });
    expect(found).toMatchObject(REST_ANALYSED);
    expect(messages).toContain("example.test/bad@v1.0.0 (required by the target): ");
  });

  test("whose zip is none", async () => {
    const { messages, ...found } = await scan({ served: { [`${ZIP}`]: "nonsense" } });
    expect(found).toMatchObject(REST_ANALYSED);
    expect(messages).toContain("example.test/bad@v1.0.0");
  });

  test("whose go.mod is broken", async () => {
    const broken = "module example.test/bad\n\nrequire (\n\texample.test/other v1.0.0\n";
    const { messages, ...found } = await scan({ served: { [`${MOD}`]: broken } });
    expect(found).toMatchObject({ capabilities: ["EXEC"], dependencies: 2, missing: 0 });
    expect(messages).toContain(
      "example.test/bad@v1.0.0 (required by the target): go.mod is not one that Go accepts",
    );
    expect(messages).toContain("example.test/other@v1.0.0 (required by example.test/bad@v1.0.0)");
  });

  test("that says it is another module", async () => {
    const { messages, ...found } = await scan({ served: { [`${MOD}`]: "module example.test/other\n" } });
    expect(found).toMatchObject({ incomplete: ["module-path-mismatch"] });
    expect(messages).toContain('go.mod declares module "example.test/other"');
  });

  test("that requires what requires it", async () => {
    const { messages, ...found } = await scan({
      served: {
        [`${MOD}`]:
          "module example.test/bad\n\nrequire example.test/good v1.0.0\nrequire example.test/m v1.0.0\n",
        "example.test/good/@v/v1.0.0.mod": "module example.test/good\n\nrequire example.test/bad v1.0.0\n",
        "example.test/m/@v/v1.0.0.mod": "module example.test/m\n\nrequire example.test/bad v1.0.0\n",
      },
    });
    expect(found).toMatchObject({ capabilities: ["EXEC"], dependencies: 2, missing: 0, incomplete: [] });
    expect(messages).toBe("");
  });
});

test("a package of a later Go is said to be none of this one", async () => {
  const later = '//go:build go1.99\n\npackage m\n\nimport "crypto/later"\n\nvar Open = later.Open\n';
  const { messages, ...found } = await scan({ files: { "later.go": later } });
  expect(found).toMatchObject({ missing: 1, incomplete: ["missing-imports"] });
  expect(messages).toMatch(/crypto\/later \(go1\.\d+ does not have it\)$/u);
});

describe("replaced", () => {
  const replaced = (by: string) => ({ "go.mod": `${TARGET["go.mod"]}\nreplace example.test/bad => ${by}\n` });

  test("by a directory of the target", async () => {
    const files = {
      ...replaced("./local"),
      "local/go.mod": "module example.test/bad\n",
      "local/bad.go": "package bad\n\nfunc Run() error { return nil }\n",
    };
    expect(await scan({ files })).toMatchObject({
      dependencies: 2,
      missing: 0,
      diagnostics: [{ code: "nested-module", severity: "info" }],
    });
  });

  test("by a directory outside of the target, which is read only if that is allowed", async () => {
    const outside = await writeFiles({
      "go.mod": "module example.test/bad\n",
      "bad.go": `package bad\n\n${RUN}`,
    });
    const files = replaced(outside);
    const { messages, ...found } = await scan({ files });
    expect(found).toMatchObject(REST_ANALYSED);
    expect(found.incomplete).toContain("replacement-outside");
    expect(messages).toContain(
      `replacement directory "${outside}" lies outside of the target: it is not read (--allow-outside reads it)`,
    );
    const allowed = await scan({ files, flags: ["--allow-outside"] });
    expect(allowed).toMatchObject({ dependencies: 2, missing: 0, incomplete: [] });
  });

  test.each([
    ["without go.mod", { "local/bad.go": "package bad\n" }, '"./local/go.mod"'],
    ["that is not there", {}, '"./local"'],
  ])("by a directory %s", async (_, local: Record<string, string>, named) => {
    const { messages, ...found } = await scan({ files: { ...replaced("./local"), ...local } });
    expect(found.capabilities).toContain("EXEC");
    expect(found.incomplete).toContain("module-unavailable");
    expect(messages).toContain(named);
  });
});

test("go.work that names directories that are not there", async () => {
  const { messages, ...found } = await scan({ files: { "go.work": "go 1.22\nuse .\nuse ./gone\n" } });
  expect(found).toMatchObject({
    capabilities: ["EXEC"],
    dependencies: 2,
    missing: 0,
    incomplete: ["workspace-module-unavailable"],
  });
  expect(messages).toContain('go.work uses "./gone"');
});

describe("a proxy", () => {
  test.each([403, 404, 410, 500])("that answers %d", async (status) => {
    const server = await loopbackServer((answer, request) => {
      if (request.url?.includes("/bad/")) answer.writeHead(status).end("no \x1b[31msuch thing");
      else serveFiles(published)(answer, request, 1);
    });
    const { messages, ...found } = await scan({ proxy: server.url });
    expect(found).toMatchObject(REST_ANALYSED);
    expect(messages).toContain(`HTTP status ${status}`);
  });

  test("that cannot be reached", async () => {
    const { messages, ...found } = await scan({ proxy: "http://127.0.0.1:1" });
    expect(found).toMatchObject({ capabilities: ["UNANALYZED"], dependencies: 0, missing: 2 });
    expect(messages).toContain("example.test/bad@v1.0.0");
    expect(messages).toContain("example.test/good@v1.0.0");
    expect(messages).toContain("2 imported packages could not be had");
  });

  test("that is not to be asked", async () => {
    const { messages, ...found } = await scan({ proxy: "off" });
    expect(found).toMatchObject({ dependencies: 0, missing: 2 });
    expect(messages).toContain("2 imported packages could not be had");
  });
});

describe("vendor", () => {
  const vendored = {
    "vendor/modules.txt":
      "# example.test/bad v1.0.0\n## explicit; go 1.22\nexample.test/bad\n# example.test/good v1.0.0\n## explicit; go 1.22\nexample.test/good\n",
    "vendor/example.test/good/good.go": `package good\n\n${RUN}`,
    "vendor/example.test/bad/bad.go": "package bad\n\nfunc Run() error { return nil }\n",
  };

  test("is read in place of what a proxy has, and places in it are shown as they are", async () => {
    const found = await scan({ files: vendored, proxy: "off", deps: "vendor" });
    expect(found).toMatchObject({
      capabilities: ["EXEC"],
      places: ["m.go", "vendor/example.test/good/good.go"],
      dependencies: 2,
      missing: 0,
      diagnostics: [],
    });
  });

  test("without modules.txt says so", async () => {
    const found = await scan({ proxy: "off", deps: "vendor" });
    expect(found).toMatchObject({ missing: 2, incomplete: ["vendor-missing", "missing-imports"] });
  });
});
