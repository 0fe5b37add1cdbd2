import { isValidSemver } from "./semver.ts";

/** Versions that Go makes up for commits without a tag: `vX.0.0-yyyymmddhhmmss-abcdefabcdef` and two longer forms. */
const PATTERN =
  /^v[0-9]+\.(?:0\.0-|[0-9]+\.[0-9]+-(?:[^+]*\.)?0\.)([0-9]{14})-([A-Za-z0-9]+)(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/u;

/** What a pseudo-version says of its commit. */
export interface PseudoVersion {
  /** UTC, `yyyymmddhhmmss`; sorts as text. */
  readonly timestamp: string;
  /** The commit's shortened identifier. */
  readonly revision: string;
}

/** The parts of a pseudo-version, or undefined if `version` is none. */
export function parsePseudoVersion(version: string): PseudoVersion | undefined {
  if (!isValidSemver(version)) return undefined;
  const match = PATTERN.exec(version);
  return match === null ? undefined : { timestamp: match[1] ?? "", revision: match[2] ?? "" };
}

/** Whether Go would call this a pseudo-version. */
export function isPseudoVersion(version: string): boolean {
  return parsePseudoVersion(version) !== undefined;
}
