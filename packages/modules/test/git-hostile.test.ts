/** Repositories and servers that mean harm: nothing runs, nothing is written elsewhere, and work ends. */
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  isPublicAddress,
  isRefName,
  openModule,
  openRepository,
  type Repository,
  repositoryAddress,
  SourceError,
  verifyModule,
} from "../src/index.ts";
import { fileProxy } from "./file-proxy.ts";
import { type CommitSpec, git, gitRepository } from "./git-repository.ts";
import { gitServer, listen } from "./git-server.ts";
import { temporaryFolder, testConfiguration } from "./temporary-folder.ts";
import { containing } from "./text-match.ts";

const M = "example.com/m";
const FILES = { "go.mod": `module ${M}\n`, "a.go": "package a\n" };

const UNSAFE = expect.objectContaining({ code: "unsafe-repository" }) as Error;

/** The environment of a user whose git is set up to run things. */
function userWithConfiguration(marker: string): NodeJS.ProcessEnv {
  const home = temporaryFolder();
  const run = `touch ${marker}; cat`;
  writeFileSync(
    join(home, ".gitconfig"),
    `[filter "lfs"]\n\tsmudge = ${run}\n\tclean = ${run}\n\tprocess = ${run}\n\trequired = true\n[core]\n\thooksPath = ${home}/hooks\n\tattributesFile = ${home}/attributes\n\tfsmonitor = ${run}\n[url "file:///elsewhere/"]\n\tinsteadOf = file:///\n[tar "zip"]\n\tcommand = ${run}\n[init]\n\ttemplateDir = ${home}/template\n`,
  );
  writeFileSync(join(home, "attributes"), "* filter=lfs\n");
  for (const folder of ["hooks", "template/hooks"]) {
    mkdirSync(join(home, folder), { recursive: true });
    for (const hook of ["reference-transaction", "post-checkout", "post-index-change"]) {
      writeFileSync(join(home, folder, hook), `#!/bin/sh\ntouch ${marker}\n`);
      chmodSync(join(home, folder, hook), 0o755);
    }
  }
  return {
    HOME: home,
    XDG_CONFIG_HOME: home,
    GIT_CONFIG_GLOBAL: join(home, ".gitconfig"),
    GIT_DIR: "/nowhere",
    GIT_SSH_COMMAND: run,
    GIT_PROXY_COMMAND: run,
  };
}

async function configured(env: NodeJS.ProcessEnv = {}, { bytes = 1 << 28, time = 60_000 } = {}, place = "") {
  const flags = { goproxy: "direct", ...(place !== "" && { repositories: [`${M}=${place}`] }) };
  const all = { PATH: process.env["PATH"], GOROOT: temporaryFolder(), ...env };
  return testConfiguration(flags, { env: all, limits: { repositoryBytes: bytes }, timeouts: { git: time } });
}

async function open(
  commits: readonly CommitSpec[],
  env?: NodeJS.ProcessEnv,
  bounds?: { bytes?: number; time?: number },
) {
  const { folder } = gitRepository(temporaryFolder(), commits);
  const configuration = await configured(env, bounds, folder);
  const copy = await openModule(`${M}@v1.0.0`, { configuration });
  await copy.close();
  return { copy, configuration };
}

function repositoryAt(url: string, bounds: { diskBytes?: number; time?: number } = {}): Repository {
  const limits = { time: 20_000, diskBytes: 1 << 28, variables: process.env, ...bounds };
  return openRepository(repositoryAddress(url, "user"), { folder: temporaryFolder(), limits, task: {} });
}

