/**
 * From import paths to modules (https://go.dev/ref/mod#resolve-pkg-mod).
 *
 * As in Go, every module of the list whose path is a prefix of the import path may hold the package, and exactly
 * one must: the one whose copy has a directory with Go files there, whatever their build constraints. Modules are
 * fetched for that, and no others. With a list from `vendor/modules.txt` nothing is fetched: a package lies in the
 * target, in its `vendor`, or in another module of its workspace.
 */
import type { ModuleCopy } from "../module-copy.ts";
import { printable, quoted } from "../printable.ts";
import { compareGoVersions, GO_VERSION_UNSET } from "./go-version.ts";
import type { BuildList, ListedModule } from "./model.ts";
import { type ModuleCopies, moduleCopies } from "./module-copies.ts";
import { type Notes, takeNotes } from "./notes.ts";
import type {
  FoundPackage,
  MissingPackage,
  PackageResolver,
  PackageResolverOptions,
  PackageSource,
} from "./package-model.ts";

/** From here on, a package in `vendor` counts only if modules.txt lists it. */
const LISTED_PACKAGES_SINCE = "1.23";

/** A resolver for the packages of a target, whose build list was made with the same options. */
export function packageResolver(
  target: ModuleCopy,
  list: BuildList,
  options: PackageResolverOptions,
): PackageResolver {
  const notes = takeNotes();
  const copies = moduleCopies({ target, list, options, notes });
  const byPath = new Map(list.modules.map((module) => [module.path, module]));
  const main = list.modules[0] ?? { path: target.modulePath };
  const context = { target, main, byPath, copies, notes, options, isVendored: list.origin === "vendor" };
  const asked = new Map<string, Promise<PackageSource>>();
  return {
    packageSource: (importPath) => {
      const known = asked.get(importPath) ?? findPackage(importPath, context);
      asked.set(importPath, known);
      return known;
    },
    diagnostics: () => notes.list(),
    close: () => copies.close(),
  };
}

interface ResolverContext {
  readonly target: ModuleCopy;
  readonly main: ListedModule;
  readonly byPath: ReadonlyMap<string, ListedModule>;
  readonly copies: ModuleCopies;
  readonly notes: Notes;
  readonly options: PackageResolverOptions;
  readonly isVendored: boolean;
}

/** What a candidate says: the package, or why it is not known whether it has it; undefined if it has not. */
type Answer = FoundPackage | { readonly kind: "failed"; readonly problem: string } | undefined;

async function findPackage(importPath: string, context: ResolverContext): Promise<PackageSource> {
  if (importPath === "C") return { kind: "standard" };
  if (!isImportPath(importPath)) return missing("bad-path", `${quoted(importPath)} is not an import path`);
  const candidates = candidatesOf(importPath, context);
  const answers = context.isVendored
    ? [...(await inMains(importPath, candidates, context)), inVendor(importPath, context)]
    : await Promise.all(candidates.map((module) => inModule(importPath, module, context)));
  return judge(importPath, { answers, candidates, context });
}

/** What no module can hold, and what could be mistaken for something else. */
function isImportPath(path: string): boolean {
  return /^[^\s\p{Cc}@\\]+$/u.test(path) && path.split("/").every((element) => !/^\.{0,2}$/u.test(element));
}

/** The modules whose paths are prefixes, longest first. */
function candidatesOf(importPath: string, { byPath }: ResolverContext): ListedModule[] {
  const elements = importPath.split("/");
  return elements
    .map((_, index) => byPath.get(elements.slice(0, elements.length - index).join("/")))
    .filter((module) => module !== undefined);
}

