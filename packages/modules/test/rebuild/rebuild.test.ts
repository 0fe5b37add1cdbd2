/** Modules rebuilt from commits have the hashes that the Go command gives of them. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  DEFAULT_LIMITS,
  moduleDirectory,
  moduleLayouts,
  openRepository,
  rebuildModule,
  refusalOf,
  repositoryAddress,
  versionTag,
} from "../../src/index.ts";
import { gitRepository } from "../git-repository.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { cases, commitOf, type RebuildCase, ROOT } from "./cases.ts";

const hashes = readFileSync(new URL("go-hashes.json", import.meta.url), "utf8");
// The oracle script writes names and hashes, nothing else.
const expected = JSON.parse(hashes) as Readonly<Record<string, string>>;

async function rebuilt(one: RebuildCase): Promise<string> {
  const { folder } = gitRepository(temporaryFolder(), [commitOf(one)], { format: one.format ?? "sha1" });
  const limits = { time: 60_000, diskBytes: 1 << 30, variables: process.env };
  const repository = openRepository(repositoryAddress(folder, "user"), {
    folder: temporaryFolder(),
    limits,
    task: {},
  });
  const module = { path: `${ROOT}${one.below}`, version: one.version };
  const [layout] = moduleLayouts(module.path, { root: ROOT });
  if (layout === undefined) throw new Error("no layout");
  const commit =
    (await repository.refs()).commits.get(`refs/tags/${versionTag(layout, module.version)}`) ?? "";
  expect(await repository.fetchCommit(commit)).toBe(true);
  const found = await moduleDirectory(repository, commit, { layout, limit: 1 << 20 });
  if (found.kind === "none") return `none: ${found.why}`;
  const request = {
    module,
    commit,
    directory: found.directory,
    limits: DEFAULT_LIMITS,
    sums: undefined,
    task: {},
    query: "",
  };
  const copy = await rebuildModule(repository, request);
  await copy.close();
  const refusal = refusalOf(copy);
  return refusal === undefined ? copy.h1 : `none: ${refusal}`;
}

test.each(cases.map((one) => [one.name, one] as const))("%s", async (name, one) => {
  const found = await rebuilt(one);
  // Why there is none, each says in words of its own.
  if (expected[name]?.startsWith("none: ") === true) expect(found).toMatch(/^none: /u);
  else expect(found).toBe(expected[name]);
});
