/** Types as code tells them. */
import type { CodeType } from "../../model/code-facts.ts";
import { coreType, Is, type Type, unalias } from "../../types/index.ts";
import type { CodeWalk } from "./code-walk.ts";

/** Containers in containers that are told. */
const nesting = 5;

/** Arrays that are longer are not computed with. */
const arrayLimit = 1n << 16n;

export function codeType(walk: CodeWalk, type: Type, depth = 0): CodeType {
  const known = depth === 0 ? walk.types.get(type) : undefined;
  if (known !== undefined) return known;
  const found = typeOf(walk, type, depth);
  if (depth === 0) walk.types.set(type, found);
  return found;
}

function typeOf(walk: CodeWalk, type: Type, depth: number): CodeType {
  const core = coreType(walk.checker.types, type);
  if (core === undefined || depth > nesting) return "?";
  switch (core.kind) {
    case "basic":
      return basicType(core.name, core.is);
    case "slice":
      return ["[]", codeType(walk, core.element, depth + 1)];
    case "map":
      return ["map", codeType(walk, core.element, depth + 1)];
    case "array": {
      const { length } = core;
      if (length === undefined || length > arrayLimit) return "?";
      return ["array", Number(length), codeType(walk, core.element, depth + 1)];
    }
    case "struct":
      return `S ${typeName(type)}`.trimEnd();
    case "pointer": {
      const isStruct = coreType(walk.checker.types, core.element)?.kind === "struct";
      const name = isStruct ? typeName(core.element) : "";
      return name === "" ? "n" : `P ${name}`;
    }
    case "signature":
    case "interface":
    case "channel":
      return "n";
    default:
      return "?";
  }
}

/** The name of a declared type with the import path; empty if it has none, or methods cannot tell it apart. */
export function typeName(type: Type): string {
  const plain = unalias(type);
  if (plain.kind !== "named" || plain.declaration.local) return "";
  return `${plain.declaration.package}.${plain.declaration.name}`;
}

/** Whether it is the predeclared type error. */
export function isError(type: Type): boolean {
  const plain = unalias(type);
  return plain.kind === "named" && plain.declaration.package === "" && plain.declaration.name === "error";
}

const names: Readonly<Record<string, CodeType>> = {
  int: "i64",
  int8: "i8",
  int16: "i16",
  int32: "i32",
  int64: "i64",
  rune: "i32",
  uint: "u64",
  uint8: "u8",
  uint16: "u16",
  uint32: "u32",
  uint64: "u64",
  uintptr: "u64",
  byte: "u8",
};

function basicType(name: string, is: number): CodeType {
  if ((is & Is.string) !== 0) return "s";
  if ((is & Is.boolean) !== 0) return "b";
  if ((is & (Is.float | Is.complex)) !== 0) return "f";
  if ((is & Is.nil) !== 0) return "n";
  // Numbers without a type are of any size.
  if ((is & Is.untyped) !== 0) return "?";
  return names[name] ?? "?";
}

/** Methods by which a type says itself how it is shown. */
const ownWords = ["String", "Error", "Format", "GoString"];

/** Whether values of that type are shown by methods of their own. */
export function isShownByMethods(type: Type): boolean {
  const plain = unalias(type);
  const named = plain.kind === "pointer" ? unalias(plain.element) : plain;
  if (named.kind !== "named") return false;
  const methods = named.declaration.methodNames();
  return ownWords.some((name) => methods.includes(name));
}
