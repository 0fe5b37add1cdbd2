import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  type BuildListOptions,
  buildList,
  openModule,
  type Progress,
  type SourceLimits,
} from "../../src/index.ts";
import { fileProxy, proxyFiles } from "../file-proxy.ts";
import { loopbackServer, serveFiles } from "../loopback-server.ts";
import { temporaryFolder, testConfiguration, writeFiles } from "../temporary-folder.ts";
import { containing } from "../text-match.ts";
import { exceptUnchecked } from "../unchecked.ts";

const A = "example.com/A@v1.0.0";
const B = "example.com/b@v1.1.0";
const published = {
  [A]: { "go.mod": "module example.com/A\n\nrequire example.com/b v1.1.0\n" },
  [B]: { "go.mod": "module example.com/b\n\ngo 1.20\n" },
};
const GO_MOD = "module example.com/main\n\ngo 1.20\n\nrequire example.com/A v1.0.0\n";
const LIST = ["example.com/main ", "example.com/A v1.0.0", "example.com/b v1.1.0"];

interface Given {
  readonly flags?: Parameters<typeof testConfiguration>[0];
  readonly limits?: Partial<SourceLimits>;
  readonly options?: Partial<BuildListOptions>;
}

async function list(goMod: string, { flags, limits, options }: Given) {
  const configuration = await testConfiguration(flags, { limits: limits ?? {} });
  const target = await openModule(await writeFiles({ "go.mod": goMod }), { configuration });
  const { modules, diagnostics } = exceptUnchecked(await buildList(target, { configuration, ...options }));
  return { modules, diagnostics, lines: modules.map(({ path, version }) => `${path} ${version ?? ""}`) };
}

describe("go.mod files", () => {
  test("come from a server, a folder, or a cache, and are fetched once", async () => {
    const server = await loopbackServer(serveFiles(await proxyFiles(published)));
    const cacheDir = temporaryFolder();
    expect((await list(GO_MOD, { flags: { goproxy: server.url, cacheDir } })).lines).toEqual(LIST);
    expect(server.requests.sort()).toEqual([
      "GET /example.com/!a/@v/v1.0.0.mod",
      "GET /example.com/b/@v/v1.1.0.mod",
    ]);
    const again = await list(GO_MOD, { flags: { goproxy: "off", cacheDir } });
    expect(again).toMatchObject({ lines: LIST, diagnostics: [] });
    expect(await readdir(join(cacheDir, "download/example.com/b/@v"))).toEqual(["v1.1.0.mod"]);
    expect((await list(GO_MOD, { flags: { goproxy: await fileProxy(published) } })).lines).toEqual(LIST);
  });

  test("in Go's module cache are used, and nothing is written there", async () => {
    const files = Object.entries(await proxyFiles(published)).map(([name, content]) => [
      `cache/download/${name}`,
      content,
    ]);
    const gomodcache = await writeFiles(Object.fromEntries(files));
    const before = await readdir(gomodcache, { recursive: true });
    expect(await list(GO_MOD, { flags: { goproxy: "off", gomodcache } })).toMatchObject({
      lines: LIST,
      diagnostics: [],
    });
    expect(await readdir(gomodcache, { recursive: true })).toEqual(before);
  });

  test("that are damaged in a cache are fetched again", async () => {
    const cacheDir = temporaryFolder();
    const goproxy = await fileProxy(published);
    await list(GO_MOD, { flags: { goproxy, cacheDir } });
    await writeFile(join(cacheDir, "download/example.com/!a/@v/v1.0.0.mod"), "");
    expect(await list(GO_MOD, { flags: { goproxy, cacheDir } })).toMatchObject({
      lines: LIST,
      diagnostics: [],
    });
  });

  test("are fetched several at once, but no more than asked for, and progress is told", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `example.com/m${index}`);
    const files = await proxyFiles(
      Object.fromEntries(names.map((name) => [`${name}@v1.0.0`, { "go.mod": `module ${name}\ngo 1.20\n` }])),
    );
    let open = 0;
    let most = 0;
    const server = await loopbackServer((answer, request, attempt) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open--;
        serveFiles(files)(answer, request, attempt);
      }, 60);
    });
    const goMod = `module example.com/main\ngo 1.20\n${names.map((name) => `require ${name} v1.0.0\n`).join("")}`;
    const seen: Progress[] = [];
    const options = { atOnce: 3, onProgress: (progress: Progress) => seen.push(progress) };
    const { lines } = await list(goMod, { flags: { goproxy: server.url }, options });
    expect({ count: lines.length, most }).toEqual({ count: 21, most: 3 });
    expect(seen.at(-1)).toEqual({ phase: "resolve", done: 20, total: 20 });
    expect(seen.map(({ done }) => done)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });
});