describe("nothing is run", () => {
  test("of the user's configuration, or of the repository's attributes", async () => {
    const marker = join(temporaryFolder(), "ran");
    const attributes = "* filter=lfs diff=lfs merge=lfs\n";
    const { copy } = await open(
      [
        {
          files: {
            ...FILES,
            ".gitattributes": attributes,
            ".lfsconfig": `[lfs]\n\turl = file://${marker}\n`,
          },
          tags: ["v1.0.0"],
        },
      ],
      userWithConfiguration(marker),
    );
    expect(copy.files.map(({ name }) => name)).toEqual([".gitattributes", ".lfsconfig", "a.go", "go.mod"]);
    expect(existsSync(marker)).toBe(false);
  });

  test("of what submodules name: they are not asked", async () => {
    const marker = join(temporaryFolder(), "ran");
    const gitmodules = `[submodule "s"]\n\tpath = s\n\turl = ext::sh -c touch% ${marker}\n\tupdate = !touch ${marker}\n`;
    const files = { ...FILES, ".gitmodules": gitmodules, s: { submodule: "1".repeat(40) } };
    const { copy } = await open([{ files, tags: ["v1.0.0"] }], userWithConfiguration(marker));
    expect(copy.files.map(({ name }) => name)).toEqual([".gitmodules", "a.go", "go.mod"]);
    expect(existsSync(marker)).toBe(false);
  });

  test("of a local repository's hooks and configuration", async () => {
    const marker = join(temporaryFolder(), "ran");
    const { folder } = gitRepository(temporaryFolder(), [{ files: FILES, tags: ["v1.0.0"] }]);
    mkdirSync(join(folder, "hooks"), { recursive: true });
    for (const hook of ["pre-receive", "post-update", "pre-auto-gc", "reference-transaction"]) {
      writeFileSync(join(folder, "hooks", hook), `#!/bin/sh\ntouch ${marker}\n`);
      chmodSync(join(folder, "hooks", hook), 0o755);
    }
    const copy = await openModule(`${M}@v1.0.0`, { configuration: await configured({}, {}, folder) });
    await copy.close();
    expect(existsSync(marker)).toBe(false);
  });

  test.each([
    ["a promisor", '[remote "x"]\n\tpromisor = true\n\turl = ext::sh -c touch% x\n'],
    ["an included configuration", "[include]\n\tpath = /etc/passwd\n"],
    ["a program to serve it", '[remote "x"]\n\tuploadpack = touch x\n'],
    ["a partial clone", "[extensions]\n\tpartialClone = x\n"],
    ["one behind other headers", "[a][b][include] path = /etc/passwd\n"],
    ["one behind a bracket in a name", '[remote "a]b"] promisor = true\n'],
    ["one that is too large to be looked at", `${"# comment\n".repeat(200_000)}[include]\n\tpath = x\n`],
  ])("%s in a local repository is refused", async (_, config) => {
    const { folder } = gitRepository(temporaryFolder(), [{ files: FILES }]);
    writeFileSync(join(folder, "config"), `[core]\n\tbare = true\n${config}`);
    expect(() => repositoryAddress(folder, "user")).toThrow(UNSAFE);
  });

  test("nor is that overlooked behind a .git that is a file", () => {
    const { folder } = gitRepository(temporaryFolder(), [{ files: FILES }]);
    const worktree = temporaryFolder();
    const data = join(folder, "worktrees/w");
    mkdirSync(data, { recursive: true });
    writeFileSync(join(data, "commondir"), "../..\n");
    writeFileSync(join(worktree, ".git"), `gitdir: ${data}\n`);
    expect(repositoryAddress(worktree, "user")).toMatchObject({ transport: "file" });
    for (const config of [join(data, "config.worktree"), join(folder, "config")]) {
      writeFileSync(config, "[core]\n\tbare = true\n[include]\n\tpath = /etc/passwd\n");
      expect(() => repositoryAddress(worktree, "user")).toThrow(UNSAFE);
      writeFileSync(config, "[core]\n\tbare = true\n");
    }
    mkdirSync(join(folder, "objects/info"), { recursive: true });
    writeFileSync(join(folder, "objects/info/alternates"), "/somewhere/objects\n");
    expect(() => repositoryAddress(worktree, "user")).toThrow(UNSAFE);
  });

  test.each([
    ["two line ends", (data: string) => `gitdir: ${data}\n\n`],
    ["other line ends", (data: string) => `gitdir: ${data}\r\n`],
    ["more than is read", (data: string) => `gitdir: ${data}\n${"\n".repeat(5000)}`],
    ["something else", () => "nothing\n"],
  ])("a .git with %s hides no configuration", (_, content) => {
    const { folder } = gitRepository(temporaryFolder(), [{ files: FILES }]);
    writeFileSync(join(folder, "config"), "[core]\n\tbare = true\n[include]\n\tpath = /etc/passwd\n");
    const worktree = temporaryFolder();
    writeFileSync(join(worktree, "HEAD"), "ref: refs/heads/main\n");
    writeFileSync(join(worktree, ".git"), content(folder));
    expect(() => repositoryAddress(worktree, "user")).toThrow(UNSAFE);
  });

  test("a file URL that is of no folder is told", () => {
    expect(() => repositoryAddress("file:///a%2Fb", "user")).toThrow(SourceError);
  });

  test("objects of another repository are not borrowed", async () => {
    const { folder } = gitRepository(temporaryFolder(), [{ files: FILES }]);
    mkdirSync(join(folder, "objects/info"), { recursive: true });
    writeFileSync(join(folder, "objects/info/alternates"), "/somewhere/objects\n");
    expect(() => repositoryAddress(folder, "user")).toThrow(UNSAFE);
  });

  test.each([
    "ext::sh -c touch% x",
    "ext://sh",
    "--upload-pack=touch x",
    "-x",
    "ssh://a.b/c",
    "git@a.b:c",
    "fd::17",
    "file://host/x",
    "https://a.b/c?x=y",
    "https://a.b/c#d",
  ])("%s is no address", async (text) => {
    expect(() => repositoryAddress(text, "user")).toThrow(SourceError);
    expect(() => repositoryAddress(text, "server")).toThrow(
      expect.objectContaining({ code: "bad-repository" }),
    );
  });
});

