/** Pointers behind which something else than a struct is: who has one may change what is there. */
import type { Declarations } from "../declarations.ts";
import { type MethodSets, namedType } from "./method-sets.ts";
import { isStruct, type TypeId, type TypeTable } from "./type-table.ts";

export interface Aliases {
  readonly isAlias: (type: TypeId) => boolean;
  /** Takes note of a type of which it need not be known whether it is one. */
  readonly meet: (type: TypeId) => void;
}

export function createAliases(
  types: TypeTable,
  { underlying }: MethodSets,
  { meet }: Pick<Declarations, "meet">,
): Aliases {
  const known = new Map<TypeId, boolean>();
  const met = new Set<TypeId>();
  const elementOf = (type: TypeId): TypeId | undefined => {
    const term = types.term(type);
    return typeof term !== "string" && term[0] === "pointer" ? term[1] : undefined;
  };
  const leadsElsewhere = (type: TypeId): boolean => {
    const element = elementOf(type);
    return element !== undefined && !underlying(element).some((one) => isStruct(types.term(one)));
  };
  const meetNamed = (type: TypeId) => {
    const named = namedType(types.term(type));
    if (named !== undefined) meet(named.name);
  };
  return {
    isAlias: (type) => {
      let found = known.get(type);
      if (found === undefined) known.set(type, (found = underlying(type).some(leadsElsewhere)));
      return found;
    },
    meet: (type) => {
      if (met.has(type)) return;
      met.add(type);
      meetNamed(type);
      const element = elementOf(type);
      if (element !== undefined) meetNamed(element);
    },
  };
}
