/**
 * The build list: which version of which module a build of the target is made of.
 *
 * In: an open copy of the target. Out: the list that `go list -m all` prints, or the one that `vendor/modules.txt`
 * holds. Minimal version selection with graph pruning is that of the Go modules reference
 * (https://go.dev/ref/mod#minimal-version-selection, #graph-pruning, #lazy-loading). Reads go.mod files alone: one
 * request for each version that no cache has, a level of the graph at a time; no zip is fetched. Not done: workspaces,
 * looking up versions that are no exact ones, and asking a checksum database.
 */
import { compareByteOrder, type ModuleCopy } from "../module-copy.ts";
import { printable } from "../printable.ts";
import type { ModuleVersion } from "../zip.ts";
import { countsAsMain, type MainModule, mainModule, replacementOf } from "./main-module.ts";
import type { BuildList, BuildListOptions, ListedModule } from "./model.ts";
import { type Notes, takeNotes } from "./notes.ts";
import { replacementDirectory } from "./replacement-directory.ts";
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
  const asMain = countsAsMain(target, options);
  const main = await mainModule(target, { asMain, notes });
  if (asMain && target.files.some(({ name }) => name === "go.work"))
    notes.add(
      "workspace-ignored",
      "go.work is not used: the build list is that of the target alone",
      "warning",
    );
  if (options.vendor === true) return vendorList(target, main, notes);
  const context = { target, main, options, notes, allowOutside: options.allowOutside };
  const reader = requirementsReader(context);
  const { limits } = options.configuration;
  const selection = await selectVersions({
    main: main.path,
    roots: main.require,
    isPruned: main.isPruned,
    bounds: { modules: limits.graphModules, requirements: limits.graphRequirements },
    load: (module) => reader.load(module),
  });
  noteFailures(reader, selection, notes);
  const modules = await Promise.all(
    [...selection.selected]
      .sort(([a], [b]) => compareByteOrder(a, b))
      .map(([path, version]) => listedModule({ path, version }, { ...context, reader, selection })),
  );
  return {
    origin: "requirements",
    modules: [mainEntry(main), ...modules],
    diagnostics: notes.list(),
  };
}

/** The target's own entry. */
function mainEntry({ path, goVersion }: MainModule): ListedModule {
  return { path, ...(goVersion !== undefined && { goVersion }) };
}

function noteFailures(reader: RequirementsReader, selection: Selection, notes: Notes): void {
  if (selection.isCut)
    notes.add("build-list-cut", "the graph of requirements is too large: the build list is not complete");
  for (const [key, result] of reader.loaded) {
    const where = shownModule(key, selection);
    if (result.kind === "failed") notes.add(result.code, `${where}: ${result.problem}`);
    else if (result.problem !== undefined)
      notes.add("go-mod-unusual", `${where}: go.mod is not one that Go accepts: ${result.problem}`);
  }
}

/** The version, and who requires it. */
function shownModule(key: string, { requiredBy }: Selection): string {
  const from = requiredBy.get(key);
  return `${printable(key)} (required by ${from === undefined ? "the target" : printable(moduleKey(from))})`;
}

interface ListContext {
  readonly target: ModuleCopy;
  readonly main: MainModule;
  readonly allowOutside: boolean | undefined;
  readonly reader: RequirementsReader;
  readonly selection: Selection;
  readonly notes: Notes;
}

async function listedModule(module: ModuleVersion, context: ListContext): Promise<ListedModule> {
  const { main, reader } = context;
  const replacement = replacementOf(main, module);
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
  const replacement = replacementOf(context.main, module);
  if (replacement === undefined || replacement.version !== undefined) return undefined;
  try {
    await replacementDirectory(replacement.path, context);
    return undefined;
  } catch (error) {
    const { code, problem } = failed(error);
    context.notes.add(code, `${shownModule(moduleKey(module), context.selection)}: ${problem}`);
    return problem;
  }
}
