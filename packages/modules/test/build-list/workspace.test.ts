import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type BuildListOptions, buildList, openModule, packageResolver } from "../../src/index.ts";
import { fileProxy } from "../file-proxy.ts";
import { testConfiguration, writeFiles } from "../temporary-folder.ts";
import { containing } from "../text-match.ts";
import { checkedOnly, exceptUnchecked } from "../unchecked.ts";

const A = { "go.mod": "module example.com/a\n\ngo 1.20\n", "a.go": "package a\n" };
const goproxy = await fileProxy({ "example.com/a@v1.0.0": A, "example.com/a@v1.1.0": A });

const FILES = {
  "go.work": "go 1.24\n\nuse .\nuse ./tool\nuse ./tool/deep\n",
  "go.mod": "module example.com/main\n\ngo 1.24\n\nrequire example.com/a v1.0.0\n",
  "main.go": "package main\n",
  "tool/go.mod":
    "module example.com/tool\n\ngo 1.23\n\nrequire example.com/a v1.1.0\nrequire example.com/r v1.0.0\n\nreplace example.com/r => ./deep/r\n",
  "tool/tool.go": "package tool\n",
  "tool/deep/go.mod": "module example.com/tool/deep\n",
  "tool/deep/pkg/p.go": "package pkg\n",
  "tool/deep/r/go.mod": "module example.com/anything\n",
  "tool/deep/r/r.go": "package r\n",
};

interface Given {
  readonly files?: Record<string, string>;
  /** Of the target, below the workspace's folder. */
  readonly at?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly options?: Partial<BuildListOptions>;
}

async function opened({ files = FILES, at = ".", env = {}, options = {} }: Given) {
  const root = await writeFiles(files);
  return openedIn(root, { at, env, options });
}

async function openedIn(root: string, { at, env, options }: Required<Omit<Given, "files">>) {
  const configuration = await testConfiguration({ goproxy }, { env });
  const target = await openModule(join(root, at), { configuration });
  const all = { configuration, ...options };
  const list = exceptUnchecked(await buildList(target, all));
  return { root, list, paths: list.modules.map(shown), resolver: packageResolver(target, list, all) };
}

function shown({ path, version }: { readonly path: string; readonly version?: string }): string {
  return version === undefined ? path : `${path} ${version}`;
}

const TARGET_ALONE = ["example.com/main", "example.com/a v1.0.0"];
const WHOLE = [
  "example.com/main",
  "example.com/tool",
  "example.com/tool/deep",
  "example.com/a v1.1.0",
  "example.com/r v1.0.0",
];

test("the list is that of all modules that go.work uses, and says where they lie", async () => {
  const { list, paths } = await opened({});
  expect(paths).toEqual(WHOLE);
  expect(list).toMatchObject({
    modules: [
      { path: "example.com/main", goVersion: "1.24" },
      { directory: "./tool", goVersion: "1.23" },
      { directory: "./tool/deep" },
      { version: "v1.1.0", requirement: "direct" },
      { replacedBy: { path: "./tool/deep/r" } },
    ],
    diagnostics: [],
  });
});

test("packages of modules that are used come from their directories", async () => {
  const { resolver } = await opened({});
  expect(await resolver.packageSource("example.com/tool")).toMatchObject({
    kind: "found",
    module: { path: "example.com/tool" },
    directory: "",
    copy: { source: "directory", query: "./tool" },
  });
  // Of two modules that may hold it, the one that does.
  expect(await resolver.packageSource("example.com/tool/deep/pkg")).toMatchObject({
    module: { path: "example.com/tool/deep" },
    directory: "pkg",
  });
  expect(await resolver.packageSource("example.com/r")).toMatchObject({ kind: "found", directory: "" });
  expect(await resolver.packageSource("example.com/tool/none")).toMatchObject({ code: "no-such-package" });
  await resolver.close();
  expect(checkedOnly(resolver.diagnostics())).toEqual([]);
});

