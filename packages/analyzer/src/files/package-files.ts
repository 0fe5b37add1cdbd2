/** Which Go files belong to which package, as the Go command sees a module (go help packages, go/build). */

export interface GoFileName {
  /** Slash path inside the module. */
  readonly name: string;
  /** Slash path of its directory; empty at the root. */
  readonly directory: string;
  readonly test: boolean;
}

/**
 * Directories whose packages count although patterns such as `./...` pass over them, as
 * slash paths inside the module: those that are imported.
 */
export type Imported = ReadonlySet<string>;

const nothing: Imported = new Set();

/** The file as a Go file that counts; undefined for other files and those that Go never looks at. */
export function goFileName(name: string, imported = nothing): GoFileName | undefined {
  if (!name.endsWith(".go") || !isBuiltWithPackage(name, imported)) return undefined;
  return { name, directory: directoryOf(name), test: name.endsWith("_test.go") };
}

/** Whether Go looks at a file: it lies in a directory that could be a package, and is not hidden. */
export function isBuiltWithPackage(name: string, imported = nothing): boolean {
  const directory = directoryOf(name);
  const base = name.slice(directory === "" ? 0 : directory.length + 1);
  return !/^[._]/.test(base) && (imported.has(directory) || !directory.split("/").some(isLeftOut));
}

/**
 * The directory of a package of the module that patterns pass over, by its import path;
 * undefined for all others. Of `vendor` no path of the module can name a package.
 */
export function directoryPassedOver(importPath: string, modulePath: string): string | undefined {
  if (!importPath.startsWith(`${modulePath}/`)) return undefined;
  const directory = importPath.slice(modulePath.length + 1);
  const elements = directory.split("/");
  return elements.some(isLeftOut) && !elements.includes("vendor") ? directory : undefined;
}

/** Of a slash path; empty at the root. */
export function directoryOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf("/")));
}

/** Patterns such as `./...` find no packages in `testdata`, `vendor`, `_x` and `.x`. */
function isLeftOut(element: string): boolean {
  return element === "testdata" || element === "vendor" || /^[._]/.test(element);
}
