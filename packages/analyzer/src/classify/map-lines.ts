/**
 * Lines of users' maps that name nothing: a mistyped name decides nothing, which nobody
 * would notice. What there is: functions and packages of the program, names that it uses of
 * packages that are not at hand, and the standard library.
 */
import type { Program } from "../link/program.ts";
import type { CapabilityMap, MapLine } from "../model/capability-map.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { PackageFacts, Target } from "../model/facts.ts";
import { functionId, methodName, nameInPackage, packageOf } from "../model/function-id.ts";
import { formed } from "../model/type-parts.ts";

/** Where names are looked for, besides the program. */
export interface KnownPackages {
  /** Whether the package is imported, directly or not, or of the standard library. */
  readonly has: (importPath: string) => boolean;
  /** Of the standard library. May be slow. */
  readonly factsOf: (importPath: string) => PackageFacts | undefined;
}

/**
 * A diagnostic for each line that names nothing, in the order of the lines. Reads facts of the
 * standard library for those lines only that name something of it that is not exported.
 */
export function unnamedLines(program: Program, map: CapabilityMap, known: KnownPackages): Diagnostic[] {
  const exists = existence(program, map, known);
  return map.lines.flatMap((line) => {
    const missing = line.names.filter((name) => !exists[line.kind](name));
    if (missing.length === 0) return [];
    const names = missing.map((name) => `"${name}"`).join(" and ");
    const message = `${names} ${missing.length === 1 ? "names" : "name"} ${absent[line.kind]} that was read`;
    return [
      { code: "map-names-nothing", severity: "warning", message, incomplete: false, range: line.range },
    ];
  });
}

const absent: Readonly<Record<MapLine["kind"], string>> = {
  function: "no function",
  package: "no package",
  suffix: "the end of no function",
};

/** What cgo calls functions that it makes: calls of C, which are CGO without any map. */
const madeByCgo = /^_(?:cgo|Cgo|C(?:func|2func|macro|type|fpvar)_)/;

function existence(
  program: Program,
  map: CapabilityMap,
  known: KnownPackages,
): Readonly<Record<MapLine["kind"], (name: string) => boolean>> {
  const used = once(() => usedNames(program));
  const declared = once(() => declaredNames(program));
  const numbered = once(() => numberedNames(program));
  const standard = standardNames(known);
  const hasPackage = (path: string) => program.packageByPath.has(path) || known.has(path);
  const isFunction = (id: string) =>
    program.byId.has(id) ||
    declared().has(id) ||
    numbered().has(id) ||
    used().has(id) ||
    isInitOf(id, hasPackage) ||
    isStandard(id);
  const isStandard = (id: string) => {
    const path = packageOf(id);
    if (!map.isStandard(path) && !known.has(path)) return false;
    const kind = map.kindOf(path, nameInPackage(path, id));
    return kind === "function" || kind === "variable" || standard(path).has(id);
  };
  const ends = (suffix: string) =>
    [...program.byId.keys(), ...declared(), ...used()].some((id) => id.endsWith(suffix));
  return { function: isFunction, package: hasPackage, suffix: (end) => madeByCgo.test(end) || ends(end) };
}

/** Every package has one, whether it is written or not. */
function isInitOf(id: string, hasPackage: (path: string) => boolean): boolean {
  return id.endsWith(".init") && hasPackage(id.slice(0, -".init".length));
}

/** The functions of all packages, whether or not anything leads to them. */
function declaredNames({ packages }: Program): ReadonlySet<string> {
  return new Set(packages.flatMap(({ functions }) => functions.map(({ id }) => id)));
}

/** What SSA form calls closures in initialisers. */
function numberedNames({ functions }: Program): ReadonlySet<string> {
  return new Set(functions.flatMap(({ numbered }) => (numbered === undefined ? [] : [numbered])));
}

/** Names of packages that are not at hand, and of interfaces' methods, that the packages and the program use. */
function usedNames({ packages, functions }: Program): Set<string> {
  const names = new Set<string>();
  const all = new Set([...packages.flatMap((pkg) => pkg.functions), ...functions.map(({ facts }) => facts)]);
  for (const { uses } of all) for (const { target } of uses) addName(names, target);
  return names;
}

function addName(names: Set<string>, target: Target): void {
  const isNamed = target.kind === "qualified" || target.kind === "interface-method";
  if (isNamed && target.package !== "") names.add(functionId(target.package, target.name));
}

/** The ids of the functions of a package, and of the methods of its interfaces, read once. */
function standardNames({ factsOf }: KnownPackages): (path: string) => ReadonlySet<string> {
  const found = new Map<string, ReadonlySet<string>>();
  return (path) => {
    const known = found.get(path);
    if (known !== undefined) return known;
    const facts = factsOf(path);
    const names = new Set(facts === undefined ? [] : idsOf(facts));
    found.set(path, names);
    return names;
  };
}

function idsOf({ path, functions, declaredTypes, types }: PackageFacts): string[] {
  const methods = declaredTypes.flatMap(({ name, underlying }) =>
    methodsOf(types, underlying).map((method) => functionId(path, methodName(name, false, method))),
  );
  return [...functions.map(({ id }) => id), ...methods];
}

/** Of an interface, those that it writes itself. */
function methodsOf(types: PackageFacts["types"], underlying: number): string[] {
  const [, methods = []] = formed(types[underlying], "interface") ?? [];
  // Names that are not exported have their package in front.
  return methods.map(([name]) => name.slice(name.lastIndexOf(".") + 1));
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