describe("what cannot be had", () => {
  test("without any proxy the list is that of the target's go.mod, and says what it lacks", async () => {
    const { modules, diagnostics } = await list(GO_MOD, {});
    expect(modules).toMatchObject([
      { path: "example.com/main", goVersion: "1.20" },
      { path: "example.com/A", requirement: "direct", missing: containing("no module proxy is configured") },
    ]);
    expect(diagnostics).toMatchObject([
      { code: "module-unavailable", severity: "error", message: containing(`${A} (required by the target)`) },
    ]);
  });

  test("a server that does not answer is not waited for again and again", async () => {
    const server = await loopbackServer(() => undefined);
    const require = Array.from({ length: 40 }, (_, index) => `require example.com/m${index} v1.0.0\n`);
    const goMod = `module example.com/main\ngo 1.20\n${require.join("")}`;
    const options = { atOnce: 4 };
    const { modules, diagnostics } = await list(goMod, { flags: { goproxy: server.url }, options });
    expect(modules.filter(({ missing }) => missing !== undefined)).toHaveLength(40);
    expect(diagnostics).toHaveLength(40);
    expect(diagnostics.at(-1)?.message).toContain("earlier requests to this server had no answer");
    // The first of all at once, and those that took the place of the first two.
    expect(server.requests.length).toBeLessThanOrEqual(6);
  });

  test("a configuration that cannot be used is an error", async () => {
    await expect(list(GO_MOD, { flags: { goproxy: "ftp://x" } })).rejects.toMatchObject({
      code: "bad-configuration",
    });
  });

  test("an abort stops it", async () => {
    const stop = new AbortController();
    const server = await loopbackServer(() => stop.abort(new Error("stop")));
    const given = { flags: { goproxy: server.url }, options: { signal: stop.signal } };
    await expect(list(GO_MOD, given)).rejects.toThrow("stop");
  });

  test("nonsense from a server is told, and what can be read of it is used", async () => {
    const files = {
      ...(await proxyFiles(published)),
      "example.com/!a/@v/v1.0.0.mod": 'module example.com/A\n"\nrequire example.com/b v1.1.0\n',
    };
    const server = await loopbackServer(serveFiles(files));
    const { lines, diagnostics } = await list(GO_MOD, { flags: { goproxy: server.url } });
    expect(lines).toEqual(LIST);
    expect(diagnostics).toMatchObject([{ code: "go-mod-unusual", message: containing("line 2, column 1") }]);
  });

  test("names that could steer a terminal are escaped", async () => {
    const goMod = 'module example.com/main\ngo 1.20\nrequire "example.com/\\x1b[31m" v1.0.0\n';
    const { diagnostics } = await list(goMod, { flags: { goproxy: await fileProxy(published) } });
    expect(diagnostics).toMatchObject([{ code: "module-unavailable", message: containing("\\u{1b}") }]);
    expect(JSON.stringify(diagnostics)).not.toContain("\\u001b");
  });

  test("more failures than anybody reads are counted", async () => {
    const require = Array.from({ length: 60 }, (_, index) => `require example.com/m${index} v1.0.0\n`);
    const goMod = `module example.com/main\ngo 1.20\n${require.join("")}`;
    const { modules, diagnostics } = await list(goMod, { flags: { goproxy: await fileProxy({}) } });
    expect(modules).toHaveLength(61);
    expect(diagnostics).toHaveLength(51);
    expect(diagnostics.at(-1)?.message).toBe("10 more like this");
  });

  test("a graph without end is cut, and the list says so", async () => {
    const server = await loopbackServer((answer, request) => {
      const minor = Number(/v1\.(\d+)\.0\.mod$/u.exec(request.url ?? "")?.[1]);
      answer.end(`module example.com/x\nrequire example.com/x v1.${minor + 1}.0\n`);
    });
    const { lines, diagnostics } = await list(
      "module example.com/main\ngo 1.20\nrequire example.com/x v1.0.0\n",
      { flags: { goproxy: server.url }, limits: { graphModules: 30 } },
    );
    expect(lines).toEqual(["example.com/main ", "example.com/x v1.30.0"]);
    expect(diagnostics).toMatchObject([{ code: "build-list-cut", severity: "error" }]);
    expect(server.requests).toHaveLength(30);
  });
});

test("the list says how the target names a module", async () => {
  const goMod = `${GO_MOD}require example.com/b v1.1.0 // indirect\nrequire example.com/c branch\n`;
  const { modules, diagnostics } = await list(goMod, { flags: { goproxy: await fileProxy(published) } });
  expect(modules).toEqual([
    { path: "example.com/main", goVersion: "1.20" },
    { path: "example.com/A", version: "v1.0.0", requirement: "direct" },
    { path: "example.com/b", version: "v1.1.0", goVersion: "1.20", requirement: "indirect" },
  ]);
  expect(diagnostics).toMatchObject([
    { code: "requirement-unusable", message: containing('"example.com/c@branch", required in line 7') },
  ]);
});

test("a published module without go.mod requires nothing", async () => {
  const goproxy = await fileProxy({ "example.com/old@v1.0.0": { "old.go": "package old\n" } });
  const configuration = await testConfiguration({ goproxy });
  const target = await openModule("example.com/old@v1.0.0", { configuration });
  expect(exceptUnchecked(await buildList(target, { configuration }))).toEqual({
    origin: "requirements",
    modules: [{ path: "example.com/old" }],
    diagnostics: [],
  });
  await target.close();
});
