/** What functions without a body take and give, as far as their types are known. */

import type { FunctionFacts, PackageFacts } from "../model/facts.ts";
import type { TypeFacts, TypeNumber, TypeTerm } from "../model/flow-facts.ts";
import { packageOf } from "../model/function-id.ts";
import { asSignature, formed, termAt } from "../model/type-parts.ts";
import type { StandardFacts } from "./declarations.ts";
import type { Program } from "./program.ts";

/** A signature with the package whose types it speaks of. */
export interface KnownSignature {
  readonly pkg: Pick<PackageFacts, "types">;
  readonly parameters: readonly TypeNumber[];
  readonly results: readonly TypeNumber[];
  readonly variadic: boolean;
}

export interface Signatures {
  /** Of a function or method by its id, also of one of an interface. */
  readonly of: (id: string) => KnownSignature | undefined;
}

/** Reads packages when something in them is first asked for. */
export function createSignatures(program: Program, standard: StandardFacts): Signatures {
  const known = new Map<string, PackageSignatures>();
  return {
    of: (id) => {
      const path = packageOf(id);
      let ofPackage = known.get(path);
      if (ofPackage === undefined) {
        const pkg = program.packageByPath.get(path) ?? standard.factsOf(path);
        known.set(path, (ofPackage = pkg === undefined ? nothingKnown : signaturesIn(pkg)));
      }
      return ofPackage(id);
    },
  };
}

type PackageSignatures = (id: string) => KnownSignature | undefined;

const nothingKnown: PackageSignatures = () => undefined;

function signaturesIn(pkg: PackageFacts): PackageSignatures {
  const functions = new Map<string, FunctionFacts>(pkg.functions.map((fn) => [fn.id, fn]));
  const types = new Map<string, TypeFacts>(
    pkg.declaredTypes.map((type) => [`${pkg.path}.${type.name}`, type]),
  );
  return (id) => {
    const found = functions.get(id);
    return signatureAt(pkg, found === undefined ? interfaceMethod(pkg, types, id) : found.signature);
  };
}

/** The signature of `(pkg.I).M`, where I itself declares M. */
function interfaceMethod(
  pkg: PackageFacts,
  types: ReadonlyMap<string, TypeFacts>,
  id: string,
): TypeNumber | undefined {
  const dot = id.lastIndexOf(".");
  const name = id.slice(dot + 1);
  const type = types.get(id.slice("(".length, dot - ")".length));
  const [, methods] = formed(termAt(pkg.types, type?.underlying), "interface") ?? [];
  // Names that are not exported have their package in front.
  return methods?.find(([method]) => method.slice(method.lastIndexOf(".") + 1) === name)?.[1];
}

/** The signature that a type is. */
export function signatureAt(
  pkg: Pick<PackageFacts, "types">,
  type: TypeNumber | undefined,
): KnownSignature | undefined {
  const term = asSignature(termAt(pkg.types, type));
  if (term === undefined) return undefined;
  return { pkg, parameters: term[1], results: term[2], variadic: term[0] === "variadic" };
}

/** The type of an argument, where the last parameter takes all that are left. */
export function parameterTerm(
  { pkg, parameters, variadic }: KnownSignature,
  index: number,
): TypeTerm | undefined {
  const last = parameters.length - 1;
  if (!variadic || index < last) return termAt(pkg.types, parameters[index]);
  const [, element] = formed(termAt(pkg.types, parameters[last]), "slice") ?? [];
  return termAt(pkg.types, element);
}

/** A type that has a name, or a pointer to one: `*net/http.Request`. */
export function plainName({ types }: Pick<PackageFacts, "types">, term: TypeTerm | undefined): string {
  if (typeof term === "string") return term;
  const element = termAt(types, formed(term, "pointer")?.[1]);
  return typeof element === "string" ? `*${element}` : "";
}
