/**
 * Provenance, in figures: hashes of real zips beside `go mod verify`, real sums in the configured checksum database,
 * flipped bits, rebuilding from a large repository, a build list with local repositories. Needs git; Go and its module
 * cache for the first table, the network for the second. What cannot be had is left out and said.
 */
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { time } from "../../../scripts/bench/measure.mjs";
import { inRoot, run } from "../../../scripts/workspace.mjs";
import { loadModules, loadPublishers } from "./load-modules.mjs";

const modules = await loadModules();
const { git, gitRepository, localDatabase, moduleZip, throughProxy } = await loadPublishers();
const folder = mkdtempSync(join(tmpdir(), "capdiff-verify-"));
const program = inRoot("packages/cli/bin/capdiff.js");

/** @param {string} text */
function say(text) {
  process.stdout.write(`  ${text}\n`);
}

/** @param {string} name */
function goEnv(name) {
  const { status, stdout } = run("go", ["env", name]);
  return status === 0 ? stdout.trim() : "";
}

/** @typedef {{ file: string, module: string, h1: string }} CachedZip */

/** @param {string} cache @returns {CachedZip[]} */
function cachedZips(cache) {
  const root = join(cache, "cache/download");
  const names = existsSync(root) ? readdirSync(root, { recursive: true }).map(String) : [];
  return names
    .filter((name) => name.endsWith(".zip") && existsSync(join(root, `${name}hash`)))
    .sort()
    .flatMap((name) => {
      const [, path = "", version = ""] = /^(.*)\/@v\/(.*)\.zip$/.exec(name) ?? [];
      const module = `${modules.unescapePath(path)}@${modules.unescapeVersion(version)}`;
      const h1 = readFileSync(join(root, `${name}hash`), "utf8").trim();
      return module.startsWith("golang.org/toolchain@") ? [] : [{ file: join(root, name), module, h1 }];
    });
}

/** @param {CachedZip} zip */
async function hashed({ file }) {
  const configuration = await modules.loadConfiguration({ env: {}, flags: {} });
  const copy = await modules.openZip(file, { configuration: { ...configuration, cacheDir: undefined } });
  await copy.close();
  return { h1: copy.h1, bytes: copy.files.reduce((sum, { size }) => sum + size, 0) };
}

/** @param {readonly CachedZip[]} zips */
async function hashes(zips) {
  let equal = 0;
  for (const zip of zips) if ((await hashed(zip)).h1 === zip.h1) equal++;
  say(`h1 of ${zips.length} module zips in the module cache: ${equal} equal Go's`);
}

/**
 * What `go mod verify` reads of one build list, and ours of the same zips.
 *
 * @param {readonly CachedZip[]} zips
 */
async function speed(zips) {
  const newest = new Map(zips.map((zip) => [zip.module.replace(/@.*/, ""), zip]));
  const main = join(folder, "main");
  mkdirSync(main);
  const env = { GOFLAGS: "-mod=mod", GOPROXY: "off", GONOSUMDB: "*" };
  const verify = () => {
    const requires = [...newest.values()].map(({ module }) => `\t${module.replace("@", " ")}`);
    const goMod = `module example.test/main\n\ngo 1.26\n\nrequire (\n${requires.join("\n")}\n)\n`;
    writeFileSync(join(main, "go.mod"), goMod);
    return time("go", ["mod", "verify"], { cwd: main, env });
  };
  // Whose requirements are not all in the cache is left out.
  let theirs = await verify();
  for (let attempt = 0; theirs.status !== 0 && attempt < 200; attempt++) {
    const [, culprit = ""] = /go: (\S+?)@\S+ requires/.exec(theirs.stderr) ?? [];
    if (!newest.delete(culprit)) return say(`go mod verify failed: ${theirs.stderr.slice(0, 200)}`);
    theirs = await verify();
  }
  // The first run may have had to read from the disk what is in memory now.
  theirs = await verify();
  const listed = run("go", ["list", "-m", "-e", "-f", "{{.Path}}@{{.Version}}", "all"], { cwd: main, env });
  const chosen = new Set(listed.stdout.split("\n"));
  const same = zips.filter(({ module }) => chosen.has(module));
  const start = performance.now();
  let bytes = 0;
  for (const zip of same) bytes += (await hashed(zip)).bytes;
  const seconds = (performance.now() - start) / 1000;
  const rate = (/** @type {number} */ of) => `${(bytes / 1e6 / of).toFixed(0)} MB/s`;
  say(
    `${same.length} zips of one build list, ${(bytes / 1e6).toFixed(0)} MB: ours ${seconds.toFixed(2)} s, ${rate(seconds)}; go mod verify ${theirs.seconds.toFixed(2)} s, ${rate(theirs.seconds)} (it reads extracted files too, on all processors)`,
  );
}

