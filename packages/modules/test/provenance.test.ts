/** Published copies held against real repositories. */
import { describe, expect, test } from "vitest";
import {
  escapePath,
  h1OfGoMod,
  openModule,
  type Provenance,
  type VerifyOptions,
  verifyModule,
} from "../src/index.ts";
import { proxyFiles } from "./file-proxy.ts";
import { addCommits, type CommitSpec, FIRST_TIME, git, gitRepository } from "./git-repository.ts";
import { localDatabase, throughProxy } from "./local-database.ts";
import { loopbackServer, serveFiles } from "./loopback-server.ts";
import { temporaryFolder, testConfiguration } from "./temporary-folder.ts";
import { containing } from "./text-match.ts";

const PATH = "example.test/m";
const MOD = `module ${PATH}\n\ngo 1.20\n`;
const FILES = { "go.mod": MOD, "a.go": "package a\n", "b.txt": "one\ntwo\n" };

interface Scenario {
  readonly commits: readonly CommitSpec[];
  /** Made later: tags that are there are moved. */
  readonly later?: readonly CommitSpec[];
  readonly version?: string;
  readonly path?: string;
  readonly published?: Record<string, string>;
  /** The commit that the proxy names, by its number or name; `none`: it names none. */
  readonly origin?: number | string;
  readonly originUrl?: string;
  readonly extra?: Record<string, string>;
  readonly database?: "honest" | "other" | "none";
  readonly options?: Partial<VerifyOptions>;
}

async function publish(scenario: Scenario) {
  const {
    commits,
    later = [],
    version = "v1.0.0",
    path = PATH,
    published = FILES,
    database = "honest",
  } = scenario;
  const { folder, commits: first } = gitRepository(temporaryFolder(), commits);
  const all = [...first, ...(later.length === 0 ? [] : addCommits(folder, later))];
  const files = await proxyFiles({ [`${path}@${version}`]: published });
  const { origin = 0, originUrl } = scenario;
  const hash = typeof origin === "number" ? all[origin] : origin;
  const Origin = origin === "none" ? undefined : { VCS: "git", URL: originUrl, Hash: hash };
  files[`${escapePath(path)}/@v/${version}.info`] = JSON.stringify({ Version: version, Origin });
  const h1 = await hashOf(files, `${path}@${version}`);
  const sums = localDatabase();
  sums.add(`${path}@${version}`, {
    zip: database === "other" ? "h1:other=" : h1,
    goMod: h1OfGoMod(Buffer.from(published["go.mod"] ?? `module ${path}\n`)),
  });
  const served = { ...files, ...(database === "none" ? {} : throughProxy(sums)), ...scenario.extra };
  const server = await loopbackServer(serveFiles(served));
  const configuration = await testConfiguration(
    { goproxy: server.url, gosumdb: sums.verifierKey },
    { env: { PATH: process.env["PATH"], GOROOT: temporaryFolder() }, timeouts: { git: 60_000 } },
  );
  return { folder, commits: all, configuration, path, version };
}

async function hashOf(files: Record<string, string | Uint8Array>, target: string): Promise<string> {
  const { url } = await loopbackServer(serveFiles(files));
  const copy = await openModule(target, { configuration: await testConfiguration({ goproxy: url }) });
  await copy.close();
  return copy.h1;
}

async function verified(scenario: Scenario): Promise<Provenance & { readonly commits: readonly string[] }> {
  const { folder, commits, configuration, path, version } = await publish(scenario);
  const found = await verifyModule(
    { path, query: version },
    { configuration, repo: folder, ...scenario.options },
  );
  await found.close();
  return { ...found.provenance, commits };
}

const ids = ({ findings }: Provenance) => findings.map(({ id }) => id);
const kinds = ({ files }: Provenance) => files.map(({ name, kind }) => `${name} ${kind}`);
const tagged: CommitSpec = { files: FILES, tags: ["v1.0.0"] };