describe("a git that is not as it should be", () => {
  const REPOSITORY = { files: FILES, tags: ["v1.0.0"] };

  test("is told if it is missing", async () => {
    await expect(open([REPOSITORY], { PATH: temporaryFolder() })).rejects.toMatchObject({
      code: "git-unavailable",
      hint: containing("2.39 or later"),
    });
  });

  test("is told if it fails without a word, as old ones do", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "git"), "#!/bin/sh\nexit 129\n");
    chmodSync(join(folder, "git"), 0o755);
    await expect(open([REPOSITORY], { PATH: folder })).rejects.toMatchObject({
      code: "repository-unavailable",
      message: containing("it may be older than 2.39"),
    });
  });
});

describe("names", () => {
  test("of refs that could be options or expressions are not handed to git", () => {
    for (const name of [
      "--output=x",
      "-x",
      "a..b",
      "a~1",
      "a^",
      "a:b",
      "@{u}",
      "a b",
      "a\nb",
      "x.lock",
      "/a",
      "a/",
      ".a",
      "a//b",
      "\u202e",
    ])
      expect([name, isRefName(name)]).toEqual([name, false]);
    for (const name of ["v1.2.3", "feature/x-y_z", "sub/v0.1.0+meta"]) expect(isRefName(name)).toBe(true);
  });

  test("of refs of a repository that are odd do no harm", async () => {
    const { folder, commits } = gitRepository(temporaryFolder(), [{ files: FILES, tags: ["v1.0.0"] }]);
    for (const ref of ["refs/heads/--output=x", "refs/tags/\u202e", "refs/heads/$(touch)", "refs/heads/@"])
      git([`--git-dir=${folder}`, "update-ref", ref, commits[0] ?? ""]);
    const copy = await openModule(`${M}@v1.0.0`, { configuration: await configured({}, {}, folder) });
    await copy.close();
    expect(copy.version).toBe("v1.0.0");
  });

  test("of files that collide, or lie in .git, are Go's to refuse", async () => {
    const odd = { ".GIT/config": "x", "sub/.git/hooks/x": "x", "a.GO": "" };
    await expect(open([{ files: { ...FILES, ...odd }, tags: ["v1.0.0"] }])).rejects.toMatchObject({
      code: "bad-zip",
      message: containing("no module zip"),
    });
  });

  test("of directories can be nested deeply", async () => {
    const deep = `${"d/".repeat(900)}x`;
    const result = await open([{ files: { ...FILES, [deep]: "x" }, tags: ["v1.0.0"] }]).catch(
      (error: unknown) => error,
    );
    expect(result).toBeInstanceOf(SourceError);
  });
});

