/** Gives types, parameters, packages and sets of builds their numbers, in the order in which sorted names use them. */
import type { BuildSets } from "../constraints/index.ts";
import type { ExportData } from "./format.ts";
import { isList, type ParameterTerm, type Term, type TypeTerm } from "./term.ts";

type Plain = string | number | boolean | null | readonly Plain[];

/** The tables of export data, filled as terms are numbered. */
export interface Numbering {
  readonly plain: (term: Term) => Plain;
  readonly tables: () => Pick<ExportData, "packages" | "builds" | "types" | "parameters">;
}

export function createNumbering(builds: BuildSets): Numbering {
  const packages = numbers<string>("");
  const sets = numbers<string>("");
  const types = new Map<TypeTerm, number>();
  const parameters = new Map<ParameterTerm, number>();
  const typeEntries: Plain[] = [];
  const parameterEntries: Plain[] = [];

  function plain(term: Term): Plain {
    if (typeof term !== "object" || term === null) return term;
    if (isList(term)) return term.map(plain);
    switch (term.kind) {
      case "type":
        return typeNumber(term);
      case "parameter":
        return parameterNumber(term);
      case "package":
        return packages.of(term.path);
      case "builds":
        return sets.of(builds.expression(term.set));
      default:
        return term satisfies never;
    }
  }

  /** After what it mentions. */
  function typeNumber(term: TypeTerm): number {
    let number = types.get(term);
    if (number === undefined) {
      const entry = plain(term.entry);
      number = typeEntries.push(entry) - 1;
      types.set(term, number);
    }
    return number;
  }

  function parameterNumber(term: ParameterTerm): number {
    let number = parameters.get(term);
    if (number === undefined) {
      number = parameters.size;
      parameters.set(term, number);
    }
    return number;
  }

  /** A constraint may bring further parameters, and mention its own. */
  function tables() {
    for (const { name, constraint } of parameters.keys()) parameterEntries.push([name, plain(constraint)]);
    return {
      packages: packages.all(),
      builds: sets.all(),
      // Terms are made in the form of these entries.
      types: typeEntries as unknown as ExportData["types"],
      parameters: parameterEntries as unknown as ExportData["parameters"],
    };
  }
  return { plain, tables };
}

/** Numbers from 1 for all but one. */
function numbers<T>(zero: T) {
  const known = new Map<T, number>([[zero, 0]]);
  return {
    of: (key: T): number => {
      const number = known.get(key) ?? known.size;
      known.set(key, number);
      return number;
    },
    all: (): T[] => [...known.keys()].slice(1),
  };
}