describe("verdicts", () => {
  test("same: the tag's commit makes the same zip", async () => {
    const found = await verified({ commits: [tagged] });
    expect(found).toMatchObject({
      verdict: "same",
      checksum: { status: "verified" },
      compared: { namedBy: "tag", directory: "", h1: found.published?.h1 },
      repository: { foundBy: "flag" },
      identical: 3,
      files: [],
      findings: [],
    });
    expect(found.tag).toEqual({ name: "v1.0.0", commit: found.commits[0] });
  });

  test("same: an annotated tag, and a module below the root", async () => {
    const path = `${PATH}/sub/v2`;
    const files = { "go.mod": `module ${path}\n`, "a.go": "package a\n" };
    const inRepository = Object.fromEntries(
      Object.entries(files).map(([name, text]) => [`sub/${name}`, text]),
    );
    const commits = [{ files: { LICENSE: "free\n", ...inRepository }, annotated: ["sub/v2.0.0"] }];
    const published = { ...files, LICENSE: "free\n" };
    const found = await verified({ commits, path, version: "v2.0.0", published });
    expect(found).toMatchObject({
      verdict: "same",
      compared: { directory: "sub" },
      tag: { name: "sub/v2.0.0" },
    });
  });

  test("differs: the tag was moved to a commit without the back door", async () => {
    const evil = { ...FILES, "a.go": "package a\n\nfunc init() { evil() }\n", "evil.go": "package a\n" };
    const found = await verified({
      commits: [{ files: evil, tags: ["v1.0.0"] }],
      later: [{ files: FILES, tags: ["v1.0.0"], branch: "other" }],
      published: evil,
    });
    expect(found).toMatchObject({
      verdict: "differs",
      why: containing(found.commits[0]?.slice(0, 12) ?? "?"),
      checksum: { status: "verified" },
    });
    expect(ids(found)).toEqual(["file-not-in-git", "tag-moved"]);
    expect(kinds(found)).toEqual(["a.go different", "evil.go only-published"]);
  });

  test("a tag that is moved between two runs is noticed", async () => {
    const { folder, configuration, path, version } = await publish({ commits: [tagged] });
    const verdicts: string[] = [];
    for (const tags of [[], ["v1.0.0"], []]) {
      addCommits(folder, [{ files: { ...FILES, "a.go": "package other\n" }, tags, branch: "later" }]);
      const again = { ...configuration, git: { ...configuration.git } };
      const found = await verifyModule({ path, query: version }, { configuration: again, repo: folder });
      await found.close();
      verdicts.push(found.provenance.verdict);
      git([`--git-dir=${folder}`, "pack-refs", "--all"]);
    }
    expect(verdicts).toEqual(["same", "differs", "differs"]);
  });

  test("explained: line endings alone", async () => {
    const published = { ...FILES, "b.txt": "one\r\ntwo\r\n" };
    const found = await verified({ commits: [tagged], published });
    expect([found.verdict, ...kinds(found)]).toEqual(["explained", "b.txt line-endings"]);
  });

  test("a generated header explains nothing", async () => {
    const published = { ...FILES, "a.go": "// Code generated by x. DO NOT EDIT.\npackage a\n" };
    expect(await verified({ commits: [tagged], published })).toMatchObject({
      verdict: "differs",
      files: [{ kind: "different" }],
    });
  });

  test("unverifiable: no tag, and the commit is a fork's", async () => {
    const fork: CommitSpec = { files: FILES, branch: "none" };
    const found = await verified({ commits: [{ files: { "x.go": "package x\n" } }, fork], origin: 1 });
    expect(found).toMatchObject({ verdict: "unverifiable", compared: { namedBy: "origin" }, files: [] });
    expect(ids(found)).toEqual(["commit-unreachable", "tag-missing"]);
  });

  test("no tag, but a branch leads to the commit", async () => {
    const found = await verified({ commits: [{ files: FILES }] });
    expect([found.verdict, ...ids(found)]).toEqual(["same", "tag-missing"]);
  });

  test("unverifiable: the repository is gone, or hands out nothing", async () => {
    const found = await verified({ commits: [tagged], options: { repo: temporaryFolder() } });
    expect(found).toMatchObject({ verdict: "unverifiable", findings: [{ id: "repository-unavailable" }] });
    const none = await verified({ commits: [{ files: { x: "" } }], origin: "1".repeat(40) });
    expect([none.verdict, ...ids(none)]).toEqual(["unverifiable", "commit-unreachable", "tag-missing"]);
  });

  test("differs: the commit does not hold the module", async () => {
    const found = await verified({
      commits: [{ files: { "go.mod": "module example.test/other/v3\n" }, tags: ["v1.0.0"] }],
    });
    expect([found.verdict, ...ids(found)]).toEqual(["differs", "module-absent"]);
  });

  test("differs: git makes no archive of the commit", async () => {
    const found = await verified({ commits: [{ files: { ...FILES, ".GIT/config": "" }, tags: ["v1.0.0"] }] });
    expect(found).toMatchObject({ verdict: "differs", findings: [{ id: "zip-not-reproducible" }] });
  });

  test("same bytes, though Go would refuse the commit", async () => {
    const found = await verified({ commits: [{ files: { ...FILES, "a:b": "" }, tags: ["v1.0.0"] }] });
    expect(found).toMatchObject({ verdict: "same", findings: [{ id: "zip-not-reproducible" }] });
  });
});

