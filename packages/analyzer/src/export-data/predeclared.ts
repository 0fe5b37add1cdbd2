import type { Type } from "../types/type.ts";
import type { Universe } from "../types/universe.ts";

/** The types of the universe by the names that they have in types: also those that programs cannot name. */
export function predeclaredTypes(universe: Universe): ReadonlyMap<string, Type> {
  const found = new Map<string, Type>();
  for (const [name, meaning] of universe.names) if (meaning.kind === "type") found.set(name, meaning.type);
  for (const type of [
    universe.unsafePointer,
    universe.untypedBool,
    universe.untypedInt,
    universe.untypedRune,
    universe.untypedFloat,
    universe.untypedComplex,
    universe.untypedString,
    universe.untypedNil,
  ]) {
    found.set(type.name, type);
  }
  return found;
}
