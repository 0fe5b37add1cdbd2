/**
 * Versions of Go itself, which are not semantic versions: `1.17`, `1.21rc1`, `1.21.0`
 * (https://go.dev/doc/toolchain#version).
 */

const PATTERN = /^([0-9]+)(?:\.([0-9]+)(?:\.([0-9]+)|([a-z]+)([0-9]+))?)?$/u;

/** From here on, go.mod lists all that a build needs, so that the graph is pruned. */
export const PRUNING_SINCE = "1.17";

/** What Go takes a go.mod without a `go` directive for. */
export const GO_VERSION_UNSET = "1.16";

/** Negative, 0 or positive as `a` is older than, the same as or newer than `b`. What is no version is the oldest. */
export function compareGoVersions(a: string, b: string): number {
  const left = versionParts(a);
  const right = versionParts(b);
  for (const [index, part] of left.entries()) {
    const order = comparePart(part, right[index] ?? "");
    if (order !== 0) return order;
  }
  return 0;
}

/** Major, minor, patch, kind of pre-release, its number. Since 1.21 the first release is 1.21.0, and 1.21 older. */
function versionParts(version: string): string[] {
  const [, major = "", minor = "0", patch, kind = "", number = ""] = PATTERN.exec(version) ?? [];
  if (major === "") return ["", "", "", "", ""];
  const isOld = kind === "" && comparePart(minor, "21") < 0;
  return [major, minor, patch ?? (isOld ? "0" : ""), kind, number];
}

/** Decimal numbers by their value; kinds (`alpha`, `beta`, `rc`) by the alphabet; nothing comes first. */
function comparePart(a: string, b: string): number {
  const areNumbers = /^[0-9]*$/u.test(a) && /^[0-9]*$/u.test(b);
  if (areNumbers && a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}
