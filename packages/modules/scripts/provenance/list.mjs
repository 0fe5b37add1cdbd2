/** A build list with local repositories, verified twice. */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { measureProgram } from "../../../../scripts/bench/measure.mjs";
import { contentOf } from "./rebuilt.mjs";
import { folder, modules, publishers, say, spread, verifyArguments } from "./workshop.mjs";

const { gitRepository, localDatabase, moduleZip, throughProxy } = publishers;
const NUMBER = 60;

/** @typedef {Record<string, string | { base64: string }>} Files */

/** Modules that are small and all alike. @returns {Promise<readonly Files[]>} */
export async function generatedFiles() {
  const text = (/** @type {number} */ at) =>
    `package m\n\nfunc F${at}() string { return "${"x".repeat(4000)}" }\n`;
  const files = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`f${at}.go`, text(at)]));
  return Array.from({ length: NUMBER }, () => files);
}

/**
 * The files of real modules.
 *
 * @param {readonly import("./workshop.mjs").CachedZip[]} zips
 * @returns {Promise<readonly Files[]>}
 */
export async function realFiles(zips) {
  const all = [];
  for (const { file } of spread(zips, NUMBER)) all.push((await contentOf(file)).files);
  return all;
}

/**
 * Publishes the files as modules that require nothing, and verifies the list of them a few times.
 *
 * @param {string} name
 * @param {readonly Files[]} contents
 */
export async function buildList(name, contents) {
  const root = join(folder, name);
  mkdirSync(root);
  const { served, database, repositories, bytes } = await publish(root, contents);
  const main = join(root, "main");
  mkdirSync(main);
  const requires = contents.map((_, n) => `\texample.test/m${n} v1.0.0`);
  writeFileSync(
    join(main, "go.mod"),
    `module example.test/main\n\ngo 1.20\n\nrequire (\n${requires.join("\n")}\n)\n`,
  );
  const server = await serve({ ...served, ...throughProxy(database) });
  const flags = ["--goproxy", server.url, "--gosumdb", database.verifierKey, "--quiet"];
  const args = verifyArguments(`${name}-cache`, ["--all", main, ...repositories, ...flags]);
  const runs = [];
  for (let n = 1; n <= 4; n++) {
    const before = server.count();
    const env = { GOMODCACHE: join(root, "none") };
    const run = await measureProgram(process.execPath, args, { env });
    runs.push(run);
    say(
      `verify --all of ${contents.length} ${name} modules (${(bytes / 1e6).toFixed(0)} MB), run ${n}: ${run.seconds.toFixed(2)} s, CPU ${run.userSeconds.toFixed(2)} s with git's, ${server.count() - before} requests, at most ${run.peakMegabytes.toFixed(0)} MB in one process: ${(run.stdout || run.stderr).trim()}`,
    );
  }
  const [first, second, ...later] = runs;
  if (first === undefined || second === undefined) throw new Error("two runs are compared");
  const quickest = Math.min(second.seconds, ...later.map(({ seconds }) => seconds));
  say(
    `  the second run took ${(second.seconds / first.seconds).toFixed(3)} of the first, the quickest ${(quickest / first.seconds).toFixed(3)}; ${(second.userSeconds / first.userSeconds).toFixed(3)} of its CPU`,
  );
  server.close();
}

/**
 * @param {string} root
 * @param {readonly Files[]} contents
 */
async function publish(root, contents) {
  const database = localDatabase();
  /** @type {Record<string, string | Uint8Array>} */
  const served = {};
  const repositories = [];
  let bytes = 0;
  for (const [n, content] of contents.entries()) {
    const module = `example.test/m${n}`;
    const goMod = `module ${module}\n\ngo 1.20\n`;
    const files = { ...content, "go.mod": goMod };
    const at = join(root, `m${n}`);
    mkdirSync(at);
    const { folder: repository, commits } = gitRepository(at, [{ files, tags: ["v1.0.0"] }]);
    repositories.push("--repo", `${module}=${repository}`);
    const plain = Object.fromEntries(Object.entries(files).map(([name, file]) => [name, bytesOf(file)]));
    const prefix = `${module}@v1.0.0`;
    const hashed = Object.entries(plain).map(([name, file]) => ({
      name: `${prefix}/${name}`,
      sha256: createHash("sha256").update(file).digest("hex"),
    }));
    bytes += Object.values(plain).reduce((sum, { length }) => sum + length, 0);
    database.add(prefix, { zip: modules.h1Hash(hashed), goMod: modules.h1OfGoMod(Buffer.from(goMod)) });
    const Origin = { VCS: "git", Hash: commits[0] };
    served[`${module}/@v/list`] = "v1.0.0\n";
    served[`${module}/@v/v1.0.0.info`] = JSON.stringify({ Version: "v1.0.0", Origin });
    served[`${module}/@v/v1.0.0.mod`] = goMod;
    served[`${module}/@v/v1.0.0.zip`] = await moduleZip(prefix, plain);
  }
  return { served, database, repositories, bytes };
}

/** @param {Files[string]} file */
function bytesOf(file) {
  return typeof file === "string" ? Buffer.from(file) : Buffer.from(file.base64, "base64");
}

/** @param {Record<string, string | Uint8Array>} files */
async function serve(files) {
  let requests = 0;
  const server = createServer((request, answer) => {
    requests++;
    const content = files[decodeURIComponent(request.url ?? "").slice(1)];
    if (content === undefined) answer.writeHead(404).end();
    else answer.end(content);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, count: () => requests, close: () => server.close() };
}
