/** A version that is verified a second time: what was kept saves work, and never hides a change. */
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Configuration, escapePath, verifyModule } from "../src/index.ts";
import { addCommits, git, gitRepository } from "./git-repository.ts";
import { localDatabase, throughProxy } from "./local-database.ts";
import { FILES, PATH, publish } from "./published-version.ts";
import { moduleZip } from "./sample-zip.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const tagged = { files: FILES, tags: ["v1.0.0"] };
const EVIL = { ...FILES, "a.go": "package b\n" };

/** As another run: nothing is known but what is on the disk. */
function anotherRun(configuration: Configuration, changed: Partial<Configuration> = {}): Configuration {
  return { ...configuration, git: { ...configuration.git }, ...changed };
}

type Published = Awaited<ReturnType<typeof publish>>;

async function verify({ configuration, path, version, folder }: Published, changed?: Partial<Configuration>) {
  const again = anotherRun(configuration, changed);
  const found = await verifyModule({ path, query: version }, { configuration: again, repo: folder });
  await found.close();
  const { verdict, checksum, findings } = found.provenance;
  const codes = found.diagnostics.map(({ code }) => code);
  return { verdict, checksum: checksum?.status, ids: findings.map(({ id }) => id), codes };
}

const same = { verdict: "same", checksum: "verified", ids: [], codes: [] };

/** Where the copy is kept, without an ending. */
function keptAt({ configuration, path, version }: Published): string {
  return join(configuration.cacheDir ?? "", "download", escapePath(path), "@v", version);
}

/** Writes another zip of the same size in place of a file, with its times. */
async function replaceZip(file: string): Promise<void> {
  const { atime, mtime, size } = statSync(file);
  const evil = await moduleZip(`${PATH}@v1.0.0`, EVIL);
  expect(evil.length).toBe(size);
  writeFileSync(file, evil);
  utimesSync(file, atime, mtime);
}

test("nothing but what may have changed is asked again, and git is not run", async () => {
  const published = await publish({ commits: [tagged] });
  expect(await verify(published)).toEqual(same);
  const before = published.requests.length;
  const nowhere = { ...published.configuration.git, variables: { PATH: temporaryFolder() } };
  expect(await verify(published, { git: nowhere })).toEqual(same);
  expect(published.requests.slice(before)).toEqual([`GET /${PATH}/@v/list`]);
});

test("a zip that was downloaded is known by its place and times from then on", async () => {
  const published = await publish({ commits: [tagged] });
  await verify(published);
  const zips = join(published.configuration.cacheDir ?? "", "zips");
  const listings = readdirSync(zips, { recursive: true }).map(String);
  expect(listings.some((name) => /\bfile-/u.test(name))).toBe(true);
  for (const name of listings) if (/\bzip-/u.test(name)) rmSync(join(zips, name));
  const phases: string[] = [];
  const { path, version, folder, configuration } = published;
  const verified = await verifyModule(
    { path, query: version },
    { configuration: anotherRun(configuration), repo: folder, onProgress: ({ phase }) => phases.push(phase) },
  );
  await verified.close();
  expect(verified.provenance.verdict).toBe("same");
  expect(phases).not.toContain("hash");
});

test("a zip that was replaced on the disk is not used", async () => {
  const published = await publish({ commits: [tagged] });
  await verify(published);
  await replaceZip(`${keptAt(published)}.zip`);
  expect(await verify(published)).toEqual({ ...same, codes: ["cache-mismatch"] });
  expect(await verify(published)).toEqual(same);
});

test("nor is one whose recorded hash was replaced with it taken for the published one", async () => {
  const published = await publish({ commits: [tagged] });
  await verify(published);
  const other = await publish({ commits: [tagged], published: EVIL });
  await verify(other);
  for (const ending of [".zip", ".ziphash"])
    renameSync(`${keptAt(other)}${ending}`, `${keptAt(published)}${ending}`);
  expect(await verify(published)).toMatchObject({
    verdict: "differs",
    checksum: "mismatch",
    ids: ["checksum-mismatch"],
  });
});

