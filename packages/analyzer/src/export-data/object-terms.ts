/** What a name of a package is, as terms: a meaning for each set of builds. */
import type { BuildSet } from "../constraints/index.ts";
import type { Checker } from "../types/checker.ts";
import type { PackageInterface, PackageObject } from "../types/object.ts";
import type { Method, SignatureType, TypeDeclaration } from "../types/type.ts";
import { constantEntry } from "./constant-entry.ts";
import { joined, type TermPart, termParts, varyingTerm } from "./parts.ts";
import type { Term } from "./term.ts";
import { disjoint, type TypeTerms } from "./type-terms.ts";

export interface ObjectTerms {
  readonly checker: Checker;
  readonly source: PackageInterface;
  readonly types: TypeTerms;
}

/** The meanings of a name; of an unexported one only its types, which is all that others can get at. */
export function objectTerms(
  { checker, source, types }: ObjectTerms,
  { name, exported }: { readonly name: string; readonly exported: boolean },
): Term[] {
  const { session } = checker;

  function partsOf(object: PackageObject, domain: BuildSet): TermPart[] {
    switch (object.kind) {
      case "type":
        return [{ builds: domain, term: declarationTerm(object.declaration, domain) }];
      case "alias":
        return termParts(session, domain, {
          compute: object.declaration.actual,
          encode: (actual) => [
            "alias",
            types.of(actual),
            ...object.declaration.typeParameters().map(types.of),
          ],
        });
      case "function":
        return termParts(session, domain, {
          compute: object.type,
          encode: (type) => ["func", types.of(type)],
        });
      case "variable":
        return termParts(session, domain, {
          compute: object.type,
          encode: (type) => ["var", types.of(type)],
        });
      case "constant":
        return termParts(session, domain, {
          compute: () => ({ type: object.type(), value: object.value() }),
          encode: ({ type, value }) => ["const", types.of(type), constantEntry(value)],
        });
      default:
        return object satisfies never;
    }
  }

  function declarationTerm(declaration: TypeDeclaration, domain: BuildSet): Term {
    const underlying = termParts(session, domain, { compute: declaration.underlying, encode: types.of });
    return [
      "type",
      varyingTerm(session, underlying),
      declaration.typeParameters().map(types.of),
      ...declaration.methodNames().flatMap((method) => methodTerm(declaration, domain, method)),
    ];
  }

  function methodTerm(declaration: TypeDeclaration, domain: BuildSet, wanted: string): Term[] {
    const parts = termParts(session, domain, {
      compute: () => {
        const method = declaration.method(wanted, source.path);
        return method === undefined ? undefined : { ...method, signature: method.signature() };
      },
      encode: (method) =>
        method === undefined
          ? null
          : [
              receiverTerm(method, method.signature),
              types.of(method.signature),
              ...method.receiverParameters.map(types.of),
            ],
    });
    const declared = withBuilds(parts.filter(({ term }) => term !== null));
    return declared.length === 0 ? [] : [[wanted, ...declared]];
  }

  function withBuilds(parts: readonly TermPart[]): Term[] {
    return joined(session, parts).map(({ builds, term }) => [
      { kind: "builds", set: builds },
      ...(term as readonly Term[]),
    ]);
  }

  const variants = disjoint(checker, source.lookUp(name)).filter(
    ({ builds, object }) =>
      !session.builds.isEmpty(builds) && (exported || object.kind === "type" || object.kind === "alias"),
  );
  return withBuilds(variants.flatMap(({ builds, object }) => partsOf(object, builds)));
}

/** The name of a receiver matters where a method expression shows it: beside named parameters. */
function receiverTerm(
  { pointer, receiverName }: Pick<Method, "pointer" | "receiverName">,
  { parameters }: SignatureType,
): Term {
  const shown = (parameters[0]?.name ?? "") !== "" && receiverName !== "";
  if (shown) return `${pointer ? "*" : ""}${receiverName}`;
  return pointer ? 1 : 0;
}
