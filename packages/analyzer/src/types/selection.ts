/** Which field or method a selector means (Go spec, Selectors; go/types lookupFieldOrMethod). */
import { isExportedName } from "../model/function-id.ts";
import { fieldsOf, interfaceMethod } from "./member-index.ts";
import type { Callable } from "./operand.ts";
import { bind, substituteSignature } from "./substitution.ts";
import {
  type Field,
  type InterfaceMethod,
  type Method,
  type NamedType,
  type SignatureType,
  type Type,
  type UnknownReason,
  unalias,
} from "./type.ts";
import { memberKey, underlying } from "./type-set.ts";
import type { TypeStore } from "./type-store.ts";

/** An embedded field that a selection goes through. */
export interface Step {
  /** The type in which the field stands. */
  readonly holder: Type;
  readonly field: Field;
}

/** Where a field or method was found, and the embedded fields on the way there. */
export type Selection = Found & { readonly through: readonly Step[] };

type Found =
  | {
      readonly kind: "field";
      readonly field: Field;
      /** The type in which the field stands, for telling fields of the same name apart. */
      readonly holder: Type;
    }
  | {
      readonly kind: "method";
      readonly method: Method;
      readonly signature: SignatureType;
      readonly receiver: NamedType;
    }
  | {
      readonly kind: "interface method";
      readonly method: InterfaceMethod;
      readonly signature: SignatureType;
    };

/** The method that a selection means. */
export function methodCallable(found: Exclude<Selection, { readonly kind: "field" }>): Callable {
  return found.kind === "method"
    ? { kind: "method", method: found.method }
    : { kind: "interface method", method: found.method };
}

/** A name as it is looked up: unexported names belong to the package of the selector. */
export interface Member {
  readonly name: string;
  /** Import path of the package in which the selector stands. */
  readonly from: string;
}

/** Import path that an unexported name belongs to; empty for exported names. */
export function memberPackage(name: string, path: string): string {
  return isExportedName(name) ? "" : path;
}

/** How many types are looked into for one member: instances may embed each other without end. */
const embeddingLimit = 1000;

interface Embedded {
  readonly type: Type;
  /** Reached in several ways at this depth: what it has is ambiguous. */
  readonly several: boolean;
  readonly through: readonly Step[];
}

const nowhere: readonly Step[] = [];

/** The field or method of that name at the shallowest depth; undefined if there is none or several. */
export function select(types: TypeStore, type: Type, member: Member): Selection | undefined {
  const path = memberPackage(member.name, member.from);
  let level: readonly Embedded[] = [{ type: startOf(types, type), several: false, through: nowhere }];
  const seen = new Set<Type>();
  while (level.length > 0 && seen.size < embeddingLimit) {
    const found: Selection[] = [];
    const next: Embedded[] = [];
    for (const { type: holder, several, through } of level) {
      const plain = unalias(holder);
      if (plain.kind === "named") {
        if (seen.has(plain.canonical)) continue;
        seen.add(plain.canonical);
        const method = declaredMethod(types, plain, member.name, path);
        if (method !== undefined) {
          found.push({ ...method, through }, ...(several ? [{ ...method, through }] : []));
          continue;
        }
      }
      const inside = membersOf(types, plain, { name: member.name, path, next, several, through });
      if (inside !== undefined)
        found.push({ ...inside, through }, ...(several ? [{ ...inside, through }] : []));
    }
    if (found.length > 0) return found.length === 1 ? found[0] : undefined;
    level = consolidated(next);
  }
  return undefined;
}

/** Why a type, or one that it embeds, is unknown: what is missing may be there. */
export function unknownInside(types: TypeStore, type: Type): UnknownReason | undefined {
  for (const holder of embeddedTypes(types, type)) {
    const under = underlying(types, holder);
    if (under.kind === "unknown") return under.reason;
  }
  return undefined;
}

/** A type, and those that it embeds, each once. */
export function* embeddedTypes(types: TypeStore, type: Type): Generator<Type, void> {
  const seen = new Set<Type>([startOf(types, type)]);
  for (const holder of seen) {
    yield holder;
    const under = underlying(types, holder);
    if (under.kind !== "struct" || seen.size > embeddingLimit) continue;
    for (const field of fieldsOf(under).embedded) seen.add(startOf(types, field.type));
  }
}

/** Where the search begins: behind a pointer, which may itself have a name (then it has fields only). */
function startOf(types: TypeStore, type: Type): Type {
  const plain = unalias(type);
  if (plain.kind === "pointer") return plain.element;
  if (plain.kind !== "named") return plain;
  const under = underlying(types, plain);
  return under.kind === "pointer" ? under.element : plain;
}

function declaredMethod(types: TypeStore, type: NamedType, name: string, path: string): Found | undefined {
  const method = type.declaration.method(name, path);
  if (method === undefined) return undefined;
  const signature = substituteSignature(
    types,
    method.signature(),
    bind(method.receiverParameters, type.arguments),
  );
  return { kind: "method", method, signature, receiver: type };
}

interface Search {
  readonly name: string;
  readonly path: string;
  readonly several: boolean;
  readonly through: readonly Step[];
  /** What is embedded goes here. */
  readonly next: Embedded[];
}

function membersOf(
  types: TypeStore,
  holder: Type,
  { name, path, next, several, through }: Search,
): Found | undefined {
  const under = underlying(types, holder);
  if (under.kind === "struct") {
    const { byKey, embedded } = fieldsOf(under);
    const field = byKey.get(memberKey(name, path));
    if (field !== undefined) return { kind: "field", field, holder };
    for (const field of embedded) {
      const plain = unalias(field.type);
      next.push({
        type: plain.kind === "pointer" ? plain.element : plain,
        several,
        through: [...through, { holder, field }],
      });
    }
  } else if (under.kind === "interface") {
    const method = interfaceMethod(types, under, memberKey(name, path));
    if (method !== undefined) return { kind: "interface method", method, signature: method.signature };
  }
  return undefined;
}

/** Types that are embedded several times at one depth, taken together. */
function consolidated(level: readonly Embedded[]): readonly Embedded[] {
  if (level.length < 2) return level;
  const byType = new Map<Type, Embedded>();
  for (const one of level) {
    const key = one.type.canonical;
    byType.set(key, byType.has(key) ? { ...one, several: true } : one);
  }
  return [...byType.values()];
}
