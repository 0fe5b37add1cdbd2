/** The corpus as modules, to hold properties against. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ModuleSource } from "@capdiff/analyzer";
import { type Case, parseCase } from "../../../../test-corpus/runner/case.ts";
import { caseNames } from "../../../../test-corpus/runner/case-names.ts";
import { moduleSource } from "../../../../test-corpus/runner/module-files.ts";
import type { ArchiveFile } from "../../../../test-corpus/runner/txtar.ts";

/** A module of the corpus, with the case that it is from. */
export interface NamedModule {
  readonly name: string;
  readonly source: ModuleSource;
}

const corpus = fileURLToPath(new URL("../../../../test-corpus", import.meta.url));

const cases = caseNames().map((name): readonly [string, Case] => [
  name,
  parseCase(readFileSync(`${corpus}/${name}`, "utf8")),
]);

/** The files of every module of the corpus. */
export const corpusFiles: readonly { readonly name: string; readonly files: readonly ArchiveFile[] }[] =
  cases.flatMap(([name, one]) =>
    one.kind === "scan"
      ? [{ name, files: one.files }]
      : [
          { name: `${name} (old)`, files: one.old },
          { name: `${name} (new)`, files: one.new },
        ],
  );

/** Every module of the corpus, both versions of a diff. */
export const corpusModules: readonly NamedModule[] = corpusFiles.map(({ name, files }) => ({
  name,
  source: moduleSource(files),
}));

/** The two versions of each diff. */
export const corpusPairs: readonly (readonly [string, ModuleSource, ModuleSource])[] = cases.flatMap(
  ([name, one]) =>
    one.kind === "diff" ? [[name, moduleSource(one.old), moduleSource(one.new)] as const] : [],
);
