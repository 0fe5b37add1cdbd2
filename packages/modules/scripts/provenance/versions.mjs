/** Repositories with several versions of real modules, as the command line and as Go read them. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { time } from "../../../../scripts/bench/measure.mjs";
import { go } from "../go-command.mjs";
import { contentOf } from "./rebuilt.mjs";
import { folder, publishers, say, verifyArguments } from "./workshop.mjs";

const { gitRepository } = publishers;
const NUMBER = 10;

/** @typedef {import("./workshop.mjs").CachedZip} CachedZip */

/** Each module's versions, tagged in one repository, verified against the published ones. @param {readonly CachedZip[]} zips */
export async function versions(zips) {
  const counts = { versions: 0, ours: 0, verified: 0, go: 0 };
  const chosen = severalVersions(zips);
  for (const [path, list] of chosen) {
    const root = mkdtempSync(join(folder, "versions-"));
    const specs = [];
    for (const { file, module } of list)
      specs.push({ files: (await contentOf(file)).files, tags: [module.replace(/^.*@/, "")] });
    const { folder: repository } = gitRepository(root, specs);
    const targets = list.map(({ module }) => module);
    const flags = ["--repo", `${path}=${repository}`, "--format", "json"];
    const { stdout, stderr } = await time(
      process.execPath,
      verifyArguments("versions-cache", [...targets, ...flags]),
    );
    if (stdout === "") say(`${path}: ${stderr.trim()}`);
    else {
      const report = /** @type {import("../../../cli/src/report/verify/model.ts").VerifyReport} */ (
        JSON.parse(stdout)
      );
      for (const { module, version, verdict, published, compared, checksum, findings } of report.modules) {
        if (verdict === "same" && compared?.h1 === published?.h1) counts.ours++;
        else say(`${module}@${version}: ${verdict}, ${findings.map(({ id }) => id).join(", ")}`);
        if (checksum?.status === "verified") counts.verified++;
      }
    }
    counts.versions += list.length;
    for (const { module, h1 } of list)
      if ((await goHash(root, path, { repository, module })) === h1) counts.go++;
  }
  say(
    `${counts.versions} versions of ${chosen.length} real modules in local repositories: ${counts.ours} rebuilt with the published hash, ${counts.verified} of these sums verified, ${counts.go} made alike by go mod download`,
  );
}

/** Modules whose path names their repository, whole, with two tagged versions and more. @param {readonly CachedZip[]} zips */
function severalVersions(zips) {
  /** @type {Map<string, CachedZip[]>} */
  const byPath = new Map();
  for (const zip of zips) {
    const [path = "", version = ""] = zip.module.split("@");
    if (!/^github\.com\/[^/]+\/[^/]+$/.test(path) || /[-.][0-9]{14}-|\+/.test(version)) continue;
    byPath.set(path, [...(byPath.get(path) ?? []), zip]);
  }
  return [...byPath].filter(([, list]) => list.length > 1).slice(0, NUMBER);
}

/**
 * What Go makes of the repository, which it takes for the one that the module path names.
 *
 * @param {string} root
 * @param {string} path
 * @param {{ repository: string, module: string }} release
 */
async function goHash(root, path, { repository, module }) {
  const config = join(root, "gitconfig");
  writeFileSync(config, `[url "${pathToFileURL(repository).href}"]\n\tinsteadOf = https://${path}\n`);
  const work = join(root, "work");
  mkdirSync(work, { recursive: true });
  const settings = {
    GOPROXY: "direct",
    GONOSUMDB: "*",
    GOFLAGS: "-modcacherw",
    GOMODCACHE: join(root, "go"),
    GIT_CONFIG_GLOBAL: config,
    GIT_CONFIG_NOSYSTEM: "1",
  };
  const answer = await go(work, ["mod", "download", "-json", module], settings).catch(() => "{}");
  return /** @type {{ Sum?: string }} */ (JSON.parse(answer)).Sum;
}
