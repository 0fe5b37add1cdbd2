/**
 * One call graph answers what Capslock answers, as completely, in less time and memory: the figures beside their bars. What
 * breaks a bar is marked with an exclamation mark.
 */
import { callsBody, callsColumns } from "./link/calls.mjs";
import { mapFlags, openCapslock, version } from "./link/capslock.mjs";
import { coldColumns, coldRow, warmColumns, warmRow } from "./link/costs.mjs";
import { factRows, factsColumns } from "./link/facts.mjs";
import { pairsBody, pairsColumns } from "./link/pairs.mjs";
import { witnessBody, witnessColumns } from "./link/witnesses.mjs";
import { portName, usual } from "./modules/ports.mjs";
import { goVersion, openOracle } from "./modules/workshop.mjs";
import { createBenchmark, timesTaken } from "./tables/benchmark.mjs";

const { options, table, chosen, finish } = createBenchmark("link");
const { runs, differences, witnesses, seed } = options;
const oracle = openOracle();
if (oracle) openCapslock();
const compared = oracle ? chosen() : [];

const flags = oracle ? mapFlags() : [];
await table(
  "pairs",
  `(package, capability), Capslock's map on both sides, ${portName(usual)}`,
  pairsColumns,
  {
    rows: compared,
    ...pairsBody({ granularity: "package", flags, bars: { recall: 0.99, precision: 0.95 }, differences }),
  },
);
await table("functions", "(function, capability), the same way", pairsColumns, {
  rows: compared,
  ...pairsBody({ granularity: "function", flags, bars: { recall: 0.98, precision: 0 }, differences }),
});
await table("own-map", "(package, capability), capdiff with its own map, in Capslock's names", pairsColumns, {
  rows: compared,
  ...pairsBody({ granularity: "package", flags: [], differences }),
});
await table("calls", "What dynamic calls run, beside variable type analysis", callsColumns, {
  rows: compared,
  ...callsBody(differences),
});
await table(
  "witnesses",
  `Pairs with our map whose witness names alone tell, and steps of ${witnesses} such witnesses a module (seed ${seed})`,
  witnessColumns,
  { rows: chosen(), ...witnessBody({ witnesses, seed, oracle, differences }) },
);
await table("facts", "What Capslock's test says of its test packages: how many facts hold", factsColumns, {
  rows: oracle ? [{ module: `github.com/google/capslock@${version}` }] : [],
  make: (_, note) => factRows(note),
});
await table(
  "cold",
  `Cold, capdiff scan with our map, ${portName(usual)}; the shortest of ${timesTaken(runs)}, in turn`,
  coldColumns,
  { rows: chosen(), make: async (listed) => [await coldRow(listed, { runs, capslock: oracle })] },
);
await table("warm", "All cached, then a function runs a program", warmColumns, {
  rows: compared,
  make: async (listed) => [await warmRow(listed, { runs })],
});
finish({
  programs: oracle ? [goVersion(), `Capslock ${version}`] : [],
  without: "go is not on PATH: what Capslock and variable type analysis say needs Go 1.26 or later",
});
