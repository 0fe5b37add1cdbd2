/** capdiff's rules: which capabilities there are, and what brings them, as readable data. */
export { namesBringing } from "./bringers.ts";
export { builtInEntries, builtInTable, mapIdentity, mapVersion } from "./built-in.ts";
export { type CapabilityInfo, capabilities, capabilityWeight, type KnownCapability } from "./capabilities.ts";
export { builtInMap, capabilityMap, type MapChoice } from "./capability-map.ts";
export { rules } from "./findings/index.ts";
export { callPart, flowMap } from "./flow-map.ts";
export {
  type CapabilityTable,
  type Classification,
  classify,
  classifyVariable,
  type Decided,
  type Decision,
  loadTable,
  type PackageEntry,
} from "./map.ts";
export { type LikelyOriginal, likelyOriginals, lookalikeOf, originalsSource } from "./originals.ts";
export { type StandardPackage, standardPackages } from "./symbols.ts";
export { type MapMistake, parseUserMap, type UserLine, type UserMap } from "./user-map.ts";
