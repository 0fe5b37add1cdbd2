/**
 * The system's git, run so that nothing of the user's or of a repository's configuration counts and nothing of a
 * repository is executed: no system, user or template configuration, no hooks, filters, credential helpers, LFS,
 * submodules, prompts, pagers, replacement objects; one allowed transport. Output, time and disk are bounded.
 */
import { spawn } from "node:child_process";
import { constants } from "node:fs";
import { access, mkdir, open, readdir, stat } from "node:fs/promises";
import { delimiter, isAbsolute, join } from "node:path";
import { printableBlock } from "../printable.ts";
import { SourceError } from "../source-error.ts";

/** How git may reach a repository. */
export type GitTransport = "https" | "http" | "file" | "none";

/** One run of git. */
export interface GitRun {
  /** After the settings that all runs share. Words from outside come after `--end-of-options` or `--`. */
  readonly args: readonly string[];
  /** The bare repository. */
  readonly directory: string;
  /** An empty folder that stands for the user's home; beside the repository unless said. */
  readonly home?: string | undefined;
  readonly transport?: GitTransport;
  /** Further settings, `name=value`. */
  readonly settings?: readonly string[];
  /** Most bytes on stdout. */
  readonly outputBytes: number;
  /** Stdout goes to this new file instead. */
  readonly outputFile?: string;
  /** Most bytes that the repository may have, looked at while git runs. */
  readonly diskBytes?: number;
  readonly limits: GitLimits;
  readonly signal?: AbortSignal | undefined;
}

/** What bounds every run. */
export interface GitLimits {
  /** Milliseconds of one run. A run that is ended so gives no answer. */
  readonly time: number;
  /** Most bytes of one repository. */
  readonly diskBytes: number;
  /** The user's environment: PATH, and the HTTP proxy. */
  readonly variables: NodeJS.ProcessEnv;
}

/** How a run ended: what git wrote, and whether it succeeded. */
export interface GitResult {
  readonly ok: boolean;
  readonly stdout: Buffer;
  /** Escaped, a few lines. */
  readonly complaint: string;
}

/** What the settings below need. */
export const OLDEST_GIT = "2.39";

const SETTINGS: readonly string[] = [
  "core.hooksPath=/dev/null",
  "core.attributesFile=/dev/null",
  "core.excludesFile=/dev/null",
  "core.fsmonitor=false",
  "core.sshCommand=false",
  "core.askPass=",
  "core.alternateRefsCommand=true",
  "core.autocrlf=input",
  "core.eol=lf",
  "credential.helper=",
  "fetch.recurseSubmodules=false",
  "submodule.recurse=false",
  "fetch.writeCommitGraph=false",
  "fetch.unpackLimit=1",
  "gc.auto=0",
  "maintenance.auto=false",
  "http.followRedirects=false",
  "http.lowSpeedLimit=100",
  "http.lowSpeedTime=60",
  "pack.threads=1",
  "protocol.version=2",
  "transfer.bundleURI=false",
  "log.showSignature=false",
];

const COMPLAINT_BYTES = 16 * 1024;
/** Milliseconds that git has to end by itself. */
const GRACE = 1000;
/** Milliseconds between two looks at the disk. */
const WATCH = 100;

/** Runs git. Rejects with a `SourceError` if there is no git, or a bound is hit; that git fails is a result. */
export async function runGit(run: GitRun): Promise<GitResult> {
  run.signal?.throwIfAborted();
  const program = await findGit(run.limits.variables);
  const home = run.home ?? join(run.directory, "..", "home");
  await mkdir(home, { recursive: true, mode: 0o700 });
  const settings = [...SETTINGS, ...(run.settings ?? [])].flatMap((setting) => ["-c", setting]);
  const file = run.outputFile === undefined ? undefined : await open(run.outputFile, "wx", 0o600);
  try {
    const child = spawn(program, ["--no-pager", ...settings, `--git-dir=${run.directory}`, ...run.args], {
      cwd: home,
      env: environment(run, home),
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own, so that its helpers end with it.
      detached: process.platform !== "win32",
    });
    return await watch({ run, child, write: file && ((chunk) => file.writeFile(chunk)) });
  } finally {
    await file?.close();
  }
}

function environment({ transport = "none", limits: { variables } }: GitRun, home: string): NodeJS.ProcessEnv {
  const passed = [
    "https_proxy",
    "HTTPS_PROXY",
    "http_proxy",
    "no_proxy",
    "NO_PROXY",
    "SystemRoot",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
  ];
  return {
    ...Object.fromEntries(
      passed.flatMap((name) => (variables[name] === undefined ? [] : [[name, variables[name]]])),
    ),
    PATH: absoluteFolders(variables).join(delimiter),
    HOME: home,
    XDG_CONFIG_HOME: home,
    LC_ALL: "C",
    TZ: "UTC",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_SYSTEM: "/dev/null",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_ATTR_NOSYSTEM: "1",
    GIT_ALLOW_PROTOCOL: transport,
    GIT_TERMINAL_PROMPT: "0",
    GIT_ASKPASS: "/bin/false",
    SSH_ASKPASS: "/bin/false",
    GIT_SSH_COMMAND: "false",
    GIT_LFS_SKIP_SMUDGE: "1",
    GIT_NO_LAZY_FETCH: "1",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_LITERAL_PATHSPECS: "1",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_EDITOR: "false",
  };
}

