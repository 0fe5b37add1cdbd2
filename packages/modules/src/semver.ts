/**
 * Semantic versions as the Go command reads them: a leading `v`, short forms `v1` and `v1.2`, numbers of any
 * length, build metadata without weight in comparisons. Not npm's rules.
 */

/** The parts of a version; numbers stay decimal strings, as they may be of any length. */
export interface Semver {
  readonly major: string;
  readonly minor: string;
  readonly patch: string;
  /** With its `-`, or empty. */
  readonly prerelease: string;
  /** With its `+`, or empty. */
  readonly build: string;
  /** `v1` and `v1.2` have 1 and 2 numbers and stand for `v1.0.0` and `v1.2.0`. */
  readonly numbers: 1 | 2 | 3;
}

const NUMBER = "(?:0|[1-9][0-9]*)";
const PATTERN = new RegExp(
  `^v(${NUMBER})(?:\\.(${NUMBER})(?:\\.(${NUMBER})(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?)?)?$`,
  "u",
);

/** The parts of `version`, or undefined if it is no semantic version. */
export function parseSemver(version: string): Semver | undefined {
  const match = PATTERN.exec(version);
  if (match === null) return undefined;
  const [, major = "", minor, patch, prerelease = "", build = ""] = match;
  if (prerelease !== "" && !prerelease.slice(1).split(".").every(isPrereleaseIdentifier)) return undefined;
  if (build !== "" && build.slice(1).split(".").includes("")) return undefined;
  const numbers = patch !== undefined ? 3 : minor !== undefined ? 2 : 1;
  return { major, minor: minor ?? "0", patch: patch ?? "0", prerelease, build, numbers };
}

/** Numeric identifiers must not have leading zeros. */
function isPrereleaseIdentifier(identifier: string): boolean {
  return identifier !== "" && !(identifier.length > 1 && identifier.startsWith("0") && isDecimal(identifier));
}

function isDecimal(text: string): boolean {
  return /^[0-9]+$/u.test(text);
}

/** Whether Go would call this a valid semantic version. */
export function isValidSemver(version: string): boolean {
  return parseSemver(version) !== undefined;
}

/** `vMAJOR.MINOR.PATCH[-PRERELEASE]` with build metadata dropped, or undefined if invalid. */
export function canonicalSemver(version: string): string | undefined {
  const parts = parseSemver(version);
  return parts && `v${parts.major}.${parts.minor}.${parts.patch}${parts.prerelease}`;
}

/** Like {@link canonicalSemver}, but keeps the one meaningful build suffix, `+incompatible`. */
export function canonicalVersion(version: string): string | undefined {
  const canonical = canonicalSemver(version);
  return canonical !== undefined && isIncompatible(version) ? `${canonical}+incompatible` : canonical;
}

/** Whether the version's build metadata is `+incompatible`. */
export function isIncompatible(version: string): boolean {
  return parseSemver(version)?.build === "+incompatible";
}

/** Whether the version is a valid one with a pre-release part. */
export function isPrerelease(version: string): boolean {
  return (parseSemver(version)?.prerelease ?? "") !== "";
}

/** Orders versions as Go does: an invalid one before every valid one, build metadata without weight. */
export function compareSemver(a: string, b: string): -1 | 0 | 1 {
  const left = parseSemver(a);
  const right = parseSemver(b);
  if (left === undefined || right === undefined) {
    return left === right ? 0 : left === undefined ? -1 : 1;
  }
  return (
    compareDecimal(left.major, right.major) ||
    compareDecimal(left.minor, right.minor) ||
    compareDecimal(left.patch, right.patch) ||
    comparePrerelease(left.prerelease, right.prerelease)
  );
}

/** {@link compareSemver}, with ties (which differ in build metadata) broken by the text: a total order. */
export function compareVersions(a: string, b: string): -1 | 0 | 1 {
  return compareSemver(a, b) || compareText(a, b);
}

function compareText(a: string, b: string): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareDecimal(a: string, b: string): -1 | 0 | 1 {
  if (a.length !== b.length) return a.length < b.length ? -1 : 1;
  return compareText(a, b);
}

/** A version with a pre-release comes before the same without; identifiers compare one by one. */
function comparePrerelease(a: string, b: string): -1 | 0 | 1 {
  if (a === b) return 0;
  if (a === "") return 1;
  if (b === "") return -1;
  const left = a.slice(1).split(".");
  const right = b.slice(1).split(".");
  for (const [index, identifier] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    const order = compareIdentifier(identifier, other);
    if (order !== 0) return order;
  }
  return left.length < right.length ? -1 : 0;
}

/** Numbers come before words. */
function compareIdentifier(a: string, b: string): -1 | 0 | 1 {
  const leftIsNumber = isDecimal(a);
  if (leftIsNumber !== isDecimal(b)) return leftIsNumber ? -1 : 1;
  return leftIsNumber ? compareDecimal(a, b) : compareText(a, b);
}
