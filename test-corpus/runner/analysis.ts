/** The analyzer as the command line puts it together: the real parser, the built-in map, the facts of the standard library. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import {
  type AnalyzerOptions,
  analyzeModule,
  type BuildSets,
  callLines,
  checkNarrowing,
  createBuilds,
  createParser,
  type Dependencies,
  type ModuleAnalysis,
  type ModuleSource,
  type Parser,
  type StandardLibrary,
} from "@capdiff/analyzer";
import { capabilityMap, flowMap, parseUserMap, type UserMap } from "@capdiff/rules";
import { shippedLibrary } from "../../packages/cli/src/shipped-library.ts";
import { openStandardLibrary } from "../../packages/cli/src/standard-library/container.ts";
import { CaseError } from "./case-error.ts";
import type { Options } from "./options.ts";
import type { ArchiveFile } from "./txtar.ts";

let parser: Promise<Parser> | undefined;
let standardLibrary: StandardLibrary | undefined;

/** The real parser, made once a process. */
export function realParser(): Promise<Parser> {
  parser ??= loadParser();
  return parser;
}

async function loadParser(): Promise<Parser> {
  const { resolve } = createRequire(new URL("../../packages/cli/package.json", import.meta.url));
  const [runtime, grammar] = await Promise.all([
    readFile(resolve("web-tree-sitter/web-tree-sitter.wasm")),
    readFile(resolve("tree-sitter-go/tree-sitter-go.wasm")),
  ]);
  return createParser({ runtime, grammar });
}

/** The sets of builds that a case asks about: shared by the modules that are compared. */
export function buildsOf({ narrowing }: Pick<Options, "narrowing">): BuildSets {
  const problem = checkNarrowing(narrowing);
  if (problem !== undefined) throw new CaseError(problem.message);
  return createBuilds({ narrowing });
}

/** What an analysis of a case needs. */
export interface Analyse {
  readonly builds: BuildSets;
  readonly tests: boolean;
  /** Users' capability maps; none if absent. */
  readonly maps?: readonly ArchiveFile[];
  /** Absent: it counts. */
  readonly builtInMap?: boolean;
  /** Other modules; absent: their packages are missing. */
  readonly dependencies?: Dependencies | undefined;
}

/** Analyses a module copy. */
export async function analyse(source: ModuleSource, asked: Analyse): Promise<ModuleAnalysis> {
  return analyzeModule(source, await analyzerOptions(asked));
}

/** Which functions each call may run, as lines of the analyzer. */
export async function callees(source: ModuleSource, asked: Analyse): Promise<string[]> {
  return callLines(source, await analyzerOptions(asked));
}

/** The options of the analyzer for what is asked. */
export async function analyzerOptions({
  builds,
  tests,
  maps = [],
  builtInMap = true,
  dependencies,
}: Analyse): Promise<AnalyzerOptions> {
  standardLibrary ??= openStandardLibrary(shippedLibrary);
  const map = capabilityMap({ userMaps: maps.map(userMap), builtIn: builtInMap });
  const parser = await realParser();
  const options = { parser, capabilityMap: map, flowMap, standardLibrary, builds, tests };
  return dependencies === undefined ? options : { ...options, dependencies };
}

function userMap({ name, content }: ArchiveFile): UserMap {
  const { map, mistakes } = parseUserMap(content, name);
  const [first] = mistakes;
  if (first !== undefined) throw new CaseError(`${name}:${first.line}:${first.column}: ${first.message}`);
  return map;
}
