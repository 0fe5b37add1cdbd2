import { access, chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadConfiguration, parseProxyList } from "../src/index.ts";
import { parseNetrc } from "../src/netrc.ts";
import { temporaryFolder, writeFiles } from "./temporary-folder.ts";

test("flag, environment, Go env file and go.env of GOROOT are asked in this order", async () => {
  const home = await writeFiles({
    ".config/go/env": "# comment\nGOPROXY=https://user.test\nGOMODCACHE=/user/cache\nGOPRIVATE=user.test\n",
    "goroot/go.env": "GOPROXY=https://release.test,direct\nGOSUMDB=x\n",
  });
  const env = { HOME: home, GOROOT: join(home, "goroot") };
  const load = async (flags: object, more: object) =>
    (await loadConfiguration({ flags, env: { ...env, ...more } })).goproxy;
  expect(await load({ goproxy: "https://flag.test" }, { GOPROXY: "https://env.test" })).toEqual({
    value: "https://flag.test",
    from: "flag --goproxy",
  });
  expect((await load({ goproxy: "" }, { GOPROXY: "https://env.test" }))?.value).toBe("https://env.test");
  expect((await load({}, { GOPROXY: "" }))?.value).toBe("https://user.test");
  expect((await load({}, { GOENV: "off" }))?.value).toBe("https://release.test,direct");
  expect(await load({}, { GOENV: "off", GOROOT: "/nowhere" })).toBeUndefined();
  const { moduleCache, gonoproxy, cacheDir } = await loadConfiguration({ env });
  expect({ moduleCache, gonoproxy: gonoproxy?.value, cacheDir }).toEqual({
    moduleCache: "/user/cache",
    gonoproxy: "user.test",
    cacheDir: join(home, ".cache/capdiff"),
  });
});

test("GOROOT is found behind a link on PATH, and go is not run", async () => {
  const home = await writeFiles({
    "go/bin/go": '#!/bin/sh\ntouch "$0.ran"\n',
    "go/go.env": "GOPROXY=https://release.test\n",
  });
  await chmod(join(home, "go/bin/go"), 0o755);
  await mkdir(join(home, "bin"));
  await symlink(join(home, "go/bin/go"), join(home, "bin/go"));
  const { goproxy } = await loadConfiguration({ env: { HOME: home, PATH: `/nowhere:${join(home, "bin")}` } });
  expect(goproxy?.value).toBe("https://release.test");
  await expect(access(join(home, "go/bin/go.ran"))).rejects.toThrow("ENOENT");
});

test("the module cache is GOMODCACHE, else below the first GOPATH, else below home", async () => {
  const cache = async (env: NodeJS.ProcessEnv) =>
    (await loadConfiguration({ env: { HOME: "/home/me", ...env } })).moduleCache;
  expect(await cache({ GOMODCACHE: "/cache" })).toBe("/cache");
  expect(await cache({ GOPATH: "/one:/two" })).toBe("/one/pkg/mod");
  expect(await cache({})).toBe("/home/me/go/pkg/mod");
  const relative = await loadConfiguration({ env: { HOME: "/home/me", GOMODCACHE: "cache" } });
  expect(relative.moduleCache).toBeUndefined();
  expect(relative.diagnostics.map(({ code }) => code)).toEqual(["relative-module-cache"]);
});

test("GONOPROXY replaces GOPRIVATE, flags replace both", async () => {
  const patterns = async (flags: object, env: object) =>
    (await loadConfiguration({ flags, env: { HOME: "/h", ...env } })).gonoproxy?.value;
  expect(await patterns({}, { GOPRIVATE: "a", GONOPROXY: "b" })).toBe("b");
  expect(await patterns({}, { GOPRIVATE: "a" })).toBe("a");
  expect(await patterns({ goprivate: "c" }, { GONOPROXY: "b" })).toBe("c");
  expect(await patterns({ gonoproxy: "d", goprivate: "c" }, {})).toBe("d");
});

test("a GOPROXY list is read as Go reads it", () => {
  const show = (list: string) =>
    parseProxyList(list).map((entry) =>
      entry.kind === "url" ? `${entry.url.href}${entry.fallBackOnError ? "|" : ","}` : entry.kind,
    );
  expect(show("proxy.test/go , http://127.0.0.1:80|file:///p,direct")).toEqual([
    "https://proxy.test/go,",
    "http://127.0.0.1/|",
    "file:///p,",
    "direct",
  ]);
  expect(show("off,https://never.test")).toEqual(["off"]);
  expect(show("direct,https://later.test")).toEqual(["direct", "https://later.test/,"]);
  for (const bad of [
    ",",
    " ",
    "word",
    "ftp://a.test",
    "/a/path",
    "file://host/p",
    "https://a.test/?x=1",
    "https://",
  ]) {
    expect(() => parseProxyList(bad), bad).toThrow(expect.objectContaining({ code: "bad-configuration" }));
  }
  expect(() => parseProxyList("ftp://me:secret@a.test")).not.toThrow(/secret/u);
});

test("netrc is read as Go reads it", () => {
  const text = [
    "# not a comment, but harmless",
    "machine a.test login me password one",
    "machine b.test",
    "login you",
    "password two",
    "machine no-password.test login x",
    "macdef init",
    "machine macro.test login m password m",
    "",
    "default login anyone password three",
    "machine after.test login z password z",
  ].join("\n");
  expect(parseNetrc(text)).toEqual([
    { machine: "a.test", login: "me", password: "one" },
    { machine: "b.test", login: "you", password: "two" },
  ]);
});

test("a netrc file that NETRC names must be there; another need not", async () => {
  const folder = temporaryFolder();
  await expect(
    loadConfiguration({ env: { HOME: folder, NETRC: join(folder, "none") } }),
  ).rejects.toMatchObject({
    code: "bad-configuration",
  });
  await writeFile(join(folder, ".netrc"), "machine a.test login me password one");
  expect((await loadConfiguration({ env: { HOME: folder } })).netrc).toHaveLength(1);
});
