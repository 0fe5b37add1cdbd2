/**
 * Makes `test-corpus/typosquat` again, byte for byte: a module proxy that keeps a copy with a back door, the
 * repository whose tag was moved to the commit without, and the checksum database that has the copy's hash.
 *
 *     node packages/modules/scripts/typosquat.mjs
 *
 * The sources are those of `test-corpus/demo`. Needs git. The database's key is made from a fixed seed: it vouches
 * for nothing.
 */
import { createHash, createPrivateKey, createPublicKey } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadModules, loadPublishers } from "./load-modules.mjs";

const corpus = fileURLToPath(new URL("../../../test-corpus", import.meta.url));
const target = join(corpus, "typosquat");
const MODULE = "example.test/keystore";
const VERSION = "v1.1.0";

const { addCommits, git, gitRepository, localDatabase, moduleZip, throughProxy } = await loadPublishers();
const { h1Hash, h1OfGoMod } = await loadModules();

/** @param {string} folder */
async function sources(folder) {
  const names = (await readdir(folder)).sort();
  const texts = names.map(async (name) => [name, await readFile(join(folder, name), "utf8")]);
  return /** @type {Record<string, string>} */ (Object.fromEntries(await Promise.all(texts)));
}

function fixedPair() {
  const seed = createHash("sha256").update("capdiff typosquat sample").digest();
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
  const privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** @param {Record<string, string | Uint8Array>} files */
async function write(files) {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(target, name)), { recursive: true });
    await writeFile(join(target, name), content);
  }
}

const clean = await sources(join(corpus, "demo/old"));
const evil = await sources(join(corpus, "demo/new"));
const readme = await readFile(join(target, "README.md"));
await rm(target, { recursive: true, force: true });
await write({ "README.md": readme });
const folder = await mkdtemp(join(tmpdir(), "capdiff-typosquat-"));

// The tag pointed to the commit with the back door when the proxy made its copy; then it was moved.
const { folder: repository, commits } = gitRepository(folder, [
  { files: clean, tags: ["v1.0.0"] },
  { files: evil, branch: "release", tags: [VERSION], parent: 0 },
]);
const published = commits[1] ?? "";
addCommits(repository, [
  {
    files: { ...clean, CHANGES: "1.1.0: faster\n" },
    tags: [VERSION],
    parent: undefined,
    time: 1_704_251_045,
  },
]);
git([`--git-dir=${repository}`, "update-ref", "-d", "refs/heads/release"]);
git([`--git-dir=${repository}`, "-c", "pack.threads=1", "repack", "-adqk"]);
git([`--git-dir=${repository}`, "pack-refs", "--all"]);
const packs = (await readdir(join(repository, "objects/pack"))).filter((name) =>
  /\.(?:pack|idx)$/.test(name),
);
await write({
  "keystore.git/HEAD": "ref: refs/heads/main\n",
  "keystore.git/config": "[core]\n\trepositoryformatversion = 0\n\tbare = true\n",
  "keystore.git/refs/heads/main": git([`--git-dir=${repository}`, "rev-parse", "refs/heads/main"]),
  "keystore.git/packed-refs": await readFile(join(repository, "packed-refs")),
});
for (const name of packs)
  await write({
    [`keystore.git/objects/pack/${name}`]: await readFile(join(repository, "objects/pack", name)),
  });

const prefix = `${MODULE}@${VERSION}`;
const hashed = Object.entries(evil).map(([name, text]) => ({
  name: `${prefix}/${name}`,
  sha256: createHash("sha256").update(text).digest("hex"),
}));
const database = localDatabase("sum.example.test", fixedPair());
database.add(prefix, { zip: h1Hash(hashed), goMod: h1OfGoMod(Buffer.from(evil["go.mod"] ?? "")) });
const Origin = { VCS: "git", URL: `https://${MODULE}`, Hash: published, Ref: `refs/tags/${VERSION}` };
const stem = `proxy/${MODULE}/@v/${VERSION}`;
await write({
  [`proxy/${MODULE}/@v/list`]: `${VERSION}\n`,
  [`${stem}.info`]: `${JSON.stringify({ Version: VERSION, Time: "2024-01-02T03:04:06Z", Origin })}\n`,
  [`${stem}.mod`]: evil["go.mod"] ?? "",
  [`${stem}.zip`]: await moduleZip(prefix, evil, new Date("2024-01-02T03:04:06Z")),
  GOSUMDB: `${database.verifierKey}\n`,
});
const fromDatabase = Object.entries(throughProxy(database)).map(([name, content]) => [
  `proxy/${name}`,
  content,
]);
await write(Object.fromEntries(fromDatabase));
await rm(folder, { recursive: true, force: true });
