/**
 * What the packages of a program declare: functions, methods, and what is underneath types. Packages of the
 * standard library are read when something in them is first asked for.
 */
import type { BuildSet, BuildSets } from "../constraints/index.ts";
import type { FileFacts, FunctionFacts, PackageFacts } from "../model/facts.ts";
import type { TypeFacts } from "../model/flow-facts.ts";
import { functionId, isExportedName, packageOf } from "../model/function-id.ts";
import { importFunction } from "./import-functions.ts";
import { initClosureNames } from "./init-closures.ts";
import { indexLinknames, type Linkname, type Linknames, remoteName } from "./linknames.ts";
import { partedFunctions, type RangeFacts, rangesIn } from "./ranges-over-functions.ts";

/** A function declaration of the program. */
export interface DeclaredFunction {
  readonly facts: FunctionFacts;
  readonly pkg: PackageFacts;
  readonly file: FileFacts;
  readonly builds: BuildSet;
  /** The id that SSA form has for it, as maps write it, of closures in initialisers, where it is the same in all its builds. */
  readonly numbered?: string;
  /** The place of the function that it is a closure in, or its own. */
  readonly root: number;
  /** The `//go:linkname` directives about it, in some of its builds at least. */
  readonly linknames: readonly Linkname[];
  /** Ranges over functions in it. */
  readonly ranges: readonly RangeFacts[];
}

export interface DeclaredMethod {
  readonly fn: number;
  readonly pointer: boolean;
}

export interface DeclaredType {
  readonly pkg: PackageFacts;
  readonly facts: TypeFacts;
}

/** The packages of the standard library. */
export interface StandardFacts {
  /** Undefined of a path of none of them. Slow the first time. */
  readonly factsOf: (path: string) => PackageFacts | undefined;
  /** Whether a path is of one of which there are signatures alone, and no bodies. */
  readonly isBodiless: (path: string) => boolean;
  /** Whether what a function gives back stands for the function that it was given first. */
  readonly handsBack: (id: string) => boolean;
}

export interface Declarations {
  readonly builds: BuildSets;
  /** Grows as packages of the standard library are asked for. Places do not change. */
  readonly functions: readonly DeclaredFunction[];
  /** How many of the functions are of the packages that were given. */
  readonly given: number;
  /** Places in `functions` of those with an id: one for each declaration that is in builds that were asked for. */
  readonly named: (id: string) => readonly number[];
  /** Places of the functions with a body that a linkname gives away as the one with that id. */
  readonly pushed: (id: string) => readonly number[];
  /** Places of the functions of a package that run when it is initialised, those of its imports apart. */
  readonly initialisers: (path: string) => readonly number[];
  /** By name, of a type by its name with the import path. */
  readonly methods: (type: string) => ReadonlyMap<string, readonly DeclaredMethod[]> | undefined;
  /** By the name with the import path: one for each of its declarations. */
  readonly types: (name: string) => readonly DeclaredType[];
  /** Places of the functions that are taken to be called, and their values used, whether or not anything does. */
  readonly roots: readonly number[];
  /**
   * Takes note of a type whose package need not be read for it: packages of the standard library have the
   * order in which they are first met.
   */
  readonly meet: (type: string) => void;
  /** Whether nothing has to be read to ask about a type. */
  readonly isRead: (type: string) => boolean;
  /** Orders places: those of the packages that were given, then those of the standard library in the order of its packages. */
  readonly comparePlaces: (a: number, b: number) => number;
  /** Names of the types of which there may be values in interfaces, whether or not anything puts them there. */
  readonly rootTypes: readonly string[];
  /** Those of the packages that were given that the types of `rootTypes` are of. */
  readonly rootPackages: readonly PackageFacts[];
  /** The package with that path, if it is one of those that were given. */
  readonly packageAt: (path: string) => PackageFacts | undefined;
  /** Whether a package is of the standard library. */
  readonly isStandard: (pkg: PackageFacts) => boolean;
  /** Told of functions that are looked into though their bodies were not compiled. */
  readonly lacking: Set<PackageFacts>;
  /** Whether a path is of a package of the standard library of which there are no bodies: no values go through it. */
  readonly isBodiless: (path: string) => boolean;
  /** Whether what a function gives back stands for the function that it was given first. */
  readonly handsBack: (id: string) => boolean;
  /** What a `//go:build` expression means within the builds that were asked for; nothing if it holds in none. */
  readonly active: (expression: string) => BuildSet;
}

