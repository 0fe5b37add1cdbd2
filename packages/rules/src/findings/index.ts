/** All rules. */
import type { Rule } from "@capdiff/analyzer";
import { assembledConstant } from "./assembled-constant.ts";
import { backgroundLoop } from "./background-loop.ts";
import { beyondGo } from "./beyond-go.ts";
import { certificatesUnchecked } from "./certificates-unchecked.ts";
import { checkDropped } from "./check-dropped.ts";
import { decodedToExec } from "./decoded-to-exec.ts";
import { downloadAndRun } from "./download-and-run.ts";
import { environmentEncoded } from "./environment-encoded.ts";
import { environmentSet } from "./environment-set.ts";
import { executableMemory } from "./executable-memory.ts";
import { existingFunctionReaches, newFunctionReaches } from "./existing-function-reaches.ts";
import { filesWiped } from "./files-wiped.ts";
import { hiddenInFiles } from "./hidden-in-files.ts";
import { lookalikeDependency } from "./lookalike-dependency.ts";
import { networkToExec } from "./network-to-exec.ts";
import { newDependency } from "./new-dependency.ts";
import { newDestination } from "./new-destination.ts";
import { fileOnlyThere, meaninglessNames } from "./new-files.ts";
import { oddDestination } from "./odd-destination.ts";
import { otherCopy } from "./other-copy.ts";
import { otherProgram } from "./other-program.ts";
import { processWideVariable } from "./process-wide-variable.ts";
import { runsAtStart } from "./runs-at-start.ts";
import { secretsToNetwork } from "./secrets-to-network.ts";
import { shellLine } from "./shell-line.ts";
import { startupFileWritten } from "./startup-file-written.ts";
import { trustsWhatItBrings } from "./trusts-what-it-brings.ts";
import { weakRandomNumbers } from "./weak-random-numbers.ts";
import { gainedCapability, incompleteAnalysis, otherSource, testsReach } from "./worth-knowing.ts";
import { writtenAddress } from "./written-address.ts";

/** All rules, the gravest first. */
export const rules: readonly Rule[] = [
  networkToExec,
  downloadAndRun,
  shellLine,
  assembledConstant,
  startupFileWritten,
  environmentSet,
  runsAtStart,
  filesWiped,
  secretsToNetwork,
  environmentEncoded,
  backgroundLoop,
  ...hiddenInFiles,
  decodedToExec,
  executableMemory,
  oddDestination,
  writtenAddress,
  processWideVariable,
  certificatesUnchecked,
  checkDropped,
  weakRandomNumbers,
  trustsWhatItBrings,
  existingFunctionReaches,
  newFunctionReaches,
  otherProgram,
  otherCopy,
  fileOnlyThere,
  newDependency,
  lookalikeDependency,
  beyondGo,
  newDestination,
  gainedCapability,
  testsReach,
  otherSource,
  meaninglessNames,
  incompleteAnalysis,
];
