/** Types declared inside functions. */
import { childByField, F, K, kind, type Node, text } from "../syntax/index.ts";
import type { Place } from "./checker.ts";
import type { AliasDeclaration, Type, TypeDeclaration } from "./type.ts";
import { underlying } from "./type-set.ts";

/** Declares a local type or alias in the place's block. */
export function declareLocalType(place: Place, spec: Node): void {
  const { tree } = place.file;
  const nameNode = childByField(tree, spec, F.name);
  const name = text(tree, nameNode);
  const typeNode = childByField(tree, spec, F.type);
  if (kind(tree, spec) === K.type_alias) declareLocalAlias(place, name, typeNode);
  else declareDefinedType(place, name, typeNode);
  const meaning = place.scope?.names.get(name);
  if (meaning !== undefined) place.observer?.named?.(nameNode, meaning);
}

function declareLocalAlias(place: Place, name: string, typeNode: Node): void {
  const { checker, file, scope } = place;
  const actual = checker.typeOf(place, typeNode);
  const declaration: AliasDeclaration = {
    name,
    package: file.package,
    typeParameters: () => [],
    actual: () => actual,
  };
  scope?.names.set(name, {
    kind: "local alias",
    declaration,
    type: checker.types.alias(declaration, actual),
  });
}

function declareDefinedType(place: Place, name: string, typeNode: Node): void {
  const { checker, file, scope } = place;
  let defined: Type | undefined;
  const declaration: TypeDeclaration = {
    name,
    package: file.package,
    local: true,
    typeParameters: () => [],
    underlying: () =>
      defined === undefined ? checker.types.unknown("cycle") : underlying(checker.types, defined),
    method: () => undefined,
    methodNames: () => [],
  };
  // Before its type is evaluated, so that it may name itself.
  scope?.names.set(name, { kind: "local type", type: checker.types.named(declaration) });
  defined = checker.typeOf(place, typeNode, declaration);
}
