/** The build constraint in a file's name (go/build, Context.goodOSArchFile). */
import type { BoundedAlgebra } from "./constraint.ts";
import type { BuildSet } from "./diagram.ts";
import { knownArchitectures, knownSystems } from "./platforms.ts";

/**
 * The builds that a file's name allows: `_GOOS`, `_GOARCH` or `_GOOS_GOARCH` at its end, before
 * `_test`. Takes a base name or a slash path. `linux.go` is in all builds, and so is
 * `unix` in a name.
 */
export function fileNameConstraint(algebra: BoundedAlgebra, name: string): BuildSet {
  return nameTags(baseName(name)).reduce(
    // Two tags of ports have no custom tag: nothing to bound.
    (set, tag) => algebra.and(set, algebra.tag(tag)) ?? algebra.all,
    algebra.all,
  );
}

/** Whether the Go command never looks at a file of this name, base name or slash path. */
export function isIgnoredFileName(name: string): boolean {
  return /^[._]/.test(baseName(name));
}

function nameTags(name: string): string[] {
  const stem = name.split(".", 1)[0] ?? "";
  // Before the first `_` stands the name proper, whatever it says.
  const parts = stem.split("_").slice(1);
  if (parts.at(-1) === "test") parts.pop();
  const last = parts.at(-1);
  const before = parts.at(-2);
  if (last === undefined) return [];
  if (before !== undefined && knownSystems.has(before) && knownArchitectures.has(last)) return [before, last];
  return knownSystems.has(last) || knownArchitectures.has(last) ? [last] : [];
}

function baseName(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}
