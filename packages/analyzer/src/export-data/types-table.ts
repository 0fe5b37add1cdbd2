/** The types of export data, each made when it is first asked for. */
import type { BuildSet } from "../constraints/index.ts";
import type { Checker } from "../types/checker.ts";
import { instantiateAlias } from "../types/instantiation.ts";
import { chooseVariant, type PackageInterface } from "../types/object.ts";
import { memberPackage } from "../types/selection.ts";
import type {
  Field,
  InterfaceMethod,
  Parameter,
  SignatureType,
  Type,
  TypeDeclaration,
  TypeParameter,
  UnknownReason,
} from "../types/type.ts";
import { choose, inParts } from "../types/varying.ts";
import { integer } from "./constant-entry.ts";
import type { ExportData } from "./format.ts";
import { at, damaged, integerNumber, list, text } from "./loose.ts";
import { predeclaredTypes } from "./predeclared.ts";

export interface TypesTable {
  readonly of: (number: unknown) => Type;
  readonly signature: (number: unknown) => SignatureType;
  readonly parameter: (number: unknown) => TypeParameter;
  readonly buildsOf: (number: unknown) => BuildSet;
  /** A type for the current builds, out of what was stored for sets of builds. */
  readonly varying: (entry: unknown) => () => Type;
}

/** `self` is the package that the data describes. */
export function createTypesTable(
  checker: Checker,
  data: ExportData,
  self: () => PackageInterface,
): TypesTable {
  const { session, types } = checker;
  const { builds } = session;
  const made: Type[] = [];
  const making = new Set<number>();
  const parameters: TypeParameter[] = [];
  let predeclared: ReadonlyMap<string, Type> | undefined;

  /** An entry mentions lower numbers only, and aliases do not lead back to themselves. */
  function of(number: unknown, below = Number.POSITIVE_INFINITY): Type {
    const index = integerNumber(number);
    const known = made[index];
    if (known !== undefined) return known;
    if (index >= below || making.has(index)) throw damaged("the number of another type", number);
    making.add(index);
    try {
      return (made[index] = typeOf(list(at(data.types, index, "type")), index));
    } finally {
      making.delete(index);
    }
  }

  function typeOf([kind, ...rest]: readonly unknown[], index: number): Type {
    const inner = (number: unknown) => of(number, index);
    const [first, second] = rest;
    switch (kind) {
      case "predeclared":
        return predeclaredType(text(first));
      case "named":
        return namedType(first, text(second), rest.slice(2).map(inner));
      case "alias":
        return aliasType(rest, inner);
      case "parameter":
        return parameterOf(first);
      case "pointer":
        return types.pointer(inner(first));
      case "slice":
        return types.slice(inner(first));
      case "array":
        return types.array(lengthOf(first), inner(second));
      case "map":
        return types.map(inner(first), inner(second));
      case "both":
      case "send":
      case "receive":
        return types.channel(kind, inner(first));
      case "struct":
        return types.struct(rest.slice(1).map((field) => fieldOf(field, pathOf(first), inner)));
      case "tuple":
        return types.tuple(rest.map(inner));
      case "func":
      case "func...":
        return types.signature({
          parameters: parameterList(list(first), inner),
          results: parameterList(list(second), inner),
          typeParameters: rest.slice(2).map((number) => asParameter(inner(number))),
          variadic: kind === "func...",
        });
      case "interface":
      case "implicit":
        return interfaceType(rest, { implicit: kind === "implicit", inner });
      case "union":
        return types.union(
          rest.map((term) =>
            Array.isArray(term)
              ? { tilde: true, type: inner(list(term)[0]) }
              : { tilde: false, type: inner(term) },
          ),
        );
      case "unknown":
        // Written from one; what it says is only shown.
        return types.unknown(text(first) as UnknownReason);
      default:
        throw damaged("a kind of type", kind);
    }
  }

  function predeclaredType(name: string): Type {
    predeclared ??= predeclaredTypes(checker.universe);
    const type = predeclared.get(name);
    if (type === undefined) throw damaged("a predeclared type", name);
    return type;
  }

  function pathOf(number: unknown): string {
    return number === 0 ? data.path : text(at(data.packages, integerNumber(number) - 1, "package"));
  }

  function packageOf(number: unknown): PackageInterface | undefined {
    return number === 0 ? self() : checker.importPackage(pathOf(number));
  }

  function namedType(packageNumber: unknown, name: string, typeArguments: readonly Type[]): Type {
    const holder = packageOf(packageNumber);
    if (holder === undefined) return types.unknown("missing-import");
    for (const { object } of holder.lookUp(name)) {
      if (object.kind === "type") return types.named(object.declaration, typeArguments);
    }
    return types.unknown("unknown-name");
  }

  function aliasType([packageNumber, set, name, ...rest]: readonly unknown[], inner: Inner): Type {
    const holder = packageOf(packageNumber);
    if (holder === undefined) return types.unknown("missing-import");
    const typeArguments = rest.map(inner);
    const [part] = inParts(session, buildsOf(set), (): Type => {
      const object = chooseVariant(session, holder.lookUp(text(name)));
      if (object?.kind !== "alias") return types.unknown("unknown-name");
      if (typeArguments.length === 0) return object.type();
      return instantiateAlias(types, object.declaration, typeArguments);
    });
    return part?.value ?? types.unknown("unknown-name");
  }

  function parameterOf(number: unknown): TypeParameter {
    const index = integerNumber(number);
    let parameter = parameters[index];
    if (parameter === undefined) {
      const [name, constraint] = list(at(data.parameters, index, "parameter"));
      parameter = types.parameter(text(name), varying(constraint));
      parameters[index] = parameter;
    }
    return parameter;
  }

  function interfaceType(
    [packageNumber, owner, embedded, ...methods]: readonly unknown[],
    { implicit, inner }: { readonly implicit: boolean; readonly inner: Inner },
  ): Type {
    const declaration = owner === -1 ? undefined : ownerOf(inner(owner));
    const path = pathOf(packageNumber);
    return types.interface({
      methods: pairs(methods).map(([first, number]): InterfaceMethod => {
        const name = text(first);
        const signature = asSignature(inner(number));
        return { name, package: memberPackage(name, path), signature, owner: declaration };
      }),
      embedded: list(embedded).map(inner),
      implicit,
    });
  }

  function buildsOf(number: unknown): BuildSet {
    if (number === 0) return builds.narrow(builds.all);
    return builds.narrow(builds.parse(text(at(data.builds, integerNumber(number) - 1, "set of builds"))));
  }

  function varying(entry: unknown): () => Type {
    if (!Array.isArray(entry)) return () => of(entry);
    const parts = pairs(entry).map(([set, number]) => ({ builds: buildsOf(set), number }));
    return () => {
      const part = choose(session, parts);
      return part === undefined ? types.unknown("unknown-name") : of(part.number);
    };
  }

  return {
    of: (number) => of(number),
    signature: (number) => asSignature(of(number)),
    parameter: (number) => asParameter(of(number)),
    buildsOf,
    varying,
  };
}

