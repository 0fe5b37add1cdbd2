/** Branches and tags of a repository, as it lists them. */

/** What a repository shows: commits by the names of branches and tags. */
export interface RepositoryRefs {
  /** Branches and tags by their full names, `refs/heads/x`; of an annotated tag the commit. */
  readonly commits: ReadonlyMap<string, string>;
  /** Hexadecimal digits of an object's name: 40, or 64 with SHA-256. */
  readonly digits: 40 | 64;
}

/** As many are read; a repository that has more is not listed whole. */
const MAX_REFS = 200_000;

/** Reads `git ls-remote`: lines `hash TAB name`, peeled tags with `^{}`. Other lines are passed over. */
export function parseRefs(output: string): RepositoryRefs {
  const commits = new Map<string, string>();
  let digits: RepositoryRefs["digits"] = 40;
  for (const match of output.matchAll(
    /^((?:[0-9a-f]{40}|[0-9a-f]{64}))\t(HEAD|refs\/(?:heads|tags)\/[^\n]+)$/gmu,
  )) {
    const [, hash = "", name = ""] = match;
    if (hash.length === 64) digits = 64;
    // A peeled tag comes right after the tag object and replaces it.
    commits.set(name.endsWith("^{}") ? name.slice(0, -3) : name, hash);
    if (commits.size >= MAX_REFS) break;
  }
  return { commits, digits };
}

/** Whether a text can only be the full name of an object. */
export function isObjectName(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u.test(text);
}

/** Whether a text can be the name of a branch or tag and nothing else to git: no option, no path expression. */
export function isRefName(text: string): boolean {
  return (
    text.length <= 250 &&
    /^[A-Za-z0-9_][A-Za-z0-9_.+/-]*$/u.test(text) &&
    !/\.\.|\/\/|\.lock(?:\/|$)|\/\.|[./]$/u.test(text)
  );
}
