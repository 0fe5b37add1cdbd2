import { describe, expect, test } from "vitest";
import { buildList, openModule, packageResolver } from "../../src/index.ts";
import { testConfiguration, writeFiles } from "../temporary-folder.ts";

const GO_MOD = `module example.com/main

go 1.24

require (
	example.com/a v1.0.0
	example.com/b v1.2.0 // indirect
)

replace example.com/b => ./local/b
`;

const MODULES_TXT = `# example.com/a v1.0.0
## explicit; go 1.21
example.com/a
example.com/a/deep
# example.com/b v1.2.0 => ./local/b
## explicit
example.com/b/pkg
# example.com/z v0.3.0
## go 1.17
example.com/z
# example.com/b => ./local/b
`;

const FILES = {
  "main.go": "package main\n",
  "vendor/example.com/a/a.go": "package a\n",
  "vendor/example.com/a/deep/d.go": "package deep\n",
  "vendor/example.com/a/unlisted/u.go": "package unlisted\n",
  "vendor/example.com/b/pkg/p.go": "package pkg\n",
  // As Go left it there below go 1.17.
  "vendor/example.com/z/go.mod": "module example.com/z\n",
  "vendor/example.com/z/z.go": "package z\n",
};

async function vendored(files: Record<string, string>) {
  const configuration = await testConfiguration({ goproxy: "off" });
  const target = await openModule(await writeFiles({ ...FILES, ...files }), { configuration });
  const options = { configuration, vendor: true };
  const list = await buildList(target, options);
  return {
    list,
    ...packageResolver(target, list, options),
    messages: list.diagnostics.map(({ message }) => message),
  };
}

test("the list is that of modules.txt, with the packages that lie in vendor", async () => {
  const { list } = await vendored({ "go.mod": GO_MOD, "vendor/modules.txt": MODULES_TXT });
  expect(list).toEqual({
    origin: "vendor",
    modules: [
      { path: "example.com/main", goVersion: "1.24" },
      {
        path: "example.com/a",
        version: "v1.0.0",
        goVersion: "1.21",
        requirement: "direct",
        packages: ["example.com/a", "example.com/a/deep"],
      },
      {
        path: "example.com/b",
        version: "v1.2.0",
        replacedBy: { path: "./local/b" },
        requirement: "indirect",
        packages: ["example.com/b/pkg"],
      },
      { path: "example.com/z", version: "v0.3.0", goVersion: "1.17", packages: ["example.com/z"] },
    ],
    diagnostics: [],
  });
});

test("packages are found in vendor, without any proxy", async () => {
  const files = { "go.mod": GO_MOD, "vendor/modules.txt": MODULES_TXT };
  const { packageSource } = await vendored(files);
  expect(await packageSource("example.com/a/deep")).toMatchObject({
    kind: "found",
    module: { path: "example.com/a", version: "v1.0.0" },
    goVersion: "1.21",
    directory: "vendor/example.com/a/deep",
    copy: { source: "directory" },
  });
  expect(await packageSource("example.com/z")).toMatchObject({ directory: "vendor/example.com/z" });
  expect(await packageSource("example.com/main")).toMatchObject({ kind: "found", directory: "" });
  expect(await packageSource("example.com/a/none")).toMatchObject({ code: "no-such-package" });
  expect(await packageSource("example.com/other")).toMatchObject({ code: "not-in-list" });
  expect(await packageSource("fmt")).toEqual({ kind: "standard" });
});

test("a package that modules.txt does not list counts below go 1.23 only", async () => {
  const modules = { "vendor/modules.txt": MODULES_TXT };
  const now = await vendored({ "go.mod": GO_MOD, ...modules });
  expect(await now.packageSource("example.com/a/unlisted")).toMatchObject({ code: "no-such-package" });
  const earlier = await vendored({ "go.mod": GO_MOD.replace("go 1.24", "go 1.22"), ...modules });
  expect(await earlier.packageSource("example.com/a/unlisted")).toMatchObject({
    kind: "found",
    module: { path: "example.com/a" },
  });
});

describe("modules.txt and go.mod that disagree", () => {
  test.each([
    [
      "# example.com/a v1.0.0\nexample.com/a\n",
      "go 1.24",
      ["example.com/a@v1.0.0 is required in go.mod, but not marked as explicit in vendor/modules.txt"],
    ],
    [
      "# example.com/a v1.1.0\n## explicit\nexample.com/a\n",
      "go 1.24",
      [
        "example.com/a@v1.0.0 is required in go.mod, but not marked as explicit in vendor/modules.txt",
        "example.com/a@v1.1.0 is marked as explicit in vendor/modules.txt, but not required in go.mod",
      ],
    ],
    [
      "# example.com/a v1.0.0 => example.com/x v1.0.0\n## explicit\nexample.com/a\n",
      "go 1.24",
      ["example.com/a@v1.0.0 is marked as replaced in vendor/modules.txt, but not replaced in go.mod"],
    ],
    [
      "# example.com/a v1.1.0\nexample.com/a\n",
      "go 1.13",
      ["example.com/a@v1.0.0 is required in go.mod, but vendor/modules.txt has another version"],
    ],
    ["# example.com/a v1.0.0\nexample.com/a\n", "go 1.13", []],
  ])("%j at %s", async (modules, go, says) => {
    const goMod = `module example.com/main\n\n${go}\n\nrequire example.com/a v1.0.0\n`;
    const { messages } = await vendored({ "go.mod": goMod, "vendor/modules.txt": modules });
    expect(messages).toEqual(says);
  });

  test("in what is replaced", async () => {
    const modules = MODULES_TXT.replaceAll("./local/b", "./elsewhere");
    const { messages } = await vendored({ "go.mod": GO_MOD, "vendor/modules.txt": modules });
    expect(messages).toEqual([
      "example.com/b is replaced in go.mod, but not by the same in vendor/modules.txt",
    ]);
  });
});

test("without modules.txt the list is the target alone, and says so", async () => {
  const { list } = await vendored({ "go.mod": GO_MOD });
  expect(list.modules.map(({ path }) => path)).toEqual(["example.com/main"]);
  expect(list.diagnostics).toMatchObject([{ code: "vendor-missing", severity: "error" }]);
});

test("lines that make no sense are passed over", async () => {
  const modules = `example.com/stray
# example.com/a
# example.com/a v1.0.0 extra
## explicit; reserved; go 1.21
two words
# example.com/c => v1 => x y z
example.com/c
#  example.com/a v1.0.0
example.com/a
`;
  const { list } = await vendored({
    "go.mod": "module example.com/main\n\ngo 1.24\n\nrequire example.com/a v1.0.0\n",
    "vendor/modules.txt": modules,
  });
  expect(list.modules.slice(1)).toMatchObject([{ path: "example.com/a", goVersion: "1.21" }]);
});
