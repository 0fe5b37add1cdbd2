/** What types in facts are made of. */
import type { TypeNumber, TypeTerm } from "./flow-facts.ts";

type Form = Exclude<TypeTerm, string>[0];

type FormedTerm<T extends TypeTerm, F extends Form> = T extends readonly [infer K, ...unknown[]]
  ? F extends K
    ? T
    : never
  : never;

/** The term of a type that is not always there. */
export function termAt(types: readonly TypeTerm[], type: TypeNumber | undefined): TypeTerm | undefined {
  return type === undefined ? undefined : types[type];
}

/** The term if it has that form; undefined of others, and of names. */
export function formed<F extends Form>(
  term: TypeTerm | undefined,
  form: F,
): FormedTerm<TypeTerm, F> | undefined {
  // The first of a term is its form.
  return typeof term !== "string" && term?.[0] === form ? (term as FormedTerm<TypeTerm, F>) : undefined;
}

export type SignatureTerm = FormedTerm<TypeTerm, "func">;

/** The term if it is that of a signature, variadic or not. */
export function asSignature(term: TypeTerm | undefined): SignatureTerm | undefined {
  return formed(term, "func") ?? formed(term, "variadic");
}

/** A term with other parts. */
export function mapParts(term: TypeTerm, put: (part: TypeNumber) => TypeNumber): TypeTerm {
  if (typeof term === "string") return term;
  switch (term[0]) {
    case "instance": {
      const [kind, name, ...parts] = term;
      return [kind, name, ...parts.map(put)];
    }
    case "pointer":
    case "slice":
    case "chan":
    case "<-chan":
    case "chan<-":
      return [term[0], put(term[1])];
    case "array":
      return [term[0], term[1], put(term[2])];
    case "map":
      return [term[0], put(term[1]), put(term[2])];
    case "func":
    case "variadic":
      return [term[0], term[1].map(put), term[2].map(put)];
    case "struct": {
      const [kind, ...fields] = term;
      return [
        kind,
        ...fields.map(([name, type, embedded, tag]) => {
          if (tag !== undefined) return [name, put(type), embedded ?? 0, tag] as const;
          return embedded === undefined
            ? ([name, put(type)] as const)
            : ([name, put(type), embedded] as const);
        }),
      ];
    }
    case "interface":
      return [term[0], term[1].map(([name, type]) => [name, put(type)] as const), term[2].map(put)];
    case "union": {
      const [kind, ...parts] = term;
      return [kind, ...parts.map(put)];
    }
    case "parameter":
    case "unknown":
      return term;
    default:
      return term satisfies never;
  }
}
