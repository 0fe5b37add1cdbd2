import type { ConstantDeclaration, Declaration, PackageScope } from "../declare/package-scope.ts";

/** What a name declared inside a function is. */
export type Local =
  /** A variable, parameter or result; `unsafePointer` if that is plain from its declaration. */
  | { readonly kind: "value"; readonly unsafePointer: boolean }
  | { readonly kind: "type" }
  | { readonly kind: "constant"; readonly declaration: ConstantDeclaration; readonly scope: Scope };

/** A block: its own names in front of those around it. */
export interface Scope {
  readonly outer: Scope | undefined;
  readonly names: Map<string, Local>;
}

export function innerScope(outer?: Scope): Scope {
  return { outer, names: new Map() };
}

export function declareLocal(scope: Scope, name: string, local: Local): void {
  if (name !== "_") scope.names.set(name, local);
}

/** What an identifier means where it stands. */
export type Meaning =
  | { readonly kind: "local"; readonly local: Local }
  /** Declared by the package; in builds that do not declare it, it may come from one of the dot imports. */
  | {
      readonly kind: "declared";
      readonly declarations: readonly Declaration[];
      readonly dots: readonly string[];
    }
  | { readonly kind: "import"; readonly path: string }
  | { readonly kind: "cgo" }
  | { readonly kind: "universe"; readonly what: "type" | "builtin" | "value" }
  /** Not declared here: it comes from one of the dot imports, if there are any. */
  | { readonly kind: "elsewhere"; readonly dots: readonly string[] };

const universeTypes = new Set(
  `any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string
  uint uint8 uint16 uint32 uint64 uintptr`.split(/\s+/),
);
const builtins = new Set(
  `append cap clear close complex copy delete imag len make max min new panic print println real
  recover`.split(/\s+/),
);
const universeValues = new Set(["true", "false", "iota", "nil", "_"]);

/**
 * Looks a name up as Go does: blocks from the inside out, file and package, universe. No
 * build has a name both in a file and in its package, so that what the file imports wins
 * over what the package declares, in other builds then.
 */
export function lookUp(
  unit: { readonly pkg: PackageScope; readonly file: number },
  scope: Scope,
  name: string,
): Meaning {
  for (let block: Scope | undefined = scope; block !== undefined; block = block.outer) {
    const local = block.names.get(name);
    if (local !== undefined) return { kind: "local", local };
  }
  const imports = unit.pkg.imports[unit.file];
  const path = imports?.named.get(name);
  if (path !== undefined) return { kind: "import", path };
  const declarations = unit.pkg.names.get(name);
  if (declarations !== undefined) {
    const everywhere = declarations.some((one) => isWherever(unit, one.file));
    return { kind: "declared", declarations, dots: everywhere ? [] : (imports?.dots ?? []) };
  }
  if (name === "C" && imports?.cgo === true) return { kind: "cgo" };
  if (universeTypes.has(name)) return { kind: "universe", what: "type" };
  if (builtins.has(name)) return { kind: "universe", what: "builtin" };
  if (universeValues.has(name)) return { kind: "universe", what: "value" };
  return { kind: "elsewhere", dots: imports?.dots ?? [] };
}

/** Whether syntax shows that another file of the package is in all builds in which this one is. */
function isWherever(unit: { readonly pkg: PackageScope; readonly file: number }, other: number): boolean {
  const builds = unit.pkg.files[other]?.builds;
  return builds === "" || builds === unit.pkg.files[unit.file]?.builds;
}
