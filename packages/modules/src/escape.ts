/**
 * Names in the module proxy protocol and in Go's module cache: as some file systems ignore case, an upper-case
 * letter is written as `!` and the lower-case letter.
 */
import { modulePathProblem, versionNameProblem } from "./module-path.ts";
import { quoted } from "./printable.ts";
import { SourceError } from "./source-error.ts";

/** The escaped form of a module path. Throws a `SourceError` if the path is not valid. */
export function escapePath(path: string): string {
  const problem = modulePathProblem(path);
  if (problem !== undefined) {
    throw new SourceError("bad-module-path", `malformed module path ${quoted(path)}: ${problem}`);
  }
  return escapeUpperCase(path);
}

/** The escaped form of a version, which need not be semantic. Throws a `SourceError` if it cannot be a name. */
export function escapeVersion(version: string): string {
  const problem = versionNameProblem(version);
  if (problem !== undefined)
    throw new SourceError("bad-version", `malformed version ${quoted(version)}: ${problem}`);
  return escapeUpperCase(version);
}

/** The module path of an escaped path, or undefined if that is not one that {@link escapePath} makes. */
export function unescapePath(escaped: string): string | undefined {
  const path = unescapeUpperCase(escaped);
  return path === undefined || modulePathProblem(path) !== undefined ? undefined : path;
}

/** The version of an escaped version, or undefined if that is not one that {@link escapeVersion} makes. */
export function unescapeVersion(escaped: string): string | undefined {
  const version = unescapeUpperCase(escaped);
  return version === undefined || versionNameProblem(version) !== undefined ? undefined : version;
}

function escapeUpperCase(text: string): string {
  return text.replace(/[A-Z]/gu, (letter) => `!${letter.toLowerCase()}`);
}

function unescapeUpperCase(escaped: string): string | undefined {
  if (!/^(?:[^!A-Z]|![a-z])*$/su.test(escaped)) return undefined;
  return escaped.replace(/![a-z]/gu, (pair) => pair.slice(1).toUpperCase());
}
