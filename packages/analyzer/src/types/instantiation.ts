import { bind, substitute } from "./substitution.ts";
import type { AliasDeclaration, AliasType, Type } from "./type.ts";
import type { TypeStore } from "./type-store.ts";

/** A generic alias with arguments. */
export function instantiateAlias(
  types: TypeStore,
  declaration: AliasDeclaration,
  list: readonly Type[],
): AliasType {
  const bindings = bind(declaration.typeParameters(), list);
  return types.alias(declaration, substitute(types, declaration.actual(), bindings), list);
}
