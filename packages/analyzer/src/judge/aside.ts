/** Code that whoever imports the module does not build: tests, and what nothing else imports in folders for tests, for examples, or that is internal. */
import type { Program } from "../link/program.ts";

const folders = /(?:^|\/)(?:testdata|_?examples?|tests?|e2e|benchmarks?|internal)\//u;

/** Whether a file of the module is such code. A package in such a folder that the rest imports, also indirectly, is none. */
export function asideFiles({ packages }: Pick<Program, "packages">): (file: string) => boolean {
  const files = packages
    .filter(({ module }) => module === undefined)
    .flatMap((pkg) => pkg.files.map((file) => ({ ...file, path: pkg.path })))
    .filter(({ name }) => !isTest(name));
  const importsOf = new Map<string, string[]>();
  for (const { path, imports } of files)
    importsOf.set(path, [...(importsOf.get(path) ?? []), ...imports.map((one) => one.path)]);
  // The set grows while it is walked.
  const built = new Set(files.flatMap(({ name, path }) => (folders.test(name) ? [] : [path])));
  for (const path of built) for (const imported of importsOf.get(path) ?? []) built.add(imported);
  const aside = new Set(files.flatMap(({ name, path }) => (built.has(path) ? [] : [name])));
  return (file) => isTest(file) || aside.has(file);
}

function isTest(file: string): boolean {
  return file.endsWith("_test.go");
}
