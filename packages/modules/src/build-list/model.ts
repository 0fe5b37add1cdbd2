import type { GoModTarget } from "../go-mod-model.ts";
import type { GoSum } from "../go-sum.ts";
import type { OpenOptions } from "../published.ts";
import type { SourceDiagnostic } from "../source-diagnostic.ts";

/** A module of a build list. */
export interface ListedModule {
  readonly path: string;
  /** The selected version; absent for the target itself, and for what its workspace uses. */
  readonly version?: string;
  /** Where it lies, if a workspace uses it: relative to go.work, unless that says otherwise. */
  readonly directory?: string;
  /**
   * What stands in for it, from the target's own go.mod or from a workspace: another version, or a directory as
   * written, in a workspace relative to go.work.
   */
  readonly replacedBy?: GoModTarget;
  /** The `go` directive of its go.mod, if that was read: pruned out, it is not. */
  readonly goVersion?: string;
  /** How the target's go.mod names it; absent if only other modules require it. */
  readonly requirement?: "direct" | "indirect";
  /** Why it cannot be used, or what it requires not be known. Safe to print. */
  readonly missing?: string;
  /** The import paths that `vendor/modules.txt` lists for it, in its order; only in a list from there. */
  readonly packages?: readonly string[];
}

/** The modules that a build of the target is made of. */
export interface BuildList {
  /** Where it comes from: the requirements of go.mod files, or `vendor/modules.txt`. */
  readonly origin: "requirements" | "vendor";
  /** The target, then what its workspace uses, then the rest, each by the bytes of their paths. Each path occurs once. */
  readonly modules: readonly ListedModule[];
  /** The workspace that the target belongs to. */
  readonly workspace?: Workspace;
  readonly diagnostics: readonly SourceDiagnostic[];
}

/** What packages of a workspace's build list are found with. */
export interface Workspace {
  /** Absolute: where go.work lies, and from where relative directories of the list start. */
  readonly directory: string;
  /** What go.work.sum and the go.sum of each module that is used have seen. */
  readonly goSum: GoSum;
}

/** How a target is to be read. */
export interface BuildListOptions extends OpenOptions {
  /**
   * Whether the target's own `replace` and `exclude` count, as they do when it is built itself but not when it is a
   * dependency. Its go.sum counts then too: what has another hash is not used. Unset, they count for a directory only.
   */
  readonly asMain?: boolean | undefined;
  /**
   * Whether what lies outside of the target's directory may be read: a go.work further up, and directories that
   * `replace` and `use` name.
   */
  readonly allowOutside?: boolean | undefined;
  /**
   * Whether to take the list from `vendor/modules.txt`, and dependencies' packages from `vendor`. Only who builds the
   * target itself does that, so `asMain` holds then.
   */
  readonly vendor?: boolean | undefined;
  /** How many files are fetched at once. */
  readonly atOnce?: number | undefined;
}

/** As many files are fetched at once unless a caller says otherwise. */
export const AT_ONCE = 8;
