/**
 * How the tests run on mutants. Stryker copies the workspace but links its
 * node_modules, so that `@capdiff/...` would lead back to the sources without mutants:
 * here those names mean the copy.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { testFiles } from "./tests.mjs";

const copy = join(dirname(fileURLToPath(import.meta.url)), "../..");
const conditions = ["capdiff-source"];

export default defineConfig({
  root: copy,
  resolve: {
    conditions,
    alias: ["analyzer", "rules", "modules"].map((name) => ({
      find: new RegExp(`^@capdiff/${name}$`),
      replacement: join(copy, "packages", name, "src/index.ts"),
    })),
  },
  ssr: { resolve: { conditions } },
  test: {
    setupFiles: ["scripts/mutation/fixed-seed.mjs"],
    include: testFiles(),
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
