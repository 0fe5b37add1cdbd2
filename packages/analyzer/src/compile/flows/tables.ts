/** The tables of a package: types, places that functions share, and function values, each once. */
import {
  type FunctionTerm,
  firstShared,
  type MethodTerm,
  nothing,
  type PlaceNumber,
  panicked,
  type SharedPlace,
  type TypeNumber,
  type TypeTerm,
  unknown,
} from "../../model/flow-facts.ts";
import type { Type, TypeDeclaration, TypeParameter } from "../../types/index.ts";
import { memberName } from "./moving.ts";
import type { FunctionValue, Place } from "./place.ts";

/** The type parameters that types are in terms of: their places are what they are called. */
export type Parameters = readonly TypeParameter[];

export interface Tables {
  readonly types: readonly TypeTerm[];
  readonly places: readonly SharedPlace[];
  readonly functionValues: readonly FunctionTerm[];
  readonly type: (type: Type, parameters: Parameters) => TypeNumber;
  /** The number of a place that is not of the function. */
  readonly place: (place: Place, parameters: Parameters) => PlaceNumber;
  readonly functionValue: (term: FunctionTerm) => number;
  /** The number of a term whose parts have their numbers. */
  readonly term: (term: TypeTerm) => TypeNumber;
  readonly sharedPlace: (place: SharedPlace) => PlaceNumber;
  /** Types declared inside functions that were asked for. */
  readonly localTypes: ReadonlySet<TypeDeclaration>;
}

/** Empty tables of the package at a path. */
export function createTables(path: string): Tables {
  const types = numbering<TypeTerm>();
  const places = numbering<SharedPlace>();
  const functionValues = numbering<FunctionTerm>();
  const known = new Map<Type, TypeNumber>();
  const knownInside = new WeakMap<Parameters, Map<Type, TypeNumber>>();
  /** Numbers of types in terms of those parameters: parts that are shared are looked at once. */
  const inside = (parameters: Parameters): Map<Type, TypeNumber> => {
    let found = knownInside.get(parameters);
    if (found === undefined) knownInside.set(parameters, (found = new Map()));
    return found;
  };
  const localTypes = new Set<TypeDeclaration>();
  const typeNumber = (type: Type, parameters: Parameters, depth = 0): TypeNumber => {
    const plain = type.canonical;
    const numbers = plain.parametric ? inside(parameters) : known;
    const found = numbers.get(plain);
    if (found !== undefined) return found;
    if (plain.kind === "named" && plain.declaration.local) localTypes.add(plain.declaration);
    if (depth > depthLimit) return types.number(["unknown", "too-deep"]);
    const number = types.number(
      typeTerm(plain, parameters, (inner) => typeNumber(inner, parameters, depth + 1)),
    );
    numbers.set(plain, number);
    return number;
  };
  const sharedPlace = (place: SharedPlace): PlaceNumber => firstShared - places.number(place);
  return {
    types: types.all,
    places: places.all,
    functionValues: functionValues.all,
    localTypes,
    type: (type, parameters) => typeNumber(type, parameters),
    functionValue: functionValues.number,
    term: types.number,
    sharedPlace,
    place: (place, parameters) => {
      switch (place.kind) {
        case "nothing":
          return nothing;
        case "unknown":
          return unknown;
        case "panicked":
          return panicked;
        case "local":
          throw new Error("a place of the function has no number here");
        case "variable": {
          const inPackage = place.package === path ? "" : place.package;
          return sharedPlace(["variable", inPackage, place.name]);
        }
        case "field":
          return sharedPlace(["field", typeNumber(place.holder, parameters), place.name]);
        default:
          return sharedPlace([place.kind, typeNumber(place.type, parameters)]);
      }
    },
  };
}

/** Types that are nested deeper are unknown. */
const depthLimit = 100;

/** Numbers terms by what they say. */
function numbering<T>(): { readonly all: readonly T[]; readonly number: (term: T) => number } {
  const all: T[] = [];
  const numbers = new Map<string, number>();
  return {
    all,
    number: (term) => {
      const key = JSON.stringify(term);
      let number = numbers.get(key);
      if (number === undefined) {
        numbers.set(key, (number = all.length));
        all.push(term);
      }
      return number;
    },
  };
}

/** `put` gives the number of a part. */
function typeTerm(type: Type, parameters: Parameters, put: (part: Type) => TypeNumber): TypeTerm {
  switch (type.kind) {
    case "basic":
      return type.name;
    case "named": {
      const { name, package: path } = type.declaration;
      const full = path === "" ? name : `${path}.${name}`;
      return type.arguments.length === 0 ? full : ["instance", full, ...type.arguments.map(put)];
    }
    case "parameter":
      return ["parameter", parameters.indexOf(type)];
    case "pointer":
    case "slice":
      return [type.kind, put(type.element)];
    case "array":
      return ["array", String(type.length ?? "?"), put(type.element)];
    case "map":
      return ["map", put(type.key), put(type.element)];
    case "channel":
      return [channels[type.direction], put(type.element)];
    case "struct":
      return [
        "struct",
        ...type.fields.map(({ name, package: inPackage, type: of, embedded, tag }) => {
          const full = memberName(name, inPackage);
          if (tag !== "") return [full, put(of), embedded ? 1 : 0, tag] as const;
          return embedded ? ([full, put(of), 1] as const) : ([full, put(of)] as const);
        }),
      ];
    case "signature":
      return [
        type.variadic ? "variadic" : "func",
        type.parameters.map((one) => put(one.type)),
        type.results.map((one) => put(one.type)),
      ];
    case "interface": {
      const methods = type.methods.map(
        (one): MethodTerm => [memberName(one.name, one.package), put(one.signature)],
      );
      return ["interface", methods, type.embedded.map(put)];
    }
    case "union":
      return ["union", ...type.terms.map(({ type: of }) => put(of))];
    case "unknown":
      return ["unknown", type.reason];
    case "alias":
    case "tuple":
      return ["unknown", "invalid"];
    default:
      return type satisfies never;
  }
}

const channels = { both: "chan", send: "chan<-", receive: "<-chan" } as const;

/** A function value as a term, `idOf` telling the ids of function literals; undefined for one that was not compiled. */
export function functionTerm(
  tables: Tables,
  value: FunctionValue,
  {
    parameters,
    idOf,
  }: { readonly parameters: Parameters; readonly idOf: (node: number) => string | undefined },
): FunctionTerm | undefined {
  switch (value.kind) {
    case "function":
      return ["function", value.id, ...value.typeArguments.map((type) => tables.type(type, parameters))];
    case "literal": {
      const id = idOf(value.node);
      return id === undefined ? undefined : ["function", id];
    }
    case "method":
      return ["method", tables.type(value.type, parameters), value.name];
    case "missing":
      return ["missing", value.name];
    default:
      return value satisfies never;
  }
}
