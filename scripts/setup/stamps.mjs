/** What the last set-up saw. It lives in node_modules, so that removing that starts over. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { inRoot } from "../workspace.mjs";

const path = inRoot("node_modules", ".capdiff-setup");

/** @typedef {{ packages?: string, bundle?: string }} Stamps */

/** @returns {Stamps} empty when there is none or it cannot be read */
export function readStamps() {
  try {
    return /** @type {Stamps} */ (JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return {};
  }
}

/**
 * @param {keyof Stamps} step
 * @param {string} stamp
 */
export function writeStamp(step, stamp) {
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.${process.pid}`;
  writeFileSync(partial, `${JSON.stringify({ ...readStamps(), [step]: stamp }, undefined, 2)}\n`);
  renameSync(partial, path);
}

/**
 * One hash of several texts; where one ends and the next begins counts.
 *
 * @param {Iterable<string>} texts
 */
export function stampOf(texts) {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return hash.digest("hex");
}
