import type { GoModTarget } from "../go-mod-model.ts";
import type { OpenOptions } from "../published.ts";
import type { SourceDiagnostic } from "../source-diagnostic.ts";

/** A module of a build list. */
export interface ListedModule {
  readonly path: string;
  /** The selected version; absent for the target itself. */
  readonly version?: string;
  /** What stands in for it, from the target's own go.mod: another version, or a directory as written. */
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
  /** The target, then the rest by the bytes of their paths. Each path occurs once. */
  readonly modules: readonly ListedModule[];
  readonly diagnostics: readonly SourceDiagnostic[];
}

/** How a target is to be read. */
export interface BuildListOptions extends OpenOptions {
  /**
   * Whether the target's own `replace` and `exclude` count, as they do when it is built itself but not when it is a
   * dependency. Its go.sum counts then too: what has another hash is not used. Unset, they count for a directory only.
   */
  readonly asMain?: boolean | undefined;
  /** Whether a `replace` may name a directory outside of the target's. */
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
