/** Names mean what go/types says, at what cost. A row a module. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { shortest } from "../measure.mjs";
import { foreign, portFlags, portName, usual } from "../modules/ports.mjs";
import {
  askOracle,
  capdiff,
  fetchDependencies,
  references,
  sourcesOf,
  withNewCache,
} from "../modules/workshop.mjs";
import { compareLines, isStandard, packageOf, readLines } from "../tables/lines.mjs";
import { count, figure, megabytes, percentDown, percentUp, seconds, times, words } from "../tables/table.mjs";

/** @typedef {import("../tables/table.mjs").Figure} Figure */
/** @typedef {import("../types.mjs").Differ} Differ */
/** @typedef {import("../tables/benchmark.mjs").Listed} Listed */

const agreementBar = { atLeast: 0.999 };

export const agreementColumns = [
  { title: "module", width: 39 },
  { title: "lines" },
  { title: "recall", width: 11 },
  { title: "precision", width: 11 },
  { title: "capdiff", width: 7 },
  { title: "go/types", width: 7 },
  { title: "ratio", width: 8 },
  { title: "bar" },
  { title: "peak", width: 9 },
  { title: "unresolved", width: 19 },
  { title: "in all builds", width: 19 },
  { title: "--deps=none", width: 10 },
];

/**
 * Both are run once unmeasured, then in turn; the shortest times count.
 *
 * @param {Listed} listed
 * @param {{ runs: number, oracle: boolean, differ: Differ }} options
 * @returns {Promise<Figure[]>}
 */
export async function agreementRow({ module, slowdown = 3, megabytes: most }, { runs, oracle, differ }) {
  await fetchDependencies(module, usual);
  const ours = [];
  const theirs = [];
  for (let i = 0; i <= runs; i++) {
    ours.push(await references(module, { port: usual }));
    if (oracle) theirs.push(await askOracle(["refs", "."], module, usual));
  }
  // The first runs were not measured.
  const [time, timeOfOracle] = [shortest(ours.slice(1)), shortest(theirs.slice(1))];
  const peak = Math.max(...ours.map(({ peakMegabytes }) => peakMegabytes));
  return [
    words(module),
    ...(theirs[0] === undefined
      ? [none, none, none, figure(time, seconds), none, none]
      : [
          ...agreementFigures(theirs[0].stdout, ours[0]?.stdout ?? "", (agreement) =>
            differ(agreement, usual),
          ),
          figure(time, seconds),
          figure(timeOfOracle, seconds),
          figure(time / timeOfOracle, times, { atMost: slowdown }),
        ]),
    words(`${slowdown} x`),
    figure(peak, megabytes, most === undefined ? {} : { atMost: most }),
    unresolvedFigure(await unresolved(module, portFlags(usual)), { atMost: 0.001 }),
    // Of builds for which the module does not compile, Go resolves no more.
    unresolvedFigure(await unresolved(module, []), {}),
    theirs[0] === undefined ? none : await withoutDependencies(module, theirs[0].stdout),
  ];
}

const none = words("-");

/**
 * @param {string} expected
 * @param {string} actual
 * @param {(agreement: import("../tables/sets.mjs").Agreement) => void} differ
 */
function agreementFigures(expected, actual, differ) {
  const agreement = compareLines(readLines(expected), readLines(actual));
  differ(agreement);
  return [
    figure(agreement.expected, count, { atLeast: 1 }),
    figure(agreement.recall, percentDown, agreementBar),
    figure(agreement.precision, percentDown, agreementBar),
  ];
}

/**
 * The bar is for modules whose imports can be had; how many cannot stands beside the figure of others.
 *
 * @param {Unresolved} unresolved
 * @param {import("../tables/table.mjs").Bar} bar
 */
export function unresolvedFigure({ share, missing }, bar) {
  if (missing === 0) return figure(share, percentUp, bar);
  return figure(share, (value) => `${percentUp(value)} (${missing} missing)`);
}

/** @typedef {{ share: number, missing: number }} Unresolved */

/**
 * The share of call sites whose callee is not known, as a report counts them, and how many imported packages could
 * not be had.
 *
 * @param {string} module
 * @param {readonly string[]} flags
 * @returns {Promise<Unresolved>}
 */
async function unresolved(module, flags) {
  const { stdout } = await withNewCache((cache) =>
    capdiff(["scan", module, "--as-main", "--deps", "all", "--format", "json", ...flags], cache),
  );
  const { inputs } = /** @type {import("@capdiff/analyzer").Report} */ (JSON.parse(stdout));
  const { unresolved: unknown = Number.NaN, callSites = Number.NaN, missing = 0 } = inputs[0]?.counts ?? {};
  return { share: callSites === 0 ? 0 : unknown / callSites, missing };
}

/**
 * Recall without dependencies, of the calls of functions and references to them that are
 * declared in the module or the standard library. What an interface without a name
 * declares is of no package, and counts on neither side.
 *
 * @param {string} module
 * @param {string} expected
 */
async function withoutDependencies(module, expected) {
  const { stdout } = await references(module, { port: usual, dependencies: "none" });
  const own = module.replace(/@.*/, "");
  const sources = sourcesOf(module);
  const atHand = /** @param {string} path */ (path) =>
    isStandard(path) ||
    path === own ||
    (path.startsWith(`${own}/`) && existsSync(join(sources, path.slice(own.length + 1))));
  const { recall } = compareLines(
    readLines(expected),
    readLines(stdout),
    ({ kind, what }) => (kind === "call" || kind === "ref") && atHand(packageOf(what)),
  );
  return figure(recall, percentDown, { atLeast: 0.97 });
}

export const portColumns = [
  { title: "module", width: 39 },
  { title: "build", width: 22 },
  { title: "lines" },
  { title: "recall", width: 11 },
  { title: "precision", width: 11 },
];

/**
 * The same for other systems than this one: a row a port.
 *
 * @param {Listed} listed
 * @param {Differ} differ
 * @returns {Promise<Figure[][]>}
 */
export async function portRows({ module }, differ) {
  const rows = [];
  for (const port of foreign) {
    await fetchDependencies(module, port);
    const ours = await references(module, { port });
    const theirs = await askOracle(["refs", "."], module, port);
    rows.push([
      words(module),
      words(portName(port)),
      ...agreementFigures(theirs.stdout, ours.stdout, (agreement) => differ(agreement, port)),
    ]);
  }
  return rows;
}