describe("go.work further up", () => {
  const at = "tool";
  const alone = ["example.com/tool", "example.com/a v1.1.0", "example.com/r v1.0.0"];

  test("is not read, and that is said", async () => {
    const { paths, list } = await opened({ at });
    expect(paths).toEqual(alone);
    expect(list.diagnostics).toEqual([
      {
        code: "workspace-outside",
        severity: "warning",
        message:
          'the workspace file "../go.work" lies outside of the target: the build list is that of the target alone (--allow-outside reads it)',
      },
    ]);
  });

  test("is read if that is allowed", async () => {
    const { paths, list, resolver } = await opened({ at, options: { allowOutside: true } });
    expect(paths).toEqual(["example.com/tool", "example.com/main", ...WHOLE.slice(2)]);
    expect(list).toMatchObject({
      modules: [{}, { directory: "." }, {}, {}, { replacedBy: { path: "./tool/deep/r" } }],
    });
    expect(await resolver.packageSource("example.com/main")).toMatchObject({ kind: "found", directory: "" });
    expect(await resolver.packageSource("example.com/r")).toMatchObject({ kind: "found" });
    await resolver.close();
  });

  test("is the nearest one, and must use the target", async () => {
    const files = { ...FILES, "tool/go.work": "go 1.24\nuse ./deep\n" };
    const { paths, list } = await opened({ files, at });
    expect(paths).toEqual(alone);
    expect(list.diagnostics).toMatchObject([{ code: "workspace-without-target", severity: "warning" }]);
  });
});

describe("GOWORK", () => {
  test("off: there is no workspace", async () => {
    const { paths, list } = await opened({ env: { GOWORK: "off" } });
    expect(paths).toEqual(TARGET_ALONE);
    expect(list.diagnostics).toEqual([]);
  });

  test("names another file", async () => {
    const root = await writeFiles({ ...FILES, "sub/other.work": "go 1.24\nuse ..\n" });
    const given = { at: ".", env: { GOWORK: join(root, "sub/other.work") }, options: {} };
    expect((await openedIn(root, given)).paths).toEqual(TARGET_ALONE);
  });

  test.each(["other.work", "/no/such/other.work"])("%s is no file", async (GOWORK) => {
    const { paths, list } = await opened({ env: { GOWORK } });
    expect(paths).toEqual(TARGET_ALONE);
    expect(list.diagnostics).toMatchObject([
      { code: "workspace-unavailable", severity: "error", message: containing("names no file") },
    ]);
  });
});

describe("what is wrong with a workspace is named, and the rest counts", () => {
  test("directories outside, also through links", async () => {
    const root = await writeFiles({
      "ws/go.work": "go 1.24\nuse .\nuse ../outside\nuse ./link\n",
      "ws/go.mod": FILES["go.mod"],
      "outside/go.mod": "module example.com/outside\n",
    });
    await symlink("../outside", join(root, "ws/link"));
    const { paths, list } = await openedIn(root, { at: "ws", env: {}, options: {} });
    expect(paths).toEqual(TARGET_ALONE);
    expect(list.diagnostics.map(({ message }) => message)).toEqual([
      'go.work uses "../outside": workspace directory "../outside" lies outside of the target: it is not read (--allow-outside reads it)',
      'go.work uses "./link": workspace directory "./link" leads out of the target through a symbolic link: it is not read (--allow-outside reads it)',
    ]);
    const allowed = await openedIn(root, { at: "ws", env: {}, options: { allowOutside: true } });
    expect(allowed.paths).toEqual(["example.com/main", "example.com/outside", "example.com/a v1.0.0"]);
  });

  test("lines of go.work and of a go.mod that cannot be read", async () => {
    const files = {
      ...FILES,
      "go.work": `${FILES["go.work"]}us ./typo\n`,
      "tool/deep/go.mod": "module example.com/tool/deep\nrequire x\n",
    };
    const { paths, list } = await opened({ files });
    expect(paths).toEqual(WHOLE);
    expect(list.diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ["go-mod-directive", "./tool/deep/go.mod, line 2, column 1: usage: require module/path v1.2.3"],
      ["go-work-unknown-directive", 'go.work, line 6, column 1: unknown directive "us"'],
    ]);
  });

  test("a go.mod or go.sum that is no regular file", async () => {
    const root = await writeFiles({
      "go.work": "go 1.24\nuse .\nuse ./x\n",
      "go.mod": FILES["go.mod"],
      "x/x.go": "",
    });
    await mkdir(join(root, "x/go.mod"));
    await symlink("/etc/passwd", join(root, "go.work.sum"));
    const { paths, list } = await openedIn(root, { at: ".", env: {}, options: {} });
    expect(paths).toEqual(TARGET_ALONE);
    expect(list.diagnostics.map(({ code }) => code)).toEqual([
      "go-sum-unreadable",
      "workspace-module-unavailable",
    ]);
  });
});

