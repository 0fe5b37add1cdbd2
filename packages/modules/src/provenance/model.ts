/** What is found out about where a published copy comes from: plain data. Text from outside is unescaped in it. */

import type { CopySource } from "../module-copy.ts";
import type { ModuleOrigin } from "../module-info.ts";
import type { FindingId } from "./findings.ts";

/**
 * `same`: the copy is what the repository shows at that version, byte for byte. `explained`: every difference is
 * undone by a known conversion. `differs`: it is something else. `unverifiable`: it cannot be told, and why.
 */
export type ProvenanceVerdict = "same" | "explained" | "differs" | "unverifiable";

/** What the checksum database says of the copy. */
export interface ChecksumReport {
  /** `mismatch` is always an error; only `verified` means that everybody gets these bytes. */
  readonly status: "verified" | "mismatch" | "off" | "unavailable";
  /** The name of the database, if one was asked. */
  readonly database?: string;
  /** The hash that the database has, on a mismatch. */
  readonly expected?: string;
  /** Why it was not asked, or did not answer. */
  readonly why?: string;
}

/** What is known of one published version. */
export interface Provenance {
  /** The module path. */
  readonly module: string;
  /** The version, canonical. */
  readonly version: string;
  readonly verdict: ProvenanceVerdict;
  /** Why the verdict is `unverifiable`, or what a reader must know to understand it. */
  readonly why?: string;
  /** The published copy; absent if the proxy does not hand it out. */
  readonly published?: PublishedCopy;
  /** What the checksum database says; absent without a copy. */
  readonly checksum?: ChecksumReport;
  /** What the given go.sum says of the copy; `absent`: it has no line of it. */
  readonly goSum?: "verified" | "mismatch" | "absent";
  /** The repository that was asked. */
  readonly repository?: RepositoryReport;
  /** What the proxy says that the copy was made of: a hint, not a proof. */
  readonly origin?: ModuleOrigin;
  /** The tag of the version, and the commit that it points to now; without a commit there is no such tag. */
  readonly tag?: { readonly name: string; readonly commit?: string };
  /** What the copy was compared with. */
  readonly compared?: ComparedCommit;
  /** The files that are not the same, by the bytes of their names. */
  readonly files: readonly FileDifference[];
  /** How many files are in both, byte for byte. */
  readonly identical: number;
  /** What a reviewer should know, the gravest first. */
  readonly findings: readonly ProvenanceFinding[];
}

/** The copy that a proxy or a cache holds. */
export interface PublishedCopy {
  /** Where it came from. */
  readonly source: CopySource;
  /** Go's hash of it. */
  readonly h1: string;
}

/** A repository, and how it was found. */
export interface RepositoryReport {
  /** Its address, without a login. */
  readonly url: string;
  /** `flag`: the user named it; `origin`: only the proxy did. */
  readonly foundBy: "flag" | "static-host" | "go-import" | "origin";
}

/** A commit that the module was rebuilt from as Go does. */
export interface ComparedCommit {
  /** Its full name. */
  readonly commit: string;
  /** What names it: the tag as it stands now, the proxy's Origin, or the pseudo-version. */
  readonly namedBy: "tag" | "origin" | "pseudo-version";
  /** Of the module in the repository; empty is the root. */
  readonly directory: string;
  /** The hash that Go gives of the zip of it; absent if Go makes none. */
  readonly h1?: string;
}

/** How a file of one side relates to the other. Those up to `licence-copy` explain themselves. */
export type FileDifferenceKind =
  | "line-endings"
  | "ident"
  | "export-subst"
  | "lfs-pointer"
  | "licence-copy"
  | "only-published"
  | "only-git"
  | "only-vendor"
  | "different";

/** A file that is not the same in both. */
export interface FileDifference {
  /** Slash path inside the module. */
  readonly name: string;
  readonly kind: FileDifferenceKind;
  /** SHA-256 of the published file, if there is one. */
  readonly publishedSha256?: string;
  /** SHA-256 of the file that the repository gives, or the vendor folder, if there is one. */
  readonly gitSha256?: string;
}

/** Something that a reviewer should know. What it means in general, the table of findings says. */
export interface ProvenanceFinding {
  readonly id: FindingId;
  /** What was found here. */
  readonly message: string;
}
