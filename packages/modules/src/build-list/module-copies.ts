/** Copies of the modules of a build list, each fetched when it is first asked for, and once. */
import { openDirectory } from "../directory.ts";
import { readGoMod } from "../go-mod-check.ts";
import { type GoSum, goSumProblem, readGoSum } from "../go-sum.ts";
import type { ModuleCopy } from "../module-copy.ts";
import { printable } from "../printable.ts";
import { openPublished } from "../published.ts";
import { SourceError } from "../source-error.ts";
import { bounded } from "./bounded.ts";
import { localDirectory } from "./local-directory.ts";
import { countsAsMain } from "./main-module.ts";
import { AT_ONCE, type BuildList, type BuildListOptions, type ListedModule } from "./model.ts";
import type { Notes } from "./notes.ts";
import { failed, pathProblem } from "./requirements-reader.ts";

/** A copy of a listed module, or why there is none. */
export type FetchedModule =
  | { readonly kind: "copy"; readonly copy: ModuleCopy; readonly goVersion: string | undefined }
  | { readonly kind: "failed"; readonly problem: string };

/** Fetches modules and keeps them until it is closed. */
export interface ModuleCopies {
  fetch(module: ListedModule): Promise<FetchedModule>;
  close(): Promise<void>;
}

/** For whom modules are fetched. */
export interface CopiesContext {
  readonly target: ModuleCopy;
  readonly list: BuildList;
  readonly options: BuildListOptions;
  readonly notes: Notes;
}

/** Fetches at most a few at a time. Failures are noted; progress counts modules. */
export function moduleCopies(context: CopiesContext): ModuleCopies {
  const { options } = context;
  const run = bounded(options.atOnce ?? AT_ONCE);
  const fetched = new Map<string, Promise<FetchedModule>>();
  const goSum = goSumOf(context);
  // Whoever fetches first is told.
  goSum.catch(() => undefined);
  let done = 0;
  let isClosed = false;
  const fetch = async (module: ListedModule): Promise<FetchedModule> => {
    const result = await run(async () => fetchModule(module, { ...context, goSum: await goSum }));
    options.onProgress?.({ phase: "fetch", done: ++done, total: fetched.size });
    return result;
  };
  return {
    fetch: (module) => {
      if (isClosed) return Promise.reject(new SourceError("closed", "a package was asked for after close"));
      const known = fetched.get(module.path) ?? fetch(module);
      fetched.set(module.path, known);
      return known;
    },
    close: async () => {
      isClosed = true;
      const results = await Promise.allSettled(fetched.values());
      const copies = results.flatMap((result) =>
        result.status === "fulfilled" && result.value.kind === "copy" ? [result.value.copy] : [],
      );
      await Promise.all(copies.map((copy) => copy.close()));
    },
  };
}

interface FetchContext extends CopiesContext {
  readonly goSum: GoSum;
}

async function goSumOf({ target, list, options }: CopiesContext): Promise<GoSum> {
  if (list.workspace !== undefined) return list.workspace.goSum;
  return countsAsMain(target, options) ? readGoSum(target.files) : new Map();
}

async function fetchModule(module: ListedModule, context: FetchContext): Promise<FetchedModule> {
  const { options, notes } = context;
  const shown = printable(module.version === undefined ? module.path : `${module.path}@${module.version}`);
  options.signal?.throwIfAborted();
  let copy: ModuleCopy | undefined;
  try {
    copy = await openCopy(module, context);
    noteFetching(copy, shown, context);
    return await checked(copy, module, context);
  } catch (error) {
    await copy?.close();
    const { code, problem } = failed(error);
    // Of a module that lacks already the list says so, and who requires it.
    if (module.missing === undefined)
      notes.add(code, problem.startsWith(`${shown}: `) ? problem : `${shown}: ${problem}`);
    return { kind: "failed", problem };
  }
}

async function openCopy(module: ListedModule, { target, list, options }: FetchContext): Promise<ModuleCopy> {
  const { configuration, signal, allowOutside } = options;
  const { path, version } = module.replacedBy ?? module;
  if (version !== undefined) return openPublished({ path, query: version }, { configuration, signal });
  const query = module.directory ?? path;
  const what = module.directory === undefined ? undefined : "workspace directory";
  const place = { target, allowOutside, base: list.workspace?.directory, what };
  const copy = await openDirectory(await localDirectory(query, place), { configuration, signal });
  return { ...copy, query };
}

/** What is about the fetching, such as a damaged cache entry; the copy itself keeps what is about its files. */
function noteFetching(copy: ModuleCopy, shown: string, { options, notes }: FetchContext): void {
  for (const diagnostic of copy.diagnostics) {
    const { code, message, severity, file } = diagnostic;
    if (file === undefined && !options.configuration.diagnostics.includes(diagnostic))
      notes.add(code, namesNoModule(code) ? message : `${shown}: ${message}`, severity);
  }
}

/** Whether one cause is behind it for all modules, so that it is told once. */
function namesNoModule(code: string): boolean {
  return code === "checksum-off";
}

/** The go.mod inside must not belong to another module, whatever the one that was read for the list says. */
async function checked(
  copy: ModuleCopy,
  { path, version = "", replacedBy }: ListedModule,
  { goSum }: FetchContext,
): Promise<FetchedModule> {
  const fetched = { path: copy.modulePath, version: copy.version ?? "" };
  const wrongHash = goSumProblem(goSum, fetched, { of: "module", h1: copy.h1 });
  if (wrongHash !== undefined) throw new SourceError("hash-mismatch", wrongHash);
  const { value: goMod } = await readGoMod(copy.files);
  const problem =
    goMod === undefined
      ? undefined
      : pathProblem(goMod.module?.path, { module: { path, version }, replacement: replacedBy });
  if (problem !== undefined) throw new SourceError("bad-module-path", problem);
  return { kind: "copy", copy, goVersion: goMod?.go?.version };
}
