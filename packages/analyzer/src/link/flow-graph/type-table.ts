/** The types of all packages of a program, each once. */
import type { PackageFacts } from "../../model/facts.ts";
import type { TypeNumber, TypeTerm } from "../../model/flow-facts.ts";
import { asSignature, formed, mapParts, type SignatureTerm } from "../../model/type-parts.ts";

/** A type of the program. */
export type TypeId = number;

export interface TypeTable {
  /** The term of a type; its parts are ids. */
  readonly term: (type: TypeId) => TypeTerm;
  readonly intern: (term: TypeTerm) => TypeId;
  /** A type of a package's facts with type arguments put in; parameters without one are unknown. */
  readonly typeIn: (pkg: PackageFacts, type: TypeNumber, typeArguments: readonly TypeId[]) => TypeId;
  /** Whether no type parameter occurs in a type of a package's facts. */
  readonly isPlain: (pkg: PackageFacts, type: TypeNumber) => boolean;
  /** Whether something in it is not known, or may be written in several ways: an interface that embeds others. */
  readonly isVague: (type: TypeId) => boolean;
  /** How deep types are nested in it: 0 of a name, 1 of a pointer to one. */
  readonly depth: (type: TypeId) => number;
}

export function createTypeTable(): TypeTable {
  const terms: TypeTerm[] = [];
  const ids = new Map<string, TypeId>();
  /** By package the ids of types in which no type parameter occurs, as far as they were asked for; -1 for others. */
  const plain = new Map<PackageFacts, Int32Array>();
  const shapes: Shape[] = [];
  const intern = (term: TypeTerm): TypeId => {
    const key = keyOf(term);
    let id = ids.get(key);
    if (id === undefined) {
      ids.set(key, (id = terms.length));
      terms.push(term);
      shapes.push(shapeOf(term, shapes));
    }
    return id;
  };

  function plainTypes(pkg: PackageFacts): Int32Array {
    let known = plain.get(pkg);
    if (known === undefined) plain.set(pkg, (known = new Int32Array(pkg.types.length).fill(unasked)));
    return known;
  }

  /** Parts come before the whole, so that this ends. */
  function plainType(pkg: PackageFacts, ids: Int32Array, number: TypeNumber): TypeId {
    const known = ids[number] ?? -1;
    const term = pkg.types[number];
    if (known !== unasked || term === undefined) return known;
    let parametric = formed(term, "parameter") !== undefined;
    const mapped = mapParts(term, (part) => {
      const id = plainType(pkg, ids, part);
      if (id < 0) parametric = true;
      return id;
    });
    const id = parametric ? -1 : intern(mapped);
    ids[number] = id;
    return id;
  }

  /** By package and type arguments the types in which type parameters occur, as far as they were asked for. */
  const instances = new Map<PackageFacts, Map<string, Map<TypeNumber, TypeId>>>();
  let last: Instantiated | undefined;
  function instantiated(pkg: PackageFacts, typeArguments: readonly TypeId[]): Map<TypeNumber, TypeId> {
    // Who asks for the types of one instance does so many times.
    if (last?.pkg === pkg && last.typeArguments === typeArguments) return last.made;
    let ofPackage = instances.get(pkg);
    if (ofPackage === undefined) instances.set(pkg, (ofPackage = new Map()));
    const key = typeArguments.join();
    let made = ofPackage.get(key);
    if (made === undefined) ofPackage.set(key, (made = new Map()));
    last = { pkg, typeArguments, made };
    return made;
  }

  return {
    term: (type) => terms[type] ?? ["unknown", "invalid"],
    intern,
    typeIn: (pkg, type, typeArguments) => {
      const known = plainTypes(pkg);
      const plainId = plainType(pkg, known, type);
      if (plainId >= 0) return plainId;
      const made = instantiated(pkg, typeArguments);
      // Parts come before the whole, so that this ends; a part of many is made once.
      const put = (number: TypeNumber): TypeId => {
        const id = plainType(pkg, known, number);
        if (id >= 0) return id;
        let one = made.get(number);
        if (one !== undefined) return one;
        const term = pkg.types[number] ?? ["unknown", "invalid"];
        const parameter = formed(term, "parameter");
        one =
          parameter === undefined
            ? intern(mapParts(term, put))
            : (typeArguments[parameter[1]] ?? intern(["unknown", "not-inferred"]));
        made.set(number, one);
        return one;
      };
      return put(type);
    },
    isPlain: (pkg, type) => plainType(pkg, plainTypes(pkg), type) >= 0,
    isVague: (type) => shapes[type]?.isVague === true,
    depth: (type) => shapes[type]?.depth ?? 0,
  };
}

/** The types of a package with type arguments put in. */
interface Instantiated {
  readonly pkg: PackageFacts;
  readonly typeArguments: readonly TypeId[];
  readonly made: Map<TypeNumber, TypeId>;
}

/** Different for different terms: no name has a blank as its only mark. */
function keyOf(term: TypeTerm): string {
  if (typeof term === "string") return term;
  return term.length === 2 && typeof term[1] === "number" ? `${term[0]} ${term[1]}` : JSON.stringify(term);
}

interface Shape {
  readonly isVague: boolean;
  readonly depth: number;
}

/** Parts are made before the whole. */
function shapeOf(term: TypeTerm, shapes: readonly Shape[]): Shape {
  const [, , embedded = []] = formed(term, "interface") ?? [];
  let isVague = formed(term, "unknown") !== undefined || embedded.length > 0;
  let depth = 0;
  mapParts(term, (part) => {
    isVague ||= shapes[part]?.isVague === true;
    depth = Math.max(depth, 1 + (shapes[part]?.depth ?? 0));
    return part;
  });
  return { isVague, depth };
}

/** Of a type that nobody has asked for. */
const unasked = -2;

/** The signature that a type is; undefined if it is none. */
export function signatureTerm(types: TypeTable, type: TypeId | undefined): SignatureTerm | undefined {
  return type === undefined ? undefined : asSignature(types.term(type));
}