/** @param {readonly CachedZip[]} zips */
async function sums(zips) {
  const cacheDir = join(folder, "sums");
  const configuration = await modules.loadConfiguration({
    env: process.env,
    flags: { cacheDir, insecureSkipSumdb: false },
  });
  const chosen = zips.filter((_, at) => at % Math.max(1, Math.floor(zips.length / 50)) === 0).slice(0, 50);
  const start = performance.now();
  /** @type {Record<string, number>} */
  const found = {};
  for (const { module, h1 } of chosen) {
    const [path = "", version = ""] = module.split("@");
    const { status } = await modules.askDatabase({ path, version, of: "module", h1 }, configuration);
    found[status] = (found[status] ?? 0) + 1;
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  say(
    `sums of ${chosen.length} modules in the configured checksum database: ${JSON.stringify(found)}, ${seconds} s`,
  );
}

/** One bit at a time, in all that the answer about a module is made of. */
async function flippedBits() {
  const files = { "go.mod": "module example.test/m\n", "a.go": "package a\n\nfunc F() {}\n" };
  const zip = await moduleZip("example.test/m@v1.0.0", files);
  const h1 = modules.h1Hash(
    Object.entries(files).map(([name, text]) => ({
      name: `example.test/m@v1.0.0/${name}`,
      sha256: createHash("sha256").update(text).digest("hex"),
    })),
  );
  const database = localDatabase();
  for (let n = 0; n < 700; n++)
    database.add(n === 300 ? "example.test/m@v1.0.0" : `example.test/x${n}@v1.0.0`, {
      zip: n === 300 ? h1 : `h1:${n}`,
    });
  const served = throughProxy(database);
  const needed = Object.keys(served).filter((name) =>
    /lookup\/example\.test\/m@|tile\/8\/(?:0\/00[12]|1\/)/.test(name),
  );
  const proxy = join(folder, "bits");
  for (const name of [...needed, `sumdb/${database.name}/supported`]) {
    mkdirSync(dirname(join(proxy, name)), { recursive: true });
    writeFileSync(join(proxy, name), served[name] ?? "");
  }
  let seed = 1;
  const random = (/** @type {number} */ below) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const counts = { trials: 0, caught: 0, harmless: 0, missed: 0 };
  for (; counts.trials < 1000; counts.trials++) {
    const kind = random(needed.length + 1);
    const name = needed[kind];
    const bytes = Buffer.from(name === undefined ? zip : (served[name] ?? ""));
    const at = random(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
    if (name === undefined) counts[await zipOutcome(bytes, h1)]++;
    else {
      writeFileSync(join(proxy, name), bytes);
      const flags = {
        goproxy: pathToFileURL(proxy).href,
        gosumdb: database.verifierKey,
        cacheDir: mkdtempSync(join(folder, "c")),
      };
      const configuration = await modules.loadConfiguration({ env: {}, flags });
      const answer = await modules
        .askDatabase({ path: "example.test/m", version: "v1.0.0", of: "module", h1 }, configuration)
        .catch(() => undefined);
      counts[answer?.status === "verified" ? "missed" : "caught"]++;
      writeFileSync(join(proxy, name), served[name] ?? "");
    }
  }
  say(
    `one bit flipped in a zip, sum line, tree head or tile: ${JSON.stringify(counts)} (harmless: bits of a zip that no file and no name depends on, such as times)`,
  );
}

/** @param {Buffer} bytes @param {string} h1 @returns {Promise<"caught" | "harmless">} */
async function zipOutcome(bytes, h1) {
  const file = join(folder, "bit.zip");
  writeFileSync(file, bytes);
  try {
    return (await hashed({ file, module: "", h1 })).h1 === h1 ? "harmless" : "caught";
  } catch {
    return "caught";
  }
}

/** @param {readonly string[]} args */
function verifyArguments(args) {
  return [program, "verify", "--cache-dir", join(folder, "cache"), ...args];
}

/**
 * Repositories made of real zips: the zip that is rebuilt of each must have the hash of the zip.
 *
 * @param {readonly CachedZip[]} zips
 */
async function rebuilt(zips) {
  const chosen = zips.filter((_, at) => at % Math.max(1, Math.floor(zips.length / 60)) === 0).slice(0, 60);
  const counts = { equal: 0, other: 0, bytes: 0 };
  const others = [];
  const start = performance.now();
  for (const [at, { file, module, h1 }] of chosen.entries()) {
    const [path = "", version = ""] = module.split("@");
    const root = mkdtempSync(join(folder, `r${at}-`));
    const configuration = await modules.loadConfiguration({
      env: { PATH: process.env["PATH"] },
      flags: { cacheDir: join(root, "cache"), goproxy: "direct" },
    });
    const copy = await modules.openZip(file, { configuration });
    /** @type {Record<string, { base64: string }>} */
    const files = {};
    for (const one of copy.files)
      files[one.name] = { base64: Buffer.from(await one.read()).toString("base64") };
    counts.bytes += copy.files.reduce((sum, { size }) => sum + size, 0);
    await copy.close();
    const { folder: repository, commits } = gitRepository(root, [{ files }]);
    const opened = modules.openRepository(modules.repositoryAddress(repository, "user"), {
      folder: join(root, "git"),
      limits: configuration.git,
      task: {},
    });
    const commit = commits[0] ?? "";
    await opened.fetchCommit(commit);
    const made = await modules.rebuildModule(opened, {
      module: { path, version },
      commit,
      directory: "",
      limits: configuration.limits,
      sums: undefined,
      task: {},
      query: module,
    });
    await made.close();
    if (made.h1 === h1) counts.equal++;
    else {
      counts.other++;
      others.push(module);
    }
    rmSync(root, { recursive: true, force: true });
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  say(
    `${chosen.length} real modules (${(counts.bytes / 1e6).toFixed(0)} MB) rebuilt from repositories made of their zips: ${counts.equal} have Go's hash${others.length === 0 ? "" : `, not ${others.join(", ")}`}; ${seconds} s`,
  );
}

/**
 * Runs node by way of a small shell: what a process held at most is counted from what its parent held when it was
 * started, and this one holds a lot by now.
 *
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} [env]
 */
async function measured(args, env = {}) {
  const peak = join(folder, "peak");
  const hook = `import { writeFileSync } from "node:fs"; import { isMainThread } from "node:worker_threads"; if (isMainThread) process.on("exit", () => writeFileSync(${JSON.stringify(peak)}, String(process.resourceUsage().maxRSS / 1024)));`;
  const started = [process.execPath, "--import", `data:text/javascript,${encodeURIComponent(hook)}`, ...args];
  rmSync(peak, { force: true });
  const run = await time("sh", ["-c", '"$@"; exit $?', "sh", ...started], { env });
  return { ...run, peakMegabytes: existsSync(peak) ? Number(readFileSync(peak, "utf8")) : Number.NaN };
}

async function largeRepository() {
  const root = join(folder, "large");
  mkdirSync(root);
  const module = "example.test/large";
  const files = {
    "go.mod": `module ${module}\n`,
    ...Object.fromEntries(
      Array.from({ length: 200 }, (_, n) => [
        `p${n}/p.go`,
        `package p${n}\n\nfunc F() int { return ${n} }\n`,
      ]),
    ),
  };
  const { folder: repository } = gitRepository(root, [{ files }]);
  const stream = [`reset refs/heads/main\nfrom refs/heads/main\n`];
  for (let n = 0; n < 50_000; n++) {
    const text = `package p${n % 200}\n\nfunc F() int { return ${n} }\n`;
    stream.push(
      `commit refs/heads/main\ncommitter a <a@example.test> ${1_704_164_700 + n} +0000\ndata 1\nc\n${n === 0 ? "from refs/heads/main^0\n" : ""}M 100644 inline p${n % 200}/p.go\ndata ${text.length}\n${text}\n`,
    );
  }
  git([`--git-dir=${repository}`, "fast-import", "--quiet"], Buffer.from(stream.slice(1).join("")));
  git([`--git-dir=${repository}`, "tag", "v1.0.0", "refs/heads/main"]);
  const commit = git([`--git-dir=${repository}`, "rev-parse", "refs/tags/v1.0.0"]).trim();
  const proxy = join(folder, "large-proxy", module, "@v");
  mkdirSync(proxy, { recursive: true });
  const published = Object.fromEntries(
    Object.keys(files).map((name) => [name, git([`--git-dir=${repository}`, "show", `v1.0.0:${name}`])]),
  );
  writeFileSync(join(proxy, "v1.0.0.zip"), await moduleZip(`${module}@v1.0.0`, published));
  writeFileSync(join(proxy, "v1.0.0.mod"), files["go.mod"]);
  writeFileSync(
    join(proxy, "v1.0.0.info"),
    JSON.stringify({ Version: "v1.0.0", Origin: { VCS: "git", Hash: commit } }),
  );
  const args = [
    `${module}@v1.0.0`,
    "--repo",
    repository,
    "--goproxy",
    pathToFileURL(join(folder, "large-proxy")).href,
    "--quiet",
  ];
  const cost = await measured(verifyArguments(args));
  say(
    `a tag of a repository with 50,000 commits: ${cost.seconds.toFixed(2)} s, peak ${cost.peakMegabytes.toFixed(0)} MB (git's own not counted): ${cost.stdout.trim()}`,
  );
}

async function buildListOfSixty() {
  /** @type {Record<string, string | Uint8Array>} */
  const served = {};
  const database = localDatabase();
  const repos = [];
  const requires = [];
  for (let n = 0; n < 60; n++) {
    const module = `example.test/m${n}`;
    const goMod = `module ${module}\n\ngo 1.20\n`;
    const files = {
      "go.mod": goMod,
      ...Object.fromEntries(
        Array.from({ length: 60 }, (_, at) => [
          `f${at}.go`,
          `package m\n\nfunc F${at}() string { return "${"x".repeat(4000)}" }\n`,
        ]),
      ),
    };
    const root = join(folder, `m${n}`);
    mkdirSync(root);
    const { folder: repository, commits } = gitRepository(root, [{ files, tags: ["v1.0.0"] }]);
    repos.push("--repo", `${module}=${repository}`);
    requires.push(`\t${module} v1.0.0`);
    const prefix = `${module}@v1.0.0`;
    const hashed = Object.entries(files).map(([name, text]) => ({
      name: `${prefix}/${name}`,
      sha256: createHash("sha256").update(text).digest("hex"),
    }));
    database.add(prefix, { zip: modules.h1Hash(hashed), goMod: modules.h1OfGoMod(Buffer.from(goMod)) });
    served[`${module}/@v/list`] = "v1.0.0\n";
    served[`${module}/@v/v1.0.0.info`] = JSON.stringify({
      Version: "v1.0.0",
      Origin: { VCS: "git", Hash: commits[0] },
    });
    served[`${module}/@v/v1.0.0.mod`] = goMod;
    served[`${module}/@v/v1.0.0.zip`] = await moduleZip(prefix, files);
  }
  const all = { ...served, ...throughProxy(database) };
  let requests = 0;
  const server = createServer((request, answer) => {
    requests++;
    const content = all[decodeURIComponent(request.url ?? "").slice(1)];
    if (content === undefined) answer.writeHead(404).end();
    else answer.end(content);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const main = join(folder, "sixty");
  mkdirSync(main);
  writeFileSync(
    join(main, "go.mod"),
    `module example.test/main\n\ngo 1.20\n\nrequire (\n${requires.join("\n")}\n)\n`,
  );
  const args = [
    "--all",
    main,
    ...repos,
    "--goproxy",
    `http://127.0.0.1:${port}`,
    "--gosumdb",
    database.verifierKey,
    "--quiet",
  ];
  const runs = [];
  for (let n = 0; n < 2; n++) {
    requests = 0;
    const cost = await measured(verifyArguments(args), { GOMODCACHE: join(folder, "none") });
    runs.push(cost.seconds);
    say(
      `verify --all of 60 modules with local repositories, run ${n + 1}: ${cost.seconds.toFixed(2)} s, ${requests} requests, peak ${cost.peakMegabytes.toFixed(0)} MB: ${(cost.stdout || cost.stderr).trim()}`,
    );
  }
  say(`the second run took ${((runs[1] ?? 0) / (runs[0] ?? 1)).toFixed(2)} of the first`);
  server.close();
}

try {
  const cache = goEnv("GOMODCACHE");
  const zips = cache === "" ? [] : cachedZips(cache);
  if (zips.length < 100) say(`only ${zips.length} zips in a module cache: no figures of real modules`);
  else {
    await hashes(zips);
    await speed(zips);
    await sums(zips);
    await rebuilt(zips);
  }
  await flippedBits();
  await largeRepository();
  await buildListOfSixty();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
