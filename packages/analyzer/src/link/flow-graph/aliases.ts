/** Pointers behind which something else than a struct is: who has one may change what is there. */
import { formed } from "../../model/type-parts.ts";
import type { Declarations } from "../declarations.ts";
import { type MethodSets, namedType } from "./method-sets.ts";
import type { TypeId, TypeTable } from "./type-table.ts";

export interface Aliases {
  /** Reads the package that the type is of, and that of what it points to. */
  readonly isAlias: (type: TypeId) => boolean;
  /** Whether no package has to be read to tell. */
  readonly isAtHand: (type: TypeId) => boolean;
  /** Takes note of a type of which it is not yet known whether it is one. */
  readonly meet: (type: TypeId) => void;
}

export function createAliases(
  types: TypeTable,
  { underlying }: MethodSets,
  { meet, isRead }: Pick<Declarations, "meet" | "isRead">,
): Aliases {
  const known = new Map<TypeId, boolean>();
  const met = new Set<TypeId>();
  const elementOf = (type: TypeId): TypeId | undefined => {
    return formed(types.term(type), "pointer")?.[1];
  };
  const leadsElsewhere = (type: TypeId): boolean => {
    const element = elementOf(type);
    return (
      element !== undefined &&
      !underlying(element).some((one) => formed(types.term(one), "struct") !== undefined)
    );
  };
  /** Names of the type and of what it points to. */
  const namesIn = (type: TypeId): readonly string[] => {
    const element = elementOf(type);
    const all = element === undefined ? [type] : [type, element];
    return all.flatMap((one) => namedType(types.term(one))?.name ?? []);
  };
  return {
    isAlias: (type) => {
      let found = known.get(type);
      if (found === undefined) known.set(type, (found = underlying(type).some(leadsElsewhere)));
      return found;
    },
    isAtHand: (type) => known.has(type) || namesIn(type).every(isRead),
    meet: (type) => {
      if (met.has(type)) return;
      met.add(type);
      namesIn(type).forEach(meet);
    },
  };
}
