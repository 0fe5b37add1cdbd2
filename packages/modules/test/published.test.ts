import { execFile } from "node:child_process";
import { chmod, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { type ConfigurationFlags, openModule, type Progress } from "../src/index.ts";
import { fileProxy, proxyFiles } from "./file-proxy.ts";
import { loopbackServer, serveFiles } from "./loopback-server.ts";
import { temporaryFolder, testConfiguration, writeFiles } from "./temporary-folder.ts";
import { containing } from "./text-match.ts";
import { exceptUnchecked } from "./unchecked.ts";

const M = "example.com/Mod";
const V = `${M}@v1.0.0`;
const published = { [V]: { "go.mod": `module ${M}\n`, "a.go": "package a\n" } };
const good = await fileProxy(published);
const empty = pathToFileURL(temporaryFolder()).href;
const ZIP = "example.com/!mod/@v/v1.0.0.zip";

async function open(flags: ConfigurationFlags, target = V, env: NodeJS.ProcessEnv = {}) {
  const copy = await openModule(target, { configuration: await testConfiguration(flags, { env }) });
  await copy.close();
  return exceptUnchecked(copy);
}

async function failure(flags: ConfigurationFlags, target = V) {
  return open(flags, target).catch((error: unknown) => error);
}

describe("GOPROXY lists", () => {
  test("a comma passes on only what is not found, a bar any error", async () => {
    const broken = await loopbackServer((answer) => answer.writeHead(403).end("no"));
    const absent = await loopbackServer((answer) => answer.writeHead(410).end());
    expect(await open({ goproxy: `${absent.url},${empty},${good}` })).toMatchObject({ source: "proxy" });
    expect(await open({ goproxy: `${broken.url}|${good}` })).toMatchObject({ source: "proxy" });
    expect(await failure({ goproxy: `${broken.url},${good}` })).toMatchObject({ code: "refused" });
    // The refusal is more telling than what came after it.
    expect(await failure({ goproxy: `${broken.url}|${empty}` })).toMatchObject({ code: "refused" });
  });

  test("off ends the list", async () => {
    expect(await failure({ goproxy: "off" })).toMatchObject({
      code: "proxy-off",
      hint: containing("GOPROXY"),
    });
    expect(await failure({ goproxy: `${empty},off,${good}` })).toMatchObject({
      code: "not-found",
      hint: containing("off"),
    });
  });

  test("with nothing configured the error says what to set, and names no host", async () => {
    const error = await failure({});
    expect(error).toMatchObject({ code: "no-proxy", hint: containing("Set GOPROXY") });
    expect(JSON.stringify([String(error), error])).not.toMatch(/https?:\/\//u);
  });

  test("no proxy is asked for private modules", async () => {
    const server = await loopbackServer(serveFiles({}));
    const env = { GOVCS: "private:off" };
    const target = open({ goproxy: server.url, goprivate: "example.com" }, V, env);
    await expect(target).rejects.toMatchObject({ code: "bad-configuration", message: containing("GOVCS") });
    expect(server.requests).toEqual([]);
    expect(await failure({ goproxy: "off", goprivate: "example.com" })).toMatchObject({ code: "proxy-off" });
    expect(await open({ goproxy: good, goprivate: "example.com", gonoproxy: "none" })).toMatchObject({
      source: "proxy",
    });
  });
});

describe("caches", () => {
  test("the module cache needs no network and is not written", async () => {
    const cache = await writeFiles({});
    const files = Object.entries(await proxyFiles(published)).map(([name, content]) => [
      `cache/download/${name}`,
      content,
    ]);
    await writeFiles(Object.fromEntries(files), cache);
    const { h1 } = await open({ goproxy: good });
    await writeFile(join(cache, "cache/download", `${ZIP}hash`), h1);
    const before = await readdir(cache, { recursive: true });
    const copy = await open({ goproxy: "off", gomodcache: cache });
    expect(copy).toMatchObject({ source: "module-cache", h1, diagnostics: [], info: { version: "v1.0.0" } });
    expect(await readdir(cache, { recursive: true })).toEqual(before);
  });

  test("a module cache whose bytes do not fit their hash is noted and not used", async () => {
    const cache = await writeFiles({});
    const files = await proxyFiles({ [V]: { "a.go": "package evil\n" } });
    await writeFiles(
      { [`cache/download/${ZIP}`]: files[ZIP] ?? "", [`cache/download/${ZIP}hash`]: "h1:other=" },
      cache,
    );
    const copy = await open({ goproxy: good, gomodcache: cache });
    expect(copy).toMatchObject({
      source: "proxy",
      diagnostics: [{ code: "module-cache-mismatch", severity: "warning" }],
    });
    const error = await failure({ goproxy: "off", gomodcache: cache });
    expect(error).toMatchObject({ code: "proxy-off", diagnostics: [{ code: "module-cache-mismatch" }] });
    await writeFile(join(cache, "cache/download", ZIP), "PK");
    expect((await open({ goproxy: good, gomodcache: cache })).diagnostics).toMatchObject([
      { code: "module-cache-unusable" },
    ]);
  });

  test("a download is kept, and used without network", async () => {
    const cacheDir = temporaryFolder();
    const first = await open({ goproxy: good, cacheDir });
    const second = await open({ goproxy: "off", cacheDir });
    expect([first.source, second.source, second.h1]).toEqual(["proxy", "cache", first.h1]);
    expect(second.info).toEqual(first.info);
    const found = await open({ goproxy: good, cacheDir }, `${M}@latest`);
    expect(found).toMatchObject({ source: "cache", query: `${M}@latest`, version: "v1.0.0" });
    // The cache is itself laid out as a module proxy.
    expect(await open({ goproxy: pathToFileURL(join(cacheDir, "download")).href })).toMatchObject({
      h1: first.h1,
    });
  });

  test("a damaged download is noted and fetched again", async () => {
    const cacheDir = temporaryFolder();
    const { h1 } = await open({ goproxy: good, cacheDir });
    const zip = join(cacheDir, "download", ZIP);
    const bytes = await readFile(zip);
    for (const damage of [
      bytes.subarray(0, 50),
      (await proxyFiles({ [V]: { "a.go": "package x\n" } }))[ZIP] ?? "",
    ]) {
      await writeFile(zip, damage);
      const copy = await open({ goproxy: good, cacheDir });
      expect(copy).toMatchObject({ source: "proxy", h1, diagnostics: [{ severity: "warning" }] });
      expect(await open({ goproxy: "off", cacheDir })).toMatchObject({
        source: "cache",
        h1,
        diagnostics: [],
      });
    }
  });

  test("a refused zip leaves nothing behind", async () => {
    const cacheDir = temporaryFolder();
    const files = await proxyFiles(published);
    const server = await loopbackServer(serveFiles({ ...files, [ZIP]: (files[ZIP] ?? "").slice(0, 100) }));
    expect(await failure({ goproxy: server.url, cacheDir })).toMatchObject({ code: "bad-zip" });
    expect(await readdir(join(cacheDir, "download/example.com/!mod/@v"))).toEqual([]);
  });

  test("a zip of another version is refused", async () => {
    const files = await proxyFiles({ [`${M}@v1.0.1`]: { "a.go": "package a\n" } });
    const other = files["example.com/!mod/@v/v1.0.1.zip"] ?? "";
    const server = await loopbackServer(serveFiles({ ...(await proxyFiles(published)), [ZIP]: other }));
    expect(await failure({ goproxy: server.url })).toMatchObject({
      message: containing("breaks the rule prefix"),
    });
  });

  test("a cache folder that cannot be written is an error that says so", async () => {
    const folder = await writeFiles({ file: "x" });
    await chmod(join(folder, "file"), 0o444);
    expect(await failure({ goproxy: good, cacheDir: join(folder, "file") })).toMatchObject({
      code: "cache-unwritable",
      hint: containing("--cache-dir"),
    });
  });

  test("processes that store the same version at once all get it", async () => {
    const cacheDir = temporaryFolder();
    const server = await loopbackServer(serveFiles(await proxyFiles(published)));
    const script = join(temporaryFolder(), "open.mjs");
    const entry = fileURLToPath(new URL("../src/index.ts", import.meta.url));
    const contents = `
      import { loadConfiguration, openModule } from ${JSON.stringify(entry)};
      const configuration = await loadConfiguration({ env: process.env, flags: { cacheDir: process.argv[2] } });
      for (let i = 0; i < 3; i++) {
        const copy = await openModule(${JSON.stringify(V)}, { configuration });
        console.log(copy.h1, copy.diagnostics.map(({ code }) => code).join());
        await copy.close();
      }`;
    const banner = {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    };
    await build({
      stdin: { contents, resolveDir: join(entry, "..") },
      outfile: script,
      bundle: true,
      platform: "node",
      format: "esm",
      banner,
    });
    const env = { HOME: temporaryFolder(), PATH: "", GOPROXY: server.url };
    const runs = Array.from({ length: 4 }, () =>
      promisify(execFile)(process.execPath, [script, cacheDir], { env }),
    );
    const lines = (await Promise.all(runs)).flatMap(({ stdout }) => stdout.trim().split("\n"));
    expect(lines).toHaveLength(12);
    expect(new Set(lines)).toEqual(new Set([`${(await open({ goproxy: good })).h1} checksum-off`]));
    const left = await readdir(join(cacheDir, "download/example.com/!mod/@v"));
    expect(left.sort()).toEqual(["v1.0.0.info", "v1.0.0.zip", "v1.0.0.ziphash"]);
  });
});

test("a go.mod that declares another path is noted", async () => {
  const goproxy = await fileProxy({ "example.com/fork@v1.0.0": { "go.mod": "module example.com/origin\n" } });
  expect((await open({ goproxy }, "example.com/fork@v1.0.0")).diagnostics).toMatchObject([
    { code: "module-path-mismatch", severity: "warning", file: "go.mod", line: 1 },
  ]);
});

test("progress is told in phases", async () => {
  const seen: Progress[] = [];
  const configuration = await testConfiguration({ goproxy: good });
  const copy = await openModule(`${M}@latest`, {
    configuration,
    onProgress: (progress) => seen.push(progress),
  });
  await copy.close();
  expect([...new Set(seen.map(({ phase }) => phase))]).toEqual(["resolve", "download", "hash"]);
  expect(seen.at(-1)).toEqual({ phase: "hash", done: 2, total: 2 });
});

describe("targets", () => {
  test("an existing path wins over path@version; ./ forces a path", async () => {
    const folder = await writeFiles({ "x@v1/go.mod": "module example.com/x\n" });
    expect((await open({}, join(folder, "x@v1"))).source).toBe("directory");
    expect(await failure({}, "./example.com/none@v1.0.0")).toMatchObject({ code: "no-such-file" });
  });

  test("a path that does not exist says what to write", async () => {
    expect(await failure({}, "/no/such/place")).toMatchObject({
      code: "no-such-file",
      message: 'no such file or directory: "/no/such/place"',
      hint: containing("path@version"),
    });
    expect(await failure({}, "example.com/some/module")).toMatchObject({
      hint: "For a published module write example.com/some/module@latest or example.com/some/module@v1.2.3.",
    });
    expect(await failure({}, "")).toMatchObject({ code: "bad-target" });
    expect(await failure({}, "a\0b")).toMatchObject({ code: "bad-target" });
    expect(await failure({}, "/dev/null")).toMatchObject({ code: "unreadable" });
  });
});
