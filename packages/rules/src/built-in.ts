/** The built-in map: the standard library, golang.org/x/sys and golang.org/x/net. */
import type { CapabilityMap } from "@capdiff/analyzer";
import standardCrypto from "../data/map/std-crypto.json" with { type: "json" };
import standardData from "../data/map/std-data.json" with { type: "json" };
import standardNet from "../data/map/std-net.json" with { type: "json" };
import standardSystem from "../data/map/std-system.json" with { type: "json" };
import xNet from "../data/map/x-net.json" with { type: "json" };
import xSys from "../data/map/x-sys.json" with { type: "json" };
import { capabilityWeight } from "./capabilities.ts";
import { digest } from "./digest.ts";
import { classify, classifyVariable, loadTable, type PackageEntry } from "./map.ts";
import { isStandardPackage, packageNameOf, symbolKind } from "./symbols.ts";

/** Grows when the map's answers change. */
export const mapVersion = "3";

/** What the built-in map is made of, by path. */
export const builtInEntries: readonly PackageEntry[] = [
  standardCrypto,
  standardData,
  standardNet,
  standardSystem,
  xNet,
  xSys,
]
  .flatMap((area): readonly PackageEntry[] => area.packages)
  .toSorted((a, b) => (a.path < b.path ? -1 : 1));

/** The same, ready to be asked. */
export const builtInTable = loadTable(builtInEntries);

/** Differs when any entry differs, whatever the version says. */
export function mapIdentity(): string {
  return digest(JSON.stringify(builtInEntries));
}

/** The built-in map as the analyzer asks it. */
export const builtInMap: CapabilityMap = {
  version: mapVersion,
  capabilities: (importPath, name) => {
    // What these packages do when they are initialised is no doing of who imports them.
    if (name === "init" && packageNameOf(importPath) !== undefined) return [];
    const ask = symbolKind(importPath, name) === "variable" ? classifyVariable : classify;
    return ask(builtInTable, importPath, name)?.capabilities;
  },
  kindOf: symbolKind,
  isStandard: isStandardPackage,
  packageName: packageNameOf,
  weight: capabilityWeight,
};
