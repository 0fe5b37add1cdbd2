/**
 * Build constraints: a file's name and header in, the set of builds that compile it out. Stages
 * carry sets as `BuildSet` and write them down as expressions. Follows go/build of Go 1.26;
 * where Go rejects a file, or a constraint is beyond our bounds, the file is kept in all
 * builds, with a diagnostic. `import "C"` needs cgo too: that is for the reader of imports.
 */
export { type Build, type BuildSets, type BuildSetsOptions, createBuilds } from "./builds.ts";
export type { Constraint, ConstraintDiagnostic } from "./constraint.ts";
export type { BuildSet } from "./diagram.ts";
export { isIgnoredFileName } from "./file-name.ts";
export { checkNarrowing, type Narrowing, type NarrowingFailure } from "./narrowing.ts";
export { type Port, ports } from "./platforms.ts";
