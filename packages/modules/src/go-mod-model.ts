/** A declaration's line, from 1. */
export interface GoModLine {
  readonly line: number;
}

/** A module with or without a version. */
export interface GoModTarget {
  readonly path: string;
  readonly version?: string;
}

/** The `module` directive; `deprecated` is the text after `Deprecated:` in its comment. */
export interface GoModModule extends GoModLine {
  readonly path: string;
  readonly deprecated?: string;
}

/** A `require`; `indirect` if marked `// indirect`. */
export interface GoModRequire extends GoModLine {
  readonly path: string;
  readonly version: string;
  readonly indirect: boolean;
}

/** An `exclude`. */
export interface GoModExclude extends GoModLine {
  readonly path: string;
  readonly version: string;
}

/** A `replace`; a replacement without version is a directory. */
export interface GoModReplace extends GoModLine {
  readonly old: GoModTarget;
  readonly replacement: GoModTarget;
}

/** A `retract` of one version (`low` and `high` are the same) or of an interval, both ends included. */
export interface GoModRetract extends GoModLine {
  readonly low: string;
  readonly high: string;
  readonly rationale: string;
}

/** What a go.mod declares, in its order. */
export interface GoMod {
  module?: GoModModule;
  go?: GoModLine & { readonly version: string };
  toolchain?: GoModLine & { readonly name: string };
  readonly godebug: (GoModLine & { readonly key: string; readonly value: string })[];
  readonly require: GoModRequire[];
  readonly exclude: GoModExclude[];
  readonly replace: GoModReplace[];
  readonly retract: GoModRetract[];
  readonly tool: (GoModLine & { readonly path: string })[];
  readonly ignore: (GoModLine & { readonly path: string })[];
}

/** What a go.work declares, in its order. */
export interface GoWork {
  go?: GoModLine & { readonly version: string };
  toolchain?: GoModLine & { readonly name: string };
  readonly godebug: (GoModLine & { readonly key: string; readonly value: string })[];
  /** Directories of the workspace's modules, as written. */
  readonly use: (GoModLine & { readonly path: string })[];
  readonly replace: GoModReplace[];
}
