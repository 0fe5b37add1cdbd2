/** What dependencies require: their go.mod files, found, read and held against what they were required as. */
import { parseGoMod } from "../go-mod.ts";
import type { GoMod, GoModTarget } from "../go-mod-model.ts";
import { printable, quoted } from "../printable.ts";
import type { SourceDiagnostic } from "../source-diagnostic.ts";
import { SourceError, type SourceErrorCode } from "../source-error.ts";
import type { ModuleVersion } from "../zip.ts";
import { bounded } from "./bounded.ts";
import { fetchGoMod } from "./go-mod-file.ts";
import { type LocalPlace, localDirectory, readLocalFile } from "./local-directory.ts";
import type { MainModule } from "./main-module.ts";
import { AT_ONCE, type BuildListOptions } from "./model.ts";
import type { Notes } from "./notes.ts";
import { replacementOf } from "./replacements.ts";
import { type ModuleRequirements, moduleKey } from "./requirement-graph.ts";

/** What a version's go.mod says, or why it cannot be used. */
export type LoadedModule =
  | { readonly kind: "loaded"; readonly requirements: ModuleRequirements; readonly problem?: string }
  | { readonly kind: "failed"; readonly code: string; readonly problem: string };

/** Reads requirements, each version's once. */
export interface RequirementsReader {
  load(module: ModuleVersion): Promise<ModuleRequirements | undefined>;
  /** By {@link moduleKey}; all that was asked for, in the order of asking. */
  readonly loaded: ReadonlyMap<string, LoadedModule>;
}

/** What the reader works for. */
export interface ReaderContext extends LocalPlace {
  readonly main: MainModule;
  readonly options: BuildListOptions;
  /** For what is noticed on the way to the files; not for what cannot be had. */
  readonly notes: Notes;
}

/**
 * Reads go.mod files, a few at a time, and tells how far it is. What cannot be had is kept as such; what keeps
 * anything from being had rejects.
 */
export function requirementsReader(context: ReaderContext): RequirementsReader {
  const { options } = context;
  const run = bounded(options.atOnce ?? AT_ONCE);
  const pending = new Map<string, Promise<LoadedModule>>();
  const loaded = new Map<string, LoadedModule>();
  let done = 0;
  const read = async (module: ModuleVersion): Promise<LoadedModule> => {
    const result = await run(() => loadModule(module, context));
    options.onProgress?.({ phase: "resolve", done: ++done, total: pending.size });
    return result;
  };
  const load: RequirementsReader["load"] = async (module) => {
    const key = moduleKey(module);
    let result = pending.get(key);
    if (result === undefined) {
      result = read(module);
      pending.set(key, result);
    }
    const found = await result;
    loaded.set(key, found);
    return found.kind === "loaded" ? found.requirements : undefined;
  };
  return { load, loaded };
}

async function loadModule(module: ModuleVersion, context: ReaderContext): Promise<LoadedModule> {
  context.options.signal?.throwIfAborted();
  const replacement = replacementOf(context.main.replaced, module);
  try {
    const text = await goModText(module, replacement, context);
    return requirementsOf(parseGoMod(text, "go.mod", "dependency"), { module, replacement, context });
  } catch (error) {
    return failed(error);
  }
}

const FATAL: ReadonlySet<SourceErrorCode> = new Set<SourceErrorCode>([
  "bad-configuration",
  "cache-unwritable",
]);

/** What an error says of one module; throws what is not about one. */
export function failed(error: unknown): { kind: "failed"; code: string; problem: string } {
  if (!(error instanceof SourceError) || FATAL.has(error.code)) throw error;
  return { kind: "failed", code: CODES.get(error.code) ?? "module-unavailable", problem: error.message };
}

const CODES: ReadonlyMap<SourceErrorCode, string> = new Map<SourceErrorCode, string>([
  ["outside", "replacement-outside"],
  ["hash-mismatch", "go-sum-mismatch"],
]);

async function goModText(
  module: ModuleVersion,
  replacement: GoModTarget | undefined,
  context: ReaderContext,
): Promise<string> {
  const { options, notes } = context;
  const { configuration } = options;
  if (replacement !== undefined && replacement.version === undefined) {
    const directory = await localDirectory(replacement.path, context);
    const shown = `${replacement.path}/go.mod`;
    return readLocalFile({ directory, name: "go.mod", shown, limit: configuration.limits.goModBytes });
  }
  const { path, version = "" } = replacement ?? module;
  const diagnostics: SourceDiagnostic[] = [];
  const text = await fetchGoMod(
    { path, version },
    { configuration, diagnostics, task: options, goSum: context.main.goSum },
  );
  for (const { code, message, severity } of diagnostics) notes.add(code, message, severity);
  return text;
}

/** What was required, and what stands in for it. */
interface Asked {
  readonly module: ModuleVersion;
  readonly replacement: GoModTarget | undefined;
  readonly context: Pick<ReaderContext, "main">;
}

function requirementsOf(
  { value, diagnostics }: { value: GoMod; diagnostics: readonly SourceDiagnostic[] },
  asked: Asked,
): LoadedModule {
  const wrongPath = pathProblem(value.module?.path, asked);
  if (wrongPath !== undefined) return { kind: "failed", code: "module-path-mismatch", problem: wrongPath };
  const { excluded } = asked.context.main;
  const require = value.require
    .map(({ path, version }) => ({ path, version }))
    .filter((required) => !excluded.has(moduleKey(required)));
  const problem = diagnostics.find(({ severity }) => severity === "error");
  return {
    kind: "loaded",
    requirements: { goVersion: value.go?.version, require },
    ...(problem !== undefined && { problem: placed(problem) }),
  };
}

function placed({ line, column, message }: SourceDiagnostic): string {
  return line === undefined ? message : `line ${line}, column ${column}: ${message}`;
}

/** A go.mod may call itself what it was required as, or what it was fetched as; in a directory anything. */
export function pathProblem(
  declared: string | undefined,
  { module, replacement }: Pick<Asked, "module" | "replacement">,
): string | undefined {
  if (replacement !== undefined && replacement.version === undefined) return undefined;
  if (declared === undefined) return "go.mod has no module directive";
  if (declared === module.path || declared === replacement?.path) return undefined;
  return `go.mod declares module ${quoted(declared)}, but it was required as ${printable(module.path)}`;
}
