/** Which commits a version may have been made of, and what is odd about them. */

import { isObjectName, type RepositoryRefs } from "../git/refs.ts";
import type { Repository } from "../git/repository.ts";
import { commitOf } from "../git/repository.ts";
import type { ModuleOrigin } from "../module-info.ts";
import { printable, quoted } from "../printable.ts";
import { parsePseudoVersion } from "../pseudo-version.ts";
import { type ModuleLayout, versionTag } from "../rebuild/module-directory.ts";
import type { ComparedCommit, ProvenanceFinding } from "./model.ts";

/** A commit that the module can be rebuilt from. */
export interface Candidate {
  readonly commit: string;
  readonly namedBy: ComparedCommit["namedBy"];
}

/** What is known of a version's commits. The first candidate is what the repository shows at that version. */
export interface VersionCommits {
  readonly candidates: readonly Candidate[];
  readonly tag: { readonly name: string; readonly commit?: string } | undefined;
  /** The layout that the tag was found with; undefined if none was. */
  readonly layout: ModuleLayout | undefined;
  readonly findings: readonly ProvenanceFinding[];
}

/** What is asked. */
export interface CommitQuestion {
  readonly version: string;
  readonly origin: ModuleOrigin | undefined;
  readonly layouts: readonly ModuleLayout[];
  readonly repository: Repository;
}

/** Asks the repository for the version's tag, or for the commit of a pseudo-version. */
export async function versionCommits(question: CommitQuestion): Promise<VersionCommits> {
  const { version, origin, repository } = question;
  const refs = await repository.refs();
  const absent: ProvenanceFinding[] =
    origin?.hash === undefined
      ? [{ id: "origin-absent", message: "the proxy's .info has no Origin with a commit" }]
      : [];
  return parsePseudoVersion(version) === undefined
    ? taggedCommits(question, refs, absent)
    : pseudoCommits(question, refs, absent);
}

function originCandidate(origin: ModuleOrigin | undefined): readonly Candidate[] {
  const commit = origin?.hash;
  return commit !== undefined && isObjectName(commit) ? [{ commit, namedBy: "origin" }] : [];
}

async function taggedCommits(
  { version, origin, layouts, repository }: CommitQuestion,
  refs: RepositoryRefs,
  earlier: readonly ProvenanceFinding[],
): Promise<VersionCommits> {
  const layout = layouts.find((one) => commitOf(refs, "tags", versionTag(one, version)) !== undefined);
  const [likeliest] = layouts.slice(layouts.length === 1 ? 0 : -1);
  const name =
    layout === undefined
      ? likeliest === undefined
        ? version
        : versionTag(likeliest, version)
      : versionTag(layout, version);
  const commit = commitOf(refs, "tags", name);
  const hinted = originCandidate(origin);
  const [from] = hinted;
  const findings = [...earlier];
  if (commit === undefined) findings.push({ id: "tag-missing", message: `there is no tag ${quoted(name)}` });
  if (commit !== undefined && from !== undefined && from.commit !== commit) {
    findings.push({
      id: "tag-moved",
      message: `${quoted(name)} points to ${commit.slice(0, 12)}, the proxy made the copy of ${from.commit.slice(0, 12)}`,
    });
  }
  const others = hinted.filter((one) => one.commit !== commit);
  findings.push(...(await unreachable(others, repository, refs)));
  const candidates: readonly Candidate[] = [
    ...(commit === undefined ? [] : [{ commit, namedBy: "tag" as const }]),
    ...others,
  ];
  return { candidates, tag: { name, ...(commit !== undefined && { commit }) }, layout, findings };
}

async function unreachable(
  candidates: readonly Candidate[],
  repository: Repository,
  refs: RepositoryRefs,
): Promise<readonly ProvenanceFinding[]> {
  const tips = new Set(refs.commits.values());
  const findings: ProvenanceFinding[] = [];
  for (const { commit } of candidates) {
    if (tips.has(commit) || (await (await repository.history()).isReachable(commit))) continue;
    findings.push({ id: "commit-unreachable", message: `no branch or tag leads to ${commit.slice(0, 12)}` });
  }
  return findings;
}

async function pseudoCommits(
  { version, origin, layouts, repository }: CommitQuestion,
  refs: RepositoryRefs,
  earlier: readonly ProvenanceFinding[],
): Promise<VersionCommits> {
  const { revision = "", timestamp = "" } = parsePseudoVersion(version) ?? {};
  const findings = [...earlier];
  const history = await repository.history();
  const hinted = originCandidate(origin).find(({ commit }) => commit.startsWith(revision));
  const commit = hinted?.commit ?? (await history.resolve(revision));
  const none = { candidates: [], tag: undefined, layout: undefined };
  if (commit === undefined || revision.length !== 12) {
    findings.push({
      id: "commit-unreachable",
      message: `no branch or tag leads to a commit ${quoted(revision)}`,
    });
    return { ...none, findings };
  }
  if (!(await history.isReachable(commit))) {
    findings.push({ id: "commit-unreachable", message: `no branch or tag leads to ${commit.slice(0, 12)}` });
    return { ...none, candidates: [{ commit, namedBy: "pseudo-version" }], findings };
  }
  const time = await history.commitTime(commit);
  const stamp = time === undefined ? undefined : goTimestamp(time);
  if (stamp !== timestamp) {
    findings.push({
      id: "pseudo-version-time",
      message: `the version says ${printable(timestamp)}, the commit ${stamp ?? "nothing"}`,
    });
  }
  const base = baseVersion(version);
  const baseCommits =
    base === undefined
      ? []
      : layouts.flatMap((layout) => commitOf(refs, "tags", versionTag(layout, base)) ?? []);
  const follows = await Promise.all(baseCommits.map((one) => history.isAncestor(one, commit)));
  if (base !== undefined && !follows.includes(true)) {
    const why = baseCommits.length === 0 ? "there is no such tag" : "it is no ancestor of the commit";
    findings.push({ id: "pseudo-version-ancestry", message: `the version follows ${base}, but ${why}` });
  }
  return { ...none, candidates: [{ commit, namedBy: "pseudo-version" }], findings };
}

function goTimestamp(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/[-:T]|\.[0-9]+Z$/gu, "");
}

/** The release that a pseudo-version says that it follows; undefined if it follows none. */
export function baseVersion(version: string): string | undefined {
  const afterPrerelease = /^(v[0-9]+\.[0-9]+\.[0-9]+-.+)\.0\.[0-9]{14}-[0-9a-z]+/u.exec(version)?.[1];
  if (afterPrerelease !== undefined) return afterPrerelease;
  const [, stem = "", patch] = /^(v[0-9]+\.[0-9]+\.)([0-9]+)-0\.[0-9]{14}-[0-9a-z]+/u.exec(version) ?? [];
  return patch === undefined || /^0+$/u.test(patch) ? undefined : `${stem}${BigInt(patch) - 1n}`;
}
