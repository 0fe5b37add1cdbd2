/**
 * Repositories with a module in each. Which hashes the Go command gives of them stands in `go-hashes.json`;
 * `node packages/modules/scripts/git-oracle.mjs` asks it again.
 */
import type { CommitSpec, FileSpec } from "../git-repository.ts";

/** A repository at `example.test/r.git` with one commit, and a version in it. */
export interface RebuildCase {
  readonly name: string;
  /** After the repository's path: `/sub`, `/v2`, or nothing. */
  readonly below: string;
  readonly version: string;
  readonly files: Readonly<Record<string, FileSpec>>;
  readonly format?: "sha256";
  readonly tag?: string;
}

/** The path of every case's repository. */
export const ROOT = "example.test/r.git";

/** The commit of a case, tagged as Go expects it. */
export function commitOf({ files, below, version, tag }: RebuildCase): CommitSpec {
  const directory = below.replace(/^\//u, "").replace(/\/?v[0-9]+$/u, "");
  const plain = version.replace("+incompatible", "");
  return { files, tags: [tag ?? (directory === "" ? plain : `${directory}/${plain}`)] };
}

const mod = (below = "", go = "1.20"): string => `module ${ROOT}${below}\n\ngo ${go}\n`;
const crlf = "one\r\ntwo\r\n";

export const cases: readonly RebuildCase[] = [
  {
    name: "root",
    below: "",
    version: "v1.0.0",
    files: { "go.mod": mod(), "a.go": "package a\n", LICENSE: "free\n", "d/run.sh": { run: "#!/bin/sh\n" } },
  },
  { name: "no go.mod", below: "", version: "v1.0.0", files: { "a.go": "package a\n" } },
  {
    name: "no go.mod, incompatible",
    below: "",
    version: "v2.1.0+incompatible",
    files: { "a.go": "package a\n" },
  },
  {
    name: "v2 at the root",
    below: "/v2",
    version: "v2.0.0",
    files: { "go.mod": mod("/v2"), "a.go": "package a\n" },
  },
  {
    name: "v2 in its directory",
    below: "/v2",
    version: "v2.0.0",
    files: {
      "go.mod": mod(),
      "a.go": "package a\n",
      LICENSE: "free\n",
      "v2/go.mod": mod("/v2"),
      "v2/a.go": "package a // two\n",
    },
  },
  {
    name: "directory with the root's LICENSE",
    below: "/sub/x",
    version: "v0.1.0",
    files: {
      "go.mod": mod(),
      LICENSE: "free\n",
      "sub/x/go.mod": mod("/sub/x"),
      "sub/x/a.go": "package x\n",
      "sub/y/b.go": "package y\n",
    },
  },
  {
    name: "directory with a LICENSE of its own",
    below: "/sub",
    version: "v0.1.0",
    files: {
      LICENSE: "free\n",
      "sub/LICENSE": "mine\n",
      "sub/go.mod": mod("/sub"),
      "sub/a.go": "package x\n",
    },
  },
  {
    name: "directory, the root's LICENSE is a link",
    below: "/sub",
    version: "v0.1.0",
    files: { LICENSE: { link: "COPYING" }, "sub/go.mod": mod("/sub"), "sub/a.go": "package x\n" },
  },
  {
    name: "directory, its LICENSE is a link",
    below: "/sub",
    version: "v0.1.0",
    files: {
      LICENSE: "free\n",
      "sub/LICENSE": { link: "../LICENSE" },
      "sub/go.mod": mod("/sub"),
      "sub/a.go": "package x\n",
    },
  },
  {
    name: "directory with v3 below",
    below: "/sub/v3",
    version: "v3.0.1",
    files: { "sub/v3/go.mod": mod("/sub/v3"), "sub/v3/a.go": "package x\n", "sub/go.mod": mod("/sub") },
  },
  {
    name: "nested modules",
    below: "",
    version: "v1.0.0",
    files: {
      "go.mod": mod(),
      "a.go": "package a\n",
      "n/go.mod": mod("/n"),
      "n/b.go": "package n\n",
      "n/deep/c.go": "package c\n",
      "U/GO.MOD": "x",
      "U/d.go": "package u\n",
      "l/go.mod": { link: "../go.mod" },
      "l/e.go": "package l\n",
    },
  },
  { name: "vendor before 1.24", below: "", version: "v1.0.0", files: vendored("1.23") },
  { name: "vendor since 1.24", below: "", version: "v1.0.0", files: vendored("1.24") },
  { name: "vendor, 1.24 release candidate", below: "", version: "v1.0.0", files: vendored("1.24rc1") },
  {
    name: "vendor without a version",
    below: "",
    version: "v1.0.0",
    files: { ...vendored("1.24"), "go.mod": `module ${ROOT}\n` },
  },
  {
    name: "links, submodules, mercurial",
    below: "",
    version: "v1.0.0",
    files: {
      "go.mod": mod(),
      "a.go": "package a\n",
      link: { link: "a.go" },
      out: { link: "/etc/passwd" },
      sub: { submodule: "1".repeat(40) },
      ".hg_archival.txt": "x",
      ".gitmodules": "[submodule]\n",
      "d/.hg_archival.txt": "y",
    },
  },
  {
    name: "attributes",
    below: "",
    version: "v1.0.0",
    files: {
      ".gitattributes":
        "*.ignored export-ignore\n*.subst export-subst\n*.id ident\n*.win eol=crlf\n*.txt text\n*.utf16 working-tree-encoding=UTF-16LE\n*.lfs filter=lfs diff=lfs -text\n*.bin binary\n",
      "go.mod": mod(),
      "a.ignored": "kept\n",
      "a.subst": "$Format:%H$\n",
      "a.id": "$Id$ and $Id: old $\n",
      "a.win": "one\ntwo\n",
      "b.win": crlf,
      "a.txt": crlf,
      "b.txt": "one\ntwo\n",
      "a.utf16": "text\n",
      "a.lfs":
        "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n",
      "a.bin": crlf,
      "d/.gitattributes": "*.bin -binary text eol=crlf\n*.subst -export-subst\n",
      "d/a.bin": "one\ntwo\n",
      "d/a.subst": "$Format:%h$\n",
    },
  },
  {
    name: "text=auto",
    below: "",
    version: "v1.0.0",
    files: {
      ".gitattributes": "* text=auto\n",
      "go.mod": mod(),
      "a.go": "package a\r\n",
      "b.go": "package a\n",
      "c.png": { base64: "iVBORw0KGgoAAA0KAA==" },
    },
  },
  {
    name: "attributes of the root for a directory",
    below: "/sub",
    version: "v0.1.0",
    files: { ".gitattributes": "*.win eol=crlf\n", "sub/go.mod": mod("/sub"), "sub/a.win": "one\ntwo\n" },
  },
  {
    name: "names that differ in case",
    below: "",
    version: "v1.0.0",
    files: { "go.mod": mod(), "a.go": "", "A.go": "" },
  },
  {
    name: "directory, its license differs in case from the root's",
    below: "/sub",
    version: "v0.1.0",
    files: { LICENSE: "free\n", "sub/license": "", "sub/go.mod": mod("/sub") },
  },
  {
    name: "GO.MOD at the root",
    below: "",
    version: "v1.0.0",
    files: { "GO.MOD": mod(), "a.go": "package a\n" },
  },
  {
    name: "a name that is no file name of Go",
    below: "",
    version: "v1.0.0",
    files: { "go.mod": mod(), "a:b.go": "package a\n" },
  },
  {
    name: "a name that is none, in a nested module",
    below: "",
    version: "v1.0.0",
    files: { "go.mod": mod(), "a.go": "package a\n", "n/go.mod": mod("/n"), "n/a:b.go": "package a\n" },
  },
  {
    name: "another major version declared",
    below: "",
    version: "v1.0.0",
    files: { "go.mod": mod("/v2"), "a.go": "package a\n" },
  },
  {
    name: "SHA-256",
    below: "",
    version: "v1.0.0",
    format: "sha256",
    files: { "go.mod": mod(), "a.go": "package a\n" },
  },
  {
    name: "letters outside ASCII",
    below: "",
    version: "v1.0.0",
    files: { "go.mod": mod(), "ä/ö.go": "package ö\n", "日本.txt": "x" },
  },
];

/** Names that the two vendor rules tell apart. */
function vendored(go: string): Readonly<Record<string, FileSpec>> {
  return {
    "go.mod": mod("", go),
    "a.go": "package a\n",
    "vendor/modules.txt": "# x\n",
    "vendor/x.go": "package vendor\n",
    "vendor/example.test/x/x.go": "package x\n",
    "pkg/vendor/vendor.go": "package vendor\n",
    "pkg/vendor/foo/foo.go": "package foo\n",
    "longer/path/vendor/y.go": "package y\n",
    "longer/path/vendor/z/z.go": "package z\n",
  };
}
