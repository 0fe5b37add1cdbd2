/** `direct` and `git:` targets: modules from repositories, by version, branch and commit. */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { buildList, type ConfigurationFlags, openModule } from "../src/index.ts";
import { fileProxy } from "./file-proxy.ts";
import { type CommitSpec, FIRST_TIME, git, gitRepository } from "./git-repository.ts";
import { cases, commitOf, ROOT } from "./rebuild/cases.ts";
import { temporaryFolder, testConfiguration, writeFiles } from "./temporary-folder.ts";
import { checkedOnly } from "./unchecked.ts";

const M = "example.com/m";
const files = (more = "") => ({ "go.mod": `module ${M}\n`, "a.go": `package a${more}\n` });
const commits: readonly CommitSpec[] = [
  { files: files(" // 0"), tags: ["v1.0.0"] },
  { files: files(" // 1") },
  { files: files(" // 2"), tags: ["v1.1.0-rc.1"] },
  { files: files(" // 3") },
  { files: files(" // 4"), branch: "old", parent: 0 },
  { files: files(" // 5"), branch: "bare" },
];
const repository = gitRepository(temporaryFolder(), commits);

async function configured(flags: ConfigurationFlags = {}, env: NodeJS.ProcessEnv = {}) {
  const all = { goproxy: "direct", repositories: [`${M}=${repository.folder}`], ...flags };
  return testConfiguration(all, {
    env: { PATH: process.env["PATH"], GOROOT: temporaryFolder(), ...env },
    timeouts: { git: 60_000 },
  });
}

async function open(target: string, flags: ConfigurationFlags = {}) {
  const copy = await openModule(target, { configuration: await configured(flags) });
  const text = Buffer.from((await copy.files.find(({ name }) => name === "a.go")?.read()) ?? []).toString();
  await copy.close();
  return {
    version: copy.version,
    source: copy.source,
    which: /\d/u.exec(text)?.[0],
    h1: copy.h1,
    info: copy.info,
  };
}

const stamp = (at: number) => new Date((FIRST_TIME + at) * 1000).toISOString().replace(/[-:T]|\.000Z/gu, "");
const short = (at: number) => repository.commits[at]?.slice(0, 12) ?? "";

describe("direct", () => {
  test.each([
    ["latest", "v1.0.0", "0"],
    ["v1", "v1.0.0", "0"],
    ["v1.1.0-rc.1", "v1.1.0-rc.1", "2"],
    ["main", `v1.1.0-rc.1.0.${stamp(3)}-${short(3)}`, "3"],
    ["old", `v1.0.1-0.${stamp(4)}-${short(4)}`, "4"],
    ["bare", `v0.0.0-${stamp(5)}-${short(5)}`, "5"],
    [short(1), `v1.0.1-0.${stamp(1)}-${short(1)}`, "1"],
    [repository.commits[2] ?? "", "v1.1.0-rc.1", "2"],
    [`v1.0.1-0.${stamp(1)}-${short(1)}`, `v1.0.1-0.${stamp(1)}-${short(1)}`, "1"],
  ])("%s", async (query, version, which) => {
    expect(await open(`${M}@${query}`)).toMatchObject({ version, which, source: "proxy" });
    expect(await open(`git:${M}@${query}`)).toMatchObject({ version, which, source: "git" });
  });

  test.each(["v9.9.9", "nowhere", "0123456789ab", `v0.0.0-20300101000000-${short(1)}`])(
    "%s is not found",
    async (query) => {
      await expect(open(`${M}@${query}`)).rejects.toMatchObject({ code: "not-found" });
    },
  );

  test("comes after the proxies before it, and ends the list", async () => {
    const proxy = await fileProxy({ [`${M}@v1.0.0`]: files() });
    expect(await open(`${M}@v1.0.0`, { goproxy: `${proxy},direct` })).toMatchObject({ which: undefined });
    expect(await open(`${M}@v1.1.0-rc.1`, { goproxy: `${proxy},direct` })).toMatchObject({ which: "2" });
    expect(await open(`proxy:${M}@v1.0.0`, { goproxy: proxy })).toMatchObject({ which: undefined });
    await expect(open(`${M}@v2.0.0`, { goproxy: `direct,${proxy}` })).rejects.toMatchObject({
      code: "not-found",
    });
  });

  test("makes zips with Go's hashes", async () => {
    const hashes = readFileSync(new URL("rebuild/go-hashes.json", import.meta.url), "utf8");
    const [, goHash] = /"attributes": "([^"]+)"/u.exec(hashes) ?? [];
    const one = cases.find(({ name }) => name === "attributes");
    if (one === undefined) throw new Error("no such case");
    const { folder } = gitRepository(temporaryFolder(), [commitOf(one)]);
    const found = await open(`${ROOT}@v1.0.0`, { repositories: [`${ROOT}=${folder}`] });
    expect(found).toMatchObject({
      h1: goHash,
      info: { origin: { vcs: "git", ref: "refs/tags/v1.0.0" } },
    });
  });

  test("serves build lists", async () => {
    const configuration = await configured();
    const goMod = `module example.com/main\n\ngo 1.20\n\nrequire ${M} v1.0.0\n`;
    const target = await openModule(await writeFiles({ "go.mod": goMod }), { configuration });
    const list = await buildList(target, { configuration });
    expect([list.modules[1]?.version, checkedOnly(list.diagnostics)]).toEqual(["v1.0.0", []]);
  });
});

describe("revisions", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test("git+file, by branch, tag and commit", async () => {
    for (const [ref, which] of [
      ["main", "3"],
      ["v1.0.0", "0"],
      [short(1), "1"],
      [repository.commits[4] ?? "", "4"],
      ["HEAD", "3"],
    ] as const)
      expect(await open(`git+file://${repository.folder}@${ref}`)).toMatchObject({
        which,
        version: undefined,
        source: "git",
      });
    await expect(open(`git+file://${repository.folder}`)).rejects.toMatchObject({ code: "bad-target" });
    await expect(open(`git+ext://sh@x`)).rejects.toMatchObject({ code: "bad-repository" });
  });

  test("git:HEAD~1 in the directory where one stands", async () => {
    const work = temporaryFolder();
    git(["clone", "--quiet", repository.folder, join(work, "clone")]);
    const here = join(work, "clone");
    mkdirSync(join(here, "sub"));
    vi.spyOn(process, "cwd").mockReturnValue(here);
    expect(await open("git:HEAD")).toMatchObject({ which: "3" });
    expect(await open("git:HEAD~1")).toMatchObject({ which: "2" });
    expect(await open("git:v1.0.0^0")).toMatchObject({ which: "0" });
    for (const bad of ["git:--help", "git::x", "git:HEAD..main", "git:HEAD:a.go", "git:nowhere"])
      await expect(open(bad)).rejects.toMatchObject({ code: "not-found" });
    vi.spyOn(process, "cwd").mockReturnValue(temporaryFolder());
    await expect(open("git:HEAD")).rejects.toMatchObject({ code: "bad-target" });
  });
});
