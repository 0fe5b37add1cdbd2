/** A published copy held against the commits that it may have been made of. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Configuration } from "../configuration.ts";
import type { Repository } from "../git/repository.ts";
import type { ModuleCopy } from "../module-copy.ts";
import type { ModuleOrigin } from "../module-info.ts";
import { few } from "../printable.ts";
import { type ModuleLayout, moduleDirectory, moduleLayouts } from "../rebuild/module-directory.ts";
import { type RebuiltCopy, rebuildModule, refusalOf } from "../rebuild/rebuilt-copy.ts";
import { SourceError } from "../source-error.ts";
import { type TextStore, textStore } from "../text-store.ts";
import type { ModuleVersion } from "../zip.ts";
import { type Candidate, type VersionCommits, versionCommits } from "./commits.ts";
import { compareFiles, isExplained } from "./files.ts";
import type { ComparedCommit, Provenance, ProvenanceFinding } from "./model.ts";
import type { FoundRepository } from "./repository-of.ts";

/** What is compared, and where findings go. */
export interface ComparisonWork {
  readonly published: ModuleCopy;
  readonly module: ModuleVersion;
  readonly options: { readonly configuration: Configuration; readonly signal?: AbortSignal | undefined };
  readonly findings: ProvenanceFinding[];
}

/** What of a provenance the comparison settles. */
export type Judgement = Omit<
  Provenance,
  "module" | "version" | "published" | "findings" | "checksum" | "goSum"
>;

/** The judgement, and the rebuilt copy, open, that it is about; absent if none was made. */
export interface Comparison {
  readonly rest: Judgement;
  readonly rebuilt: RebuiltCopy | undefined;
}

/** A judgement for which nothing could be compared. */
export function unverifiable(why: string): Judgement {
  return { verdict: "unverifiable", why, files: [], identical: 0 };
}

/** Asks the repository for the version's commits and compares. Rejects with a `SourceError` if it cannot be read. */
export async function compareWithCommits(
  work: ComparisonWork,
  { repository, root, subdirectory }: FoundRepository,
  origin: ModuleOrigin | undefined,
): Promise<Comparison> {
  const all = moduleLayouts(work.module.path, { root, subdirectory });
  const commits = await versionCommits({ version: work.module.version, origin, layouts: all, repository });
  work.findings.push(...commits.findings);
  const tag = commits.tag === undefined ? {} : { tag: commits.tag };
  const layouts = commits.layout === undefined ? all : [commits.layout];
  const memory = remembered(work, commits, layouts);
  const known = await memory.recall();
  if (known !== undefined) {
    work.findings.push(...known.findings);
    return { rest: { ...known.rest, ...tag }, rebuilt: undefined };
  }
  const earlier = work.findings.length;
  const rebuilds: Rebuilt[] = [];
  for (const candidate of commits.candidates) {
    const rebuilt = await rebuild(candidate, { work, repository, layouts });
    if (rebuilt !== undefined) rebuilds.push(rebuilt);
    // What the repository shows at that version settles it.
    if (rebuilt?.copy?.h1 === work.published.h1 && candidate.namedBy !== "origin") break;
  }
  const { rest, rebuilt } = await judge(work, rebuilds, commits);
  for (const { copy } of rebuilds) if (copy !== rebuilt) await copy?.close();
  await memory.keep({ rest, findings: work.findings.slice(earlier) });
  return { rest: { ...rest, ...tag }, rebuilt };
}

/** What a comparison found, but for what is asked of the repository each time. */
interface Kept {
  readonly rest: Judgement;
  readonly findings: readonly ProvenanceFinding[];
}

interface Memory {
  recall(): Promise<Kept | undefined>;
  keep(found: Kept): Promise<void>;
}

/** Grows when a comparison of the same commits would come out otherwise. */
const COMPARISON = 1;

/**
 * Comparisons that found no difference that matters, by all that they depend on: the copy, the commits, where the module
 * lies in them. Others are made again, since their files are wanted.
 */
function remembered(
  { module, published, options }: ComparisonWork,
  { candidates, findings }: VersionCommits,
  layouts: readonly ModuleLayout[],
): Memory {
  const { cacheDir } = options.configuration;
  const store: TextStore | undefined =
    cacheDir === undefined ? undefined : textStore(join(cacheDir, "provenance"));
  const ids = findings.map(({ id }) => id);
  const words = JSON.stringify([
    COMPARISON,
    module.path,
    module.version,
    published.h1,
    candidates,
    layouts,
    ids,
  ]);
  const key = `comparison-${createHash("sha256").update(words).digest("hex")}`;
  return {
    recall: async () => {
      const text = await store?.get(key);
      // The store has what we put there, whole.
      return text === undefined ? undefined : (JSON.parse(text) as Kept);
    },
    keep: async (found) => {
      const { verdict } = found.rest;
      if (verdict === "same" || verdict === "explained") await store?.put(key, JSON.stringify(found));
    },
  };
}

