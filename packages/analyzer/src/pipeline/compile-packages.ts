/**
 * Compiles packages in import order, as a compiler does: each unit when all that it imports
 * is known, with nothing of the imports but their export data. With a cache, what was
 * compiled before is not compiled again: the key of a unit holds the deep export hashes of
 * its imports, so a change that importers cannot see ends there.
 */
import type { PackageNames } from "../declare/import-names.ts";
import type { PackageFacts } from "../model/facts.ts";
import { compileHere } from "./compile-unit.ts";
import { type OutlineStore, openOutlines } from "./earlier-texts.ts";
import type { AnalyzerOptions, ModuleSource } from "./module-source.ts";
import type { PackageSource } from "./package-source.ts";
import { readPackage, sourceBytes } from "./parse-packages.ts";
import { type KnownUnit, storedUnit, unitKey } from "./unit-entry.ts";
import type { CompiledPackage, PackageExports, UnitCompiler, UnitTask } from "./unit-task.ts";
import { importerChains, importOrder } from "./units.ts";

export interface CompileInput {
  /** The module that is analysed. */
  readonly module: Pick<ModuleSource, "name" | "modulePath">;
  readonly packages: readonly PackageSource[];
  readonly names: PackageNames;
  /** Of which packages only the declarations matter. */
  readonly declarationsOnly: (source: PackageSource) => boolean;
  /**
   * The names of the functions whose bodies a package must have, of methods as `T.M`; asked when one is compiled. Without it, or if it
   * gives nothing for a package, all are compiled.
   */
  readonly wanted?: (source: PackageSource) => Promise<readonly string[] | undefined>;
}

export interface CompiledPackages {
  /** The facts of those packages whose functions matter. */
  readonly facts: ReadonlyMap<PackageSource, PackageFacts>;
  /** The keys of the units of all packages, in import order: they say all that facts depend on. Undefined without a cache. */
  readonly keys: ReadonlyMap<PackageSource, string> | undefined;
  /** The same with all bodies of some packages, and of those that are compiled together with them. */
  readonly complete: (lacking: ReadonlySet<PackageFacts>) => Promise<CompiledPackages>;
}

export async function compilePackages(
  { packages, ...input }: CompileInput,
  options: AnalyzerOptions,
): Promise<CompiledPackages> {
  const compiler = options.compiler ?? compileHere(options);
  const session: Session = { ...input, options, compiler, units: new Map() };
  const progress = progressMeter(packages, options);
  const work: Promise<Unit>[] = [];
  const order = importOrder(packages);
  const chains = importerChains(order, bytesOf);
  for (const [index, members] of order.entries()) {
    const unit = makeUnit({ members, chain: chains[index] ?? 0 }, session);
    for (const { path, importable } of members) if (importable) session.units.set(path, unit);
    work.push(
      unit.then((known) => {
        progress(members);
        return known;
      }),
    );
  }
  return compiledPackages(await Promise.all(work));
}

function compiledPackages(units: readonly Unit[]): CompiledPackages {
  const keys = units.flatMap(({ key, members }) =>
    key === undefined ? [] : members.map((member) => [member, key] as const),
  );
  return {
    facts: new Map(units.flatMap(({ facts }) => [...facts])),
    keys: units.every(({ key }) => key !== undefined) ? new Map(keys) : undefined,
    complete: async (lacking) => {
      const isLacking = ({ facts }: Unit) => [...facts.values()].some((one) => lacking.has(one));
      return compiledPackages(
        await Promise.all(units.map(async (unit) => (isLacking(unit) ? unit.complete() : unit))),
      );
    },
  };
}

interface Session extends Omit<CompileInput, "packages"> {
  readonly options: AnalyzerOptions;
  readonly compiler: UnitCompiler;
  /** The unit of each package, of those before in import order. */
  readonly units: Map<string, Promise<Unit>>;
}

/** A unit of which all is known that its importers need. */
interface Unit {
  readonly members: readonly PackageSource[];
  /** Undefined without a cache. */
  readonly key?: string;
  readonly facts: ReadonlyMap<PackageSource, PackageFacts>;
  /** The deep export hash; empty without a cache. */
  readonly hash: string;
  /** What its exports refer to, by path of the member. */
  readonly mentions: ReadonlyMap<string, readonly string[]>;
  /** The export data of a member. */
  readonly exportsOf: (path: string) => Promise<string>;
  /** The same with all bodies. */
  readonly complete: () => Promise<Unit>;
}

interface UnitSource {
  readonly members: readonly PackageSource[];
  /** As in `UnitSize`. */
  readonly chain: number;
}

