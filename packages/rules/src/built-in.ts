/** The built-in map: the standard library, golang.org/x/sys and golang.org/x/net. */
import standardCrypto from "../data/map/std-crypto.json" with { type: "json" };
import standardData from "../data/map/std-data.json" with { type: "json" };
import standardNet from "../data/map/std-net.json" with { type: "json" };
import standardSystem from "../data/map/std-system.json" with { type: "json" };
import xNet from "../data/map/x-net.json" with { type: "json" };
import xSys from "../data/map/x-sys.json" with { type: "json" };
import { digest } from "./digest.ts";
import { loadTable, type PackageEntry } from "./map.ts";

/** Grows when the map's answers change. */
export const mapVersion = "4";

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
