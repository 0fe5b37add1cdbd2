/** What names mean: in packages, where a name may mean several things in several builds, and in blocks. */
import type { BuildSet } from "../constraints/index.ts";
import type { Node } from "../syntax/index.ts";
import type { Constant } from "./constant.ts";
import type { AliasDeclaration, SignatureType, Type, TypeDeclaration } from "./type.ts";
import type { Builtin } from "./universe.ts";
import { type Session, splitBy } from "./varying.ts";

/** What a package-level name is in some builds. The functions answer for the current builds. */
export type PackageObject =
  | { readonly kind: "type"; readonly declaration: TypeDeclaration; readonly type: () => Type }
  | { readonly kind: "alias"; readonly declaration: AliasDeclaration; readonly type: () => Type }
  | {
      readonly kind: "function";
      readonly package: string;
      readonly name: string;
      readonly type: () => SignatureType;
    }
  | { readonly kind: "variable"; readonly package: string; readonly name: string; readonly type: () => Type }
  | { readonly kind: "constant"; readonly type: () => Type; readonly value: () => Constant | undefined };

export interface Variant {
  readonly builds: BuildSet;
  readonly object: PackageObject;
}

/** The outside of a package: its names, exported or not. */
export interface PackageInterface {
  readonly path: string;
  /** The name in its clause. */
  readonly name: string;
  /** Disjoint unless the package declares the name twice in one build: the first then counts. */
  readonly lookUp: (name: string) => readonly Variant[];
}

/** What a name means where it stands. */
export type Meaning =
  | PackageObject
  | LocalVariable
  | { readonly kind: "local type"; readonly type: Type }
  | { readonly kind: "local alias"; readonly declaration: AliasDeclaration; readonly type: Type }
  | { readonly kind: "local constant"; readonly type: Type; readonly value: Constant | undefined }
  | { readonly kind: "builtin"; readonly name: Builtin }
  | { readonly kind: "nil" }
  | { readonly kind: "iota" }
  /** `package` is undefined if it could not be had. */
  | { readonly kind: "import"; readonly path: string; readonly package: PackageInterface | undefined }
  /** A name that must come from one of those packages, none of which could be had. */
  | { readonly kind: "missing"; readonly packages: readonly string[] }
  | { readonly kind: "cgo" }
  | { readonly kind: "unsafe" };

/** A variable of a function. Those with one declaration are one, in several checks of it too. */
export interface LocalVariable {
  readonly kind: "local variable";
  readonly type: Type;
  /** The identifier that declares it; -1 for those of a signature, which are told by the object. */
  readonly declaredAt: Node;
}

/** A block: its own names in front of those around it. */
export interface Scope {
  readonly outer: Scope | undefined;
  readonly names: Names;
}

export type Names = Pick<Map<string, Meaning>, "get" | "has"> & {
  readonly set: (name: string, meaning: Meaning) => void;
};

export function innerScope(outer: Scope | undefined): Scope {
  return { outer, names: new Map() };
}

/**
 * The variant for the current builds; undefined if there is none. Throws a `Split` if
 * several differ, or one holds in a part of the builds only.
 */
export function chooseVariant(session: Session, variants: readonly Variant[]): PackageObject | undefined {
  const { builds, current } = session;
  const first = variants.find((variant) => builds.meets(current, variant.builds));
  if (first === undefined || builds.subsetOf(current, first.builds)) return first?.object;
  let left = builds.minus(current, first.builds);
  for (const other of variants) {
    if (other === first || !builds.meets(left, other.builds)) continue;
    if (!means(first.object, other.object)) {
      splitBy(session, first.builds);
      return first.object;
    }
    left = builds.minus(left, other.builds);
  }
  if (!builds.isEmpty(left)) splitBy(session, builds.minus(current, left));
  return first.object;
}

/** Whether it makes no difference to a use which of two it is. */
function means(a: PackageObject, b: PackageObject): boolean {
  if (a.kind === "function" && b.kind === "function") return a.type().canonical === b.type().canonical;
  if (a.kind === "variable" && b.kind === "variable") return a.type() === b.type();
  if (a.kind === "alias" && b.kind === "alias") return a.type() === b.type();
  if (a.kind !== "constant" || b.kind !== "constant") return false;
  const [one, other] = [a.value(), b.value()];
  return a.type() === b.type() && one === other && typeof one !== "object";
}
