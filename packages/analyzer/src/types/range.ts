import type { Checker } from "./checker.ts";
import { defaultType } from "./inference.ts";
import { Is, type Type } from "./type.ts";
import { coreBytesOrString, coreType } from "./type-set.ts";

/** The types of the iteration values of a range over a value of that type (Go spec, For range). */
export function rangeTypes(checker: Checker, type: Type): readonly Type[] {
  const { types, universe } = checker;
  const core = coreBytesOrString(types, type);
  switch (core?.kind) {
    case "basic":
      return (core.is & Is.string) !== 0 ? [universe.int, universe.rune] : [defaultType(checker, type)];
    case "slice":
    case "array":
      return [universe.int, core.element];
    case "pointer": {
      const array = coreType(types, core.element);
      return array?.kind === "array" ? [universe.int, array.element] : [];
    }
    case "map":
      return [core.key, core.element];
    case "channel":
      return [core.element];
    case "signature": {
      const yieldType = core.parameters[0] && coreType(types, core.parameters[0].type);
      return yieldType?.kind === "signature" ? yieldType.parameters.map((parameter) => parameter.type) : [];
    }
    default:
      return core?.kind === "unknown" ? [core, core] : [];
  }
}
