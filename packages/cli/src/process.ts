/** The environment of a real run: this process. */
import packageJson from "../package.json" with { type: "json" };
import type { Environment } from "./environment.ts";

export function processEnvironment(): Environment {
  // Whoever writes is told by the callback; when stderr is closed nobody is left to be told.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    variables: process.env,
    version: packageJson.version,
    loadCatalogue: async () => ({}),
    loadEngine: async () => {
      throw new Error("no capability map yet");
    },
  };
}