function judge(
  importPath: string,
  {
    answers,
    candidates,
    context,
  }: {
    readonly answers: readonly Answer[];
    readonly candidates: readonly ListedModule[];
    readonly context: ResolverContext;
  },
): PackageSource {
  const found = answers.filter((answer) => answer?.kind === "found");
  const isStandard = context.options.isStandard?.(importPath);
  const [first, second] = found;
  if (second !== undefined || (first !== undefined && isStandard === true))
    return ambiguous(importPath, found, { isStandard: isStandard === true, notes: context.notes });
  if (first !== undefined) return first;
  if (isStandard ?? !importPath.split("/", 1)[0]?.includes(".")) return { kind: "standard" };
  const failure = answers.find((answer) => answer?.kind === "failed");
  if (failure !== undefined) return missing("unavailable", failure.problem);
  if (candidates.length === 0)
    return missing("not-in-list", `no module of the build list can hold ${quoted(importPath)}`);
  const names = candidates.map(shownModule).join(" or ");
  return missing("no-such-package", `there is no package ${quoted(importPath)} in ${names}`);
}

function missing(code: MissingPackage["code"], reason: string): MissingPackage {
  return { kind: "missing", code, reason };
}

function ambiguous(
  importPath: string,
  found: readonly FoundPackage[],
  { isStandard, notes }: { readonly isStandard: boolean; readonly notes: Notes },
): MissingPackage {
  const names = found
    .map(({ module, directory }) => `${shownModule(module)} (${quoted(directory)})`)
    .reverse();
  const places = [...(isStandard ? ["the standard library"] : []), ...names].join(" and ");
  const reason = `ambiguous import: ${quoted(importPath)} is in ${places}`;
  notes.add("ambiguous-import", reason);
  return missing("ambiguous", reason);
}

function shownModule({ path, version }: ListedModule): string {
  return printable(version === undefined ? path : `${path}@${version}`);
}

async function inModule(importPath: string, module: ListedModule, context: ResolverContext): Promise<Answer> {
  if (module.path === context.main.path) return inTarget(importPath, context);
  const fetched = await context.copies.fetch(module);
  if (fetched.kind === "failed") return fetched;
  const { copy, goVersion } = fetched;
  const directory = importPath.slice(module.path.length + 1);
  return hasGoFiles(copy, directory) ? foundPackage({ module, goVersion, directory, copy }) : undefined;
}

/** In the modules that no `vendor` holds: the target, and what else its workspace uses. */
function inMains(
  importPath: string,
  candidates: readonly ListedModule[],
  context: ResolverContext,
): Promise<Answer[]> {
  const mains = candidates.filter(({ version }) => version === undefined);
  return Promise.all(mains.map((module) => inModule(importPath, module, context)));
}

function inTarget(importPath: string, { target, main }: ResolverContext): Answer {
  const directory = importPath.slice(main.path.length + 1);
  if (!hasGoFiles(target, directory)) return undefined;
  return foundPackage({ module: main, goVersion: main.goVersion, directory, copy: target });
}

function inVendor(importPath: string, context: ResolverContext): Answer {
  const { target, main, byPath } = context;
  const directory = `vendor/${importPath}`;
  if (!hasGoFiles(target, directory)) return undefined;
  const needsListing = compareGoVersions(main.goVersion ?? GO_VERSION_UNSET, LISTED_PACKAGES_SINCE) >= 0;
  const module =
    [...byPath.values()].find(({ packages }) => packages?.includes(importPath)) ??
    (needsListing ? undefined : candidatesOf(importPath, context)[0]);
  return module && foundPackage({ module, goVersion: module.goVersion, directory, copy: target });
}

function foundPackage(found: {
  readonly module: ListedModule;
  readonly goVersion: string | undefined;
  readonly directory: string;
  readonly copy: ModuleCopy;
}): FoundPackage {
  const { goVersion, ...rest } = found;
  return { kind: "found", ...rest, ...(goVersion !== undefined && { goVersion }) };
}

const directoriesOf = new WeakMap<ModuleCopy, ReadonlySet<string>>();

/** Whether a directory of the copy holds files whose names end in `.go`. */
function hasGoFiles(copy: ModuleCopy, directory: string): boolean {
  let directories = directoriesOf.get(copy);
  if (directories === undefined) {
    const names = copy.files.map(({ name }) => name).filter((name) => name.endsWith(".go"));
    directories = new Set(names.map((name) => name.slice(0, Math.max(name.lastIndexOf("/"), 0))));
    directoriesOf.set(copy, directories);
  }
  return directories.has(directory);
}
