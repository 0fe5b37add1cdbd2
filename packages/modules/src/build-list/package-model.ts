import type { ModuleCopy } from "../module-copy.ts";
import type { SourceDiagnostic } from "../source-diagnostic.ts";
import type { BuildListOptions, ListedModule } from "./model.ts";

/** A package that some module of the list provides. */
export interface FoundPackage {
  readonly kind: "found";
  readonly module: ListedModule;
  /** The `go` directive of the module that provides it; absent if its go.mod has none. */
  readonly goVersion?: string;
  /** Slash path of its directory inside the copy; empty for the root. */
  readonly directory: string;
  /** Holds the directory: a copy of the module, or the target's own where its `vendor` does. Closed with the resolver. */
  readonly copy: ModuleCopy;
}

/** A package of the standard library, or the pseudo-package `C`: nothing to fetch. */
export interface StandardPackage {
  readonly kind: "standard";
}

/** A package that cannot be had. */
export interface MissingPackage {
  readonly kind: "missing";
  /**
   * `not-in-list`: no module of the list has such a path; `no-such-package`: those that have do not hold it;
   * `unavailable`: one that may hold it cannot be had; `ambiguous`: more than one holds it; `bad-path`: not a path.
   */
  readonly code: "not-in-list" | "no-such-package" | "unavailable" | "ambiguous" | "bad-path";
  /** Safe to print. */
  readonly reason: string;
}

/** Where an import path leads. */
export type PackageSource = FoundPackage | StandardPackage | MissingPackage;

/** Finds packages, and fetches the modules that hold them. */
export interface PackageResolver {
  /**
   * Where the package lies. Fetches the modules whose paths are prefixes of the import path, each once whoever asks;
   * may be called for many at once. Rejects when aborted, after {@link PackageResolver.close}, or if the configuration or the cache
   * cannot be used.
   */
  readonly packageSource: (importPath: string) => Promise<PackageSource>;
  /**
   * What was noticed about fetching so far: modules that could not be had, ambiguous imports. What the build list says
   * already of a module is not said again.
   */
  readonly diagnostics: () => SourceDiagnostic[];
  /** Waits for what is under way and closes the copies that were fetched. The target's stays open. */
  readonly close: () => Promise<void>;
}

/** How packages are found. */
export interface PackageResolverOptions extends BuildListOptions {
  /**
   * Which import paths are of the standard library. Unset, it is those whose first element has no dot and that no
   * module of the list holds.
   */
  readonly isStandard?: ((importPath: string) => boolean) | undefined;
}
