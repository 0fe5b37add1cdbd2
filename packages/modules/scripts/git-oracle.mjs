/**
 * Asks the Go command for the hashes of the modules in the repositories of `test/rebuild/cases.ts`, which it gets
 * with git as from their server, and writes them down in `test/rebuild/go-hashes.json`.
 *
 *     node packages/modules/scripts/git-oracle.mjs [--check]
 *
 * Needs Go and git, no network. With --check it writes nothing and exits with 1 if an answer differs.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { go } from "./go-command.mjs";
import { loadRebuildCases } from "./load-modules.mjs";

const { cases, commitOf, gitRepository, ROOT } = await loadRebuildCases();
const file = fileURLToPath(new URL("../test/rebuild/go-hashes.json", import.meta.url));

/**
 * @param {import("../test/rebuild/cases.ts").RebuildCase} one
 * @param {string} folder
 */
async function hashOf(one, folder) {
  const { folder: repository } = gitRepository(folder, [commitOf(one)], { format: one.format ?? "sha1" });
  const config = join(folder, "gitconfig");
  // Go leaves the ending away when it asks.
  const address = `https://${ROOT.replace(/\.git$/u, "")}`;
  await writeFile(config, `[url "${pathToFileURL(repository).href}"]\n\tinsteadOf = ${address}\n`);
  const settings = {
    GOPROXY: "direct",
    GOVCS: "*:git",
    GONOSUMDB: "*",
    GOFLAGS: "-modcacherw",
    GOMODCACHE: join(folder, "cache"),
    GIT_CONFIG_GLOBAL: config,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_ALLOW_PROTOCOL: "https:file",
  };
  const answer = await go(
    folder,
    ["mod", "download", "-json", `${ROOT}${one.below}@${one.version}`],
    settings,
  ).catch((/** @type {{ stdout: string }} */ { stdout }) => stdout);
  const { Sum, Error: problem } = /** @type {{ Sum?: string, Error?: string }} */ (JSON.parse(answer));
  return Sum ?? `none: ${String(problem).split("\n", 1)[0]}`;
}

/** @type {Record<string, string>} */
const hashes = {};
for (const one of cases) {
  const folder = await mkdtemp(join(tmpdir(), "capdiff-git-oracle-"));
  hashes[one.name] = await hashOf(one, folder);
  await rm(folder, { recursive: true, force: true });
}
const text = `${JSON.stringify(hashes, null, 2)}\n`;
if (!process.argv.includes("--check")) await writeFile(file, text);
else if ((await readFile(file, "utf8")) !== text) {
  console.error("Go's hashes are not those that are written down");
  process.exitCode = 1;
}
