/** Copies of modules to be scanned again and again while one of their functions changes. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { importPath, mostImported, withCommand } from "./edit.mjs";
import { sourcesOf } from "./workshop.mjs";

/**
 * A copy of a module in which a function can be made to run a program.
 * @typedef {object} EditableCopy
 * @property {string} path of its folder
 * @property {number} lines of Go, without tests
 * @property {string} edited the file
 * @property {(argument: string) => void} edit anew, with this argument of the program
 * @property {(json: string) => number} execPlaces how many places of the edited package use EXEC directly, by a report
 */

/**
 * Throws if the module has no function to edit.
 *
 * @param {string} module with its version
 * @param {string} folder to put the copy in
 * @returns {EditableCopy}
 */
export function editableCopy(module, folder) {
  const copy = join(folder, "module");
  cpSync(sourcesOf(module), copy, { recursive: true });
  const files = goFiles(copy);
  const path = module.replace(/@.*/, "");
  const edited = mostImported(files, path);
  if (edited === undefined) throw new Error(`${module}: no function to edit`);
  return {
    path: copy,
    lines: files.reduce((sum, { text }) => sum + text.split("\n").length - 1, 0),
    edited: edited.name,
    edit: (argument) => writeFileSync(join(copy, edited.name), withCommand(edited.text, argument) ?? ""),
    execPlaces: (json) => execPlaces(json, importPath(edited.name, path)),
  };
}

/**
 * Without tests.
 *
 * @param {string} folder
 */
function goFiles(folder) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".go") && !name.endsWith("_test.go"))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
}

/**
 * @param {string} json
 * @param {string} path
 */
function execPlaces(json, path) {
  const { capabilities } = /** @type {import("@capdiff/analyzer").Report} */ (JSON.parse(json));
  return capabilities?.find((row) => row.package === path && row.capability === "EXEC")?.sites ?? 0;
}
