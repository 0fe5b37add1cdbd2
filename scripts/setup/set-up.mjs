/** The two steps of a set-up, each skipped when its stamp says that nothing changed. */
import { bundleSources } from "./bundle-sources.mjs";
import { installInputs, installPackages } from "./install.mjs";
import { readStamps, writeStamp } from "./stamps.mjs";

/**
 * Installs and bundles, each only when needed. Does nothing (in about 10 ms) when the
 * stamps match.
 */
export async function setUp() {
  const packages = installInputs();
  if (readStamps().packages !== packages) {
    installPackages();
    writeStamp("packages", packages);
  }
  const sources = bundleSources();
  if (readStamps().bundle === sources.stamp && sources.built) return;
  process.stderr.write("capdiff: building the command line\n");
  const { bundle } = await import("./bundle.mjs");
  await bundle();
  writeStamp("bundle", sources.stamp);
}
