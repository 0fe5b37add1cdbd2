/** Call paths between two functions, by their names: an aid for debugging and research. */
import type { TerminalUse } from "../classify/terminals.ts";
import { nameInPackage, packageOf } from "../model/function-id.ts";
import { compareText } from "../model/position.ts";
import type { Builds, Certainty, Witness } from "../model/report.ts";
import { reportBuilds } from "../reach/entry-points.ts";
import { functionsNamed, pathsBetween, targetName, usesOf } from "../reach/paths-between.ts";
import { certaintyOf, witnessOf } from "../reach/witness.ts";
import type { ModuleAnalysis } from "./analyze.ts";
import { nameReadings, shortName } from "./short-names.ts";
import { fillSourceLines } from "./source-lines.ts";

/** Which paths are asked for. */
export interface CallPathOptions {
  /** Names as reports write them, or short for functions of the module (see `nameReadings`). */
  readonly from: string;
  readonly to: string;
  /** Paths wanted. */
  readonly limit: number;
}

/** A path between two functions. */
export interface CallPath {
  /** Its terminal is the function that it leads to. */
  readonly witness: Witness;
  readonly builds: Builds;
  readonly certainty: Certainty;
}

/** The answer, with both names in full. */
export type CallPaths =
  /** None where there is no path. */
  | {
      readonly kind: "found";
      readonly from: string;
      readonly to: string;
      readonly paths: readonly CallPath[];
    }
  /** Nothing that was read has that name. The names that there are, sorted and as short as the one that was given. */
  | { readonly kind: "no-function"; readonly name: string; readonly names: readonly string[] }
  /** It is used, but its body is not in the program, so nothing leads on from it. */
  | { readonly kind: "no-body"; readonly name: string };

/**
 * The least doubtful path from one function to another, then the shortest, as witnesses are found; more of them
 * through other uses. A path goes through no function that the map decides. Reads the files of the paths again.
 */
export async function callPaths(given: ModuleAnalysis, asked: CallPathOptions): Promise<CallPaths> {
  const analysis = await given.whole();
  const from = startOf(analysis, asked.from);
  if (from.kind !== "start") return from;
  const to = endOf(analysis, asked.to);
  if (to.kind !== "end") return to;
  const { program, shownFiles } = analysis;
  const found = pathsBetween(program, { from: from.functions, uses: to.uses, limit: asked.limit });
  const paths = found.map((path) => ({
    witness: witnessOf(program, path),
    builds: reportBuilds(program.builds, path.builds),
    certainty: certaintyOf(path),
  }));
  await fillSourceLines(
    shownFiles,
    paths.flatMap(({ witness }) => witness.steps),
  );
  return { kind: "found", from: from.name, to: to.name, paths };
}

type Missing = Exclude<CallPaths, { readonly kind: "found" }>;

interface Start {
  readonly kind: "start";
  readonly name: string;
  readonly functions: readonly number[];
}

function startOf(analysis: ModuleAnalysis, written: string): Start | Missing {
  const readings = nameReadings(written, analysis.source.modulePath);
  for (const name of readings) {
    const functions = functionsNamed(analysis.program, name);
    if (functions.length > 0) return { kind: "start", name, functions };
  }
  const used = readings.find((name) => isName(analysis, name, usesOf(analysis, name)));
  if (used !== undefined) return { kind: "no-body", name: used };
  return noFunction(analysis, written, [...analysis.program.byId.keys()]);
}

interface End {
  readonly kind: "end";
  readonly name: string;
  readonly uses: readonly TerminalUse[];
}

function endOf(analysis: ModuleAnalysis, written: string): End | Missing {
  for (const name of nameReadings(written, analysis.source.modulePath)) {
    const uses = usesOf(analysis, name);
    const isThere = functionsNamed(analysis.program, name).length > 0;
    if (isThere || isName(analysis, name, uses)) return { kind: "end", name, uses };
  }
  return noFunction(analysis, written, [...analysis.program.byId.keys(), ...usedNames(analysis)]);
}

/** Whether something outside the program has the name. */
function isName({ capabilityMap }: ModuleAnalysis, name: string, uses: readonly TerminalUse[]): boolean {
  const path = packageOf(name);
  const kind = capabilityMap.kindOf(path, nameInPackage(path, name));
  return uses.length > 0 || kind === "function" || kind === "variable";
}

function usedNames({ program }: ModuleAnalysis): string[] {
  const named = program.functions.flatMap(({ facts }) =>
    facts.uses.flatMap(({ target }) => targetName(target) ?? []),
  );
  return [...named, ...program.decidedUses.map(({ callee }) => callee.id)];
}

function noFunction({ source }: ModuleAnalysis, name: string, ids: readonly string[]): Missing {
  const { modulePath } = source;
  const isFull = name.includes(modulePath);
  const names = new Set(isFull ? ids : ids.map((id) => shortName(id, modulePath)));
  return { kind: "no-function", name, names: [...names].sort(compareText) };
}
