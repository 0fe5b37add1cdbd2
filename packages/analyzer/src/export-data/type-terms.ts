/** Types as terms: those of the package, and references to those of others. */
import type { BuildSet } from "../constraints/index.ts";
import type { Checker } from "../types/checker.ts";
import { instantiateAlias } from "../types/instantiation.ts";
import type { PackageInterface, Variant } from "../types/object.ts";
import type {
  AliasType,
  InterfaceType,
  NamedType,
  Parameter,
  SignatureType,
  StructType,
  Type,
  TypeDeclaration,
  TypeParameter,
} from "../types/type.ts";
import { inParts } from "../types/varying.ts";
import { joined, termParts, varyingTerm } from "./parts.ts";
import { type PackageTerm, type ParameterTerm, type Term, type TypeTerm, termKey } from "./term.ts";

export interface TypeTerms {
  readonly of: (type: Type) => Term;
  /** Names of the package that types have led to; grows. */
  readonly reached: Set<string>;
  /** Gives the parameters that were met their constraints. */
  readonly finish: () => void;
}

export function createTypeTerms(checker: Checker, source: PackageInterface): TypeTerms {
  const { session, types } = checker;
  const { builds } = session;
  const reached = new Set<string>();
  const byKey = new Map<string, TypeTerm>();
  const byType = new Map<Type, Term>();
  const parameters: { readonly type: TypeParameter; readonly term: ParameterTerm }[] = [];

  function of(type: Type): Term {
    let term = byType.get(type);
    if (term === undefined) byType.set(type, (term = termOf(type)));
    return term;
  }

  function entry(...parts: readonly Term[]): TypeTerm {
    const key = termKey(parts);
    let term = byKey.get(key);
    if (term === undefined) byKey.set(key, (term = { kind: "type", id: byKey.size, entry: parts }));
    return term;
  }

  function termOf(type: Type): Term {
    switch (type.kind) {
      case "basic":
        return entry("predeclared", type.name);
      case "named":
        return namedTerm(type);
      case "alias":
        return aliasTerm(type);
      case "parameter": {
        const { name } = type;
        const term: ParameterTerm = { kind: "parameter", id: parameters.length, name, constraint: null };
        parameters.push({ type, term });
        return entry("parameter", term);
      }
      case "pointer":
      case "slice":
        return entry(type.kind, of(type.element));
      case "array":
        return entry("array", lengthTerm(type.length), of(type.element));
      case "map":
        return entry("map", of(type.key), of(type.element));
      case "channel":
        return entry(type.direction, of(type.element));
      case "struct":
        return structTerm(type);
      case "tuple":
        return entry("tuple", ...type.elements.map(of));
      case "signature":
        return signatureTerm(type);
      case "interface":
        return interfaceTerm(type);
      case "union":
        return entry("union", ...type.terms.map((one) => (one.tilde ? [of(one.type)] : of(one.type))));
      case "unknown":
        return entry("unknown", type.reason);
      default:
        return type satisfies never;
    }
  }

  function packageTerm(path: string): PackageTerm {
    return { kind: "package", path: path === source.path ? "" : path };
  }

  /** A local type has no name outside of its function. */
  function namedTerm({ declaration, arguments: list }: NamedType): Term {
    const { name, package: path, local } = declaration;
    if (local) return entry("unknown", "invalid");
    if (path === "") return entry("predeclared", name);
    if (path === source.path) reached.add(name);
    return entry("named", packageTerm(path), name, ...list.map(of));
  }

  /** What an alias stands for, if no importer can look up the alias itself. */
  function aliasTerm(type: AliasType): Term {
    const { name, package: path } = type.declaration;
    if (path === "") return entry("predeclared", name);
    const set = buildsOf(type);
    if (builds.isEmpty(set)) return of(type.actual);
    if (path === source.path) reached.add(name);
    return entry("alias", packageTerm(path), { kind: "builds", set }, name, ...type.arguments.map(of));
  }

  /** The builds in which the alias, looked up in its package, means this type. */
  function buildsOf(type: AliasType): BuildSet {
    const { name, package: path } = type.declaration;
    const holder = path === source.path ? source : checker.importPackage(path);
    const parts = disjoint(checker, holder?.lookUp(name) ?? []).flatMap(({ builds: domain, object }) =>
      object.kind !== "alias"
        ? []
        : inParts(session, domain, (): Type => {
            if (type.arguments.length === 0) return object.type();
            return instantiateAlias(types, object.declaration, type.arguments);
          }),
    );
    return parts
      .filter(({ value }) => value.kind === "alias" && value.actual === type.actual)
      .reduce((sum, part) => builds.or(sum, part.builds), builds.none);
  }

  function structTerm({ fields }: StructType): Term {
    const owner = fields.find((field) => field.package !== "")?.package ?? source.path;
    const list = fields.map(({ name, type, embedded, tag }): Term => {
      const plain = [name, of(type)];
      if (tag !== "") return [...plain, embedded ? 1 : 0, tag];
      return embedded ? [...plain, 1] : plain;
    });
    return entry("struct", packageTerm(owner), ...list);
  }

  function signatureTerm({ typeParameters, parameters: list, results, variadic }: SignatureType): Term {
    return entry(
      variadic ? "func..." : "func",
      parameterList(list),
      parameterList(results),
      ...typeParameters.map(of),
    );
  }

  function parameterList(list: readonly Parameter[]): Term {
    return list.flatMap(({ name, type }) => (name === "" ? [of(type)] : [name, of(type)]));
  }

  function interfaceTerm({ methods, embedded, implicit }: InterfaceType): Term {
    const owner = methods.find((method) => method.package !== "")?.package ?? source.path;
    return entry(
      implicit ? "implicit" : "interface",
      packageTerm(owner),
      ownerTerm(methods[0]?.owner),
      embedded.map(of),
      ...methods.flatMap(({ name, signature }) => [name, of(signature)]),
    );
  }

  function ownerTerm(owner: TypeDeclaration | undefined): Term {
    return owner === undefined || owner.local ? -1 : of(types.named(owner));
  }

  let finished = 0;
  function finish(): void {
    for (; finished < parameters.length; finished++) {
      const { type, term } = parameters[finished] ?? {};
      if (type !== undefined && term !== undefined) term.constraint = constraintTerm(type);
    }
  }

  /** In builds that do not have what declares the parameter there is nothing to know. */
  function constraintTerm({ constraint }: TypeParameter): Term {
    const outside = termKey(entry("unknown", "unknown-name"));
    const encoding = { compute: constraint, encode: of };
    const parts = termParts(session, builds.narrow(builds.all), encoding);
    const inside = joined(session, parts).filter(({ term }) => termKey(term) !== outside);
    return varyingTerm(session, inside.length === 0 ? parts : inside);
  }

  return { of, reached, finish };
}

/** The variants, each without the builds of those before it. */
export function disjoint({ session: { builds } }: Checker, variants: readonly Variant[]): Variant[] {
  let before = builds.none;
  return variants.map(({ builds: set, object }) => {
    const own = builds.minus(set, before);
    before = builds.or(before, set);
    return { builds: own, object };
  });
}

function lengthTerm(length: bigint | undefined): Term {
  if (length === undefined) return null;
  const near = Number(length);
  return Number.isSafeInteger(near) ? near : String(length);
}