/** A candidate that the repository handed out; without a copy it does not hold the module. */
interface Rebuilt {
  readonly candidate: Candidate;
  readonly copy: RebuiltCopy | undefined;
}

async function rebuild(
  candidate: Candidate,
  {
    work,
    repository,
    layouts,
  }: {
    readonly work: ComparisonWork;
    readonly repository: Repository;
    readonly layouts: readonly ModuleLayout[];
  },
): Promise<Rebuilt | undefined> {
  const { options, module, findings } = work;
  const { limits } = options.configuration;
  const { commit } = candidate;
  if (!(await repository.fetchCommit(commit))) return undefined;
  let why = "";
  for (const layout of layouts) {
    const found = await moduleDirectory(repository, commit, { layout, limit: limits.goModBytes });
    if (found.kind === "none") why = found.why;
    else {
      const task = { signal: options.signal };
      const copy = await orUnusable(findings, () =>
        rebuildModule(repository, {
          module,
          commit,
          directory: found.directory,
          limits,
          task,
          query: `git:${module.path}@${module.version}`,
        }),
      );
      if (copy === undefined) return { candidate, copy };
      const refusal = refusalOf(copy);
      if (refusal !== undefined) findings.push({ id: "zip-not-reproducible", message: refusal });
      return { candidate, copy };
    }
  }
  findings.push({ id: "module-absent", message: `${commit.slice(0, 12)}: ${why}` });
  return { candidate, copy: undefined };
}

/** Of a commit that git makes no archive of, or one that is no module zip, there is no copy. */
async function orUnusable(
  findings: ProvenanceFinding[],
  make: () => Promise<RebuiltCopy>,
): Promise<RebuiltCopy | undefined> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof SourceError) || !["bad-zip", "empty", "too-many-files"].includes(error.code))
      throw error;
    findings.push({ id: "zip-not-reproducible", message: error.message });
    return undefined;
  }
}

/** The verdict is about the first candidate: what the repository shows at that version now. */
async function judge(
  { published, findings }: ComparisonWork,
  rebuilds: readonly Rebuilt[],
  commits: VersionCommits,
): Promise<Comparison> {
  const [first] = rebuilds;
  if (first === undefined || first.candidate !== commits.candidates[0])
    return { rest: unverifiable("the repository hands out no commit of the version"), rebuilt: undefined };
  const { candidate, copy } = first;
  if (copy === undefined) {
    const why = "Go could not make this version of the commit";
    return {
      rest: { verdict: "differs", why, files: [], identical: 0 },
      rebuilt: undefined,
    };
  }
  const { files, identical } = await compareFiles(published, copy);
  const isSame = copy.h1 === published.h1;
  const extra = files.filter(({ kind }) => kind === "only-published").map(({ name }) => name);
  if (extra.length > 0) findings.push({ id: "file-not-in-git", message: few(extra, 5) });
  const compared = { compared: comparedCommit(candidate, copy), files, identical };
  const isShown =
    candidate.namedBy === "tag" || !commits.findings.some(({ id }) => id === "commit-unreachable");
  const other = rebuilds.find((one) => one !== first && one.copy?.h1 === published.h1);
  if (isSame && !isShown) {
    return {
      rest: {
        verdict: "unverifiable",
        why: "the commit that it was made of is on no branch or tag",
        ...compared,
      },
      rebuilt: copy,
    };
  }
  const verdict = isSame ? "same" : files.every(isExplained) ? "explained" : "differs";
  const why =
    other === undefined
      ? {}
      : {
          why: `it is what commit ${other.candidate.commit.slice(0, 12)} holds, which the version does not name any more`,
        };
  return { rest: { verdict, ...why, ...compared }, rebuilt: copy };
}

function comparedCommit({ commit, namedBy }: Candidate, copy: RebuiltCopy): ComparedCommit {
  return {
    commit,
    namedBy,
    directory: copy.directory,
    ...(refusalOf(copy) === undefined && { h1: copy.h1 }),
  };
}
