/** Which Go files belong to which package, as the Go command sees a module (go help packages, go/build). */

export interface GoFileName {
  /** Slash path inside the module. */
  readonly name: string;
  /** Slash path of its directory; empty at the root. */
  readonly directory: string;
  readonly test: boolean;
}

/** The file as a Go file that counts; undefined for other files and those that Go never looks at. */
export function goFileName(name: string): GoFileName | undefined {
  if (!name.endsWith(".go")) return undefined;
  const elements = name.split("/");
  const base = elements.pop() ?? "";
  if (/^[._]/.test(base) || elements.some(isLeftOut)) return undefined;
  return { name, directory: elements.join("/"), test: base.endsWith("_test.go") };
}

/** Whether Go looks at a file that is not Go: it lies in a directory that could be a package, and is not hidden. */
export function isBuiltWithPackage(name: string): boolean {
  const elements = name.split("/");
  return !/^[._]/.test(elements.pop() ?? "") && !elements.some(isLeftOut);
}

/** `testdata`, `vendor`, `_x` and `.x` hold no packages of the module. */
function isLeftOut(element: string): boolean {
  return element === "testdata" || element === "vendor" || /^[._]/.test(element);
}