/** A folder of PATH that is not absolute would be looked for where the program stands. */
function absoluteFolders(variables: NodeJS.ProcessEnv): readonly string[] {
  return (variables["PATH"] ?? "").split(delimiter).filter((folder) => isAbsolute(folder));
}

async function findGit(variables: NodeJS.ProcessEnv): Promise<string> {
  const names = process.platform === "win32" ? ["git.exe"] : ["git"];
  for (const folder of absoluteFolders(variables)) {
    for (const name of names) {
      const program = join(folder, name);
      const isThere = await access(program, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (isThere) return program;
    }
  }
  throw new SourceError("git-unavailable", "there is no git on PATH, which repositories are read with", {
    hint: `Install git, ${OLDEST_GIT} or later.`,
  });
}

type Child = ReturnType<typeof spawn>;

interface Watched {
  readonly run: GitRun;
  readonly child: Child;
  readonly write: ((chunk: Uint8Array) => Promise<void>) | undefined;
}

/** Collects what the program writes, and ends it when a bound is hit. */
async function watch({ run, child, write }: Watched): Promise<GitResult> {
  let failure: unknown;
  const end = (why: unknown): void => {
    failure ??= why;
    // git removes what it began when it is asked to end; if it does not, it is not asked again.
    signalGroup(child, "SIGTERM");
    setTimeout(() => signalGroup(child, "SIGKILL"), GRACE).unref();
  };
  const abort = (): void => end(run.signal?.reason);
  run.signal?.addEventListener("abort", abort);
  const timer = setTimeout(
    () => end(outOfBounds(`git was not done after ${run.limits.time / 1000} s`)),
    run.limits.time,
  );
  const disk = watchDisk(run, end);
  const closed = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  closed.catch(() => undefined);
  try {
    const stdout = collect(child.stdout, run.outputBytes, { write, over: () => end(tooMuchOutput(run)) });
    const stderr = collect(child.stderr, COMPLAINT_BYTES, {});
    const [out, complaint] = await Promise.all([stdout, stderr]);
    const code = await closed;
    await disk.check();
    if (failure !== undefined) throw failure;
    return { ok: code === 0, stdout: out, complaint: printableBlock(complaint.toString("utf8").trim()) };
  } catch (error) {
    signalGroup(child, "SIGKILL");
    throw failure ?? error;
  } finally {
    clearTimeout(timer);
    disk.stop();
    run.signal?.removeEventListener("abort", abort);
  }
}

function signalGroup(child: Child, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}

interface Collecting {
  readonly write?: ((chunk: Uint8Array) => Promise<void>) | undefined;
  readonly over?: () => void;
}

/** Up to so many bytes; what comes after is read and dropped, so that the program can end. */
async function collect(stream: Child["stdout"], limit: number, { write, over }: Collecting): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (stream === null) return Buffer.alloc(0);
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > limit) over?.();
    else if (write === undefined) chunks.push(chunk);
    else await write(chunk);
  }
  return Buffer.concat(chunks);
}

interface DiskWatch {
  check(): Promise<void>;
  stop(): void;
}

function watchDisk({ directory, diskBytes }: GitRun, end: (why: unknown) => void): DiskWatch {
  if (diskBytes === undefined) return { check: async () => {}, stop: () => {} };
  let isBusy = false;
  const check = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    if ((await folderBytes(directory)) > diskBytes)
      end(outOfBounds(`the repository has more than ${diskBytes} bytes`));
    isBusy = false;
  };
  const timer = setInterval(() => void check(), WATCH);
  return { check, stop: () => clearInterval(timer) };
}

/** Bytes of the files below a folder that git writes to: its depth is git's own. */
export async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries.map(async (entry) => {
    if (!entry.isFile()) return 0;
    return stat(join(entry.parentPath, entry.name)).then(
      ({ size }) => size,
      () => 0,
    );
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function outOfBounds(message: string): SourceError {
  return new SourceError("git-limit", message, {
    hint: "The repository is larger or its server slower than is allowed for. Name a local clone with --repo.",
  });
}

function tooMuchOutput({ args: [command = ""], outputBytes }: GitRun): SourceError {
  return outOfBounds(`git ${command} wrote more than ${outputBytes} bytes`);
}
