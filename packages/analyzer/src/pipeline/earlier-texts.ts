/**
 * What is kept of the last version of a package, under its name rather than what is in it: the key of its unit, its imports,
 * its outline. Read with doubt: a wrong number would be a wrong report.
 */
import type { DeclarationOutline, FileOutline, MadeFacts, PackageOutline } from "../compile/outline.ts";
import type { PackageFacts } from "../model/facts.ts";
import { cacheKey, type FactsCache } from "./facts-cache.ts";
import { sizeLimit } from "./memory.ts";
import type { ModuleSource } from "./module-source.ts";
import type { PackageSource } from "./package-source.ts";
import { factsFormat, importsOf, type UnitKeyInput } from "./unit-entry.ts";
import type { EarlierTexts } from "./unit-task.ts";

export interface OutlineStore {
  /** The package of the unit that it is for. */
  readonly path: string;
  /** The last version that had an outline, if what is imported both times was the same then. */
  readonly earlier: () => Promise<EarlierTexts | undefined>;
  readonly keep: (outline: string) => Promise<void>;
}

export interface OutlineStoreInput extends UnitKeyInput {
  readonly module: Pick<ModuleSource, "name" | "modulePath">;
  /** The key of the unit. */
  readonly key: string;
}

/** Undefined of packages of other modules, of those that import each other, and of modules without a name. */
export function openOutlines(cache: FactsCache, input: OutlineStoreInput): OutlineStore | undefined {
  const { members, module, key, declarationsOnly, options } = input;
  const [main, ...others] = members.toSorted((a, b) => Number(isAside(a)) - Number(isAside(b)));
  if (main === undefined || isAside(main) || main.module !== undefined || declarationsOnly(main))
    return undefined;
  if (module.name === undefined || others.some(({ beside }) => beside !== main.path)) return undefined;
  const { builds, standardLibrary, tests } = options;
  const where = [module.modulePath, module.name, main.path, main.importable, tests];
  const under = cacheKey(
    cache,
    "outline",
    factsFormat,
    where,
    builds.narrowing,
    standardLibrary?.digest ?? null,
  );
  const imports = importsOf(input);
  return {
    path: main.path,
    earlier: async () => {
      const [unitKey = "", importsBefore = "", outline] = ((await cache.get(under)) ?? "").split("\n");
      if (outline === undefined || !areSameImports(parsed(importsBefore), imports)) return undefined;
      const unit = await cache.get(unitKey);
      return unit === undefined ? undefined : { outline, unit };
    },
    keep: async (outline) => {
      if (outline.length <= sizeLimit)
        await cache.put(under, [key, JSON.stringify(imports), outline].join("\n"));
    },
  };
}

/** Files that are in no build of the package beside them: nothing of it depends on them. */
function isAside({ apart, beside }: PackageSource): boolean {
  return apart || beside !== undefined;
}

/** Whether packages that are imported both times are the same. */
function areSameImports(before: unknown, now: ReturnType<typeof importsOf>): boolean {
  if (!Array.isArray(before)) return false;
  const known = new Map(now.map((one) => [one[0], JSON.stringify(one)]));
  return before.every((one: unknown) => {
    if (!Array.isArray(one)) return false;
    const same = known.get(String(one[0]));
    return same === undefined || same === JSON.stringify(one);
  });
}

export interface Earlier {
  readonly outline: PackageOutline;
  readonly facts: PackageFacts;
}

/** Undefined if it is not what was put there, or depends on what was compiled first. */
export function readEarlier(path: string, { outline: text, unit }: EarlierTexts): Earlier | undefined {
  if (dependsOnOrder(unit)) return undefined;
  const outline = parsed(text);
  const facts = factsIn(parsed(unit), path);
  return isOutline(outline) && facts !== undefined ? { outline, facts } : undefined;
}

/** Whether facts have types or callees that are not known because of where the type checker came from: it may have come otherwise. */
export function dependsOnOrder(facts: string): boolean {
  return ["too-deep", "cycle"].some(
    (reason) => facts.includes(`["unknown","${reason}"]`) || facts.includes(`"reason":"${reason}"`),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

/** The facts of a package in a unit; what is in their lists is looked at when it is used. */
function factsIn(unit: unknown, path: string): PackageFacts | undefined {
  const packages = isFields(unit) ? unit["packages"] : undefined;
  const found: unknown = Array.isArray(packages)
    ? packages.find((one: unknown) => isFields(one) && one["path"] === path)
    : undefined;
  const facts = isFields(found) ? found["facts"] : undefined;
  if (!isFields(facts)) return undefined;
  const lists = ["functions", "names", "types", "places", "functionValues"];
  // Whoever takes something from the lists doubts it.
  return lists.every((name) => Array.isArray(facts[name])) ? (facts as unknown as PackageFacts) : undefined;
}

function isOutline(value: unknown): value is PackageOutline {
  return isFields(value) && typeof value["identity"] === "string" && isListOf(value["files"], isFile);
}

function isFile(value: unknown): value is FileOutline {
  if (!isFields(value)) return false;
  const { name, builds, test, guessed, imports, declarations } = value;
  if (typeof name !== "string" || typeof builds !== "string") return false;
  if (typeof test !== "boolean" || typeof guessed !== "boolean") return false;
  return isListOf(imports, (one) => isListOf(one, isText)) && isListOf(declarations, isDeclaration);
}

function isDeclaration(value: unknown): value is DeclarationOutline {
  if (!isFields(value)) return false;
  const { names, head, body, column, made } = value;
  if (!isListOf(names, isText) || !isText(head) || typeof column !== "number") return false;
  return (body === undefined || isText(body)) && (made === undefined || isListOf(made, isMade));
}

function isMade(value: unknown): value is MadeFacts {
  if (!isFields(value)) return false;
  const counts = ["first", "count", "callSites", "dynamic", "unresolved", "fields"];
  const { name } = value;
  return (
    (name === undefined || Number.isSafeInteger(name)) &&
    counts.every((one) => Number.isSafeInteger(value[one]))
  );
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isListOf<T>(value: unknown, is: (one: unknown) => one is T): value is readonly T[] {
  return Array.isArray(value) && value.every(is);
}
