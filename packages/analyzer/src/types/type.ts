import type { UnresolvedReason } from "../model/facts.ts";

/**
 * Types as the stage `types` knows them. They are made by a `TypeStore` only, which makes
 * each one once: the same object is the same type with the same spelling. Types that Go
 * calls identical have the same `canonical` object: without alias names, parameter names
 * and the like (Go spec, Type identity).
 */
export type Type =
  | BasicType
  | NamedType
  | AliasType
  | TypeParameter
  | PointerType
  | SliceType
  | ArrayType
  | MapType
  | ChannelType
  | StructType
  | TupleType
  | SignatureType
  | InterfaceType
  | UnionType
  | UnknownType;

interface Common {
  /** Grows as types are made: only for comparing within one run. */
  readonly id: number;
  readonly canonical: Type;
  /** Whether a type parameter occurs in it. */
  readonly parametric: boolean;
}

/** What a basic type is, as bits. */
export const Is = {
  boolean: 1,
  integer: 2,
  unsigned: 4,
  float: 8,
  complex: 16,
  string: 32,
  untyped: 64,
  nil: 128,
  unsafePointer: 256,
} as const;

export interface BasicType extends Common {
  readonly kind: "basic";
  readonly name: string;
  /** Of `Is`. */
  readonly is: number;
}

/** A declared type, instantiated if it has type parameters. */
export interface NamedType extends Common {
  readonly kind: "named";
  readonly declaration: TypeDeclaration;
  readonly arguments: readonly Type[];
}

/** An alias as written: what it means, and the name that it goes by. */
export interface AliasType extends Common {
  readonly kind: "alias";
  readonly declaration: AliasDeclaration;
  readonly arguments: readonly Type[];
  readonly actual: Type;
}

export interface TypeParameter extends Common {
  readonly kind: "parameter";
  readonly name: string;
  /** The interface that it is bound by, in the current builds. */
  readonly constraint: () => Type;
}

export interface PointerType extends Common {
  readonly kind: "pointer";
  readonly element: Type;
}

export interface SliceType extends Common {
  readonly kind: "slice";
  readonly element: Type;
}

export interface ArrayType extends Common {
  readonly kind: "array";
  /** Undefined if it could not be told. */
  readonly length: bigint | undefined;
  readonly element: Type;
}

export interface MapType extends Common {
  readonly kind: "map";
  readonly key: Type;
  readonly element: Type;
}

export type Direction = "both" | "send" | "receive";

export interface ChannelType extends Common {
  readonly kind: "channel";
  readonly direction: Direction;
  readonly element: Type;
}

export interface StructType extends Common {
  readonly kind: "struct";
  readonly fields: readonly Field[];
}

export interface Field {
  readonly name: string;
  readonly type: Type;
  readonly embedded: boolean;
  /** The value of the tag; empty without one. */
  readonly tag: string;
  /** Import path of the package that an unexported field belongs to; empty for exported ones. */
  readonly package: string;
}

/** Several values: results of a call. */
export interface TupleType extends Common {
  readonly kind: "tuple";
  readonly elements: readonly Type[];
}

export interface SignatureType extends Common {
  readonly kind: "signature";
  readonly typeParameters: readonly TypeParameter[];
  readonly parameters: readonly Parameter[];
  readonly results: readonly Parameter[];
  /** The last parameter's type is then a slice. */
  readonly variadic: boolean;
}

export interface Parameter {
  /** Empty if there is none. */
  readonly name: string;
  readonly type: Type;
}

export interface InterfaceType extends Common {
  readonly kind: "interface";
  /** Those written in it, by name. */
  readonly methods: readonly InterfaceMethod[];
  readonly embedded: readonly Type[];
  /** Around a constraint that was written without `interface{}`. */
  readonly implicit: boolean;
}

export interface InterfaceMethod {
  readonly name: string;
  /** Import path of the package that an unexported method belongs to; empty for exported ones. */
  readonly package: string;
  readonly signature: SignatureType;
  /** The declared type whose interface it is written in; undefined in an interface without a name. */
  readonly owner: TypeDeclaration | undefined;
}

export interface UnionType extends Common {
  readonly kind: "union";
  readonly terms: readonly UnionTerm[];
}

export interface UnionTerm {
  readonly tilde: boolean;
  readonly type: Type;
}

/** The type of what could not be understood. It fits everything. */
export interface UnknownType extends Common {
  readonly kind: "unknown";
  readonly reason: UnknownReason;
}

export type UnknownReason = UnresolvedReason;

/**
 * A type as declared: what all its instances have in common. It has one identity whatever
 * the builds; what it is underneath may differ between builds, and is told for the current
 * ones (see `Varying`).
 */
export interface TypeDeclaration {
  readonly name: string;
  /** Import path; empty for predeclared types. */
  readonly package: string;
  /** Declared inside a function. */
  readonly local: boolean;
  readonly typeParameters: () => readonly TypeParameter[];
  /** Never named or an alias; in terms of the type parameters. */
  readonly underlying: () => Type;
  /** A method declared for the type itself; `package` as in `Field`. */
  readonly method: (name: string, fromPackage: string) => Method | undefined;
  /** Names of the methods that it has in the current builds, sorted. */
  readonly methodNames: () => readonly string[];
}

/** `type A[P any] = ...`: a variant of it, in some builds. */
export interface AliasDeclaration {
  readonly name: string;
  readonly package: string;
  readonly typeParameters: () => readonly TypeParameter[];
  /** In terms of the type parameters. */
  readonly actual: () => Type;
}

/** A method with a body of its own. */
export interface Method {
  readonly name: string;
  readonly pointer: boolean;
  readonly receiver: TypeDeclaration;
  /** The name of the receiver in the declaration; empty if there is none. */
  readonly receiverName: string;
  /** Names of the type parameters in the receiver. */
  readonly receiverParameters: readonly TypeParameter[];
  /** In terms of the receiver's type parameters. */
  readonly signature: () => SignatureType;
}

/** The type behind alias names. */
export function unalias(type: Type): Exclude<Type, AliasType> {
  let behind = type;
  while (behind.kind === "alias") behind = behind.actual;
  return behind;
}

/** Whether two types are identical in the sense of the Go spec, interfaces apart (see `identical`). */
export function sameType(a: Type, b: Type): boolean {
  return a.canonical === b.canonical;
}
