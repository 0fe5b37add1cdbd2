/** What is declared in every program: types, constants, nil and builtin functions (Go spec, Predeclared identifiers). */
import type { Constant } from "./constant.ts";
import { type BasicType, type InterfaceType, Is, type Type, type TypeDeclaration } from "./type.ts";
import type { TypeStore } from "./type-store.ts";

export type Builtin = (typeof builtinNames)[number];

const builtinNames = [
  "append",
  "cap",
  "clear",
  "close",
  "complex",
  "copy",
  "delete",
  "imag",
  "len",
  "make",
  "max",
  "min",
  "new",
  "panic",
  "print",
  "println",
  "real",
  "recover",
] as const;

export type Predeclared =
  | { readonly kind: "type"; readonly type: Type }
  | { readonly kind: "constant"; readonly type: Type; readonly value: Constant | undefined }
  | { readonly kind: "nil" }
  | { readonly kind: "iota" }
  | { readonly kind: "builtin"; readonly name: Builtin };

export interface Universe {
  readonly names: ReadonlyMap<string, Predeclared>;
  readonly bool: BasicType;
  readonly int: BasicType;
  readonly uintptr: BasicType;
  readonly byte: BasicType;
  readonly rune: BasicType;
  readonly string: BasicType;
  readonly float64: BasicType;
  readonly complex128: BasicType;
  readonly float32: BasicType;
  readonly complex64: BasicType;
  readonly unsafePointer: BasicType;
  readonly untypedBool: BasicType;
  readonly untypedInt: BasicType;
  readonly untypedRune: BasicType;
  readonly untypedFloat: BasicType;
  readonly untypedComplex: BasicType;
  readonly untypedString: BasicType;
  readonly untypedNil: BasicType;
  readonly error: Type;
  readonly any: Type;
  readonly emptyInterface: InterfaceType;
}

export function createUniverse(types: TypeStore): Universe {
  const names = new Map<string, Predeclared>();
  const basic = (name: string, is: number, canonical?: Type) => {
    const type = types.basic(name, is, canonical);
    if ((is & (Is.untyped | Is.unsafePointer)) === 0) names.set(name, { kind: "type", type });
    return type;
  };
  for (const name of ["int8", "int16", "int64"]) basic(name, Is.integer);
  for (const name of ["uint", "uint16", "uint32", "uint64"]) basic(name, Is.integer | Is.unsigned);
  const uint8 = basic("uint8", Is.integer | Is.unsigned);
  const int32 = basic("int32", Is.integer);
  const emptyInterface = types.interface({ methods: [], embedded: [] });
  const untyped = (name: string, is: number) => basic(`untyped ${name}`, is | Is.untyped);
  const universe: Universe = {
    names,
    bool: basic("bool", Is.boolean),
    int: basic("int", Is.integer),
    uintptr: basic("uintptr", Is.integer | Is.unsigned),
    byte: basic("byte", Is.integer | Is.unsigned, uint8),
    rune: basic("rune", Is.integer, int32),
    string: basic("string", Is.string),
    float32: basic("float32", Is.float),
    float64: basic("float64", Is.float),
    complex64: basic("complex64", Is.complex),
    complex128: basic("complex128", Is.complex),
    unsafePointer: basic("unsafe.Pointer", Is.unsafePointer),
    untypedBool: untyped("bool", Is.boolean),
    untypedInt: untyped("int", Is.integer),
    untypedRune: untyped("rune", Is.integer),
    untypedFloat: untyped("float", Is.float),
    untypedComplex: untyped("complex", Is.complex),
    untypedString: untyped("string", Is.string),
    untypedNil: untyped("nil", Is.nil),
    error: errorType(types),
    any: anyType(types, emptyInterface),
    emptyInterface,
  };
  names.set("error", { kind: "type", type: universe.error });
  names.set("any", { kind: "type", type: universe.any });
  names.set("comparable", { kind: "type", type: comparableType(types) });
  for (const value of [true, false]) {
    names.set(String(value), { kind: "constant", type: universe.untypedBool, value });
  }
  names.set("nil", { kind: "nil" });
  names.set("iota", { kind: "iota" });
  for (const name of builtinNames) names.set(name, { kind: "builtin", name });
  return universe;

  function errorType(store: TypeStore): Type {
    const declaration = predeclared("error", () => underlying);
    const signature = store.signature({
      parameters: [],
      results: [{ name: "", type: basic("string", Is.string) }],
      variadic: false,
    });
    const underlying = store.interface({
      methods: [{ name: "Error", package: "", signature, owner: declaration }],
      embedded: [],
    });
    return store.named(declaration);
  }
}

function anyType(types: TypeStore, empty: InterfaceType): Type {
  return types.alias({ name: "any", package: "", typeParameters: () => [], actual: () => empty }, empty);
}

/** Its type set, the comparable types, is not told from the empty interface's: nothing here depends on it. */
function comparableType(types: TypeStore): Type {
  const underlying = types.interface({ methods: [], embedded: [] });
  return types.named(predeclared("comparable", () => underlying));
}

function predeclared(name: string, underlying: () => Type): TypeDeclaration {
  return {
    name,
    package: "",
    local: false,
    typeParameters: () => [],
    underlying,
    method: () => undefined,
    methodNames: () => [],
  };
}
