import { readdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  buildList,
  openModule,
  type PackageResolver,
  type PackageResolverOptions,
  packageResolver,
} from "../../src/index.ts";
import { fileProxy, type Published, proxyFiles } from "../file-proxy.ts";
import { loopbackServer, serveFiles } from "../loopback-server.ts";
import { temporaryFolder, testConfiguration, writeFiles } from "../temporary-folder.ts";
import { containing } from "../text-match.ts";
import { exceptUnchecked } from "../unchecked.ts";

const published: Published = {
  "example.com/a@v1.0.0": {
    "go.mod": "module example.com/a\n\ngo 1.21\n",
    "a.go": "package a\n",
    "deep/er/er.go": "package er\n",
    "b/b.go": "package b\n",
    "notes/README": "none of Go\n",
    "only/x_windows_test.go": "//go:build ignore\n",
  },
  "example.com/a/b@v1.0.0": { "go.mod": "module example.com/a/b\n\ngo 1.22\n", "c/c.go": "package c\n" },
  "example.com/both@v1.0.0": { "go.mod": "module example.com/both\n", "x/x.go": "package x\n" },
  "example.com/both/x@v1.0.0": { "go.mod": "module example.com/both/x\n", "x.go": "package x\n" },
  "example.com/fork@v1.5.0": { "go.mod": "module example.com/old\n", "f.go": "package f\n" },
  "example.com/liar@v1.0.0": { "go.mod": "module example.com/other\n", "l.go": "package l\n" },
  "example.com/unused@v1.0.0": { "go.mod": "module example.com/unused\n", "u.go": "package u\n" },
};

const GO_MOD = `module example.com/main

go 1.24
`;

const resolvers: PackageResolver[] = [];

afterAll(() => Promise.all(resolvers.map((resolver) => resolver.close())));

type Given = Partial<PackageResolverOptions> & { readonly goproxy?: string };

async function resolver(files: Record<string, string>, { goproxy, ...options }: Given = {}) {
  const configuration = await testConfiguration({ goproxy: goproxy ?? (await fileProxy(published)) });
  const root = await writeFiles({ "main.go": "package main\n", ...files });
  const target = await openModule(root, { configuration });
  const list = exceptUnchecked(await buildList(target, { configuration, ...options }));
  const made = packageResolver(target, list, { configuration, ...options });
  resolvers.push(made);
  return { ...made, list, root };
}

/** `module[@version] directory`, or why not. */
async function sourceOf({ packageSource }: PackageResolver, importPath: string): Promise<string> {
  const source = await packageSource(importPath);
  if (source.kind === "standard") return "standard";
  if (source.kind === "missing") return `${source.code}: ${source.reason}`;
  const { path, version } = source.module;
  return `${path}${version === undefined ? "" : `@${version}`} ${source.directory || "."}`;
}

const REQUIRE = `${GO_MOD}
require (
	example.com/a v1.0.0
	example.com/a/b v1.0.0
	example.com/both v1.0.0
	example.com/both/x v1.0.0
	example.com/gone v1.0.0
	example.com/gone/sub v1.0.0
	example.com/liar v1.0.0
	example.com/unused v1.0.0
)
`;