export interface DeclarationsOptions {
  readonly builds: BuildSets;
  readonly standard?: StandardFacts | undefined;
  /** Packages of the standard library that are read at once. */
  readonly roots?: readonly string[] | undefined;
  /**
   * Whether all functions of the packages, those of `roots` too, are taken to be called: otherwise those of
   * the module, and what initialises the others.
   */
  readonly whole: boolean;
}

/** Leaves out what is in none of the builds that were asked for. */
export function declarations(
  packages: readonly PackageFacts[],
  { builds, standard, roots, whole }: DeclarationsOptions,
): Declarations {
  const sets = new Map<string, BuildSet>();
  const active = (expression: string): BuildSet => {
    let set = sets.get(expression);
    if (set === undefined) {
      const within = builds.narrow(builds.parse(expression));
      sets.set(expression, (set = builds.meets(builds.asked, within) ? within : builds.none));
    }
    return set;
  };
  const tables: Tables = {
    functions: [],
    byId: new Map(),
    initialisers: new Map(),
    methods: new Map(),
    types: new Map(),
  };
  const adding: Active = { builds, active, parted: roots !== undefined };
  for (const pkg of packages) {
    addFunctions(tables, pkg, adding);
    addTypes(tables, pkg, adding);
  }
  const given = tables.functions.length;
  const pushed = pushedFunctions(tables.functions);
  const own = new Map(packages.map((pkg) => [pkg.path, pkg]));
  const read = new Set(own.keys());
  const ofStandard = new Set<PackageFacts>();
  const met = new Map<string, number>();
  const meet = (path: string): void => {
    if (!met.has(path)) met.set(path, met.size);
  };
  /** Of the standard library, packages of which no function was asked for. */
  const waiting = new Map<string, PackageFacts>();
  const requireTypes = (path: string): void => {
    if (read.has(path)) return;
    read.add(path);
    meet(path);
    const pkg = standard?.factsOf(path);
    if (pkg === undefined) return;
    ofStandard.add(pkg);
    waiting.set(path, pkg);
    addTypes(tables, pkg, adding);
  };
  const requireFunctions = (path: string): void => {
    requireTypes(path);
    const pkg = waiting.get(path);
    if (pkg === undefined) return;
    waiting.delete(path);
    addFunctions(tables, pkg, adding);
  };
  /** Reads the package that the name of a function, or of a type with methods, is of, unless it was read. */
  function foundIn<T>(table: ReadonlyMap<string, T>, name: string): T | undefined {
    const found = table.get(name);
    if (found !== undefined) return found;
    requireFunctions(packageOf(name));
    return table.get(name);
  }
  for (const path of roots ?? nothing) requireFunctions(path);
  const orderOf = (place: number) =>
    place < given ? -1 : (met.get(tables.functions[place]?.pkg.path ?? "") ?? -1);
  const isOwn = (pkg: PackageFacts) => whole || pkg.module === undefined;
  const isRoot = ({ pkg, facts }: DeclaredFunction) =>
    isOwn(pkg) || facts.kind === "init" || facts.kind === "initializer";
  return {
    builds,
    functions: tables.functions,
    given,
    roots: tables.functions.flatMap((fn, place) => (isRoot(tables.functions[fn.root] ?? fn) ? [place] : [])),
    meet: (type) => meet(packageOf(type)),
    isRead: (type) => {
      const path = packageOf(type);
      return path === "" || read.has(path);
    },
    comparePlaces: (a, b) => orderOf(a) - orderOf(b) || a - b,
    rootTypes: [...tables.types].flatMap(([name, all]) => (all.some(({ pkg }) => isOwn(pkg)) ? [name] : [])),
    rootPackages: packages.filter(isOwn),
    named: (id) => foundIn(tables.byId, id) ?? nothing,
    pushed: (id) => pushed.get(id) ?? nothing,
    initialisers: (path) => {
      requireFunctions(path);
      return tables.initialisers.get(path) ?? nothing;
    },
    methods: (type) => foundIn(tables.methods, type),
    types: (name) => {
      requireTypes(packageOf(name));
      return tables.types.get(name) ?? nothing;
    },
    packageAt: (path) => own.get(path),
    lacking: new Set(),
    isStandard: (pkg) => ofStandard.has(pkg),
    isBodiless: (path) => !own.has(path) && standard?.isBodiless(path) === true,
    handsBack: (id) => standard?.handsBack(id) === true,
    active,
  };
}

