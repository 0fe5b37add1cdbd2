#!/usr/bin/env node
/**
 * Starts the bundle that `npm start` (in the repository) or `npm pack` builds. It is CommonJS, as what it starts is: Node's loader of
 * other modules takes a twentieth of the time of a short run.
 */
"use strict";
const { existsSync } = require("node:fs");
const path = require("node:path");

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const bundle = path.join(__dirname, "../dist/capdiff.cjs");

if (major < 20 || (major === 20 && minor < 19)) {
  stop(`capdiff needs Node 20.19 or later; this is Node ${process.versions.node}.`);
} else if (!existsSync(bundle)) {
  stop("capdiff is not built yet: run `npm start` in the root of the repository.");
} else {
  /** @typedef {{ readonly main: (args: readonly string[]) => Promise<void> }} Bundle */
  const { main } = /** @type {Bundle} */ (require(bundle));
  // What goes wrong in the program it says itself: here it is not whole.
  main(process.argv.slice(2)).catch((error) =>
    stop(`capdiff cannot start; install it again, or run \`npm start\` in the repository.\n${error}`),
  );
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
