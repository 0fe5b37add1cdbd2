/** Analyses for properties: all builds, no tests, unless said otherwise. */
import {
  type BuildSets,
  type Change,
  capabilityRows,
  compareModules,
  createBuilds,
  type ModuleAnalysis,
  type ModuleSource,
} from "@capdiff/analyzer";
import { analyse } from "../../../../test-corpus/runner/analysis.ts";

/** Analyses one module on its own. */
export function analyseAlone(
  source: ModuleSource,
  builds: BuildSets = createBuilds(),
): Promise<ModuleAnalysis> {
  return analyse(source, { builds, tests: true });
}

/** The changes between two modules. */
export async function changesBetween(old: ModuleSource, fresh: ModuleSource): Promise<Change[]> {
  const builds = createBuilds();
  return compareModules(await analyseAlone(old, builds), await analyseAlone(fresh, builds));
}

/** All that an analysis says of its module, as text that is the same for equal answers. */
export async function answerOf(analysis: ModuleAnalysis): Promise<string> {
  const { diagnostics, counts, otherFiles, signals, terminals, program } = analysis;
  return JSON.stringify([
    await capabilityRows(analysis, { input: 0 }),
    diagnostics,
    counts,
    otherFiles,
    signals,
    // Numbers of sets mean something in one run only.
    terminals
      .filter(({ from }) => program.functions[from]?.pkg.module === undefined)
      .map(({ builds, made, breadth, ...one }) => ({
        ...one,
        made,
        breadth,
        builds: program.builds.expression(builds),
      })),
    program.packages.filter(({ module }) => module === undefined),
  ]);
}
