/** Provenance findings: what each means, and how it comes about without malice. */

/** What is known about a finding, for people. */
export interface FindingInfo {
  readonly title: string;
  readonly meaning: string;
  readonly benign: string;
}

/** All findings, the gravest first. */
export const PROVENANCE_FINDINGS = {
  "checksum-mismatch": {
    title: "not what the checksum database has",
    meaning:
      "Others got other bytes under this version. The proxy, or something on the way to it, changed them.",
    benign: "None: a proxy that serves rebuilt zips is broken.",
  },
  "go-sum-mismatch": {
    title: "not what go.sum has",
    meaning: "These are not the bytes that the module was built with before.",
    benign: "go.sum was written while a tag was moved, before the checksum database had the version.",
  },
  "reported-malicious": {
    title: "the proxy calls it malicious",
    meaning: "Whoever runs the proxy found that the module does harm, and does not hand it out any more.",
    benign: "None known; look for the report.",
  },
  "go-mod-differs": {
    title: "go.mod in the zip is not the one that was published beside it",
    meaning: "Builds choose versions by a go.mod that readers of the zip do not see.",
    benign: "None: both are made from one file.",
  },
  "file-not-in-git": {
    title: "published files that the repository does not have",
    meaning: "Code that nobody can review where they would look for it.",
    benign: "Generated files that were added when the version was made by another tool than Go.",
  },
  "tag-moved": {
    title: "the tag points to another commit than when it was published",
    meaning: "What `go get` brings and what the repository shows are made of different commits.",
    benign: "A maintainer corrected a release at once. What the difference contains tells which it is.",
  },
  "commit-unreachable": {
    title: "no branch or tag leads to the commit",
    meaning:
      "The commit may be of a fork: hosts hand commits of forks out under the address of the original.",
    benign: "A branch was deleted or rewritten after the version was published.",
  },
  "module-absent": {
    title: "the commit does not hold the module",
    meaning: "Go could not make this version from what the repository shows now.",
    benign: "The module was moved or renamed and the tag made anew.",
  },
  "zip-not-reproducible": {
    title: "Go makes no zip of the commit",
    meaning: "The published copy cannot come from this commit: Go refuses names in it.",
    benign: "Published by another tool than Go, before Go refused such names.",
  },
  "pseudo-version-time": {
    title: "the time in the pseudo-version is not that of the commit",
    meaning:
      "The version sorts as older or newer than the commit is: it may win over a release that it should not.",
    benign: "None: Go makes the version from the commit.",
  },
  "pseudo-version-ancestry": {
    title: "the pseudo-version does not follow from its commit",
    meaning: "The release in it is not an ancestor of the commit, or does not exist.",
    benign: "The release's tag was moved or deleted after the version was made.",
  },
  "tag-missing": {
    title: "the repository has no tag of the version",
    meaning: "Nobody who reads the repository sees what the version is.",
    benign: "Tags were cleaned up, or the module moved to another repository.",
  },
  "repository-unavailable": {
    title: "the repository cannot be read",
    meaning: "The published copy cannot be compared with anything.",
    benign: "It became private, was renamed or deleted, its server is down, or it is larger than is fetched.",
  },
  "repository-unknown": {
    title: "the repository cannot be told from the module path",
    meaning: "Nobody who follows the module path gets to the code.",
    benign:
      "The site of a vanity import path is gone or not reached from here, or the repository is not git's.",
  },
  "origin-contradicts": {
    title: "the proxy names another repository than the module path leads to",
    meaning: "The copy may have been made of code elsewhere than where readers look.",
    benign: "The repository was moved, and the module path leads to the new place.",
  },
  "origin-absent": {
    title: "the proxy does not say which commit the copy was made of",
    meaning: "Whether the tag was moved since cannot be told from that.",
    benign: "The version was published before proxies kept it, or the proxy does not.",
  },
  retracted: {
    title: "the author has retracted the version",
    meaning: "The author asks not to use it.",
    benign: "Published by accident, or with a fault that has nothing to do with trust.",
  },
  deprecated: {
    title: "the author calls the module deprecated",
    meaning: "The author asks to use something else.",
    benign: "Maintenance ended or moved.",
  },
} as const satisfies Readonly<Record<string, FindingInfo>>;

/** The name of a finding. */
export type FindingId = keyof typeof PROVENANCE_FINDINGS;

/** Orders findings as in the table. */
export function compareFindings(a: { readonly id: FindingId }, b: { readonly id: FindingId }): number {
  const ids = Object.keys(PROVENANCE_FINDINGS);
  return ids.indexOf(a.id) - ids.indexOf(b.id);
}
