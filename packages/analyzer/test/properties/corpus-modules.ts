/** The corpus as modules, to hold properties against. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ModuleSource } from "@capdiff/analyzer";
import { type Case, parseCase } from "../../../../test-corpus/runner/case.ts";
import { caseNames } from "../../../../test-corpus/runner/case-names.ts";
import { moduleSource } from "../../../../test-corpus/runner/module-files.ts";

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

/** Every module of the corpus, both versions of a diff. */
export const corpusModules: readonly NamedModule[] = cases.flatMap(([name, one]) =>
  one.kind === "scan"
    ? [{ name, source: moduleSource(one.files) }]
    : [
        { name: `${name} (old)`, source: moduleSource(one.old) },
        { name: `${name} (new)`, source: moduleSource(one.new) },
      ],
);

/** The two versions of each diff. */
export const corpusPairs: readonly (readonly [string, ModuleSource, ModuleSource])[] = cases.flatMap(
  ([name, one]) =>
    one.kind === "diff" ? [[name, moduleSource(one.old), moduleSource(one.new)] as const] : [],
);