test("a tag that is moved between two runs is noticed, however it is stored", async () => {
  const published = await publish({ commits: [tagged] });
  const { folder } = published;
  const verdicts: string[] = [];
  for (const tags of [[], ["v1.0.0"], []]) {
    addCommits(folder, [{ files: EVIL, tags, branch: "later" }]);
    verdicts.push((await verify(published)).verdict);
    git([`--git-dir=${folder}`, "pack-refs", "--all"]);
  }
  expect(verdicts).toEqual(["same", "differs", "differs"]);
});

test("a tag that is moved back with all its times is noticed", async () => {
  const published = await publish({ commits: [tagged, { files: EVIL, branch: "later" }] });
  const { folder, commits } = published;
  expect(await verify(published)).toEqual(same);
  const tag = join(folder, "refs/tags/v1.0.0");
  const { atime, mtime } = statSync(tag);
  writeFileSync(tag, `${commits[1]}\n`);
  utimesSync(tag, atime, mtime);
  expect(await verify(published)).toMatchObject({ verdict: "differs", ids: ["tag-moved"] });
});

test("a tag that is moved is noticed where .git names another folder", async () => {
  const published = await publish({ commits: [tagged, { files: EVIL, branch: "later" }] });
  const { folder: data, commits } = published;
  const folder = temporaryFolder();
  // What a careless look takes for the repository itself.
  mkdirSync(join(folder, "refs"));
  for (const name of ["HEAD", "config"]) writeFileSync(join(folder, name), "");
  writeFileSync(join(folder, ".git"), `gitdir: ${data}\n`);
  expect(await verify({ ...published, folder })).toEqual(same);
  writeFileSync(join(data, "refs/tags/v1.0.0"), `${commits[1]}\n`);
  expect(await verify({ ...published, folder })).toMatchObject({ verdict: "differs", ids: ["tag-moved"] });
});

test("a repository with the other form of names takes the place of one", async () => {
  const published = await publish({ commits: [tagged] });
  const { folder } = published;
  expect(await verify(published)).toEqual(same);
  renameSync(folder, `${folder}.moved`);
  renameSync(gitRepository(temporaryFolder(), [tagged], { format: "sha256" }).folder, folder);
  expect((await verify(published)).verdict).toBe("same");
});

test("a repository that is gone, or another in its place, is noticed", async () => {
  const published = await publish({ commits: [tagged] });
  const { folder } = published;
  expect(await verify(published)).toEqual(same);
  renameSync(folder, `${folder}.moved`);
  await expect(verify(published)).rejects.toMatchObject({ code: "no-such-file" });
  const empty = gitRepository(temporaryFolder(), [{ files: FILES }]).folder;
  renameSync(empty, folder);
  expect((await verify(published)).ids).toContain("tag-missing");
});

test("a release that retracts the version is noticed", async () => {
  const published = await publish({ commits: [tagged] });
  expect(await verify(published)).toEqual(same);
  published.served[`${PATH}/@v/list`] = "v1.0.0\nv1.0.1\n";
  published.served[`${PATH}/@v/v1.0.1.mod`] = `module ${PATH}\n\nretract v1.0.0 // Broken.\n`;
  expect((await verify(published)).ids).toEqual(["retracted"]);
});

test("later trees of the database that belong to the earlier one change nothing, a fork ends it", async () => {
  const published = await publish({ commits: [tagged] });
  expect(await verify(published)).toEqual(same);
  const { sums, served, configuration } = published;
  sums.add("example.test/other@v1.0.0", { zip: "h1:other=" });
  Object.assign(served, throughProxy(sums));
  rmSync(join(configuration.cacheDir ?? "", "sumdb", sums.name, "lookup"), { recursive: true });
  expect(await verify(published)).toEqual(same);
  const fork = localDatabase(sums.name, sums.pair);
  fork.add("example.test/never@v1.0.0", { zip: "h1:never=" });
  fork.add(`${PATH}@v1.0.0`, { zip: "h1:forged=" });
  fork.add("example.test/more@v1.0.0", { zip: "h1:more=" });
  Object.assign(served, throughProxy(fork));
  // What was looked up before still holds: it is in the tree that was seen.
  expect(await verify(published)).toEqual(same);
  rmSync(join(configuration.cacheDir ?? "", "sumdb", sums.name, "lookup"), { recursive: true });
  await expect(verify(published)).rejects.toMatchObject({ code: "checksum-fork" });
});
