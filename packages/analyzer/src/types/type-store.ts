/**
 * Makes types, each once. Not for several threads; types of different stores must not meet.
 */
import type {
  AliasDeclaration,
  AliasType,
  ArrayType,
  BasicType,
  ChannelType,
  Direction,
  Field,
  InterfaceMethod,
  InterfaceType,
  MapType,
  NamedType,
  Parameter,
  PointerType,
  SignatureType,
  SliceType,
  StructType,
  TupleType,
  Type,
  TypeDeclaration,
  TypeParameter,
  UnionTerm,
  UnionType,
  UnknownReason,
  UnknownType,
} from "./type.ts";

/** The parts of a signature. */
export interface SignatureParts {
  readonly typeParameters?: readonly TypeParameter[];
  readonly parameters: readonly Parameter[];
  readonly results: readonly Parameter[];
  readonly variadic: boolean;
}

/** The parts of an interface. */
export interface InterfaceParts {
  readonly methods: readonly InterfaceMethod[];
  readonly embedded: readonly Type[];
  readonly implicit?: boolean;
}

export interface TypeStore {
  readonly basic: (name: string, is: number, canonical?: Type) => BasicType;
  readonly named: (declaration: TypeDeclaration, typeArguments?: readonly Type[]) => NamedType;
  readonly alias: (declaration: AliasDeclaration, actual: Type, typeArguments?: readonly Type[]) => AliasType;
  /** A new one each time. */
  readonly parameter: (name: string, constraint: () => Type) => TypeParameter;
  readonly pointer: (element: Type) => PointerType;
  readonly slice: (element: Type) => SliceType;
  readonly array: (length: bigint | undefined, element: Type) => ArrayType;
  readonly map: (key: Type, element: Type) => MapType;
  readonly channel: (direction: Direction, element: Type) => ChannelType;
  readonly struct: (fields: readonly Field[]) => StructType;
  readonly tuple: (elements: readonly Type[]) => TupleType;
  readonly signature: (parts: SignatureParts) => SignatureType;
  readonly interface: (parts: InterfaceParts) => InterfaceType;
  readonly union: (terms: readonly UnionTerm[]) => UnionType;
  readonly unknown: (reason: UnknownReason) => UnknownType;
}

/** What a type is made of, before it has an identity. */
type Made<T extends Type> = Omit<T, "id" | "canonical" | "parametric">;

