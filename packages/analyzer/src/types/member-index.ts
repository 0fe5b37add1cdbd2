/**
 * Fields and methods by name. They are indexed once for each type: a type with very many is
 * asked very often.
 */
import { type Field, type InterfaceMethod, type InterfaceType, type StructType, unalias } from "./type.ts";
import { interfaceLimit, memberKey, underlying } from "./type-set.ts";
import type { TypeStore } from "./type-store.ts";

interface FieldIndex {
  readonly byKey: ReadonlyMap<string, Field>;
  readonly embedded: readonly Field[];
}

const fieldIndices = new WeakMap<StructType, FieldIndex>();

/** The fields of a struct by `memberKey`, the first of a name, and those that are embedded. */
export function fieldsOf(type: StructType): FieldIndex {
  let index = fieldIndices.get(type);
  if (index === undefined) {
    const byKey = new Map<string, Field>();
    for (const field of type.fields.toReversed()) byKey.set(memberKey(field.name, field.package), field);
    index = { byKey, embedded: type.fields.filter(({ embedded }) => embedded) };
    fieldIndices.set(type, index);
  }
  return index;
}

const methodIndices = new WeakMap<InterfaceType, ReadonlyMap<string, InterfaceMethod>>();

/** The methods that are written in an interface, by `memberKey`, the last of a name. */
export function writtenMethods(type: InterfaceType): ReadonlyMap<string, InterfaceMethod> {
  let index = methodIndices.get(type);
  if (index === undefined) {
    index = new Map(type.methods.map((method) => [memberKey(method.name, method.package), method]));
    methodIndices.set(type, index);
  }
  return index;
}

/** The method of an interface or of one that it embeds, as `typeSet` has it; found without the others. */
export function interfaceMethod(
  types: TypeStore,
  type: InterfaceType,
  key: string,
): InterfaceMethod | undefined {
  const seen = new Set<InterfaceType>();
  const waiting = [type];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const own = writtenMethods(next).get(key);
    if (own !== undefined) return own;
    if (seen.size > interfaceLimit) continue;
    for (const embedded of next.embedded.toReversed()) {
      const plain = unalias(embedded);
      const under = plain.kind === "union" ? plain : underlying(types, plain);
      if (under.kind === "interface") waiting.push(under);
    }
  }
  return undefined;
}
