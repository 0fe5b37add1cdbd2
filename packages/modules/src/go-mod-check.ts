import { parseGoMod } from "./go-mod.ts";
import type { GoMod } from "./go-mod-model.ts";
import type { ModuleFile } from "./module-copy.ts";
import { quoted } from "./printable.ts";
import type { SourceDiagnostic } from "./source-diagnostic.ts";

/** The parts of a copy that its go.mod is held against. */
export interface GoModHolder {
  /** Undefined if only go.mod can tell. */
  readonly path: string | undefined;
  readonly files: readonly ModuleFile[];
}

/** The copy's go.mod, undefined if it has none, with what is wrong with it. */
export async function readGoMod(
  files: readonly ModuleFile[],
): Promise<{ value: GoMod | undefined; diagnostics: SourceDiagnostic[] }> {
  const file = files.find(({ name }) => name === "go.mod");
  if (file === undefined) return { value: undefined, diagnostics: [] };
  return parseGoMod(Buffer.from(await file.read()).toString("utf8"), "go.mod");
}

/** What is wrong with a copy's go.mod, the module path that it declares included. */
export async function goModDiagnostics({ path, files }: GoModHolder): Promise<SourceDiagnostic[]> {
  const { value, diagnostics } = await readGoMod(files);
  const declared = value?.module;
  if (declared === undefined || path === undefined || declared.path === path) return diagnostics;
  return [
    ...diagnostics,
    {
      code: "module-path-mismatch",
      severity: "warning",
      message: `go.mod declares module ${quoted(declared.path)}, but the copy is of ${path}`,
      file: "go.mod",
      line: declared.line,
    },
  ];
}
