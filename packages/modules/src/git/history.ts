import {
  type CommitPlace,
  commitTime,
  fetchInto,
  type Git,
  initialise,
  objectName,
  unavailable,
} from "./bare-copy.ts";
import { isObjectName } from "./refs.ts";

/** Questions about commits. */
export interface History {
  /** The full name of the one commit that an abbreviation stands for. */
  resolve(abbreviation: string): Promise<string | undefined>;
  /** Whether a branch or tag leads to the commit. */
  isReachable(commit: string): Promise<boolean>;
  isAncestor(ancestor: string, commit: string): Promise<boolean>;
  /** The committer's time in seconds since 1970. */
  commitTime(commit: string): Promise<number | undefined>;
  /** The tags whose commits are the commit or ancestors of it, by their names. */
  tagsBelow(commit: string): Promise<readonly string[]>;
}

/** As many bytes of names of tags are read. */
const LINES = 64 * 1024 * 1024;

/** Fetches commits of all branches and tags, without files where the server can leave them out. */
export async function fetchHistory(
  git: Git,
  { directory, digits }: Omit<CommitPlace, "commit">,
): Promise<History> {
  await initialise(git, directory, digits);
  const { ok, complaint } = await fetchInto(git, {
    directory,
    args: [
      "fetch",
      "--quiet",
      "--prune",
      "--no-tags",
      "--no-write-fetch-head",
      "--filter=tree:0",
      "--end-of-options",
      "origin",
      "+refs/heads/*:refs/heads/*",
      "+refs/tags/*:refs/tags/*",
    ],
    asks: true,
  });
  if (!ok) throw unavailable(complaint);
  const answer = async (...args: readonly string[]): Promise<string | undefined> => {
    const result = await git({ directory, args });
    return result.ok ? result.stdout.toString("utf8").trim() : undefined;
  };
  return {
    resolve: async (abbreviation) => {
      if (!/^[0-9a-f]{7,64}$/u.test(abbreviation)) return undefined;
      return answer("rev-parse", "--quiet", "--verify", "--end-of-options", `${abbreviation}^{commit}`);
    },
    isReachable: async (commit) => {
      if (!isObjectName(commit)) return false;
      return (
        ((await answer("for-each-ref", "--count=1", "--format=%(refname)", `--contains=${commit}`)) ?? "") !==
        ""
      );
    },
    isAncestor: async (ancestor, commit) => {
      if (!isObjectName(ancestor) || !isObjectName(commit)) return false;
      return (await answer("merge-base", "--is-ancestor", ancestor, commit)) !== undefined;
    },
    commitTime: (commit) => commitTime(git, directory, commit),
    tagsBelow: async (commit) => {
      const args = ["for-each-ref", `--merged=${objectName(commit)}`, "--format=%(refname)", "refs/tags"];
      const result = await git({ directory, args, outputBytes: LINES });
      const names = result.ok ? result.stdout.toString("utf8").split("\n") : [];
      return names.filter((name) => name !== "").map((name) => name.slice("refs/tags/".length));
    },
  };
}
