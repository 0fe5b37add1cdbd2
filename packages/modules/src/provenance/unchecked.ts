import type { Configuration } from "../configuration.ts";

const uncheckedConfigurations = new WeakMap<Configuration, Configuration>();

/** For copies that are wanted even if the database has another hash: to be told what they are. */
export function unchecked(configuration: Configuration): Configuration {
  const known = uncheckedConfigurations.get(configuration) ?? { ...configuration, skipSumdb: true };
  uncheckedConfigurations.set(configuration, known);
  return known;
}
