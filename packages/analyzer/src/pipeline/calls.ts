/** Which functions each call may run, as the type propagation has it: an aid for debugging and research. */
import { declarations } from "../link/declarations.ts";
import { resolvedCalls } from "../link/flow-graph/calls.ts";
import { resolve } from "../link/flow-graph/dispatch.ts";
import { compareText } from "../model/position.ts";
import { compilePackages } from "./compile-packages.ts";
import { findPackages } from "./find-packages.ts";
import type { AnalyzerOptions, ModuleSource } from "./module-source.ts";
import type { PackageSource } from "./package-source.ts";
import { importedStandard, standardFacts } from "./standard-facts.ts";

/**
 * A line for each call in the packages of a module and each function that it may run, sorted,
 * without tests and files set apart: `file:line:col` of the opening parenthesis, a tab, `static`
 * or `dynamic`, a tab, the function as go/types writes its full name. Calls without any
 * function have no line.
 */
export async function callLines(source: ModuleSource, options: AnalyzerOptions): Promise<string[]> {
  const { own, dependencies, names } = await findPackages(source, options);
  const sources = [...own, ...dependencies.packages];
  const { facts } = await compilePackages(
    { module: source, packages: sources, names, declarationsOnly: () => false },
    options,
  );
  const compiled = (one: PackageSource) => facts.get(one) ?? [];
  const packages = own.filter(({ apart }) => !apart).flatMap(compiled);
  const imported = dependencies.packages.flatMap(compiled);
  const wanted = new Set(packages);
  const standard = standardFacts(options.standardLibrary, { whole: true });
  const all = [...packages, ...imported];
  // As if everything in what is imported were called: who imports the module may do so.
  const roots = importedStandard(all, standard, options.builds);
  const resolution = resolve(declarations(all, { builds: options.builds, standard, roots, whole: true }), {
    allCalls: true,
  });
  const lines = new Set<string>();
  for (const edge of resolvedCalls(resolution, (pkg) => wanted.has(pkg))) {
    const file = edge.pkg.files[edge.caller.file]?.name ?? "";
    const kind = edge.dynamic ? "dynamic" : "static";
    lines.add([`${file}:${edge.line}:${edge.column}`, kind, edge.callee].join("\t"));
  }
  return [...lines].sort(compareText);
}
