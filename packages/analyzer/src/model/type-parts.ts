/** What types in facts are made of. */
import type { TypeNumber, TypeTerm } from "./flow-facts.ts";

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
