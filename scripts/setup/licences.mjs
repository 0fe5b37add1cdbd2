/** The licence texts of the third-party packages whose files the bundle holds. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ScriptError } from "../workspace.mjs";

/**
 * @param {readonly string[]} files absolute paths; those outside node_modules are ours
 * @returns {string} one section a package, sorted by name
 */
export function licenceTexts(files) {
  const folders = new Set(files.flatMap((file) => packageFolder(file) ?? []));
  return [...folders]
    .map((folder) => ({ title: titleOf(folder), text: licenceIn(folder) }))
    .sort((a, b) => (a.title < b.title ? -1 : 1))
    .map(({ title, text }) => `${title}\n${"=".repeat(title.length)}\n\n${text.trim()}\n`)
    .join("\n\n");
}

/**
 * @param {string} file
 * @returns {string | undefined} the folder of the package in the last node_modules of the path
 */
function packageFolder(file) {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file)?.[0];
}

/** @param {string} folder */
function titleOf(folder) {
  const manifest = /** @type {{ name: string, version: string }} */ (
    JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))
  );
  return `${manifest.name} ${manifest.version}`;
}

/** @param {string} folder */
function licenceIn(folder) {
  const name = readdirSync(folder)
    .sort()
    .find((file) => /^(licen[cs]e|copying)/i.test(file));
  if (name === undefined) throw new ScriptError(`${folder}: no licence text to ship with the bundle`);
  return readFileSync(join(folder, name), "utf8");
}
