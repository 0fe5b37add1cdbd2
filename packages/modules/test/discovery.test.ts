/** From module paths to repositories, by rules and by pages that may say anything. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { discoverRepository } from "../src/discovery/discover.ts";
import { parseGoImports } from "../src/discovery/go-import.ts";
import { locateRepository } from "../src/discovery/locate.ts";
import { httpGet } from "../src/http.ts";
import { gitRepository } from "./git-repository.ts";
import { loopbackServer } from "./loopback-server.ts";
import { temporaryFolder, testConfiguration } from "./temporary-folder.ts";
import { containing } from "./text-match.ts";

const noPage = () => Promise.reject(new Error("no page is needed"));
const pages = (all: Record<string, string>) => async (url: URL) => all[`${url.host}${url.pathname}`] ?? "";
const meta = (content: string) => `<html><head><meta name="go-import" content="${content}"></head></html>`;

describe("paths that name their repository", () => {
  test.each([
    ["github.com/o/r", "https://github.com/o/r", "github.com/o/r"],
    ["github.com/o/r/sub/v2", "https://github.com/o/r", "github.com/o/r"],
    ["bitbucket.org/o/r/x", "https://bitbucket.org/o/r", "bitbucket.org/o/r"],
    ["example.com/a/b.git/c", "https://example.com/a/b", "example.com/a/b.git"],
    ["example.com/b.git", "https://example.com/b", "example.com/b.git"],
  ])("%s", async (path, url, root) => {
    expect(await discoverRepository(path, noPage)).toEqual({
      url,
      root,
      subdirectory: "",
      by: "static-host",
    });
  });

  test.each([
    ["github.com/o", "names an owner and a repository"],
    ["example.com/a.hg/b", "one of hg"],
    ["example.com/a.svn", "one of svn"],
  ])("%s is none", async (path, why) => {
    await expect(discoverRepository(path, noPage)).rejects.toMatchObject({
      code: "bad-repository",
      message: containing(why),
    });
  });
});

describe("pages", () => {
  const find = (path: string, all: Record<string, string>) => discoverRepository(path, pages(all));

  test("name the repository, and perhaps a directory in it", async () => {
    const page = meta("example.com/m git https://host.example/r sub/dir");
    const found = {
      url: "https://host.example/r",
      root: "example.com/m",
      subdirectory: "sub/dir",
      by: "go-import",
    };
    expect(await find("example.com/m", { "example.com/m": page })).toEqual(found);
    expect(await find("example.com/m/x", { "example.com/m/x": page, "example.com/m": page })).toEqual(found);
  });

  test.each([
    [
      "of a part must say the same as that of the whole",
      {
        "example.com/m/x": meta("example.com/m git https://evil.example/r"),
        "example.com/m": meta("example.com/m git https://host.example/r"),
      },
      "different repositories",
    ],
    ["without a tag", { "example.com/m/x": "<html></html>" }, "no go-import tag"],
    [
      "for another path",
      { "example.com/m/x": meta("example.com/other git https://host.example/r") },
      "no go-import tag",
    ],
    [
      "with two tags that fit",
      {
        "example.com/m/x": `${meta("example.com/m git https://a.example/r").replace("</head></html>", "")}${meta("example.com/m git https://b.example/r")}`,
      },
      "more than one",
    ],
    [
      "of another system",
      { "example.com/m/x": meta("example.com/m/x hg https://host.example/r") },
      'one of "hg"',
    ],
    [
      "that lead out of the repository",
      { "example.com/m/x": meta("example.com/m/x git https://host.example/r ../../etc") },
      "names the directory",
    ],
    [
      "that name a proxy alone",
      { "example.com/m/x": meta("example.com/m/x mod https://host.example/r") },
      "no go-import tag",
    ],
  ])("%s are refused", async (_, all, why) => {
    await expect(find("example.com/m/x", all)).rejects.toMatchObject({
      code: "bad-repository",
      message: containing(why),
    });
  });

  test("are read as leniently as Go reads them, up to the end of the head", () => {
    const page = `<!DOCTYPE html><!-- <meta name="go-import" content="no git no"> --><HEAD><META content='a.b/c git https://x/y' NAME=go-import />
      <meta charset=utf-8><link rel=x><meta name="go-source" content="a b c"></HEAD><meta name="go-import" content="late git late">`;
    expect(parseGoImports(page)).toEqual([
      { prefix: "a.b/c", vcs: "git", url: "https://x/y", subdirectory: "" },
    ]);
    expect(parseGoImports('<body><meta name="go-import" content="a git b">')).toEqual([]);
    expect(parseGoImports('<meta name="go-import" content="unclosed git x')).toEqual([]);
  });

  test("of any kind are read in linear time, and never fail", () => {
    const piece = fc.constantFrom(
      "<",
      "<meta ",
      "name=",
      '"',
      "'",
      "go-import",
      " content=",
      ">",
      "<!--",
      "-->",
      "</head>",
      "a git b",
      "\0",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        expect(Array.isArray(parseGoImports(pieces.join("")))).toBe(true);
      }),
    );
    expect(parseGoImports("<meta ".repeat(150_000))).toEqual([]);
    expect(parseGoImports("<".repeat(1_000_000))).toEqual([]);
  });
});

describe("what a server names", () => {
  test("is asked on the public network alone, by name or by address", async () => {
    const secret = await loopbackServer((answer) => answer.end("secret"));
    const configuration = await testConfiguration({});
    for (const url of [secret.url, secret.url.replace("127.0.0.1", "localhost")]) {
      const request = { url: new URL(url), configuration, limit: 100 };
      const collected = httpGet({ ...request, publicOnly: true }, async () => "read");
      await expect(collected).rejects.toMatchObject({ code: "private-address" });
      expect(await httpGet(request, async () => "read")).toBe("read");
    }
    expect(secret.requests).toHaveLength(2);
  });
});

describe("settings", () => {
  const outside = (env: NodeJS.ProcessEnv) =>
    testConfiguration({ goproxy: "direct" }, { env: { GOROOT: temporaryFolder(), ...env } });

  test.each([
    ["public:off", {}, false],
    ["public:hg", {}, false],
    ["public:hg|git", {}, true],
    ["github.com/o:off,*:all", {}, false],
    ["github.com/other:off,*:all", {}, true],
    ["private:off", {}, true],
    ["private:off", { GOPRIVATE: "github.com/o" }, false],
  ])("GOVCS=%s %o", async (GOVCS, env, mayUse) => {
    const located = locateRepository("github.com/o/r", await outside({ GOVCS, ...env }), noPage);
    if (mayUse) expect(await located).toMatchObject({ root: "github.com/o/r" });
    else await expect(located).rejects.toMatchObject({ code: "bad-configuration" });
  });

  test("the longest import path that the user names counts", async () => {
    const { folder } = gitRepository(temporaryFolder(), [{ files: { x: "" } }]);
    const repositories = ["example.com/m=/nowhere", `example.com/m/sub=${folder}`];
    const configuration = await testConfiguration({ repositories });
    expect(await locateRepository("example.com/m/sub/x", configuration, noPage)).toMatchObject({
      root: "example.com/m/sub",
      by: "flag",
    });
    await expect(locateRepository("example.com/m/x", configuration, noPage)).rejects.toMatchObject({
      code: "no-such-file",
    });
    await expect(testConfiguration({ repositories: ["nothing"] })).rejects.toMatchObject({
      code: "bad-configuration",
    });
  });
});
