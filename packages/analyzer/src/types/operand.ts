/** What an expression evaluates to. */
import type { Constant } from "./constant.ts";
import type { PackageInterface } from "./object.ts";
import type { InterfaceMethod, Method, Type, UnknownReason } from "./type.ts";
import type { Builtin } from "./universe.ts";

/** What an expression names that may run, or stand for something that runs. */
export type Callable =
  | { readonly kind: "function"; readonly package: string; readonly name: string }
  /** A variable of a package. */
  | { readonly kind: "variable"; readonly package: string; readonly name: string }
  | { readonly kind: "method"; readonly method: Method }
  | { readonly kind: "interface method"; readonly method: InterfaceMethod }
  /** A name of a package that could not be had. */
  | { readonly kind: "missing"; readonly package: string; readonly name: string }
  | { readonly kind: "cgo"; readonly name: string };

export type UnsafeBuiltin =
  | "Alignof"
  | "Offsetof"
  | "Sizeof"
  | "Slice"
  | "SliceData"
  | "String"
  | "StringData"
  | "Add";

export type Operand =
  | Value
  | { readonly mode: "type"; readonly type: Type }
  | { readonly mode: "builtin"; readonly name: Builtin }
  | { readonly mode: "unsafe"; readonly name: UnsafeBuiltin }
  | { readonly mode: "package"; readonly path: string; readonly package: PackageInterface | undefined }
  | { readonly mode: "cgo" }
  | { readonly mode: "unknown"; readonly reason: UnknownReason; readonly callable?: Callable };

export interface Value {
  readonly mode: "value";
  /** A tuple for several values or none. */
  readonly type: Type;
  readonly constant: Constant | undefined;
  /** A second value tells whether there is a first: map elements, receiving, type assertions. */
  readonly commaOk: boolean;
  readonly callable: Callable | undefined;
  /** Of the generic function, or of the receiver's type, that `callable` is. */
  readonly typeArguments?: readonly Type[];
  /** Of bytes or runes: the constant that they were converted from. */
  readonly text?: string;
}

export function value(type: Type): Value {
  return { mode: "value", type, constant: undefined, commaOk: false, callable: undefined };
}

export function constantValue(type: Type, constant: Constant | undefined): Value {
  return { mode: "value", type, constant, commaOk: false, callable: undefined };
}

export function commaOk(type: Type): Value {
  return { mode: "value", type, constant: undefined, commaOk: true, callable: undefined };
}

export function functionValue(type: Type, callable: Callable, typeArguments?: readonly Type[]): Value {
  const plain: Value = { mode: "value", type, constant: undefined, commaOk: false, callable };
  return typeArguments === undefined || typeArguments.length === 0 ? plain : { ...plain, typeArguments };
}

export function unknown(reason: UnknownReason, callable?: Callable): Operand {
  return callable === undefined ? { mode: "unknown", reason } : { mode: "unknown", reason, callable };
}