describe("size", () => {
  test("of a repository is bounded", async () => {
    const noise = Buffer.alloc(8 << 20);
    for (let at = 0; at < noise.length; at += 4)
      noise.writeUInt32LE((Math.imul(at, 2_654_435_761) ^ (at >>> 3)) >>> 0, at);
    const files = { ...FILES, "noise.bin": { base64: noise.toString("base64") } };
    const opened = open([{ files, tags: ["v1.0.0"] }], {}, { bytes: 1 << 20 });
    await expect(opened).rejects.toMatchObject({ code: "git-limit", message: containing("1048576 bytes") });
  });

  test("of what a small repository unfolds to is bounded", async () => {
    const { folder, commits } = gitRepository(temporaryFolder(), [{ files: FILES }]);
    const bomb = treeBomb(folder, 8, 12);
    git([`--git-dir=${folder}`, "update-ref", "refs/tags/v1.0.0", commitTree(folder, bomb)]);
    expect(commits).toHaveLength(1);
    const configuration = await configured({}, { time: 5000 }, folder);
    await expect(openModule(`${M}@v1.0.0`, { configuration })).rejects.toMatchObject({
      code: expect.stringMatching(/git-limit|bad-zip/u) as string,
    });
  });
});

/** A tree in which each level holds the one below many times: 12^8 files in 9 objects. */
function treeBomb(folder: string, levels: number, width: number): string {
  let tree = makeTree(folder, [`100644 blob ${hashObject(folder, "x")}\tf`]);
  for (let level = 0; level < levels; level++)
    tree = makeTree(
      folder,
      Array.from({ length: width }, (_, at) => `040000 tree ${tree}\td${at}`),
    );
  return tree;
}

function hashObject(folder: string, content: string): string {
  return git([`--git-dir=${folder}`, "hash-object", "-w", "--stdin"], Buffer.from(content)).trim();
}

function makeTree(folder: string, lines: readonly string[]): string {
  return git([`--git-dir=${folder}`, "mktree"], Buffer.from(`${lines.join("\n")}\n`)).trim();
}

function commitTree(folder: string, tree: string): string {
  const identity = ["-c", "user.name=a", "-c", "user.email=a@b"];
  return git([`--git-dir=${folder}`, ...identity, "commit-tree", tree, "-m", "bomb"]).trim();
}

