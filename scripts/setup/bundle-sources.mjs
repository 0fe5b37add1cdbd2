/** What the bundle is made from, seen from outside: cheap enough to look at every time. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { inRoot } from "../workspace.mjs";
import { readStamps, stampOf } from "./stamps.mjs";

/** The bundled command line; the bin file loads it. */
export const bundlePath = "packages/cli/dist/capdiff.cjs";

/** Whatever can change the bundle: sources and manifests, and the scripts that build it. */
const places = [
  "scripts/setup",
  "package.json",
  "packages/{}/package.json",
  "packages/{}/src",
  "packages/{}/data",
];

/**
 * A stamp of the names, sizes and times of all sources (so a deleted or an older file
 * counts as a change too), and whether a bundle is there.
 *
 * @returns {{ stamp: string, built: boolean }}
 */
export function bundleSources() {
  const packages = readdirSync(inRoot("packages")).sort();
  const paths = places.flatMap((place) =>
    place.includes("{}") ? packages.map((name) => place.replace("{}", name)) : [place],
  );
  const stamp = stampOf([readStamps().packages ?? "", ...paths.flatMap((path) => [...entries(path)])]);
  return { stamp, built: existsSync(inRoot(bundlePath)) };
}

/**
 * @param {string} path a file or a folder; one that is absent has no entries
 * @returns {Generator<string>}
 */
function* entries(path) {
  const stats = statSync(inRoot(path), { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (stats.isFile()) yield `${path} ${stats.size} ${stats.mtimeMs}`;
  else for (const name of readdirSync(inRoot(path)).sort()) yield* entries(`${path}/${name}`);
}