type Inner = (number: unknown) => Type;

function asParameter(type: Type): TypeParameter {
  if (type.kind !== "parameter") throw damaged("a type parameter", type.kind);
  return type;
}

function asSignature(type: Type): SignatureType {
  if (type.kind !== "signature") throw damaged("a signature", type.kind);
  return type;
}

/** The owner may be missing, like any type of another package. */
function ownerOf(type: Type): TypeDeclaration | undefined {
  return type.kind === "named" ? type.declaration : undefined;
}

function lengthOf(entry: unknown): bigint | undefined {
  if (entry === null) return undefined;
  return typeof entry === "number" ? BigInt(integerNumber(entry)) : integer(entry);
}

function fieldOf(entry: unknown, path: string, inner: Inner): Field {
  const [first, number, embedded = 0, tag = ""] = list(entry);
  const name = text(first);
  return {
    name,
    type: inner(number),
    embedded: embedded === 1,
    tag: text(tag),
    package: memberPackage(name, path),
  };
}

function parameterList(entries: readonly unknown[], inner: Inner): Parameter[] {
  const found: Parameter[] = [];
  let name = "";
  for (const one of entries) {
    if (typeof one === "string") name = one;
    else {
      found.push({ name, type: inner(one) });
      name = "";
    }
  }
  return found;
}

function pairs(flat: readonly unknown[]): (readonly [unknown, unknown])[] {
  return flat.flatMap((first, index) => (index % 2 === 0 ? [[first, flat[index + 1]] as const] : []));
}
