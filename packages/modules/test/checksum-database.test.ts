/** The checksum database: what it vouches for is used, whatever contradicts it is not. */
import { generateKeyPairSync } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { askDatabase, buildList, type Configuration, openModule } from "../src/index.ts";
import { proxyFiles } from "./file-proxy.ts";
import { type LocalDatabase, localDatabase, throughProxy } from "./local-database.ts";
import { loopbackServer, serveFiles } from "./loopback-server.ts";
import { temporaryFolder, testConfiguration, writeFiles } from "./temporary-folder.ts";
import { containing } from "./text-match.ts";

const V = "example.com/m@v1.0.0";
const published = await proxyFiles({ [V]: { "go.mod": "module example.com/m\n", "a.go": "package a\n" } });
const H1 = await realHash();

async function realHash(): Promise<string> {
  const { url } = await loopbackServer(serveFiles(published));
  const copy = await openModule(V, { configuration: await testConfiguration({ goproxy: url }) });
  await copy.close();
  return copy.h1;
}

/** A database with 600 records, so that it has whole tiles, tiles at the edge and two levels. */
function filled(pair = generateKeyPairSync("ed25519"), salt = ""): LocalDatabase {
  const database = localDatabase(undefined, pair);
  for (let n = 0; n < 300; n++) database.add(`example.com/x${n}@v1.0.0`, { zip: `h1:${salt}${n}=` });
  database.add(V, { zip: H1 });
  for (let n = 300; n < 599; n++) database.add(`example.com/x${n}@v1.0.0`, { zip: `h1:${salt}${n}=` });
  return database;
}

const pair = generateKeyPairSync("ed25519");
const honest = filled(pair);

interface Setup {
  readonly files?: Record<string, string | Uint8Array>;
  readonly gosumdb?: string;
  readonly cacheDir?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly skip?: boolean;
}

async function setUp({ files = throughProxy(honest), env = {}, ...more }: Setup = {}) {
  const server = await loopbackServer(serveFiles({ ...published, ...files }));
  const { gosumdb = honest.verifierKey, cacheDir = temporaryFolder(), skip = false } = more;
  const configuration = await testConfiguration(
    { goproxy: server.url, cacheDir, gosumdb, insecureSkipSumdb: skip },
    { env },
  );
  return { server, configuration, cacheDir };
}

async function open(configuration: Configuration, target = V) {
  const copy = await openModule(target, { configuration });
  await copy.close();
  return copy;
}

function ask(configuration: Configuration, h1 = H1, module = V) {
  const [path = "", version = ""] = module.split("@");
  return askDatabase({ path, version, of: "module", h1 }, configuration);
}

