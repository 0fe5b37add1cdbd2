/** capdiff's rules: which capabilities there are, and what brings them, as readable data. */
export { builtInMap } from "./built-in.ts";
export { type CapabilityInfo, capabilities, capabilityWeight, type KnownCapability } from "./capabilities.ts";
export {
  type Classification,
  classifyFunction,
  classifyVariable,
  type Decision,
  mapEntries,
  mapVersion,
  type PackageEntry,
} from "./map.ts";
