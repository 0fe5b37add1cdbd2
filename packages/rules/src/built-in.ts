import type { CapabilityMap } from "@capdiff/analyzer";
import { capabilityWeight } from "./capabilities.ts";
import { classifyFunction, classifyVariable, mapVersion } from "./map.ts";
import { isStandardPackage, packageNameOf, symbolKind } from "./symbols.ts";

/** The built-in map as the analyzer asks it. */
export const builtInMap: CapabilityMap = {
  version: mapVersion,
  capabilities: (importPath, name) => {
    const classify = symbolKind(importPath, name) === "variable" ? classifyVariable : classifyFunction;
    return classify(importPath, name)?.capabilities;
  },
  kindOf: symbolKind,
  isStandard: isStandardPackage,
  packageName: packageNameOf,
  weight: capabilityWeight,
};