describe("a download", () => {
  test("that the database has is used, without a word", async () => {
    const { configuration } = await setUp();
    expect(await open(configuration)).toMatchObject({ source: "proxy", h1: H1, diagnostics: [] });
  });

  test("that the database has otherwise is an error, and nothing of it is kept", async () => {
    const liar = localDatabase(undefined, pair);
    liar.add(V, { zip: "h1:other=" });
    const { configuration, cacheDir } = await setUp({ files: throughProxy(liar) });
    await expect(open(configuration)).rejects.toMatchObject({
      code: "checksum-mismatch",
      message: containing("the checksum database has h1:other="),
    });
    expect((await readdir(cacheDir, { recursive: true })).filter((name) => name.endsWith(".zip"))).toEqual(
      [],
    );
  });

  test("that the database does not know is an error, unless one asks to go without", async () => {
    const other = localDatabase(undefined, pair);
    other.add("example.com/other@v1.0.0", { zip: H1 });
    const refused = await setUp({ files: throughProxy(other) });
    await expect(open(refused.configuration)).rejects.toMatchObject({
      code: "checksum-unavailable",
      hint: containing("--insecure-skip-sumdb"),
    });
    const { configuration } = await setUp({ files: throughProxy(other), skip: true });
    expect((await open(configuration)).diagnostics).toMatchObject([
      { code: "checksum-off", message: containing("--insecure-skip-sumdb") },
    ]);
  });

  test("of earlier is held against the database too, and offline its word is remembered", async () => {
    const skipping = await setUp({ skip: true });
    await open(skipping.configuration);
    const { cacheDir } = skipping;
    const liar = localDatabase();
    liar.add(V, { zip: "h1:other=" });
    const { configuration } = await setUp({ files: throughProxy(liar), gosumdb: liar.verifierKey, cacheDir });
    await expect(open(configuration)).rejects.toMatchObject({
      code: "checksum-mismatch",
      diagnostics: [{ code: "cache-mismatch" }],
    });
    const offline = { goproxy: "off", gosumdb: honest.verifierKey, cacheDir };
    expect((await open(await testConfiguration(offline))).diagnostics).toMatchObject([
      { code: "checksum-unavailable", message: containing("GOPROXY=off") },
    ]);
    const online = await testConfiguration({
      ...offline,
      goproxy: skipping.server.url,
      cacheDir: temporaryFolder(),
    });
    await open(online);
    const remembered = await testConfiguration({ ...offline, cacheDir: online.cacheDir });
    expect(await open(remembered)).toMatchObject({ source: "cache", diagnostics: [] });
  });

  test("of a go.mod is held against the database as well, unless go.sum has it", async () => {
    const database = localDatabase();
    database.add(V, { zip: H1, goMod: "h1:other=" });
    const { configuration } = await setUp({ files: throughProxy(database), gosumdb: database.verifierKey });
    const goMod = "module example.com/main\n\ngo 1.20\n\nrequire example.com/m v1.0.0\n";
    const target = await openModule(await writeFiles({ "go.mod": goMod }), { configuration });
    expect((await buildList(target, { configuration })).diagnostics).toMatchObject([
      { code: "module-unavailable", message: containing("the go.mod hashes to") },
    ]);
  });
});

describe("settings are Go's", () => {
  const off: readonly [string, NodeJS.ProcessEnv, string][] = [
    ["GOSUMDB=off", { GOSUMDB: "off" }, "GOSUMDB=off (environment variable GOSUMDB)"],
    ["GONOSUMDB", { GONOSUMDB: "example.com" }, "GONOSUMDB"],
    ["GOPRIVATE", { GOPRIVATE: "*.test,example.com/m" }, "GOPRIVATE"],
    ["nothing", { GOSUMDB: "" }, "no GOSUMDB is configured"],
  ];
  test.each(off)("%s: nothing is asked, and that is said", async (_, variables, why) => {
    const env = { GOSUMDB: honest.verifierKey, ...variables };
    const { configuration, server } = await setUp({ env, gosumdb: "" });
    expect(await ask(configuration)).toMatchObject({ status: "off", why: containing(why) });
    expect(server.requests).toEqual([]);
  });

  test.each([
    { GONOSUMDB: "none", GOPRIVATE: "example.com" },
    { GONOSUMCHECK: "1" },
    { GOFLAGS: "-insecure" },
    { GONOSUMDB: "example.com/other,[" },
  ])("%o: it is asked all the same", async (variables) => {
    const { configuration } = await setUp({ env: variables });
    expect(await ask(configuration)).toEqual({ status: "verified", database: honest.name });
  });

  test("a URL in GOSUMDB is asked, and no proxy", async () => {
    const direct = await loopbackServer(serveFiles(honest.files()));
    const { configuration, server } = await setUp({ gosumdb: `${honest.verifierKey} ${direct.url}` });
    expect(await ask(configuration)).toMatchObject({ status: "verified" });
    expect([server.requests.length, direct.requests.length > 0]).toEqual([0, true]);
  });

  test.each([
    ["a name whose key nobody knows", "sum.example.test", "no key is known"],
    ["a key that is not of the name", honest.verifierKey.replace("sum.", "bum."), "does not fit the name"],
    ["three words", `${honest.verifierKey} http://127.0.0.1 x`, "expected a name"],
    ["a name that is no host", "../x", "no key is known"],
    ["another scheme", `${honest.verifierKey} ftp://example.com`, "plain https"],
  ])("%s is a mistake", async (_, gosumdb, why) => {
    const { configuration } = await setUp({ gosumdb });
    await expect(ask(configuration)).rejects.toMatchObject({
      code: "bad-configuration",
      message: containing(why),
    });
  });

  test("a proxy that does not answer is no reason to ask elsewhere", async () => {
    const broken = await loopbackServer((answer) => answer.writeHead(403).end("no"));
    const configuration = await testConfiguration({ goproxy: broken.url, gosumdb: honest.verifierKey });
    expect(await ask(configuration)).toMatchObject({ status: "unavailable", why: containing("403") });
  });

  test("a release of Go is looked up whatever is set", async () => {
    const { configuration } = await setUp({ env: { GONOSUMDB: "golang.org" } });
    const release = "golang.org/toolchain@v0.0.1-go1.26.8.linux-amd64";
    expect(await ask(configuration, H1, release)).toMatchObject({ status: "unavailable" });
    const none = await setUp({ gosumdb: "off" });
    await expect(ask(none.configuration, H1, release)).rejects.toMatchObject({
      code: "checksum-unavailable",
    });
  });
});

