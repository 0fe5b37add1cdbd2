/** What values of a type may hold, as far as flows are concerned. */
import { type Checker, Is, type Type, unalias, underlying } from "../../types/index.ts";

/**
 * `nothing`: numbers and truth values, and containers of them. `data`: strings, bytes and
 * runes, and containers of data, in whose own place is what they contain. `all`: whatever may
 * lead to functions or methods.
 */
export type Contents = "nothing" | "data" | "all";

export interface TypeKnowledge {
  readonly contents: (type: Type) => Contents;
  /** Values of that type are in interfaces under their own type: it may have methods, or fields. */
  readonly dispatches: (type: Type) => boolean;
  /** Not a type parameter. */
  readonly isInterface: (type: Type) => boolean;
  /** A pointer behind which another place is changed; of structs the fields are places anyway. */
  readonly aliases: (type: Type) => boolean;
  /** A pointer behind which functions or methods are changed; what leads to it leads there too. */
  readonly leadsBack: (type: Type) => boolean;
}

/** Answers for the current builds; asks what is underneath declared types, and remembers it. */
export function typeKnowledge({ types, universe }: Checker): TypeKnowledge {
  const known = new Map<Type, Contents>();
  /** The most that something holds of all that the type is made of. Remembers nothing if it throws. */
  const contents = (type: Type): Contents => {
    const plain = type.canonical;
    let most = known.get(plain);
    if (most !== undefined) return most;
    most = "nothing";
    const inside = new Set<Type>([plain]);
    for (const part of inside) {
      const found = known.get(part) ?? contentsOf(part);
      if (typeof found === "string") most = larger(most, found);
      else for (const one of found) inside.add(one.canonical);
      if (inside.size > sizeLimit) most = "all";
      if (most === "all") break;
    }
    known.set(plain, most);
    return most;
  };
  /** The types of its parts, if that decides. */
  const contentsOf = (type: Type): Contents | readonly Type[] => {
    switch (type.kind) {
      case "basic":
        return (type.is & (Is.string | Is.unsafePointer)) !== 0 || bytes.has(type) ? "data" : "nothing";
      case "named":
        return isStruct(type) ? "all" : [underlying(types, type)];
      case "pointer":
      case "slice":
      case "array":
      case "channel":
        return [type.element];
      case "map":
        return [type.key, type.element];
      case "struct":
        return type.fields.length === 0 ? "nothing" : "all";
      default:
        return "all";
    }
  };
  const bytes: ReadonlySet<Type> = new Set([universe.byte.canonical, universe.rune.canonical]);
  const isStruct = (type: Type) => underlying(types, type).kind === "struct";
  const declares = (type: Type): boolean => {
    const plain = unalias(type);
    if (plain.kind === "struct" || plain.kind === "parameter") return true;
    return plain.kind === "named" && (plain.declaration.methodNames().length > 0 || isStruct(plain));
  };
  return {
    contents,
    dispatches: (type) => {
      const plain = unalias(type);
      return declares(plain.kind === "pointer" ? plain.element : plain);
    },
    isInterface: (type) => unalias(type).kind !== "parameter" && underlying(types, type).kind === "interface",
    aliases: (type) => {
      const pointer = underlying(types, type);
      return pointer.kind === "pointer" && contents(type) !== "nothing" && !isStruct(pointer.element);
    },
    leadsBack: (type) => {
      let at = underlying(types, type);
      for (let depth = 0; at.kind === "pointer" && depth < pointerLimit; depth++) {
        at = underlying(types, at.element);
        if (at.kind === "interface" || at.kind === "signature") return true;
      }
      return false;
    },
  };
}

/** Types that are made of more may hold anything. */
const sizeLimit = 100;

/** Pointers to pointers, so many, lead somewhere. */
const pointerLimit = 10;

function larger(a: Contents, b: Contents): Contents {
  if (a === "all" || b === "all") return "all";
  return a === "data" || b === "data" ? "data" : "nothing";
}
