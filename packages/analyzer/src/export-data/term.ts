/**
 * Terms: export data before anything in it has a number. What is equal has equal keys, in
 * whatever order it was met, so that numbers can be given last and in an order of their own.
 */
import type { BuildSet } from "../constraints/index.ts";

export type Term =
  | string
  | number
  | boolean
  | null
  | readonly Term[]
  | TypeTerm
  | ParameterTerm
  | PackageTerm
  | BuildsTerm;

/** An entry of the table of types. Equal entries are one object. */
export interface TypeTerm {
  readonly kind: "type";
  readonly id: number;
  readonly entry: readonly Term[];
}

export interface ParameterTerm {
  readonly kind: "parameter";
  readonly id: number;
  readonly name: string;
  /** Made once all types that lead here are there: it may mention the parameter itself. */
  constraint: Term;
}

export interface PackageTerm {
  readonly kind: "package";
  readonly path: string;
}

export interface BuildsTerm {
  readonly kind: "builds";
  readonly set: BuildSet;
}

/** The same for equal terms and for no others. */
export function termKey(term: Term): string {
  if (typeof term !== "object" || term === null) return JSON.stringify(term);
  if (isList(term)) return `[${term.map(termKey).join(",")}]`;
  switch (term.kind) {
    case "type":
      return `t${term.id}`;
    case "parameter":
      return `p${term.id}`;
    case "package":
      return `i${JSON.stringify(term.path)}`;
    case "builds":
      return `b${term.set}`;
    default:
      return term satisfies never;
  }
}

export function isList(term: Term): term is readonly Term[] {
  return Array.isArray(term);
}