describe("a database that is not honest", () => {
  test("signs with another key", async () => {
    const { configuration } = await setUp({ files: throughProxy(filled()) });
    await expect(open(configuration)).rejects.toMatchObject({
      code: "checksum-bad-answer",
      message: containing("not signed"),
    });
  });

  test("answers with the record of another module", async () => {
    const files = throughProxy(honest);
    const place = `sumdb/${honest.name}/lookup/example.com`;
    const { configuration } = await setUp({
      files: { ...files, [`${place}/m@v1.0.0`]: files[`${place}/x1@v1.0.0`] ?? "" },
    });
    expect(await ask(configuration)).toMatchObject({ status: "unavailable", why: containing("no h1") });
  });

  test("grows as it should: later heads are taken, earlier ones are fine", async () => {
    const { configuration, cacheDir } = await setUp({ files: throughProxy(honest, 400) });
    expect(await ask(configuration)).toMatchObject({ status: "verified" });
    const later = await setUp({ cacheDir });
    expect(await ask(later.configuration, "h1:500=", "example.com/x500@v1.0.0")).toMatchObject({
      status: "verified",
    });
    expect(await readdir(join(cacheDir, "sumdb", honest.name, "heads"))).toMatchObject([
      containing("0000600-"),
    ]);
    const earlier = await setUp({ cacheDir, files: throughProxy(honest, 302) });
    expect(await ask(earlier.configuration, "h1:1=", "example.com/x1@v1.0.0")).toMatchObject({
      status: "verified",
    });
  });

  test("what is kept gets the note of the largest tree that was seen, and is in it", async () => {
    const { configuration, cacheDir } = await setUp({ files: throughProxy(honest, 400) });
    await ask(configuration, "h1:1=", "example.com/x1@v1.0.0");
    const kept = () =>
      readFile(join(cacheDir, "sumdb", honest.name, "lookup", "example.com", "x1@v1.0.0"), "utf8");
    expect(await kept()).toContain("go.sum database tree\n400\n");
    const later = await setUp({ cacheDir });
    await ask(later.configuration, "h1:500=", "example.com/x500@v1.0.0");
    const again = await ask(later.configuration, "h1:1=", "example.com/x1@v1.0.0");
    expect(again).toMatchObject({ status: "verified" });
    expect(await kept()).toContain("go.sum database tree\n600\n");
    const last = await setUp({ cacheDir, files: {} });
    expect(await ask(last.configuration, "h1:1=", "example.com/x1@v1.0.0")).toMatchObject({
      status: "verified",
    });
  });

  test.each([
    ["of the same size", 600, 600],
    ["that is larger", 600, 400],
  ])("forks: a tree %s is a hard error, with evidence", async (_, size, seen) => {
    const { configuration, cacheDir } = await setUp({ files: throughProxy(honest, seen) });
    await ask(configuration);
    const fork = await setUp({ cacheDir, files: throughProxy(filled(pair, "fork"), size) });
    const failed = await ask(fork.configuration, "h1:fork1=", "example.com/x1@v1.0.0").catch(
      (error: unknown) => error,
    );
    expect(failed).toMatchObject({ code: "checksum-fork", hint: containing("signed notes are in") });
    const folder = join(cacheDir, "sumdb", honest.name, "forks");
    const [evidence = ""] = await readdir(folder);
    expect((await readFile(join(folder, evidence), "utf8")).match(/go\.sum database tree/gu)).toHaveLength(2);
    await expect(open(fork.configuration, V)).rejects.toMatchObject({ code: "checksum-fork" });
  });

  test("is rewound to a tree that never was: nothing of it is used", async () => {
    const { configuration, cacheDir } = await setUp();
    await ask(configuration);
    const { configuration: rewound } = await setUp({
      cacheDir,
      files: throughProxy(filled(pair, "fork"), 310),
    });
    await expect(ask(rewound, "h1:fork1=", "example.com/x1@v1.0.0")).rejects.toMatchObject({
      code: containing("checksum-"),
    });
  });

  test.each([
    ["other bytes", () => Buffer.alloc(32, 7)],
    ["one bit flipped", (bytes: Buffer) => bytes.fill((bytes[40] ?? 0) ^ 1, 40, 41)],
    ["a piece cut off", (bytes: Buffer) => bytes.subarray(0, -1)],
  ])("tiles and look-ups on the disk with %s are asked for again", async (_, damage) => {
    const { configuration, cacheDir } = await setUp();
    await ask(configuration);
    const folder = join(cacheDir, "sumdb", honest.name);
    const names = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = names
      .filter((one) => one.isFile() && !one.parentPath.endsWith("heads"))
      .map((one) => join(one.parentPath, one.name));
    const whole = await Promise.all(files.map((file) => readFile(file)));
    for (const [at, file] of files.entries())
      await writeFile(file, damage(Buffer.from(whole[at] ?? Buffer.alloc(0))));
    const again = await setUp({ cacheDir });
    expect(await ask(again.configuration)).toMatchObject({ status: "verified" });
    expect(await Promise.all(files.map((file) => readFile(file)))).toEqual(whole);
  });
});

