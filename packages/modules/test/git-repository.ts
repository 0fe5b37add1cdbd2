/** Real repositories, made by git from a description, with the same commits every time. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A file's content as it lies in the repository: nothing converts it. */
export type FileSpec =
  | string
  | { readonly base64: string }
  | { readonly link: string }
  | { readonly run: string }
  /** A submodule at that commit. */
  | { readonly submodule: string };

/** One commit: all its files, and what then points to it. */
export interface CommitSpec {
  readonly files: Readonly<Record<string, FileSpec>>;
  /** `main` unless said; `none` leaves the commit to its tags, or to nobody. */
  readonly branch?: string;
  readonly tags?: readonly string[];
  readonly annotated?: readonly string[];
  /** Seconds since 1970. */
  readonly time?: number;
  /** Number of the parent in the list; the one before on the branch unless said. */
  readonly parent?: number;
}

/** A bare repository, and the names of its commits in the order of their descriptions. */
export interface TestRepository {
  readonly folder: string;
  readonly commits: readonly string[];
}

/** The time of the first commit: 2024-01-02 03:04:05 UTC. */
export const FIRST_TIME = 1_704_164_645;

/** Makes a repository in a folder. */
export function gitRepository(
  folder: string,
  specs: readonly CommitSpec[],
  { format = "sha1", name = "repository.git" }: { readonly format?: string; readonly name?: string } = {},
): TestRepository {
  const repository = join(folder, name);
  mkdirSync(repository, { recursive: true });
  git([
    "init",
    "--quiet",
    "--bare",
    "--template=",
    "--initial-branch=main",
    `--object-format=${format}`,
    repository,
  ]);
  return { folder: repository, commits: addCommits(repository, specs) };
}

/** Adds commits to a repository, by numbers that begin anew; tags that are there are moved. */
export function addCommits(repository: string, specs: readonly CommitSpec[]): readonly string[] {
  const marks = `${repository}.marks`;
  const stream = Buffer.concat(specs.flatMap((spec, at) => commitStream(spec, at)));
  git([`--git-dir=${repository}`, "fast-import", "--quiet", "--force", `--export-marks=${marks}`], stream);
  const listed = readFileSync(marks, "utf8");
  return specs.map((_, at) => new RegExp(`^:${at + 1} ([0-9a-f]+)$`, "mu").exec(listed)?.[1] ?? "");
}

function commitStream(spec: CommitSpec, at: number): Buffer[] {
  const { branch = "main", tags = [], annotated = [], time = FIRST_TIME + at, parent } = spec;
  const ref = branch === "none" ? `refs/hidden/${at}` : `refs/heads/${branch}`;
  const who = `A U Thor <author@example.test> ${time} +0000`;
  const from = parent === undefined ? "" : `from :${parent + 1}\n`;
  const head = `commit ${ref}\nmark :${at + 1}\nauthor ${who}\ncommitter ${who}\n${data(`commit ${at}`)}${from}deleteall\n`;
  const files = Object.entries(spec.files).flatMap(([name, file]) => fileStream(name, file));
  const refs = tags.map((tag) => `reset refs/tags/${tag}\nfrom :${at + 1}\n\n`);
  const objects = annotated.map((tag) => `tag ${tag}\nfrom :${at + 1}\ntagger ${who}\n${data(tag)}`);
  return [Buffer.from(head), ...files, Buffer.from(`\n${[...refs, ...objects].join("")}`)];
}

function fileStream(name: string, file: FileSpec): Buffer[] {
  if (typeof file !== "string" && "submodule" in file)
    return [Buffer.from(`M 160000 ${file.submodule} ${path(name)}\n`)];
  const [mode, content] =
    typeof file === "string"
      ? ["100644", Buffer.from(file)]
      : "base64" in file
        ? ["100644", Buffer.from(file.base64, "base64")]
        : "link" in file
          ? ["120000", Buffer.from(file.link)]
          : ["100755", Buffer.from(file.run)];
  return [
    Buffer.from(`M ${mode} inline ${path(name)}\ndata ${content.length}\n`),
    content,
    Buffer.from("\n"),
  ];
}

function path(name: string): string {
  return `"${name.replace(/["\\]/gu, "\\$&").replaceAll("\n", "\\n")}"`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

/** Runs git with nothing of the machine's configuration. */
export function git(args: readonly string[], input?: Buffer): string {
  const env = {
    PATH: process.env["PATH"],
    HOME: "/nonexistent",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    LC_ALL: "C",
  };
  const result = spawnSync("git", args, { input, env, maxBuffer: 1 << 28 });
  if (result.status !== 0) throw new Error(`git ${args.join(" ")}: ${result.stderr.toString()}`);
  return result.stdout.toString("utf8");
}