interface Tables {
  readonly functions: DeclaredFunction[];
  readonly byId: Map<string, number[]>;
  readonly initialisers: Map<string, number[]>;
  readonly methods: Map<string, Map<string, DeclaredMethod[]>>;
  readonly types: Map<string, DeclaredType[]>;
}

interface Active {
  readonly builds: BuildSets;
  readonly active: (expression: string) => BuildSet;
  /** Whether bodies of ranges over functions are functions. */
  readonly parted: boolean;
}

function addFunctions(tables: Tables, pkg: PackageFacts, { builds, active, parted }: Active): void {
  const linknames = indexLinknames(pkg);
  let root = 0;
  const imports = importFunction(pkg);
  const numberedName = initClosureNames(pkg.path, builds);
  const add = (facts: FunctionFacts, ranges: readonly RangeFacts[]): void => {
    const fn = tables.functions.length;
    if (facts.kind !== "closure") root = fn;
    // Facts number the files of their own package.
    const file = pkg.files[facts.file] as FileFacts;
    const set = active(facts.builds ?? file.builds);
    const initializer = facts.kind === "closure" ? tables.functions[root]?.facts : undefined;
    const numbered =
      initializer?.kind === "initializer" && !builds.isEmpty(set)
        ? numberedName({ id: facts.id, root: initializer.id, set })
        : undefined;
    tables.functions.push({
      facts,
      pkg,
      file,
      root,
      builds: set,
      linknames: linknamesOf(linknames, { facts, set, builds }),
      ranges,
      ...(numbered !== undefined && { numbered }),
    });
    if (builds.isEmpty(set)) return;
    append(tables.byId, facts.id, fn);
    if (facts.kind === "init" || facts.kind === "initializer") append(tables.initialisers, pkg.path, fn);
    if (facts.kind === "method") addMethod(tables.methods, { id: facts.id, path: pkg.path, fn });
  };
  if (parted) for (const { facts, ranges } of partedFunctions(pkg)) add(facts, ranges);
  else for (const facts of pkg.functions) add(facts, rangesIn(facts));
  if (imports !== undefined) add(imports, nothing);
}

function addTypes({ types }: Tables, pkg: PackageFacts, { builds, active }: Active): void {
  for (const facts of pkg.declaredTypes) {
    if (builds.isEmpty(active(facts.builds ?? ""))) continue;
    append(types, `${pkg.path}.${facts.name}`, { pkg, facts });
  }
}

/** Of most functions. */
const nothing: readonly never[] = [];

interface About {
  readonly facts: FunctionFacts;
  readonly set: BuildSet;
  readonly builds: BuildSets;
}

function linknamesOf(linknames: Linknames, { facts, set, builds }: About): readonly Linkname[] {
  return (linknames.get(facts.id) ?? nothing).filter((one) =>
    builds.meets(set, builds.narrow(builds.parse(one.builds))),
  );
}

/** Places of the functions with a body of which a linkname says by what name other packages have them. */
function pushedFunctions(functions: readonly DeclaredFunction[]): Map<string, number[]> {
  const pushed = new Map<string, number[]>();
  functions.forEach(({ facts, linknames }, place) => {
    if (facts.bodiless) return;
    for (const { directive } of linknames) {
      const target = remoteName(directive);
      if (target !== undefined) append(pushed, functionId(target.package, target.name), place);
    }
  });
  return pushed;
}

function addMethod(
  methods: Tables["methods"],
  { id, path, fn }: { readonly id: string; readonly path: string; readonly fn: number },
): void {
  // `(T).M` or `(*T).M`.
  const pointer = id.startsWith("(*");
  const dot = id.lastIndexOf(".");
  const type = id.slice(pointer ? 2 : 1, dot - 1);
  let ofType = methods.get(type);
  if (ofType === undefined) methods.set(type, (ofType = new Map()));
  append(ofType, methodKey(id, path), { fn, pointer });
}

/** The name of the method with that id, with its package where it is not exported. */
export function methodKey(id: string, path: string): string {
  const name = id.slice(id.lastIndexOf(".") + 1);
  return isExportedName(name) ? name : `${path}.${name}`;
}

/** Adds to the list of a key. */
export function append<K, T>(lists: Map<K, T[]>, key: K, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
