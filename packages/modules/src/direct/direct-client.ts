/** `direct`: what a module proxy would answer, made of the module's repository itself. */
import type { FileHandle } from "node:fs/promises";
import type { Configuration } from "../configuration.ts";
import { locateRepository } from "../discovery/locate.ts";
import type { Repository } from "../git/repository.ts";
import type { TaskOptions } from "../module-copy.ts";
import type { ModuleInfo } from "../module-info.ts";
import { quoted } from "../printable.ts";
import type { ProxyClient } from "../proxy.ts";
import { type ModuleLayout, moduleDirectory, moduleLayouts } from "../rebuild/module-directory.ts";
import { writeModuleZip } from "../rebuild/module-zip.ts";
import { type RebuiltCopy, rebuildModule, refusalOf } from "../rebuild/rebuilt-copy.ts";
import { SourceError } from "../source-error.ts";
import { goTimestamp, type ResolvedVersion, resolveRevision, taggedVersions, versionOf } from "./versions.ts";

/** The repository of a module, and how the module lies in it. */
interface OpenModule {
  readonly repository: Repository;
  readonly layout: ModuleLayout;
}

/**
 * A client that asks repositories. Only what git reads can be had; `not-found` where the repository has no such
 * version. Zips are made as Go makes them, so that they have the hashes that the checksum database knows.
 */
export function directClient(configuration: Configuration): ProxyClient {
  return {
    shown: "direct",
    list: async (path) => {
      const { repository, layout } = await openModule(path, configuration);
      return taggedVersions(await repository.refs(), layout).map((version) => ({ version }));
    },
    latest: async (path) => {
      const { repository, layout } = await openModule(path, configuration);
      const head = (await repository.refs()).commits.get("HEAD");
      if (head === undefined) throw notFound(path, "latest");
      return infoOf(await versionOf(head, layout, repository), repository);
    },
    info: async (path, version) => {
      const { repository, layout } = await openModule(path, configuration);
      return infoOf(await resolved(path, version, { repository, layout }), repository);
    },
    mod: async (path, version) => {
      const { repository, layout } = await openModule(path, configuration);
      const { commit } = await resolved(path, version, { repository, layout });
      const directory = await directoryAt({ repository, layout }, commit, configuration);
      const name = directory === "" ? "go.mod" : `${directory}/go.mod`;
      const content = await repository.readFile(commit, name, configuration.limits.goModBytes);
      return content ?? Buffer.from(`module ${path}\n`);
    },
    zip: async (path, version, file, task = {}) => {
      const copy = await rebuildAt(path, version, { configuration, task });
      try {
        await writeZip(copy, file, task);
      } finally {
        await copy.close();
      }
    },
  };
}

/** A version, branch or commit of a module, rebuilt from its repository. Close the copy when done. */
export async function rebuildAt(
  path: string,
  query: string,
  { configuration, task }: { readonly configuration: Configuration; readonly task: TaskOptions },
): Promise<RebuiltCopy> {
  const module = await openModule(path, configuration);
  const { commit, version } = await resolved(path, query, module);
  const directory = await directoryAt(module, commit, configuration);
  const copy = await rebuildModule(module.repository, {
    module: { path, version },
    commit,
    directory,
    limits: configuration.limits,
    task,
    query: `git:${path}@${query}`,
  });
  const refusal = refusalOf(copy);
  if (refusal === undefined) return copy;
  await copy.close();
  throw new SourceError("bad-zip", `${path}@${query}: ${refusal}`);
}

async function writeZip(copy: RebuiltCopy, file: FileHandle, task: TaskOptions): Promise<void> {
  await file.truncate(0);
  const done = await writeModuleZip({ path: copy.modulePath, version: copy.version ?? "" }, copy.files, file);
  task.onProgress?.({ phase: "download", done });
}

async function openModule(path: string, configuration: Configuration): Promise<OpenModule> {
  const { repository, root, subdirectory } = await locateRepository(path, configuration);
  const [layout] = moduleLayouts(path, { root, subdirectory });
  if (layout === undefined) throw notFound(path, "latest");
  return { repository, layout };
}

async function resolved(
  path: string,
  query: string,
  { repository, layout }: OpenModule,
): Promise<ResolvedVersion> {
  const found = await resolveRevision(query, layout, repository);
  if (found === undefined || !(await repository.fetchCommit(found.commit))) throw notFound(path, query);
  return found;
}

async function directoryAt(
  { repository, layout }: OpenModule,
  commit: string,
  { limits }: Configuration,
): Promise<string> {
  const found = await moduleDirectory(repository, commit, { layout, limit: limits.goModBytes });
  if (found.kind === "found") return found.directory;
  throw new SourceError(
    "not-found",
    `${layout.path} is not in its repository at ${commit.slice(0, 12)}: ${found.why}`,
  );
}

async function infoOf(
  { version, commit, ref }: ResolvedVersion,
  repository: Repository,
): Promise<ModuleInfo> {
  const time = (await repository.fetchCommit(commit)) ? await repository.commitTime(commit) : undefined;
  const stamp =
    time === undefined
      ? undefined
      : goTimestamp(time).replace(/^(....)(..)(..)(..)(..)(..)$/u, "$1-$2-$3T$4:$5:$6Z");
  return {
    version,
    ...(stamp !== undefined && { time: stamp }),
    origin: { vcs: "git", url: repository.address.shown, hash: commit, ...(ref !== undefined && { ref }) },
  };
}

function notFound(path: string, query: string): SourceError {
  return new SourceError(
    "not-found",
    `the repository of ${path} has no version, branch, tag or commit ${quoted(query)}`,
  );
}
