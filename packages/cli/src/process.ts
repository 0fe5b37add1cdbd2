/** The environment of a real run: this process. */
import packageJson from "../package.json" with { type: "json" };
import type { Environment } from "./environment.ts";
import { shippedRelease } from "./shipped-library.ts";

export function processEnvironment(): Environment {
  const { version } = packageJson;
  // Whoever writes is told by the callback; when stderr is closed nobody is left to be told.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    variables: process.env,
    version,
    loadCatalogue: async () => (await import("@capdiff/rules")).capabilities,
    namesBringing: async (capability) => {
      const { builtInEntries, namesBringing } = await import("@capdiff/rules");
      return namesBringing(builtInEntries, capability);
    },
    loadRules: async () => (await import("@capdiff/rules")).rules,
    loadEngine: async (capabilityMap) => {
      const [{ createEngine }, { builtInMap, rules }] = await Promise.all([
        import("./analysis.ts"),
        import("@capdiff/rules"),
      ]);
      const tool = {
        name: "capdiff",
        version,
        capabilityMap: builtInMap.version,
        goRelease: shippedRelease,
      } as const;
      return createEngine({
        capabilityMap: capabilityMap ?? builtInMap,
        tool,
        rules,
        variables: process.env,
      });
    },
  };
}