describe("import paths", async () => {
  const found = await resolver({
    "go.mod": REQUIRE,
    "in/in.go": "package in\n",
    "nested/go.mod": "module example.com/main/nested\n",
    "nested/n.go": "package nested\n",
  });

  test.each([
    ["fmt", "standard"],
    ["net/http", "standard"],
    ["C", "standard"],
    ["example.com/main", "example.com/main ."],
    ["example.com/main/in", "example.com/main in"],
    ["example.com/a", "example.com/a@v1.0.0 ."],
    ["example.com/a/deep/er", "example.com/a@v1.0.0 deep/er"],
    // The longer module path is a candidate, but does not hold the package.
    ["example.com/a/b", "example.com/a@v1.0.0 b"],
    ["example.com/a/b/c", "example.com/a/b@v1.0.0 c"],
    // Build constraints do not matter.
    ["example.com/a/only", "example.com/a@v1.0.0 only"],
  ])("%s is %s", async (importPath, place) => {
    expect(await sourceOf(found, importPath)).toBe(place);
  });

  test.each([
    [
      "example.com/main/nested",
      'no-such-package: there is no package "example.com/main/nested" in example.com/main',
    ],
    [
      "example.com/main/none",
      'no-such-package: there is no package "example.com/main/none" in example.com/main',
    ],
    [
      "example.com/a/deep",
      'no-such-package: there is no package "example.com/a/deep" in example.com/a@v1.0.0',
    ],
    [
      "example.com/a/notes",
      'no-such-package: there is no package "example.com/a/notes" in example.com/a@v1.0.0',
    ],
    ["example.com/ab", 'not-in-list: no module of the build list can hold "example.com/ab"'],
    [
      "example.com/both/x",
      'ambiguous: ambiguous import: "example.com/both/x" is in example.com/both@v1.0.0 ("x") and example.com/both/x@v1.0.0 ("")',
    ],
    [
      "example.com/liar",
      'unavailable: go.mod declares module "example.com/other", but it was required as example.com/liar',
    ],
    ["./in", 'bad-path: "./in" is not an import path'],
    ["example.com/main/../main", 'bad-path: "example.com/main/../main" is not an import path'],
    ["example.com/a@v1.0.0", 'bad-path: "example.com/a@v1.0.0" is not an import path'],
    ["/etc", 'bad-path: "/etc" is not an import path'],
    ["example.com/a\u001b", 'bad-path: "example.com/a\\u{1b}" is not an import path'],
    ["", 'bad-path: "" is not an import path'],
  ])("%s cannot be had", async (importPath, why) => {
    expect(await sourceOf(found, importPath)).toBe(why);
  });

  test("of a module that cannot be had are missing, with the reason once among the diagnostics", async () => {
    expect(await sourceOf(found, "example.com/gone/sub/x")).toMatch(/^unavailable: .*no such file/u);
    const all = [...found.list.diagnostics, ...found.diagnostics()].filter(
      ({ severity }) => severity === "error",
    );
    expect(all.map(({ code, message }) => `${code} ${message.split(": ")[0] ?? ""}`)).toEqual([
      "module-path-mismatch example.com/liar@v1.0.0 (required by the target)",
      "module-unavailable example.com/gone/sub@v1.0.0 (required by the target)",
      "module-unavailable example.com/gone@v1.0.0 (required by the target)",
      "ambiguous-import ambiguous import",
    ]);
  });

  test("come with a copy to read from, and the language version of their module", async () => {
    const source = await found.packageSource("example.com/a/b/c");
    expect(source).toMatchObject({ kind: "found", goVersion: "1.22", module: { path: "example.com/a/b" } });
    const file = source.kind === "found" && source.copy.files.find(({ name }) => name === "c/c.go");
    expect(file && Buffer.from(await file.read()).toString()).toBe("package c\n");
  });
});

describe("modules", () => {
  test("are fetched once, whoever asks, and only if a package of theirs is asked for", async () => {
    const server = await loopbackServer(serveFiles(await proxyFiles(published)));
    const seen: string[] = [];
    const { packageSource } = await resolver(
      { "go.mod": REQUIRE },
      { goproxy: server.url, onProgress: ({ phase, done, total }) => seen.push(`${phase} ${done}/${total}`) },
    );
    const asked = ["example.com/a", "example.com/a/deep/er", "example.com/a", "example.com/both", "fmt"];
    await Promise.all(asked.map(packageSource));
    expect(server.requests.filter((request) => request.endsWith(".zip")).sort()).toEqual([
      "GET /example.com/a/@v/v1.0.0.zip",
      "GET /example.com/both/@v/v1.0.0.zip",
    ]);
    expect(seen.filter((line) => line.startsWith("fetch"))).toEqual(["fetch 1/2", "fetch 2/2"]);
  });

  test("are not fetched while the list is built", async () => {
    const server = await loopbackServer(serveFiles(await proxyFiles(published)));
    await resolver({ "go.mod": REQUIRE }, { goproxy: server.url });
    expect(server.requests.every((request) => request.endsWith(".mod"))).toBe(true);
  });

  test("are closed with the resolver, and the target is not", async () => {
    const { packageSource, close } = await resolver({ "go.mod": REQUIRE });
    const [own, other] = await Promise.all([
      packageSource("example.com/main"),
      packageSource("example.com/a"),
    ]);
    await close();
    const read = (source: typeof own) => (source.kind === "found" ? source.copy.files[0]?.read() : undefined);
    await expect(read(other)).rejects.toMatchObject({ code: "closed" });
    await expect(read(own)).resolves.toBeDefined();
    await expect(packageSource("example.com/both")).rejects.toMatchObject({ code: "closed" });
  });
});