export function createTypeStore(): TypeStore {
  let count = 0;
  const types = new Map<string, Type>();
  const numbers = new Map<object, number>();
  const declarationKey = (declaration: TypeDeclaration | AliasDeclaration | undefined) => {
    if (declaration === undefined) return "-";
    let number = numbers.get(declaration);
    if (number === undefined) numbers.set(declaration, (number = numbers.size));
    return String(number);
  };

  /** A type by its key; `canonical` makes the canonical form, and is left out where the type is it. */
  function intern<T extends Type>(key: string, parts: () => Made<T>, canonical?: () => Type): T {
    const known = types.get(key);
    // Keys begin with the kind.
    if (known !== undefined) return known as T;
    return add(key, parts(), canonical?.());
  }

  function add<T extends Type>(key: string | undefined, parts: Made<T>, canonical?: Type): T {
    const parametric = isParametric(parts as unknown as Type);
    const type = { ...parts, id: count++, canonical: undefined as Type | undefined, parametric };
    // Closed over itself when it is its own canonical form.
    type.canonical = canonical ?? (type as unknown as T);
    if (key !== undefined) types.set(key, type as unknown as T);
    return type as unknown as T;
  }

  const isCanonical = (type: Type) => type.canonical === type;

  function around<T extends PointerType | SliceType>(kind: T["kind"]): (element: Type) => T {
    const make = (element: Type): T =>
      intern<T>(
        `${kind} ${element.id}`,
        () => ({ kind, element }) as unknown as Made<T>,
        isCanonical(element) ? undefined : () => make(element.canonical),
      );
    return make;
  }

  const store: TypeStore = {
    basic: (name, is, canonical) =>
      intern<BasicType>(`basic ${name}`, () => ({ kind: "basic", name, is }), canonical && (() => canonical)),
    named: (declaration, typeArguments = []) =>
      intern<NamedType>(
        `named ${declarationKey(declaration)} ${ids(typeArguments)}`,
        () => ({ kind: "named", declaration, arguments: typeArguments }),
        typeArguments.every(isCanonical)
          ? undefined
          : () => store.named(declaration, typeArguments.map(canonicalOf)),
      ),
    alias: (declaration, actual, typeArguments = []) =>
      intern<AliasType>(
        `alias ${declarationKey(declaration)} ${actual.id} ${ids(typeArguments)}`,
        () => ({ kind: "alias", declaration, arguments: typeArguments, actual }),
        () => actual.canonical,
      ),
    parameter: (name, constraint) => add<TypeParameter>(undefined, { kind: "parameter", name, constraint }),
    pointer: around<PointerType>("pointer"),
    slice: around<SliceType>("slice"),
    array: (length, element) =>
      intern<ArrayType>(
        `array ${length} ${element.id}`,
        () => ({ kind: "array", length, element }),
        isCanonical(element) ? undefined : () => store.array(length, element.canonical),
      ),
    map: (key, element) =>
      intern<MapType>(
        `map ${key.id} ${element.id}`,
        () => ({ kind: "map", key, element }),
        isCanonical(key) && isCanonical(element)
          ? undefined
          : () => store.map(key.canonical, element.canonical),
      ),
    channel: (direction, element) =>
      intern<ChannelType>(
        `channel ${direction} ${element.id}`,
        () => ({ kind: "channel", direction, element }),
        isCanonical(element) ? undefined : () => store.channel(direction, element.canonical),
      ),
    struct: (fields) =>
      intern<StructType>(
        `struct ${fields.map(fieldKey).join(";")}`,
        () => ({ kind: "struct", fields }),
        fields.every(({ type }) => isCanonical(type))
          ? undefined
          : () => store.struct(fields.map((field) => ({ ...field, type: field.type.canonical }))),
      ),
    tuple: (elements) =>
      intern<TupleType>(
        `tuple ${ids(elements)}`,
        () => ({ kind: "tuple", elements }),
        elements.every(isCanonical) ? undefined : () => store.tuple(elements.map(canonicalOf)),
      ),
    signature: ({ typeParameters = [], parameters, results, variadic }) => {
      const parts = (): Made<SignatureType> => ({
        kind: "signature",
        typeParameters,
        parameters,
        results,
        variadic,
      });
      if (typeParameters.length > 0) return add<SignatureType>(undefined, parts());
      return intern<SignatureType>(
        `signature ${variadic ? "..." : ""}${parameters.map(parameterKey).join(",")}:${results.map(parameterKey).join(",")}`,
        parts,
        [...parameters, ...results].every(({ name, type }) => name === "" && isCanonical(type))
          ? undefined
          : () =>
              store.signature({
                parameters: parameters.map(nameless),
                results: results.map(nameless),
                variadic,
              }),
      );
    },
    interface: ({ methods, embedded, implicit = false }) => {
      const plain = methods.every(({ owner, signature }) => owner === undefined && isCanonical(signature));
      return intern<InterfaceType>(
        `interface ${implicit ? "~" : ""}${methods.map(methodKey).join(";")} ${ids(embedded)}`,
        () => ({ kind: "interface", methods, embedded, implicit }),
        plain && !implicit && embedded.every(isCanonical)
          ? undefined
          : () => store.interface({ methods: methods.map(ownerless), embedded: embedded.map(canonicalOf) }),
      );
    },
    union: (terms) =>
      intern<UnionType>(
        `union ${terms.map(({ tilde, type }) => `${tilde ? "~" : ""}${type.id}`).join("|")}`,
        () => ({ kind: "union", terms }),
        terms.every(({ type }) => isCanonical(type))
          ? undefined
          : () => store.union(terms.map(({ tilde, type }) => ({ tilde, type: type.canonical }))),
      ),
    unknown: (reason) => intern<UnknownType>(`unknown ${reason}`, () => ({ kind: "unknown", reason })),
  };

  const methodKey = ({ name, package: path, signature, owner }: InterfaceMethod) =>
    `${path} ${name} ${signature.id} ${declarationKey(owner)}`;
  return store;
}

/** Whether a type parameter occurs in a type, of which only the parts are looked at. */
function isParametric(type: Type): boolean {
  const some = (types: readonly Type[]) => types.some(({ parametric }) => parametric);
  switch (type.kind) {
    case "parameter":
      return true;
    case "basic":
    case "unknown":
      return false;
    case "named":
      return some(type.arguments);
    case "alias":
      return type.actual.parametric || some(type.arguments);
    case "pointer":
    case "slice":
    case "array":
    case "channel":
      return type.element.parametric;
    case "map":
      return type.key.parametric || type.element.parametric;
    case "struct":
      return type.fields.some((field) => field.type.parametric);
    case "tuple":
      return some(type.elements);
    case "signature":
      return [...type.parameters, ...type.results].some((one) => one.type.parametric);
    case "interface":
      return some(type.embedded) || type.methods.some(({ signature }) => signature.parametric);
    case "union":
      return type.terms.some((term) => term.type.parametric);
    default:
      return type satisfies never;
  }
}

function ids(types: readonly Type[]): string {
  return types.map(({ id }) => id).join(",");
}

function canonicalOf(type: Type): Type {
  return type.canonical;
}

function fieldKey({ name, type, embedded, tag, package: path }: Field): string {
  return `${path} ${name} ${embedded ? "!" : ""}${type.id} ${JSON.stringify(tag)}`;
}

function parameterKey({ name, type }: Parameter): string {
  return `${name} ${type.id}`;
}

function nameless({ type }: Parameter): Parameter {
  return { name: "", type: type.canonical };
}

function ownerless(method: InterfaceMethod): InterfaceMethod {
  // The canonical form of a signature is a signature.
  return { ...method, owner: undefined, signature: method.signature.canonical as SignatureType };
}
