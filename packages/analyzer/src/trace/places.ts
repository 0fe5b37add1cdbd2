/**
 * Numbers for places and what may be so of them. Places of a declared function and the closures in it are
 * numbered together, when the function is first looked at; package variables, fields and
 * what panics carry are one place each for the whole program.
 */
import type { PackageFacts } from "../model/facts.ts";
import {
  firstShared,
  nothing,
  type PlaceNumber,
  panicked,
  type TypeNumber,
  unknown,
} from "../model/flow-facts.ts";

/** What may be so of a place. A number, so that a place and a state make one: a `State`. */
export const Mark = {
  /** The value is such data, or something that brings it. */
  whole: 0,
  /** Something in the value is. */
  part: 1,
  /** It names a file in which such data is. */
  file: 2,
  /** It is the path of a file with credentials, or that is run at start. */
  credentialPath: 3,
  startupPath: 4,
  /** It is text that was escaped or encoded: what an address brings to the server, and not where that is. */
  payload: 5,
  /** It is the folder of a user. */
  homePath: 6,
  /** It is the path of a file that was found below such a folder, or below the root. */
  foundPath: 7,
  /** Such data was written into what it refers to. Goes backwards, to where that comes from. */
  written: 8,
  /** Into a part of it. */
  partWritten: 9,
  /** Into the file that it names. */
  fileWritten: 10,
} as const;
export type Mark = (typeof Mark)[keyof typeof Mark];

export const marks = 11;
/** From here on marks go backwards. */
export const firstBackward = Mark.written;

/** A place with a mark. */
export type State = number;

export function stateOf(place: number, mark: Mark): State {
  return place * marks + mark;
}

export function placeOf(state: State): number {
  return Math.floor(state / marks);
}

export function markOf(state: State): Mark {
  // A state is made of a mark.
  return (state % marks) as Mark;
}

export interface Places {
  /** The place of a function that is numbered from `base`; -1 for none. */
  readonly of: (pkg: PackageFacts, base: number, place: PlaceNumber) => number;
  /** So many new ones; gives the first. */
  readonly add: (many: number) => number;
  /** The place that stands for a file by its path. */
  readonly file: (path: string) => number;
  readonly isFile: (place: number) => boolean;
  /** What a place that functions share is called; undefined of others. */
  readonly nameOf: (place: number) => string | undefined;
  /**
   * Whether it is a variable of a package whose code is not followed, `base64.StdEncoding`: what is given to its methods does not
   * come back from it to others, as from a variable of the program. What is put into its fields does.
   */
  readonly isForeign: (place: number) => boolean;
}

/** `isFollowed` says of which packages the code is, by their paths. */
export function createPlaces(isFollowed: (path: string) => boolean): Places {
  let count = 0;
  const byKey = new Map<string, number>();
  // By place.
  const names: (string | undefined)[] = [];
  const files = new Set<number>();
  const foreign = new Set<number>();
  const byPackage = new Map<PackageFacts, number[]>();
  const named = (key: string, name: string): number => {
    let place = byKey.get(key);
    if (place === undefined) {
      byKey.set(key, (place = count++));
      while (names.length < place) names.push(undefined);
      names.push(name);
    }
    return place;
  };
  const sharedOf = (pkg: PackageFacts, index: number): number => {
    const [kind, of, name] = pkg.places[index] ?? [];
    if (kind === "variable") {
      const path = of === "" ? pkg.path : of;
      const place = named(`variable ${path}.${name}`, `${path}.${name}`);
      if (!isFollowed(path)) foreign.add(place);
      return place;
    }
    if (kind !== "field" || typeof of !== "number") return -1;
    const holder = holderName(pkg, of);
    return named(`field ${holder} ${name}`, `(${holder}).${name.slice(name.lastIndexOf(".") + 1)}`);
  };
  return {
    add: (many) => {
      count += many;
      return count - many;
    },
    file: (path) => {
      const place = named(`file ${path}`, path);
      files.add(place);
      return place;
    },
    isFile: (place) => files.has(place),
    isForeign: (place) => foreign.has(place),
    nameOf: (place) => names[place],
    of: (pkg, base, place) => {
      if (place >= 0) return base + place;
      if (place === nothing || place === unknown) return -1;
      if (place === panicked) return named("panic", "panic");
      let shared = byPackage.get(pkg);
      if (shared === undefined) byPackage.set(pkg, (shared = []));
      const index = firstShared - place;
      return (shared[index] ??= sharedOf(pkg, index));
    },
  };
}

/** The name of a struct type, or of what a pointer leads to; instances of a generic one share their fields. */
export function holderName({ types }: Pick<PackageFacts, "types">, type: TypeNumber): string {
  let term = types[type];
  while (term?.[0] === "pointer" && typeof term !== "string") term = types[term[1]];
  if (typeof term === "string") return term;
  if (term?.[0] === "instance") return term[1];
  if (term?.[0] !== "struct") return "?";
  const [, ...fields] = term;
  return `struct{${fields.map(([name]) => name).join("; ")}}`;
}