test("one bit flipped in a sum, a head or a tile is always noticed", async () => {
  const files = throughProxy(honest);
  const needed = Object.keys(files).filter(
    (name) => name.endsWith("/lookup/example.com/m@v1.0.0") || /tile\/8\/(?:0\/001|0\/002|1\/)/u.test(name),
  );
  const bit = fc.record({ file: fc.constantFrom(...needed), at: fc.nat(), bit: fc.nat(7) });
  await fc.assert(
    fc.asyncProperty(bit, async ({ file, at, bit: number }) => {
      const damaged = Buffer.from(files[file] ?? "");
      const place = at % damaged.length;
      damaged[place] = (damaged[place] ?? 0) ^ (1 << number);
      const folder = await writeFiles({ [file]: damaged, ...except(files, file) });
      const configuration = await testConfiguration({
        goproxy: `file://${folder}`,
        gosumdb: honest.verifierKey,
      });
      const answer = await ask(configuration).catch((error: unknown) => error);
      expect(answer).not.toMatchObject({ status: "verified" });
    }),
    { numRuns: 40 },
  );
});

function except(
  files: Record<string, string | Uint8Array>,
  name: string,
): Record<string, string | Uint8Array> {
  return Object.fromEntries(
    Object.entries(files).filter(([other]) => other !== name && !/lookup\/example\.com\/x/u.test(other)),
  );
}
