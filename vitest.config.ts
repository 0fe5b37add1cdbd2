import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["capdiff-source"] },
  ssr: { resolve: { conditions: ["capdiff-source"] } },
  test: {
    include: ["packages/*/test/**/*.test.ts", "test-corpus/**/*.test.ts", "scripts/**/*.test.mjs"],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // As the program is started: see packages/cli/src/start/v8-flags.ts.
    execArgv: ["--interrupt-budget=600000"],
  },
});
