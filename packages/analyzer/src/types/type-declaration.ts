/** Declared types and aliases of packages. */
import type { BuildSet } from "../constraints/index.ts";
import { childByField, F, type Node } from "../syntax/index.ts";
import { oneDeeper, type Place } from "./checker.ts";
import type { SourceFunction } from "./function-declaration.ts";
import type { PackageObject } from "./object.ts";
import type { AliasDeclaration, Method, Type, TypeDeclaration, TypeParameter } from "./type.ts";
import {
  constraintNodes,
  constraintType,
  declareTypeParameters,
  typeParameterNames,
} from "./type-expression.ts";
import { underlying } from "./type-set.ts";
import { choose, createVarying, splitBy } from "./varying.ts";

/** One of the declarations of a defined type. */
export interface TypeVariant {
  readonly place: Place;
  /** The type_spec. */
  readonly node: Node;
  readonly builds: BuildSet;
}

export interface DeclaredTypeInput {
  readonly name: string;
  readonly path: string;
  readonly variants: readonly TypeVariant[];
  /** The declarations of a method of the type. */
  readonly methods: (name: string) => readonly SourceFunction[];
  readonly methodNames: readonly string[];
}

export function declaredType({
  name,
  path,
  variants,
  methods,
  methodNames,
}: DeclaredTypeInput): TypeDeclaration {
  const [first] = variants;
  if (first === undefined) throw new Error(`${name} is declared nowhere`);
  const { checker } = first.place;
  const { session, types } = checker;
  const typeParameters = lazy(() => parametersOf(first));
  const declaration: TypeDeclaration = {
    name,
    package: path,
    local: false,
    typeParameters,
    underlying: () => choose(session, parts)?.underlying() ?? types.unknown("unknown-name"),
    method: (wanted, from) =>
      from === "" || from === first.place.file.package ? methodOf(wanted) : undefined,
    methodNames: () => methodNames,
  };
  const parts = variants.map((variant) => ({
    builds: variant.builds,
    underlying: createVarying<Type>(session, {
      domain: variant.builds,
      compute: () => oneDeeper(checker, () => underlyingOf(variant)),
      inCycle: () => types.unknown("cycle"),
      outside: () => types.unknown("unknown-name"),
    }),
  }));

  function underlyingOf({ place, node }: TypeVariant): Type {
    const inside = withParameters(place, node, typeParameters());
    const type = checker.typeOf(inside, childByField(place.file.tree, node, F.type), declaration);
    return underlying(types, type);
  }

  function parametersOf({ place, node, builds }: TypeVariant): TypeParameter[] {
    const list = childByField(place.file.tree, node, F.type_parameters);
    const constraints = constraintNodes(place, list);
    return typeParameterNames(place, list).map((parameter, index) =>
      types.parameter(
        parameter,
        createVarying<Type>(session, {
          domain: builds,
          compute: () =>
            constraintType(withParameters(place, node, typeParameters()), constraints[index] ?? -1),
          inCycle: () => types.unknown("cycle"),
          outside: () => types.unknown("unknown-name"),
        }),
      ),
    );
  }

  const made = new Map<string, readonly MethodVariant[]>();
  function methodOf(wanted: string): Method | undefined {
    let known = made.get(wanted);
    if (known === undefined) {
      known = methods(wanted).map((fn) => ({ builds: fn.builds, method: sourceMethod(fn) }));
      made.set(wanted, known);
    }
    return chooseMethod(known);
  }

  function chooseMethod(list: readonly MethodVariant[]): Method | undefined {
    const { builds, current } = session;
    const [only] = list;
    if (only === undefined) return undefined;
    const meeting = list.filter((one) => builds.meets(current, one.builds));
    const [candidate] = meeting;
    if (candidate === undefined || builds.subsetOf(current, candidate.builds)) return candidate?.method;
    const same = meeting.filter(({ method }) => isAlike(method, candidate.method));
    const covered = same.reduce((sum, one) => builds.or(sum, one.builds), builds.none);
    if (!builds.subsetOf(current, covered)) splitBy(session, covered);
    return candidate.method;
  }

  function sourceMethod(fn: SourceFunction): Method {
    return {
      name: fn.declaration.name,
      pointer: fn.declaration.receiver?.pointer ?? false,
      receiver: declaration,
      receiverName: fn.receiverName,
      receiverParameters: fn.receiverParameters,
      signature: fn.signature,
    };
  }
  return declaration;
}

interface MethodVariant {
  readonly builds: BuildSet;
  readonly method: Method;
}

/** Whether it makes no difference to a caller which of two it is. */
function isAlike(a: Method, b: Method): boolean {
  return a === b || (a.pointer === b.pointer && a.signature().canonical === b.signature().canonical);
}

/** Where what a type is made of stands: inside its type parameters, if it has any. */
export function withParameters(place: Place, node: Node, parameters: readonly TypeParameter[]): Place {
  const list = childByField(place.file.tree, node, F.type_parameters);
  return list < 0 ? place : declareTypeParameters(place, list, parameters);
}

function lazy<T>(compute: () => T): () => T {
  let value: { readonly made: T } | undefined;
  return () => (value ??= { made: compute() }).made;
}

export interface AliasInput {
  readonly name: string;
  readonly path: string;
  /** The type_alias. */
  readonly node: Node;
  readonly domain: BuildSet;
}

/** One of the declarations of an alias. */
export function declaredAlias(place: Place, { name, path, node, domain }: AliasInput): PackageObject {
  const { checker, file } = place;
  const { session, types } = checker;
  const list = childByField(file.tree, node, F.type_parameters);
  const constraints = constraintNodes(place, list);
  const parameters: readonly TypeParameter[] = typeParameterNames(place, list).map((parameter, index) =>
    types.parameter(parameter, () => constraintType(inside(), constraints[index] ?? -1)),
  );
  const inside: () => Place = lazy(() => (list < 0 ? place : declareTypeParameters(place, list, parameters)));
  const actual = createVarying<Type>(session, {
    domain,
    compute: () => checker.typeOf(inside(), childByField(file.tree, node, F.type)),
    inCycle: () => types.unknown("cycle"),
    outside: () => types.unknown("unknown-name"),
  });
  const declaration: AliasDeclaration = { name, package: path, typeParameters: () => parameters, actual };
  return { kind: "alias", declaration, type: () => types.alias(declaration, actual()) };
}
