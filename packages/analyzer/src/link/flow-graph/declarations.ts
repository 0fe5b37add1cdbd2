/** What the packages of a program declare: functions, methods, and what is underneath types. */
import type { BuildSet, BuildSets } from "../../constraints/index.ts";
import type { FunctionFacts, PackageFacts } from "../../model/facts.ts";
import type { TypeFacts } from "../../model/flow-facts.ts";

export interface DeclaredFunction {
  readonly facts: FunctionFacts;
  readonly pkg: PackageFacts;
  readonly builds: BuildSet;
  /** The place of the function that it is a closure in, or its own. */
  readonly root: number;
}

export interface DeclaredMethod {
  readonly fn: number;
  readonly pointer: boolean;
}

export interface Declarations {
  readonly functions: readonly DeclaredFunction[];
  /** Places in `functions`: one for each declaration. */
  readonly byId: ReadonlyMap<string, readonly number[]>;
  /** By the name of the type with its import path, then by that of the method. */
  readonly methods: ReadonlyMap<string, ReadonlyMap<string, readonly DeclaredMethod[]>>;
  /** By the name with the import path: one for each of its declarations. */
  readonly types: ReadonlyMap<string, readonly { readonly pkg: PackageFacts; readonly facts: TypeFacts }[]>;
  /** Whether something with that `//go:build` expression is in builds that were asked for. */
  readonly isActive: (expression: string) => boolean;
}

/** Leaves out what is in none of the builds that were asked for. */
export function declarations(packages: readonly PackageFacts[], builds: BuildSets): Declarations {
  const known = new Map<string, BuildSet>();
  const active = (expression: string): BuildSet => {
    let set = known.get(expression);
    if (set === undefined)
      known.set(expression, (set = builds.and(builds.asked, builds.narrow(builds.parse(expression)))));
    return set;
  };
  const functions: DeclaredFunction[] = [];
  const types = new Map<string, { readonly pkg: PackageFacts; readonly facts: TypeFacts }[]>();
  for (const pkg of packages) {
    let root = 0;
    for (const facts of pkg.functions) {
      if (facts.kind !== "closure") root = functions.length;
      functions.push({
        facts,
        pkg,
        root,
        builds: active(facts.builds ?? pkg.files[facts.file]?.builds ?? ""),
      });
    }
    for (const facts of pkg.declaredTypes ?? []) {
      if (builds.isEmpty(active(facts.builds ?? ""))) continue;
      append(types, `${pkg.path}.${facts.name}`, { pkg, facts });
    }
  }
  const byId = new Map<string, number[]>();
  const methods = new Map<string, Map<string, DeclaredMethod[]>>();
  functions.forEach(({ facts, pkg, builds: set }, fn) => {
    if (builds.isEmpty(set)) return;
    append(byId, facts.id, fn);
    if (facts.kind === "method") addMethod(methods, { id: facts.id, path: pkg.path, fn });
  });
  return { functions, byId, methods, types, isActive: (text) => !builds.isEmpty(active(text)) };
}

const methodId = /^\((\*?)(.+)\)\.([^.]+)$/u;

function addMethod(
  methods: Map<string, Map<string, DeclaredMethod[]>>,
  { id, path, fn }: { readonly id: string; readonly path: string; readonly fn: number },
): void {
  const [, star, type = "", name = ""] = methodId.exec(id) ?? [];
  let ofType = methods.get(type);
  if (ofType === undefined) methods.set(type, (ofType = new Map()));
  append(ofType, /^\p{Lu}/u.test(name) ? name : `${path}.${name}`, { fn, pointer: star === "*" });
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
