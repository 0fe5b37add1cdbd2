/** A benchmark that prints tables about modules, and puts them into docs/measurements.md if it is told to. */

import { readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { basename, isAbsolute } from "node:path";
import { inRoot, readJson, run, runTool, ScriptError } from "../../workspace.mjs";
import { machine } from "../measure.mjs";
import { readOptions } from "../options.mjs";
import { withFigures } from "./page.mjs";
import { tableHead, tableRow } from "./table.mjs";

/**
 * A module to measure, and what it is held to beyond what all are.
 * @typedef {object} Listed
 * @property {string} module with its version
 * @property {number} [slowdown] how many times as long as go/types a cold run may take; 3 unless given
 * @property {number} [speedup] how many times as long as a cold run Capslock takes at least; 5 unless given
 * @property {number} [megabytes] of memory at most
 * @property {boolean} [quick] small
 * @property {boolean} [ports] looked at for other ports, and for all builds at once
 * @property {boolean} [warm] scanned after a change
 */

/** @typedef {import("./table.mjs").Figure} Figure */

/** Puts a line below the table. @typedef {(text: string) => void} Note */

/**
 * @typedef {object} Body
 * @property {readonly Listed[]} rows no table without any
 * @property {(listed: Listed, note: Note) => Promise<readonly (readonly Figure[])[]>} make its rows
 * @property {() => readonly Figure[]} [last] the row below all others
 */

/** @param {string} name of the benchmark */
export function createBenchmark(name) {
  const options = readOptions(process.argv.slice(2));
  const [load = 0] = loadavg();
  let [figures, broken] = [0, 0];
  /** @type {string[]} */
  const printed = [];

  /** @param {string} text */
  function print(text) {
    process.stdout.write(text);
    printed.push(text);
  }

  /**
   * Prints a table, a row as soon as it is known.
   *
   * @param {string} table
   * @param {string} title
   * @param {readonly import("./table.mjs").Column[]} columns
   * @param {Body} body
   */
  async function table(table, title, columns, { rows, make, last }) {
    if (rows.length === 0 || (options.tables.length > 0 && !options.tables.includes(table))) return;
    print(`\n${title}\n\n${tableHead(columns)}`);
    /** @type {string[]} */
    const notes = [];
    /** @param {readonly Figure[]} row */
    const show = (row) => {
      print(tableRow(columns, row));
      figures += row.length;
      broken += row.filter(({ kept }) => !kept).length;
    };
    for (const listed of rows)
      for (const row of await make(listed, (text) => notes.push(`- ${listed.module}${text}\n`))) show(row);
    if (last !== undefined) show(last());
    if (notes.length > 0) print(`\n${notes.join("")}`);
  }

  /**
   * @param {{ programs: readonly string[], without: string }} said versions of what was compared with; what to
   *   say if that is none
   */
  function finish({ programs, without }) {
    print(`\n${figures} figures; ${broken} break their bar and are marked "!"\n`);
    if (programs.length === 0) print(`${without}\n`);
    if (!options.write) return;
    const page = inRoot("docs/measurements.md");
    const text = `${measuredOn(load, programs)}\n${printed.join("")}`;
    writeFileSync(page, withFigures(readFileSync(page, "utf8"), name, text));
    runTool("biome", ["format", "--write", page]);
  }

  return {
    options,
    table,
    finish,
    /**
     * The modules asked for, of those of which something holds.
     *
     * @param {(listed: Listed) => boolean | undefined} [holds]
     */
    chosen: (holds = () => true) => chosen(options).filter(holds),
  };
}

/** @param {import("../options.mjs").BenchOptions} options */
function chosen({ quick, modules }) {
  const list = /** @type {Listed[]} */ (readJson("scripts/bench/modules/list.json"));
  const asked = list.filter(
    (listed) =>
      (!quick || listed.quick) &&
      (modules.length === 0 || modules.some((word) => listed.module.includes(word))),
  );
  if (asked.length === 0)
    throw new ScriptError(`no module of the list has ${modules.join(" or ")} in its path`);
  return asked;
}

/**
 * @param {number} load
 * @param {readonly string[]} programs
 */
function measuredOn(load, programs) {
  const commit = run("git", ["describe", "--always", "--dirty"]).stdout.trim();
  // Where files lie is of this machine alone.
  const words = process.argv.slice(2).map((word) => (isAbsolute(word) ? basename(word) : word));
  const command = ["npm run bench --", ...words].join(" ");
  return (
    `\`${command}\` on ${new Date().toISOString().slice(0, 10)} at commit ${commit}: ` +
    `${[machine(), ...programs].join(", ")}. When it began, ${load.toFixed(1)} programs were running already.\n`
  );
}

/** @param {number} number */
export function timesTaken(number) {
  return number === 1 ? "one run" : `${number} runs`;
}

/**
 * The first of some texts, and how many are left.
 *
 * @param {string} word for what they are
 * @param {readonly string[]} texts
 * @param {number} most
 */
export function someOf(word, texts, most) {
  const more = texts.length > most ? [`${texts.length - most} more ${word}`] : [];
  return [...texts.slice(0, most).map((text) => `${word} ${text}`), ...more];
}