describe("replacements", () => {
  const versions = `${GO_MOD}\nrequire example.com/old v1.0.0\n\nreplace example.com/old => example.com/fork v1.5.0\n`;

  test("by another version are fetched from there and keep their path", async () => {
    const found = await resolver({ "go.mod": versions });
    const source = await found.packageSource("example.com/old");
    expect(source).toMatchObject({
      module: { path: "example.com/old", replacedBy: { path: "example.com/fork", version: "v1.5.0" } },
      copy: { modulePath: "example.com/fork", version: "v1.5.0" },
    });
    expect(found.list.diagnostics).toEqual([]);
  });

  test("by a directory inside the target are read there", async () => {
    const found = await resolver({
      "go.mod": `${GO_MOD}\nrequire sibling v0.0.0\n\nreplace sibling => ./sub/sibling\n`,
      "sub/sibling/go.mod": "module anything\n\ngo 1.19\n\nrequire example.com/a v1.0.0\n",
      "sub/sibling/p/p.go": "package p\n",
    });
    expect(found.list).toMatchObject({
      modules: [
        { path: "example.com/main" },
        { path: "example.com/a", version: "v1.0.0" },
        { path: "sibling", replacedBy: { path: "./sub/sibling" }, goVersion: "1.19" },
      ],
      diagnostics: [],
    });
    expect(await sourceOf(found, "sibling/p")).toBe("sibling@v0.0.0 p");
    expect(await found.packageSource("sibling/p")).toMatchObject({ copy: { query: "./sub/sibling" } });
    expect(await sourceOf(found, "strings")).toBe("standard");
  });

  test("by a directory outside of it are read only if that is allowed", async () => {
    const outside = await writeFiles({ "go.mod": "module example.com/old\n", "o.go": "package o\n" });
    const goMod = `${GO_MOD}\nrequire example.com/old v1.0.0\n\nreplace example.com/old => ${outside}\n`;
    const held = await resolver({ "go.mod": goMod });
    expect(held.list.diagnostics).toMatchObject([
      { code: "replacement-outside", message: containing(outside) },
    ]);
    expect(await sourceOf(held, "example.com/old")).toMatch(/^unavailable: .*lies outside of the target/u);
    const allowed = await resolver({ "go.mod": goMod }, { allowOutside: true });
    expect(await sourceOf(allowed, "example.com/old")).toBe("example.com/old@v1.0.0 .");
    expect(allowed.list.diagnostics).toEqual([]);
  });

  test("by a link that leads out of the target are not read", async () => {
    const outside = await writeFiles({ "go.mod": "module example.com/old\n", "o.go": "package o\n" });
    const root = await writeFiles({
      "go.mod": `${GO_MOD}\nrequire example.com/old v1.0.0\n\nreplace example.com/old => ./link\n`,
    });
    await symlink(outside, join(root, "link"));
    const configuration = await testConfiguration();
    const target = await openModule(root, { configuration });
    expect(exceptUnchecked(await buildList(target, { configuration }))).toMatchObject({
      modules: [{}, { missing: containing("through a symbolic link") }],
      diagnostics: [{ code: "replacement-outside" }],
    });
  });

  test("do not count for a published module, and in its zip there is no directory to read", async () => {
    const goproxy = await fileProxy({
      ...published,
      "example.com/main@v1.0.0": { "go.mod": versions.replace("example.com/fork v1.5.0", "./x") },
    });
    const configuration = await testConfiguration({ goproxy });
    const target = await openModule("example.com/main@v1.0.0", { configuration });
    const plain = exceptUnchecked(await buildList(target, { configuration }));
    expect(plain).toMatchObject({ diagnostics: [{ message: containing("example.com/old@v1.0.0") }] });
    expect(plain.modules[1]).not.toHaveProperty("replacedBy");
    const asMain = exceptUnchecked(await buildList(target, { configuration, asMain: true }));
    expect(asMain).toMatchObject({
      diagnostics: [{ code: "replacement-outside", message: containing('"./x" is not part of the target') }],
    });
    await target.close();
  });
});

test("which paths are standard may be said from outside; then a module that holds one too is ambiguous", async () => {
  const files = {
    "go.mod": "module log\n\ngo 1.24\n",
    "slog/s.go": "package slog\n",
    "own/o.go": "package own\n",
  };
  const unsaid = await resolver(files);
  expect(await sourceOf(unsaid, "log/slog")).toBe("log slog");
  expect(await sourceOf(unsaid, "log/other")).toBe("standard");
  const said = await resolver(files, { isStandard: (path) => path === "log/slog" });
  expect(await sourceOf(said, "log/slog")).toMatch(
    /^ambiguous: .*in the standard library and log \("slog"\)/u,
  );
  expect(await sourceOf(said, "log/own")).toBe("log own");
  expect(await sourceOf(said, "log/other")).toMatch(/^no-such-package/u);
  expect(said.diagnostics()).toMatchObject([{ code: "ambiguous-import" }]);
});

test("downloads are kept like any other", async () => {
  const cacheDir = temporaryFolder();
  const configuration = await testConfiguration({ goproxy: await fileProxy(published), cacheDir });
  const target = await openModule(await writeFiles({ "go.mod": REQUIRE }), { configuration });
  const { packageSource, close } = packageResolver(
    target,
    exceptUnchecked(await buildList(target, { configuration })),
    {
      configuration,
    },
  );
  await packageSource("example.com/a");
  await close();
  expect((await readdir(join(cacheDir, "download/example.com/a/@v"))).sort()).toEqual([
    "v1.0.0.info",
    "v1.0.0.mod",
    "v1.0.0.zip",
    "v1.0.0.ziphash",
  ]);
});