describe("sums", () => {
  test("that the database has otherwise are a finding, and the copy is compared all the same", async () => {
    const found = await verified({ commits: [tagged], database: "other" });
    expect(found).toMatchObject({ verdict: "same", checksum: { status: "mismatch", expected: "h1:other=" } });
    expect(ids(found)).toEqual(["checksum-mismatch"]);
  });

  test("that go.sum has otherwise too", async () => {
    const goSum = new Map([[`${PATH} v1.0.0`, new Set(["h1:other="])]]);
    const found = await verified({ commits: [tagged], options: { goSum, sumsOnly: true } });
    expect(found).toMatchObject({
      verdict: "differs",
      goSum: "mismatch",
      findings: [{ id: "go-sum-mismatch" }],
    });
  });
});

describe("what the proxy says", () => {
  test("no Origin", async () => {
    expect(ids(await verified({ commits: [tagged], origin: "none" }))).toEqual(["origin-absent"]);
  });

  test("another repository than the module path leads to", async () => {
    const getPage = async () => `<meta name="go-import" content="${PATH} git https://127.0.0.1/m">`;
    const found = await verified({
      commits: [tagged],
      originUrl: "https://elsewhere.example/m",
      options: { repo: undefined, getPage },
    });
    expect(ids(found)).toEqual(["repository-unavailable", "origin-contradicts"]);
    expect(found.findings[0]?.message).toContain("not on the public network");
  });

  test("offline no repository is asked but local ones", async () => {
    const { folder, configuration, path, version } = await publish({ commits: [tagged] });
    await (await verifyModule({ path, query: version }, { configuration, repo: folder })).close();
    const offline = { ...configuration, goproxy: { value: "off", from: "here" } };
    for (const [repo, verdict] of [
      [folder, "same"],
      [undefined, "unverifiable"],
    ] as const) {
      const found = await verifyModule({ path, query: version }, { configuration: offline, repo });
      await found.close();
      expect(found.provenance).toMatchObject({ verdict, checksum: { status: "verified" } });
    }
  });

  test.each([
    "ext::sh -c 'touch x'",
    "file:///etc",
    "http://example.com/m",
    "--upload-pack=touch",
    "ssh://example.com/m",
  ])("the repository %s: not handed to git", async (originUrl) => {
    const getPage = async () => "<html>nothing</html>";
    const found = await verified({ commits: [tagged], originUrl, options: { repo: undefined, getPage } });
    expect([found.verdict, ...ids(found)]).toEqual(["unverifiable", "repository-unknown"]);
  });

  test("that it is malicious, in its words and not by its status", async () => {
    const { folder, path } = await publish({ commits: [tagged] });
    for (const [words, isFinding] of [
      ["not allowed: module is considered malicious", true],
      ["not allowed here", false],
      ["", false],
    ] as const) {
      const { url } = await loopbackServer((answer) => answer.writeHead(403).end(words));
      const configuration = await testConfiguration(
        { goproxy: url },
        { env: { PATH: process.env["PATH"], GOROOT: temporaryFolder() } },
      );
      // A path that says the word is no finding.
      const named = isFinding ? path : "example.test/malicious";
      const found = verifyModule({ path: named, query: "v1.0.0" }, { configuration, repo: folder });
      if (isFinding)
        expect((await found).provenance.findings).toMatchObject([
          { id: "reported-malicious", message: containing("considered malicious") },
        ]);
      else await expect(found).rejects.toMatchObject({ code: "refused" });
    }
  });

  test("retracted and deprecated, in the latest version", async () => {
    const goMod = `// Deprecated: use another.\nmodule ${PATH}\n\n// Broken.\nretract v1.0.0\n`;
    const files = await proxyFiles({ [`${PATH}@v1.1.0`]: { "go.mod": goMod } });
    const extra = {
      [`${PATH}/@v/list`]: "v1.0.0\nv1.1.0\n",
      [`${PATH}/@v/v1.1.0.mod`]: goMod,
      [`${PATH}/@v/v1.1.0.info`]: String(files[`${PATH}/@v/v1.1.0.info`]),
    };
    const found = await verified({ commits: [tagged], extra });
    expect(found.findings).toMatchObject([
      { id: "retracted", message: "Broken." },
      { id: "deprecated", message: "use another." },
    ]);
  });
});

