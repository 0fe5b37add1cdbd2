/** Code that whoever imports the module does not build: tests, files that the tag `ignore` keeps out of all builds, and what nothing else imports in folders for tests, for examples, or that is internal. */
import type { Program } from "../link/program.ts";

const folders = /(?:^|\/)(?:testdata|_?examples?|tests?|e2e|benchmarks?|internal)\//u;

/** Whether a file of the module is such code. A package in such a folder that the rest imports, also indirectly, is none. */
export function asideFiles({
  packages,
  builds,
}: Pick<Program, "packages" | "builds">): (file: string) => boolean {
  const usual = builds.not(builds.tag("ignore"));
  const all = packages
    .filter(({ module }) => module === undefined)
    .flatMap((pkg) => pkg.files.map((file) => ({ ...file, path: pkg.path })))
    .filter(({ name }) => !isTest(name));
  // A generator: `go run` names it.
  const isIgnored = (file: (typeof all)[number]) => !builds.meets(builds.parse(file.builds), usual);
  const files = all.filter((file) => !isIgnored(file));
  const importsOf = new Map<string, string[]>();
  for (const { path, imports } of files)
    importsOf.set(path, [...(importsOf.get(path) ?? []), ...imports.map((one) => one.path)]);
  // The set grows while it is walked.
  const built = new Set(files.flatMap(({ name, path }) => (folders.test(name) ? [] : [path])));
  for (const path of built) for (const imported of importsOf.get(path) ?? []) built.add(imported);
  const aside = new Set(all.flatMap((file) => (built.has(file.path) && !isIgnored(file) ? [] : [file.name])));
  return (file) => isTest(file) || aside.has(file);
}

function isTest(file: string): boolean {
  return file.endsWith("_test.go");
}
