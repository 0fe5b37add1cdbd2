/** All that selectors find in a type. */
import { embeddedTypes, type Selection, select } from "./selection.ts";
import type { Type } from "./type.ts";
import { typeSet, underlying } from "./type-set.ts";
import type { TypeStore } from "./type-store.ts";

/**
 * The fields and methods that a selector in the package `from` finds in a type, promoted ones
 * too, sorted by name. Takes as many selections as the type and what it embeds have names.
 */
export function membersOf(
  types: TypeStore,
  type: Type,
  from: string,
): { readonly name: string; readonly selection: Selection }[] {
  const names = new Set<string>();
  for (const holder of embeddedTypes(types, type)) {
    if (holder.kind === "named") for (const name of holder.declaration.methodNames()) names.add(name);
    const under = underlying(types, holder);
    if (under.kind === "struct") for (const { name } of under.fields) names.add(name);
    if (under.kind === "interface")
      for (const { name } of typeSet(types, under).methods.values()) names.add(name);
  }
  return [...names].sort().flatMap((name) => {
    const selection = name === "_" ? undefined : select(types, type, { name, from });
    return selection === undefined ? [] : [{ name, selection }];
  });
}
