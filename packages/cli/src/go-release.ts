/** A module's go line beside the Go release whose standard library it is analysed with. */
import type { Diagnostic } from "@capdiff/analyzer";
import { compareGoVersions } from "@capdiff/modules";

/**
 * That go.mod asks for a later Go than the facts are of: what is new there is not known. An older one needs no
 * diagnostic, since Go keeps what there was; the report's input says with which facts it was analysed.
 */
export function releaseDiagnostics(
  go: string | undefined,
  release: string | undefined,
): readonly Diagnostic[] {
  if (go === undefined || release === undefined || !isLater(go, release)) return [];
  const message = `go.mod asks for Go ${go}, and the standard library is that of ${release}: \`capdiff stdlib build\` makes facts of another release, for --stdlib`;
  return [{ code: "newer-go", severity: "info", message, incomplete: false, file: "go.mod" }];
}

/** Patch releases add nothing to the standard library, so they do not count. */
function isLater(go: string, release: string): boolean {
  return compareGoVersions(language(go), language(release)) > 0;
}

/** `go1.26.8` and `1.26rc1` as `1.26`. */
function language(version: string): string {
  return /^(?:go)?(\d+(?:\.\d+)?)/u.exec(version)?.[1] ?? version;
}
