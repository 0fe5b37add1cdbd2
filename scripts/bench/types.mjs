/**
 * Names resolve as the Go type checker resolves them, fast enough: the figures beside
 * their bars. What breaks a bar is marked with an exclamation mark.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { inRoot, readJson, run, runTool, ScriptError } from "../workspace.mjs";
import { machine } from "./measure.mjs";
import { readOptions } from "./options.mjs";
import { agreementColumns, agreementRow, portColumns, portRows } from "./types/agreement.mjs";
import { buildsColumns, buildsRow } from "./types/all-builds.mjs";
import { withFigures } from "./types/page.mjs";
import { portName, six, usual } from "./types/ports.mjs";
import { tableHead, tableRow } from "./types/table.mjs";
import { warmColumns, warmRow } from "./types/warm.mjs";
import { openOracle } from "./types/workshop.mjs";

/**
 * A module to measure, and what it is held to beyond what all are.
 * @typedef {object} Listed
 * @property {string} module with its version
 * @property {number} [slowdown] how many times as long as go/types a cold run may take; 3 unless given
 * @property {number} [megabytes] of memory at most
 * @property {boolean} [quick] small
 * @property {boolean} [ports] looked at for other ports, and for all builds at once
 * @property {boolean} [warm] scanned after a change
 */

/**
 * Is told in what two sides differ, for which build.
 * @typedef {(agreement: import("./types/lines.mjs").Agreement, port: import("./types/ports.mjs").Port) => void} Differ
 */

/** @typedef {import("./types/table.mjs").Figure} Figure */

const { modules, quick, runs, tables, differences, write } = readOptions(process.argv.slice(2));
const oracle = openOracle();
const [load = 0] = loadavg();
let [figures, broken] = [0, 0];
/** @type {string[]} */
const printed = [];

await table(
  "agreement",
  `Cold and alone, ${portName(usual)}; the shortest of ${times(runs)}, in turn`,
  agreementColumns,
  {
    rows: chosen(() => true),
    make: async (listed, differ) => [await agreementRow(listed, { runs, oracle, differ })],
  },
);
await table("ports", "The same for other systems", portColumns, {
  rows: oracle ? chosen(({ ports }) => ports) : [],
  make: portRows,
});
await table(
  "builds",
  `All builds at once, beside runs for one build: ${six.map(portName).join("; ")}`,
  buildsColumns,
  {
    rows: chosen(({ ports }) => ports),
    make: async (listed, differ) => [await buildsRow(listed, { runs, differ })],
  },
);
await table("warm", "All cached, then a function runs a program: capdiff scan --deps=all", warmColumns, {
  rows: oracle ? chosen(({ warm }) => warm) : [],
  make: async (listed) => [await warmRow(listed, { runs })],
});
print(`\n${figures} figures; ${broken} break their bar and are marked "!"\n`);
if (!oracle) print("go is not on PATH: what go/types says, and sources to edit, need Go 1.26 or later\n");
if (write) {
  const page = inRoot("docs/measurements.md");
  const text = `${measuredOn()}\n${printed.join("")}`;
  writeFileSync(page, withFigures(readFileSync(page, "utf8"), text));
  runTool("biome", ["format", "--write", page]);
}

/** @param {string} text */
function print(text) {
  process.stdout.write(text);
  printed.push(text);
}

function measuredOn() {
  const go = oracle ? `, ${run("go", ["version"]).stdout.trim()}` : "";
  const commit = run("git", ["describe", "--always", "--dirty"]).stdout.trim();
  const command = ["npm run bench --", ...process.argv.slice(2)].join(" ");
  return (
    `\`${command}\` on ${new Date().toISOString().slice(0, 10)} at commit ${commit}: ${machine()}${go}. ` +
    `When it began, ${load.toFixed(1)} programs were running already.\n`
  );
}

/** @param {number} number */
function times(number) {
  return number === 1 ? "one run" : `${number} runs`;
}

/**
 * The modules asked for, of those of which something holds.
 *
 * @param {(listed: Listed) => boolean | undefined} holds
 */
function chosen(holds) {
  const list = /** @type {Listed[]} */ (readJson("scripts/bench/types/modules.json"));
  const asked = list.filter(
    (listed) =>
      (!quick || listed.quick) &&
      (modules.length === 0 || modules.some((word) => listed.module.includes(word))),
  );
  if (asked.length === 0)
    throw new ScriptError(`no module of the list has ${modules.join(" or ")} in its path`);
  return asked.filter(holds);
}

/**
 * Prints a table, a row as soon as it is known, and below it in what the sides differ.
 *
 * @param {string} name
 * @param {string} title
 * @param {readonly import("./types/table.mjs").Column[]} columns
 * @param {{ rows: readonly Listed[], make: (listed: Listed, differ: Differ) => Promise<readonly (readonly Figure[])[]> }} body
 */
async function table(name, title, columns, { rows, make }) {
  if (rows.length === 0 || (tables.length > 0 && !tables.includes(name))) return;
  print(`\n${title}\n\n${tableHead(columns)}`);
  /** @type {string[]} */
  const notes = [];
  for (const listed of rows) {
    const made = await make(listed, (agreement, port) => {
      notes.push(...differenceLines(agreement).map((text) => `${listed.module}, ${portName(port)}: ${text}`));
    });
    for (const row of made) {
      print(tableRow(columns, row));
      figures += row.length;
      broken += row.filter(({ kept }) => !kept).length;
    }
  }
  if (notes.length > 0) print(`\n${notes.map((note) => `- ${note}`).join("\n")}\n`);
}

/** @param {import("./types/lines.mjs").Agreement} agreement */
function differenceLines({ missing, extra }) {
  return [...some("missing", missing), ...some("extra", extra)];
}

/**
 * @param {string} word
 * @param {readonly string[]} texts
 */
function some(word, texts) {
  const more = texts.length > differences ? [`${texts.length - differences} more ${word}`] : [];
  return [...texts.slice(0, differences).map((text) => `${word} ${text}`), ...more];
}
