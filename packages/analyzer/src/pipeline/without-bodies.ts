/** Facts of a package without what its functions do: what link needs of a package that is not followed. */
import type { FunctionFacts, PackageFacts } from "../model/facts.ts";
import type { TypeNumber, TypeTerm } from "../model/flow-facts.ts";
import { mapParts } from "../model/type-parts.ts";

/** Types, and functions and methods with their signatures; those that are not exported only as methods. */
export function withoutBodies(facts: PackageFacts): PackageFacts {
  const kept = facts.functions.filter(({ kind, entry }) => kind === "method" || entry !== undefined);
  const { types, renumber } = keptTypes(facts.types, [
    ...kept.flatMap(({ signature }) => signature ?? []),
    ...facts.declaredTypes.map(({ underlying }) => underlying),
  ]);
  return {
    ...facts,
    files: facts.files.map((file) => ({ ...file, imports: [] })),
    functions: kept
      .filter(({ kind }) => kind === "method" || kind === "function")
      .map((fn) => declarationOf(fn, renumber)),
    names: [],
    types,
    declaredTypes: facts.declaredTypes.map((type) => ({ ...type, underlying: renumber(type.underlying) })),
    places: [],
    functionValues: [],
    directives: [],
    assembly: [],
    diagnostics: [],
  };
}

function declarationOf(fn: FunctionFacts, renumber: (type: TypeNumber) => TypeNumber): FunctionFacts {
  const { flows: _flows, bodies: _bodies, signature, ...rest } = fn;
  return {
    ...rest,
    fingerprint: "",
    size: 0,
    uses: [],
    ...(signature !== undefined && { signature: renumber(signature) }),
  };
}

interface KeptTypes {
  readonly types: readonly TypeTerm[];
  readonly renumber: (type: TypeNumber) => TypeNumber;
}

/** The types that some consist of, in their order: parts before the whole. */
function keptTypes(types: readonly TypeTerm[], wanted: readonly TypeNumber[]): KeptTypes {
  const kept = new Set(wanted);
  for (let type = types.length - 1; type >= 0; type--) {
    const term = types[type];
    if (term === undefined || !kept.has(type)) continue;
    mapParts(term, (part) => {
      kept.add(part);
      return part;
    });
  }
  const numbers = new Map([...kept].sort((a, b) => a - b).map((type, number) => [type, number]));
  const renumber = (type: TypeNumber) => numbers.get(type) ?? -1;
  return {
    types: types.flatMap((term, type) => (kept.has(type) ? [mapParts(term, renumber)] : [])),
    renumber,
  };
}
