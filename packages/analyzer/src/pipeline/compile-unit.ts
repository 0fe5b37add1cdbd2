/** Compiles one unit: the content of its files in, facts and export data out, all of it plain. */
import { compileOutlined, type OutlinedPackage } from "../compile/outlined.ts";
import { compilePackage, type PackageInput } from "../compile/package.ts";
import type { BuildSets } from "../constraints/index.ts";
import { type ExportData, writeExportData } from "../export-data/index.ts";
import type { Parser } from "../syntax/index.ts";
import { type CheckedInput, checkPackages } from "./check-packages.ts";
import { compileAgain } from "./earlier-package.ts";
import { dependsOnOrder } from "./earlier-texts.ts";
import type { StandardLibrary } from "./module-source.ts";
import { parsePackage } from "./parse-packages.ts";
import type { CompiledPackage, PackageExports, PackageText, UnitCompiler, UnitTask } from "./unit-task.ts";

/** What compiling takes, whatever the unit. */
export interface CompilerParts {
  readonly parser: Parser;
  readonly builds: BuildSets;
  readonly standardLibrary?: StandardLibrary | undefined;
}

/** A function that compiles units. What it was told of imports is kept, so a thread makes one. */
export function createUnitCompilation(parts: CompilerParts): (task: UnitTask) => CompiledPackage[] {
  const read = new Map<string, PackageExports & { readonly data: ExportData }>();
  const dataOf = (given: PackageExports): ExportData => {
    let known = read.get(given.path);
    if (known === undefined || known.text !== given.text) {
      // Written by `packageOf`; reading export data checks its form.
      known = { ...given, data: JSON.parse(given.text) as ExportData };
      read.set(given.path, known);
    }
    return known.data;
  };
  return (task) => compileUnit(task, { ...parts, dataOf });
}

interface Context extends CompilerParts {
  readonly dataOf: (given: PackageExports) => ExportData;
}

/** A checker of its own for each unit: what was compiled before leaves no trace. */
function compileUnit(task: UnitTask, context: Context): CompiledPackage[] {
  const { packages, outlined } = task;
  const { parser } = context;
  const place = packages.findIndex(({ path }) => path === outlined?.path);
  const others = packages.map((text, index) => (index === place ? undefined : parsePackage(text, parser)));
  const check = (main?: PackageInput) =>
    checkUnit(
      others.flatMap((one) => one ?? main ?? []),
      task,
      context,
    );
  const main = packages[place];
  if (main === undefined) return check().map((one, index) => compileChecked(one, packages[index]));
  const changed = outlined?.earlier && compileAgain(main, outlined.earlier, { parser, check });
  const again = changed && { ...changed, main: outlinedPackage(changed.checked, changed.compiled) };
  const sure = again?.main.outline === undefined ? undefined : again;
  const unit = sure?.unit ?? check(parsePackage(main, parser));
  return unit.map((one, index) => {
    if (index !== place) return compileChecked(one, packages[index]);
    return sure?.main ?? outlinedPackage(one, compileOutlined(one.input, one));
  });
}

function checkUnit(
  inputs: readonly PackageInput[],
  { names, imports }: UnitTask,
  { builds, standardLibrary, dataOf }: Context,
): CheckedInput[] {
  const exports = new Map(imports.map((one) => [one.path, one]));
  const named = new Map(names);
  return checkPackages(inputs, {
    builds,
    packageNames: (path) => named.get(path) ?? standardLibrary?.nameOf(path),
    exportsOf: (path) => {
      const given = exports.get(path);
      return given === undefined ? standardLibrary?.exportsOf(path) : dataOf(given);
    },
  });
}

function compileChecked(
  checked: CheckedInput,
  { declarationsOnly = false, wanted }: Partial<PackageText> = {},
): CompiledPackage {
  const names = wanted && new Set(wanted);
  const compiled = declarationsOnly
    ? undefined
    : compilePackage(checked.input, checked, { code: true, wanted: names });
  const partial = compiled?.functions.some(({ omitted }) => omitted) && ({ partial: true } as const);
  return { ...packageOf(checked, compiled && JSON.stringify(compiled)), ...partial };
}

function outlinedPackage(checked: CheckedInput, { facts, outline }: OutlinedPackage): CompiledPackage {
  const text = JSON.stringify(facts);
  const isSure = outline !== undefined && !dependsOnOrder(text);
  return { ...packageOf(checked, text), ...(isSure && { outline: JSON.stringify(outline) }) };
}

function packageOf({ input, checker, source }: CheckedInput, facts: string | undefined): CompiledPackage {
  const known = { path: input.path, facts };
  if (!input.importable) return { ...known, exports: "", mentions: [] };
  const data = writeExportData(checker, source);
  return { ...known, exports: JSON.stringify(data), mentions: data.packages };
}

/** Compiles here, one unit after the other. */
export function compileHere(parts: CompilerParts): UnitCompiler {
  const compile = createUnitCompilation(parts);
  let last: Promise<unknown> = Promise.resolve();
  return {
    compile: (task) => {
      const done = last.then(async () => compile(await task()));
      // Whoever asked for it hears of a failure.
      last = done.catch(() => undefined);
      return done;
    },
  };
}