async function makeUnit(source: UnitSource, session: Session): Promise<Unit> {
  const { members } = source;
  const imports = await importedUnits(members, session);
  const { cache } = session.options;
  const { wanted, ...whole } = session;
  const complete = async () => makeUnit(source, whole);
  if (cache === undefined)
    return freshUnit(members, await compileMembers(source, imports, session), complete);
  const hashes = new Map([...imports].map(([path, { hash }]) => [path, hash]));
  const key = unitKey(cache, { members, hashes, ...session });
  const outlines = openOutlines(cache, { members, hashes, key, ...session });
  const stored = storedUnit(cache, key, {
    compile: () => compileMembers(source, imports, session, outlines),
    keepOutline: outlines?.keep,
    hashes,
    takesPartial: wanted !== undefined,
  });
  const known = await stored.unit();
  return { ...knownUnit(members, known), key, hash: known.hash, exportsOf: stored.exportsOf, complete };
}

function freshUnit(
  members: readonly PackageSource[],
  compiled: readonly CompiledPackage[],
  complete: Unit["complete"],
): Unit {
  const texts = new Map(compiled.map(({ path, exports }) => [path, exports]));
  const packages = compiled.map(({ path, mentions, facts }) => ({
    path,
    mentions,
    // Facts are as they would be from a cache.
    ...(facts !== undefined && { facts: JSON.parse(facts) as PackageFacts }),
  }));
  const exportsOf = async (path: string) => texts.get(path) ?? "";
  return { ...knownUnit(members, { packages }), hash: "", exportsOf, complete };
}

/** Packages are in the order of the members. */
function knownUnit(
  members: readonly PackageSource[],
  { packages }: Pick<KnownUnit, "packages">,
): Pick<Unit, "members" | "facts" | "mentions"> {
  return {
    members,
    facts: new Map(
      members.flatMap((member, index) => {
        const facts = packages[index]?.facts;
        return facts === undefined ? [] : [[member, facts] as const];
      }),
    ),
    mentions: new Map(packages.map(({ path, mentions }) => [path, mentions])),
  };
}

/** What the members import of other units, and what the exports of that refer to. */
async function importedUnits(
  members: readonly PackageSource[],
  { units }: Session,
): Promise<ReadonlyMap<string, Unit>> {
  const own = new Set(members.flatMap(({ path, importable }) => (importable ? [path] : [])));
  const found = new Map<string, Unit>();
  const wanted = new Set(members.flatMap(({ imports }) => imports));
  // The set grows while it is walked.
  for (const path of wanted) {
    const unit = own.has(path) ? undefined : await units.get(path);
    if (unit === undefined) continue;
    found.set(path, unit);
    for (const mentioned of unit.mentions.get(path) ?? []) wanted.add(mentioned);
  }
  return found;
}

async function compileMembers(
  { members, chain }: UnitSource,
  imports: ReadonlyMap<string, Unit>,
  { compiler, names, declarationsOnly, wanted, options }: Session,
  outlines?: OutlineStore,
): Promise<readonly CompiledPackage[]> {
  const read = async (one: PackageSource) => {
    const text = await readPackage(one, declarationsOnly(one));
    const functions = await wanted?.(one);
    return functions === undefined ? text : { ...text, wanted: functions };
  };
  const task = async (): Promise<UnitTask> => {
    const earlier = await outlines?.earlier();
    return {
      packages: await Promise.all(members.map(read)),
      names: namesOf(members, names, options),
      imports: await Promise.all(
        [...imports].map(
          async ([path, unit]): Promise<PackageExports> => ({ path, text: await unit.exportsOf(path) }),
        ),
      ),
      ...(outlines !== undefined && { outlined: { path: outlines.path, ...(earlier && { earlier }) } }),
    };
  };
  return compiler.compile(task, { bytes: bytesOf(members), chain });
}

/** The names that matter to the members; the compiler knows those of the standard library. */
function namesOf(
  members: readonly PackageSource[],
  names: PackageNames,
  { standardLibrary }: AnalyzerOptions,
): UnitTask["names"] {
  return [...new Set(members.flatMap(({ imports }) => imports))].flatMap((path) => {
    const name = standardLibrary?.nameOf(path) === undefined ? names(path) : undefined;
    return name === undefined ? [] : [[path, name] as const];
  });
}

function progressMeter(
  packages: readonly PackageSource[],
  { onProgress }: AnalyzerOptions,
): (members: readonly PackageSource[]) => void {
  const total = bytesOf(packages);
  let done = 0;
  return (members) => {
    done += bytesOf(members);
    onProgress?.(done, total);
  };
}

function bytesOf(packages: readonly PackageSource[]): number {
  return packages.reduce((sum, one) => sum + sourceBytes(one), 0);
}
