/**
 * Which module paths, versions and file names Go accepts, and the two rules that tie a path to a version: the
 * major version suffix, and the form of gopkg.in paths. Checks return what is wrong, or undefined.
 */
import { quoted } from "./printable.ts";
import { isIncompatible, parseSemver } from "./semver.ts";

const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|com[1-9]|lpt[1-9])$/iu;
const MODULE_CHARACTER = /^[A-Za-z0-9\-._~]$/u;
const FILE_CHARACTER = /^[A-Za-z0-9!#$%&()+,\-.=@[\]^_{}~ ]$/u;
const LETTER = /^\p{L}$/u;

type PathKind = "module" | "file";

/** What is wrong with a module path, or undefined. */
export function modulePathProblem(path: string): string | undefined {
  const problem = pathProblem(path, "module");
  if (problem !== undefined) return problem;
  const first = path.split("/", 1)[0] ?? "";
  if (!first.includes(".")) return "missing dot in first path element";
  if (/[^a-z0-9.-]/u.test(first)) return "first path element may only have a-z, 0-9, dot and dash";
  if (splitPathVersion(path) === undefined) return "invalid major version suffix";
  return undefined;
}

/** What is wrong with the slash path of a file in a module zip, or undefined. */
export function filePathProblem(path: string): string | undefined {
  return pathProblem(path, "file");
}

function pathProblem(path: string, kind: PathKind): string | undefined {
  if (path === "") return "empty string";
  if (/\p{Cs}/u.test(path)) return "invalid UTF-8";
  if (path.startsWith("-") && kind === "module") return "leading dash";
  if (path.includes("//")) return "double slash";
  if (path.startsWith("/")) return "leading slash";
  if (path.endsWith("/")) return "trailing slash";
  for (const element of path.split("/")) {
    const problem = elementProblem(element, kind);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function elementProblem(element: string, kind: PathKind): string | undefined {
  if (element === "") return "empty path element";
  if (/^\.+$/u.test(element)) return `path element ${quoted(element)}`;
  if (element.startsWith(".") && kind === "module") return "leading dot in path element";
  if (element.endsWith(".")) return "trailing dot in path element";
  for (const char of element) {
    if (!isAllowed(char, kind)) return `invalid character ${quoted(char)}`;
  }
  const short = element.split(".", 1)[0] ?? "";
  if (WINDOWS_DEVICE.test(short)) return `${quoted(short)} is a device name on Windows`;
  if (kind === "module" && /~[0-9]+$/u.test(short)) return "trailing tilde and digits in path element";
  return undefined;
}

function isAllowed(char: string, kind: PathKind): boolean {
  if (kind === "module") return MODULE_CHARACTER.test(char);
  return FILE_CHARACTER.test(char) || (char > "\u007f" && LETTER.test(char));
}

/** A module path cut before its major version suffix. */
export interface PathVersion {
  readonly prefix: string;
  /** `/vN`, `.vN` (gopkg.in) or empty. */
  readonly pathMajor: string;
}

/** Cuts a path before its major version suffix; undefined if the suffix is one that Go refuses (`/v1`, `/v02`). */
export function splitPathVersion(path: string): PathVersion | undefined {
  if (path.startsWith("gopkg.in/")) return splitGopkgIn(path);
  const match = /^(.+)(\/v([0-9.]+))$/su.exec(path);
  if (match === null) return { prefix: path, pathMajor: "" };
  const [, prefix = "", pathMajor = "", number = ""] = match;
  if (number.includes(".") || number.startsWith("0") || number === "1") return undefined;
  return { prefix, pathMajor };
}

function splitGopkgIn(path: string): PathVersion | undefined {
  const match = /^(.+)(\.v(?:0|[1-9][0-9]*(?:-unstable)?))$/su.exec(path);
  return match === null ? undefined : { prefix: match[1] ?? "", pathMajor: match[2] ?? "" };
}

/** What keeps `path` and `version` from belonging together, or undefined. The path must be a valid one. */
export function pathMajorProblem(path: string, version: string): string | undefined {
  const major = parseSemver(version)?.major;
  if (major === undefined) return `${quoted(version)} is not a semantic version`;
  const pathMajor = (splitPathVersion(path)?.pathMajor ?? "").replace(/-unstable$/u, "");
  if (pathMajor === ".v1" && version.startsWith("v0.0.0-")) return undefined;
  if (pathMajor === "") {
    if (major === "0" || major === "1" || isIncompatible(version)) return undefined;
    return `version ${printMajor(major)} needs a module path that ends in /v${major}, this path means v0 or v1`;
  }
  if (pathMajor.slice(2) === major) return undefined;
  return `the module path means ${pathMajor.slice(1)}, not ${printMajor(major)}`;
}

function printMajor(major: string): string {
  return major.length > 20 ? `v${major.slice(0, 20)}...` : `v${major}`;
}

/** What is wrong with a module path and a version together, as Go checks before it fetches, or undefined. */
export function moduleVersionProblem(path: string, version: string): string | undefined {
  return modulePathProblem(path) ?? pathMajorProblem(path, version);
}

/** What is wrong with a version as a name in a proxy's URL (which need not be semantic), or undefined. */
export function versionNameProblem(version: string): string | undefined {
  if (version.includes("/") || version.includes("!")) return "must not have a slash or an exclamation mark";
  // Letters outside ASCII are legal in file names but not in escaped versions.
  if (/[^\u0020-\u007e]/u.test(version)) return "must be printable ASCII";
  return elementProblem(version, "file");
}