describe("pseudo-versions", () => {
  const stamp = (seconds: number) => new Date(seconds * 1000).toISOString().replace(/[-:T]|\.000Z/gu, "");

  async function pseudo(version: (commit: string) => string, commits: readonly CommitSpec[]) {
    const made = gitRepository(temporaryFolder(), commits);
    return verified({ commits, version: version(made.commits.at(-1) ?? ""), origin: commits.length - 1 });
  }

  test("of a commit on a branch", async () => {
    const found = await pseudo(
      (commit) => `v0.0.0-${stamp(FIRST_TIME)}-${commit.slice(0, 12)}`,
      [{ files: FILES }],
    );
    expect(found).toMatchObject({ verdict: "same", compared: { namedBy: "pseudo-version" }, findings: [] });
  });

  test("with a time that is not the commit's", async () => {
    const found = await pseudo(
      (commit) => `v0.0.0-20300101000000-${commit.slice(0, 12)}`,
      [{ files: FILES }],
    );
    expect([found.verdict, ...ids(found)]).toEqual(["same", "pseudo-version-time"]);
  });

  test("that follows a release which is no ancestor, or one that is", async () => {
    const release: CommitSpec = { files: { x: "" }, branch: "other", tags: ["v1.2.2"] };
    const version = (commit: string) => `v1.2.3-0.${stamp(FIRST_TIME + 1)}-${commit.slice(0, 12)}`;
    expect(ids(await pseudo(version, [release, { files: FILES }]))).toEqual(["pseudo-version-ancestry"]);
    expect(ids(await pseudo(version, [{ ...release, branch: "main" }, { files: FILES }]))).toEqual([]);
  });

  test("of a commit on no branch", async () => {
    const commits: readonly CommitSpec[] = [{ files: { x: "" } }, { files: FILES, branch: "none" }];
    const found = await pseudo((commit) => `v0.0.0-${stamp(FIRST_TIME + 1)}-${commit.slice(0, 12)}`, commits);
    expect([found.verdict, ...ids(found)]).toEqual(["unverifiable", "commit-unreachable"]);
  });
});