describe("servers", () => {
  test("that speak git over HTTP are read, history without files included", async () => {
    const root = temporaryFolder();
    const { folder, commits } = gitRepository(root, [
      { files: { "x.go": "package x\n" } },
      { files: FILES, tags: ["v1.0.0"] },
    ]);
    git([`--git-dir=${folder}`, "config", "uploadpack.allowFilter", "true"]);
    const repository = repositoryAt(`${await gitServer(root)}/repository.git`);
    expect(await repository.fetchCommit(commits[1] ?? "")).toBe(true);
    expect((await repository.readFile(commits[1] ?? "", "a.go", 100))?.toString()).toBe("package a\n");
    const history = await repository.history();
    expect(await history.isReachable(commits[0] ?? "")).toBe(true);
    expect(await history.isAncestor(commits[0] ?? "", commits[1] ?? "")).toBe(true);
  });

  test("that hang are given up on", async () => {
    const repository = repositoryAt(`${await listen(createServer(() => undefined))}/r`, { time: 500 });
    await expect(repository.refs()).rejects.toMatchObject({
      code: "git-limit",
      message: containing("not done after 0.5 s"),
    });
  });

  test("that redirect are not followed", async () => {
    const asked: string[] = [];
    const inner = await listen(
      createServer((request, answer) => {
        asked.push(request.url ?? "");
        answer.end();
      }),
    );
    const outer = await listen(
      createServer((_request, answer) =>
        answer.writeHead(302, { location: `${inner}/secret/info/refs?service=git-upload-pack` }).end(),
      ),
    );
    await expect(repositoryAt(`${outer}/r`).refs()).rejects.toMatchObject({
      code: "repository-unavailable",
    });
    expect(asked).toEqual([]);
  });

  test("whose words could drive a terminal are quoted", async () => {
    const server = await listen(
      createServer((_request, answer) =>
        answer.writeHead(404, { "content-type": "text/plain" }).end("\u001b[31mgone\u202e"),
      ),
    );
    const failure: unknown = await repositoryAt(`${server}/r`)
      .refs()
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "repository-unavailable" });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
    expect(String(failure)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/u);
  });

  test("named by other servers are asked on the public network alone", async () => {
    const repository = openRepository(repositoryAddress("https://localhost/m", "server"), {
      folder: temporaryFolder(),
      limits: { time: 5000, diskBytes: 1, variables: { PATH: process.env["PATH"] } },
      task: {},
    });
    await expect(repository.refs()).rejects.toMatchObject({ code: "private-address" });
    for (const address of [
      "127.0.0.1",
      "10.1.2.3",
      "169.254.169.254",
      "100.64.0.1",
      "192.168.1.1",
      "0.0.0.0",
      "::1",
      "fe80::1",
      "fc00::1",
      "::ffff:127.0.0.1",
      "::ffff:1.1.1.1",
      "64:ff9b::7f00:1",
      "224.0.0.1",
      "not an address",
    ])
      expect([address, isPublicAddress(address)]).toEqual([address, false]);
    for (const address of ["1.1.1.1", "2606:4700::1111"]) expect(isPublicAddress(address)).toBe(true);
  });

  test("that publish another module's zip are found out", async () => {
    const goproxy = await fileProxy({ [`${M}@v1.0.0`]: { "go.mod": "module example.com/other\n" } });
    const { folder } = gitRepository(temporaryFolder(), [{ files: FILES, tags: ["v1.0.0"] }]);
    const configuration = await testConfiguration(
      { goproxy },
      { env: { PATH: process.env["PATH"], GOROOT: temporaryFolder() }, timeouts: { git: 60_000 } },
    );
    const found = await verifyModule({ path: M, query: "v1.0.0" }, { configuration, repo: folder });
    await found.close();
    expect(found.provenance.verdict).toBe("differs");
    expect(found.diagnostics.map(({ code }) => code)).toContain("module-path-mismatch");
  });
});

test("nothing is written outside of the cache", async () => {
  const { configuration } = await open([{ files: FILES, tags: ["v1.0.0"] }]);
  const home = join(configuration.cacheDir ?? "", "..");
  expect(readdirSync(home)).toEqual(["cache"]);
});

test("whatever git lists as refs is read, or passed over", async () => {
  const { parseRefs } = await import("../src/git/refs.ts");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(parseRefs(text).commits.size).toBeLessThanOrEqual(text.length);
    }),
  );
});

test("two processes may fetch from one repository at once", async () => {
  const commits = Array.from({ length: 6 }, (_, at): CommitSpec => ({ files: { x: String(at) } }));
  const made = gitRepository(temporaryFolder(), commits);
  const folder = temporaryFolder();
  const limits = { time: 60_000, diskBytes: 1 << 28, variables: process.env };
  const address = repositoryAddress(made.folder, "user");
  // Each has its own order of work, as two processes have.
  const copies = made.commits.map(() => openRepository(address, { folder, limits, task: {} }));
  const fetched = await Promise.all(copies.map((copy, at) => copy.fetchCommit(made.commits[at] ?? "")));
  expect(fetched).toEqual(commits.map(() => true));
});
