#!/usr/bin/env node
/** Starts the bundle that `npm start` (in the repository) or `npm pack` builds. */
import { existsSync } from "node:fs";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const bundle = new URL("../dist/capdiff.js", import.meta.url);

if (major < 20 || (major === 20 && minor < 19)) {
  stop(`capdiff needs Node 20.19 or later; this is Node ${process.versions.node}.`);
} else if (!existsSync(bundle)) {
  stop("capdiff is not built yet: run `npm start` in the root of the repository.");
} else {
  /** @typedef {{ readonly main: (args: readonly string[]) => Promise<void> }} Bundle */
  const { main } = /** @type {Bundle} */ (await import(bundle.href));
  await main(process.argv.slice(2));
}

/**
 * Says why nothing ran. The exit code is that of a usage error.
 *
 * @param {string} message
 */
function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = 2;
}
