/**
 * The build list: which version of which module a build of the target is made of.
 *
 * In: an open copy of the target. Out: the list that `go list -m all` prints, or the one that `vendor/modules.txt`
 * holds. Minimal version selection with graph pruning is that of the Go modules reference
 * (https://go.dev/ref/mod#minimal-version-selection, #graph-pruning, #lazy-loading). Reads go.mod files alone: one
 * request for each version that no cache has, a level of the graph at a time; no zip is fetched. In a workspace
 * (https://go.dev/ref/mod#workspaces) the graph starts at all modules that go.work uses. Not done: looking up versions
 * that are no exact ones, and asking a checksum database.
 */
import { compareByteOrder, type ModuleCopy } from "../module-copy.ts";
import { printable } from "../printable.ts";
import type { ModuleVersion } from "../zip.ts";
import { type LocalPlace, localDirectory } from "./local-directory.ts";
import { type MainModule, mainModule } from "./main-module.ts";
import type { BuildList, BuildListOptions, ListedModule } from "./model.ts";
import { type Notes, takeNotes } from "./notes.ts";
import { replacementOf } from "./replacements.ts";
import { moduleKey, type Selection, selectVersions } from "./requirement-graph.ts";
import { failed, type RequirementsReader, requirementsReader } from "./requirements-reader.ts";
import { vendorList } from "./vendor-list.ts";

/**
 * Builds the list. What cannot be had (a version that does not exist, a proxy that is not there) is a diagnostic
 * that names it and who requires it, and the rest goes on; then versions may be too low and modules may lack. What
 * is wrong with the target's own go.mod is among the diagnostics of the copy. Rejects only when aborted, or if the
 * configuration or the cache cannot be used.
 */
export async function buildList(target: ModuleCopy, options: BuildListOptions): Promise<BuildList> {
  const notes = takeNotes();
  const main = await mainModule(target, { options, notes });
  const listed = (origin: BuildList["origin"], modules: readonly ListedModule[]): BuildList => ({
    origin,
    modules: [...mainEntries(main), ...modules],
    ...workspacePart(main),
    diagnostics: notes.list(),
  });
  if (options.vendor === true) return listed("vendor", await vendorList(target, main, notes));
  const base = main.workspace?.directory;
  const context = { target, main, options, notes, allowOutside: options.allowOutside, base };
  const reader = requirementsReader(context);
  const { limits } = options.configuration;
  const selection = await selectVersions({
    mains: main.mains,
    isWorkspace: main.workspace !== undefined,
    bounds: { modules: limits.graphModules, requirements: limits.graphRequirements },
    load: (module) => reader.load(module),
  });
  const describe = (key: string): string => shownModule(key, main, selection);
  noteFailures(reader, selection, { notes, describe });
  const modules = await Promise.all(
    [...selection.selected]
      .sort(([a], [b]) => compareByteOrder(a, b))
      .map(([path, version]) => listedModule({ path, version }, { ...context, reader, describe })),
  );
  return listed("requirements", modules);
}

/** The target's own entry, and those of the other modules of its workspace. */
function mainEntries({ path, goVersion, others }: MainModule): ListedModule[] {
  return [{ path, goVersion }, ...others].map(({ goVersion: go, ...named }) => ({
    ...named,
    ...(go !== undefined && { goVersion: go }),
  }));
}

function workspacePart({ workspace }: MainModule): Pick<BuildList, "workspace"> {
  return workspace === undefined
    ? {}
    : { workspace: { directory: workspace.directory, goSum: workspace.goSum } };
}

/** Notes, and how a version is called in them. */
interface Told {
  readonly notes: Notes;
  readonly describe: (key: string) => string;
}

function noteFailures(reader: RequirementsReader, selection: Selection, { notes, describe }: Told): void {
  if (selection.isCut)
    notes.add("build-list-cut", "the graph of requirements is too large: the build list is not complete");
  for (const [key, result] of reader.loaded) {
    const where = describe(key);
    if (result.kind === "failed") notes.add(result.code, `${where}: ${result.problem}`);
    else if (result.problem !== undefined)
      notes.add("go-mod-unusual", `${where}: go.mod is not one that Go accepts: ${result.problem}`);
  }
}

/** The version, and who requires it. */
function shownModule(key: string, main: MainModule, { requiredBy }: Selection): string {
  const from = requiredBy.get(key) ?? main.path;
  return `${printable(key)} (required by ${from === main.path ? "the target" : printable(from)})`;
}

interface ListContext extends LocalPlace, Told {
  readonly main: MainModule;
  readonly reader: RequirementsReader;
}

async function listedModule(module: ModuleVersion, context: ListContext): Promise<ListedModule> {
  const { main, reader } = context;
  const replacement = replacementOf(main.replaced, module);
  const loaded = reader.loaded.get(moduleKey(module));
  const goVersion = loaded?.kind === "loaded" ? loaded.requirements.goVersion : undefined;
  const requirement = main.requirement.get(module.path);
  const missing = loaded?.kind === "failed" ? loaded.problem : await directoryProblem(module, context);
  return {
    ...module,
    ...(replacement !== undefined && { replacedBy: replacement }),
    ...(goVersion !== undefined && { goVersion }),
    ...(requirement !== undefined && { requirement }),
    ...(missing !== undefined && { missing }),
  };
}

/** A replacement directory must be there also if its go.mod is pruned out. */
async function directoryProblem(module: ModuleVersion, context: ListContext): Promise<string | undefined> {
  const replacement = replacementOf(context.main.replaced, module);
  if (replacement === undefined || replacement.version !== undefined) return undefined;
  try {
    await localDirectory(replacement.path, context);
    return undefined;
  } catch (error) {
    const { code, problem } = failed(error);
    context.notes.add(code, `${context.describe(moduleKey(module))}: ${problem}`);
    return problem;
  }
}
