/**
 * Provenance, in figures: hashes of real zips beside `go mod verify`, real sums in the configured checksum database,
 * flipped bits, rebuilding real modules and from a large repository, build lists with local repositories. Needs git; Go and its
 * module cache for what is real, the network for the sums. What cannot be had is left out and said.
 */
import { readOptions } from "../../../scripts/bench/options.mjs";
import { flippedBits } from "./provenance/bits.mjs";
import { hashes, speed } from "./provenance/hashes.mjs";
import { largeRepository } from "./provenance/large.mjs";
import { buildList, generatedFiles, realFiles } from "./provenance/list.mjs";
import { rebuilt } from "./provenance/rebuilt.mjs";
import { sums } from "./provenance/sums.mjs";
import { versions } from "./provenance/versions.mjs";
import { cachedZips, say } from "./provenance/workshop.mjs";

const { tables: asked, runs } = readOptions(process.argv.slice(2));
const zips = cachedZips();
const hasReal = zips.length >= 100;

const real = {
  hashes: () => hashes(zips),
  speed: () => speed(zips, runs),
  sums: () => sums(zips),
  rebuilt: () => rebuilt(zips),
  versions: () => versions(zips),
  "real-list": async () => buildList("real", await realFiles(zips)),
};
const made = {
  bits: flippedBits,
  large: largeRepository,
  list: async () => buildList("generated", await generatedFiles()),
};

if (!hasReal) say(`only ${zips.length} zips in a module cache: no figures of real modules`);
for (const [name, table] of Object.entries({ ...(hasReal ? real : {}), ...made }))
  if (asked.length === 0 || asked.includes(name)) await table();
