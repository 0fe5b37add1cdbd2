/** Versions of a repository with a long history. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { measureProgram } from "../../../../scripts/bench/measure.mjs";
import { folder, modules, publishers, say, verifyArguments } from "./workshop.mjs";

const { git, gitRepository, moduleZip } = publishers;
const MODULE = "example.test/large";
const COMMITS = 50_000;
const FILES = 200;
const FIRST_TIME = 1_704_164_700;

/** A tag at the end of the history, then a commit in its middle, which has to be found in it. */
export async function largeRepository() {
  const root = join(folder, "large");
  mkdirSync(root);
  const repository = grownRepository(root);
  const head = git([`--git-dir=${repository}`, "rev-parse", "refs/heads/main"]).trim();
  git([`--git-dir=${repository}`, "tag", "v1.0.0", head]);
  const middle = git([`--git-dir=${repository}`, "rev-parse", `${head}~${COMMITS / 2}`]).trim();
  const time = Number(git([`--git-dir=${repository}`, "show", "-s", "--format=%ct", middle]));
  const stamp = new Date(time * 1000).toISOString().replace(/[-:T]|\.[0-9]+Z$/g, "");
  const proxy = join(folder, "large-proxy");
  for (const [version, commit] of [
    ["v1.0.0", head],
    [`v0.0.0-${stamp}-${middle.slice(0, 12)}`, middle],
  ]) {
    await publish({ repository, version: version ?? "", commit: commit ?? "", proxy });
    for (const words of ["", ", again"]) {
      const flags = ["--repo", repository, "--goproxy", pathToFileURL(proxy).href, "--quiet"];
      const args = verifyArguments("large-cache", [`${MODULE}@${version}`, ...flags]);
      const { seconds, peakMegabytes, stdout } = await measureProgram(process.execPath, args);
      say(
        `${version} of ${COMMITS} commits${words}: ${seconds.toFixed(2)} s, at most ${peakMegabytes.toFixed(0)} MB in one process, git's included: ${stdout.trim()}`,
      );
    }
  }
}

/** @param {string} root */
function grownRepository(root) {
  const files = Object.fromEntries(Array.from({ length: FILES }, (_, n) => [`p${n}/p.go`, source(n, n)]));
  const { folder: repository } = gitRepository(root, [
    { files: { "go.mod": `module ${MODULE}\n`, ...files } },
  ]);
  const stream = Array.from({ length: COMMITS }, (_, n) => {
    const text = source(n % FILES, n);
    const from = n === 0 ? "from refs/heads/main^0\n" : "";
    return `commit refs/heads/main\ncommitter a <a@example.test> ${FIRST_TIME + n} +0000\ndata 1\nc\n${from}M 100644 inline p${n % FILES}/p.go\ndata ${text.length}\n${text}\n`;
  });
  git([`--git-dir=${repository}`, "fast-import", "--quiet"], Buffer.from(stream.join("")));
  return repository;
}

/** @param {number} name @param {number} result */
function source(name, result) {
  return `package p${name}\n\nfunc F() int { return ${result} }\n`;
}

/** @param {{ repository: string, version: string, commit: string, proxy: string }} release */
async function publish({ repository, version, commit, proxy }) {
  const opened = modules.openRepository(modules.repositoryAddress(repository, "user"), {
    folder: join(folder, "large-git"),
    limits: (await modules.loadConfiguration({ env: { PATH: process.env["PATH"] }, flags: {} })).git,
    task: {},
  });
  await opened.fetchCommit(commit);
  const names = ["go.mod", ...Array.from({ length: FILES }, (_, n) => `p${n}/p.go`)];
  const read = async (/** @type {string} */ name) => (await opened.readFile(commit, name, 1 << 20)) ?? "";
  /** @type {Record<string, string | Uint8Array>} */
  const files = {};
  for (const name of names) files[name] = await read(name);
  const at = join(proxy, MODULE, "@v");
  mkdirSync(at, { recursive: true });
  writeFileSync(join(at, `${version}.zip`), await moduleZip(`${MODULE}@${version}`, files));
  writeFileSync(join(at, `${version}.mod`), files["go.mod"] ?? "");
  writeFileSync(
    join(at, `${version}.info`),
    JSON.stringify({ Version: version, Origin: { VCS: "git", Hash: commit } }),
  );
}
