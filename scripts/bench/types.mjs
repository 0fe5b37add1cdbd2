/**
 * Names resolve as the Go type checker resolves them, fast enough: the figures beside
 * their bars. What breaks a bar is marked with an exclamation mark.
 */
import { portName, six, usual } from "./modules/ports.mjs";
import { goVersion, openOracle } from "./modules/workshop.mjs";
import { createBenchmark, someOf, timesTaken } from "./tables/benchmark.mjs";
import { agreementColumns, agreementRow, portColumns, portRows } from "./types/agreement.mjs";
import { buildsColumns, buildsRow } from "./types/all-builds.mjs";
import { warmColumns, warmRow } from "./types/warm.mjs";

/**
 * Is told in what two sides differ, for which build.
 * @typedef {(agreement: import("./tables/sets.mjs").Agreement, port: import("./modules/ports.mjs").Port) => void} Differ
 */

const { options, table, chosen, finish } = createBenchmark("types");
const { runs, differences } = options;
const oracle = openOracle();

await table(
  "agreement",
  `Cold and alone, ${portName(usual)}; the shortest of ${timesTaken(runs)}, in turn`,
  agreementColumns,
  {
    rows: chosen(),
    make: async (listed, note) => [await agreementRow(listed, { runs, oracle, differ: differ(note) })],
  },
);
await table("ports", "The same for other systems", portColumns, {
  rows: oracle ? chosen(({ ports }) => ports) : [],
  make: (listed, note) => portRows(listed, differ(note)),
});
await table(
  "builds",
  `All builds at once, beside runs for one build: ${six.map(portName).join("; ")}`,
  buildsColumns,
  {
    rows: chosen(({ ports }) => ports),
    make: async (listed, note) => [await buildsRow(listed, { runs, differ: differ(note) })],
  },
);
await table("warm", "All cached, then a function runs a program: capdiff scan --deps=all", warmColumns, {
  rows: oracle ? chosen(({ warm }) => warm) : [],
  make: async (listed) => [await warmRow(listed, { runs })],
});
finish({
  programs: oracle ? [goVersion()] : [],
  without: "go is not on PATH: what go/types says, and sources to edit, need Go 1.26 or later",
});

/**
 * @param {import("./tables/benchmark.mjs").Note} note
 * @returns {Differ}
 */
function differ(note) {
  return ({ missing, extra }, port) => {
    for (const text of [...someOf("missing", missing, differences), ...someOf("extra", extra, differences)])
      note(`, ${portName(port)}: ${text}`);
  };
}
