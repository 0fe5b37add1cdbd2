import { execFileSync } from "node:child_process";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { h1Hash, openModule, type SourceLimits } from "../src/index.ts";
import { temporaryFolder, testConfiguration, writeFiles } from "./temporary-folder.ts";
import { containing } from "./text-match.ts";

async function open(directory: string, limits: Partial<SourceLimits> = {}) {
  return openModule(directory, { configuration: await testConfiguration({}, { limits }) });
}

test("holds the module's files, vendor and testdata included; the rest is left out and noted", async () => {
  const root = await writeFiles({
    "go.mod": "module example.com/m\n\ngo 1.22\n",
    "a.go": "package m\n",
    "vendor/x.test/y/y.go": "package y\n",
    "vendor/x.test/y/go.mod": "module x.test/y\n",
    "testdata/t.txt": "t",
    "nested/go.mod": "module example.com/m/nested\n",
    "nested/n.go": "package nested\n",
    "sub/.git/config": "x",
    ".hg/store": "x",
    "not-nested/go.mod/file.go": "package f\n",
    "a:b.txt": "x",
  });
  await symlink("/etc/passwd", join(root, "passwd"));
  await symlink("..", join(root, "loop"));
  execFileSync("mkfifo", [join(root, "pipe")]);
  const copy = await open(root);
  expect(copy.files.map(({ name }) => name)).toEqual([
    "a.go",
    "a:b.txt",
    "go.mod",
    "not-nested/go.mod/file.go",
    "testdata/t.txt",
    "vendor/x.test/y/go.mod",
    "vendor/x.test/y/y.go",
  ]);
  expect(copy.diagnostics.map(({ code, file }) => `${code} ${file}`).sort()).toEqual([
    "nested-module nested",
    "not-a-file pipe",
    "symlink loop",
    "symlink passwd",
    "unpublishable-name a:b.txt",
    "version-control .hg",
    "version-control sub/.git",
  ]);
  expect(copy).toMatchObject({ source: "directory", modulePath: "example.com/m", query: root });
  expect(copy).not.toHaveProperty("version");
  expect(copy.h1).toBe(
    h1Hash(copy.files.map(({ name, sha256 }) => ({ name: `example.com/m/${name}`, sha256 }))),
  );
  expect(Buffer.from((await copy.files[0]?.read()) ?? []).toString()).toBe("package m\n");
});

test("h1 is that of Go's dirhash with the module path as prefix", async () => {
  const root = await writeFiles({ "go.mod": "module example.com/m\n", "a/b.go": "package a\n" });
  // From golang.org/x/mod/sumdb/dirhash.HashDir(root, "example.com/m", Hash1).
  expect((await open(root)).h1).toBe("h1:5yyB+oUWwesEz8NyWX0LxljqS5zEdou91wSazT/7AZM=");
});

test("without go.mod the directory's name stands for the module path", async () => {
  const root = await writeFiles({ "main.go": "package main\n" });
  const copy = await open(root);
  expect(copy.modulePath).toBe(basename(root));
  expect(copy.diagnostics.map(({ code }) => code)).toEqual(["no-module-path"]);
});

test("a go.mod with nonsense gives diagnostics with places, and a copy", async () => {
  const root = await writeFiles({ "go.mod": 'module example.com/m\nnonsense "\n)\n', "m.go": "package m\n" });
  const copy = await open(root);
  expect(copy.modulePath).toBe("example.com/m");
  expect(copy.diagnostics.map(({ line, column, code }) => [line, column, code])).toEqual([
    [2, 10, "go-mod-syntax"],
    [3, 1, "go-mod-syntax"],
  ]);
});

test("a file that changes after opening is not handed out", async () => {
  const root = await writeFiles({ "go.mod": "module example.com/m\n", "a.go": "package a\n" });
  const copy = await open(root);
  const file = copy.files.find(({ name }) => name === "a.go");
  for (const content of ["package b\n", "package a // longer\n"]) {
    await writeFile(join(root, "a.go"), content);
    await expect(file?.read()).rejects.toMatchObject({ code: "changed" });
  }
});

test("directories that cannot be a module copy are refused with what to do", async () => {
  const empty = temporaryFolder();
  await expect(open(empty)).rejects.toMatchObject({ code: "empty", hint: containing("go.mod") });
  const loop = join(temporaryFolder(), "loop");
  await symlink(loop, loop);
  await expect(open(loop)).rejects.toMatchObject({
    code: "unreadable",
    hint: containing("loop"),
  });
  await expect(open(join(empty, "none"))).rejects.toMatchObject({ code: "no-such-file" });
});

test("entries, depth and bytes are bounded", async () => {
  const root = await writeFiles({
    "a.go": "package a\n",
    "b.go": "package a\n",
    "d/e/f/g.go": "package g\n",
  });
  await expect(open(root, { entries: 2 })).rejects.toMatchObject({ code: "too-many-files" });
  await expect(open(root, { directoryDepth: 2 })).rejects.toMatchObject({ code: "too-many-files" });
  await expect(open(root, { directoryBytes: 15 })).rejects.toMatchObject({ code: "too-large" });
});

test("diagnostics of one kind are bounded", async () => {
  const root = await writeFiles({ "go.mod": "module example.com/m\n" });
  await mkdir(join(root, "links"));
  for (let i = 0; i < 60; i++) await symlink("x", join(root, "links", `l${i}`));
  const { diagnostics } = await open(root);
  expect(diagnostics).toHaveLength(51);
  expect(diagnostics.at(-1)?.message).toBe("10 more like this");
});

test("a name that is not UTF-8 is an error diagnostic", async () => {
  const root = await writeFiles({ "go.mod": "module example.com/m\n" });
  await writeFile(
    Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xff, 0x2e, 0x67, 0x6f])]),
    "package x\n",
  );
  const { diagnostics } = await open(root);
  expect(diagnostics).toMatchObject([{ code: "unreadable-name", severity: "error" }]);
});