test("hashes in go.work.sum, and in the go.sum of every module that is used, count", async () => {
  for (const name of ["go.work.sum", "go.sum", "tool/go.sum"]) {
    const files = { ...FILES, [name]: "example.com/a v1.1.0 h1:other=\n" };
    const { resolver, list } = await opened({ files });
    expect(list.diagnostics).toEqual([]);
    expect(await resolver.packageSource("example.com/a")).toMatchObject({ code: "unavailable" });
    await resolver.close();
    expect(checkedOnly(resolver.diagnostics())).toMatchObject([{ code: "go-sum-mismatch" }]);
  }
});

describe("vendor", () => {
  const modulesTxt = `## workspace
# example.com/a v1.1.0
## explicit; go 1.20
example.com/a
# example.com/r v1.0.0 => ./tool/deep/r
## explicit
example.com/r
# example.com/r => ./tool/deep/r
`;
  const files = {
    ...FILES,
    "vendor/modules.txt": modulesTxt,
    "vendor/example.com/a/a.go": "package a\n",
    "vendor/example.com/r/r.go": "package r\n",
  };

  test("of a workspace has what its modules do not hold themselves", async () => {
    const requires = FILES["go.mod"].replace("v1.0.0", "v1.1.0");
    const given = { files: { ...files, "go.mod": requires }, options: { vendor: true } };
    const { paths, list, resolver } = await opened(given);
    expect({ paths, diagnostics: list.diagnostics }).toEqual({ paths: WHOLE, diagnostics: [] });
    expect(await resolver.packageSource("example.com/a")).toMatchObject({
      directory: "vendor/example.com/a",
    });
    expect(await resolver.packageSource("example.com/r")).toMatchObject({
      directory: "vendor/example.com/r",
    });
    expect(await resolver.packageSource("example.com/tool")).toMatchObject({ copy: { query: "./tool" } });
    await resolver.close();
  });

  test("of a module alone keeps go.work out", async () => {
    const alone = "# example.com/a v1.0.0\n## explicit; go 1.20\nexample.com/a\n";
    const given = { files: { ...files, "vendor/modules.txt": alone }, options: { vendor: true } };
    const { paths, list } = await opened(given);
    expect({ paths, diagnostics: list.diagnostics }).toEqual({ paths: TARGET_ALONE, diagnostics: [] });
  });
});

test("neither a zip nor a directory that is read as a dependency has a workspace", async () => {
  const { paths } = await opened({ options: { asMain: false } });
  expect(paths).toEqual(TARGET_ALONE);
});

test("go.work where no module is names the directories that may be targets", async () => {
  const root = await writeFiles({ "go.work": "go 1.24\nuse (\n\t./x\n\t./y\n)\n", README: "" });
  await mkdir(join(root, "x"));
  await writeFile(join(root, "x/go.mod"), "module example.com/x\n");
  const configuration = await testConfiguration();
  const { diagnostics } = await openModule(root, { configuration });
  expect(diagnostics).toContainEqual({
    code: "workspace-root",
    severity: "warning",
    message:
      "go.work lies here and go.mod does not: the modules are in ./x, ./y, name one of these directories",
    file: "go.work",
  });
});
