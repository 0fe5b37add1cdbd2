/** What stands in package-level declarations beside bodies and values: for observers that want to know of each name and type. */

import { specNames } from "../declare/lists.ts";
import type { Declaration } from "../declare/package-scope.ts";
import { childByField, children, F, K, kind, type Node } from "../syntax/index.ts";
import type { Place } from "./checker.ts";
import type { SourceFunction } from "./function-declaration.ts";
import { chooseVariant, type PackageObject } from "./object.ts";
import { parameters, signatureType } from "./signature.ts";
import type { TypeParameter } from "./type.ts";
import { withParameters } from "./type-declaration.ts";

/** The name, receiver, type parameters and signature of a function or method; `place` is its own. */
export function functionHead(place: Place, { declaration, signature }: SourceFunction): void {
  const { checker, file, observer } = place;
  const { name, node, receiver } = declaration;
  const nameNode = childByField(file.tree, node, F.name);
  const type = signature();
  if (receiver === undefined) {
    observer?.named?.(nameNode, { kind: "function", package: file.package, name, type: () => type });
  } else {
    const object = chooseVariant(checker.session, file.lookUp(receiver.type));
    const method = object?.kind === "type" ? object.declaration.method(name, file.package) : undefined;
    if (method !== undefined)
      observer?.named?.(nameNode, { kind: "callable", callable: { kind: "method", method }, type });
    parameters(place, childByField(file.tree, node, F.receiver));
  }
  typeParameters(place, childByField(file.tree, node, F.type_parameters), type.typeParameters);
  signatureType(place, node);
}

/** The name of a type, variable or constant, and what a type is made of. */
export function declarationHead(place: Place, declaration: Exclude<Declaration, { kind: "function" }>): void {
  const { checker, file, observer } = place;
  const object = chooseVariant(checker.session, file.lookUp(declaration.name));
  if (object === undefined) return;
  const nameNode = nameOf(place, declaration);
  if (nameNode >= 0) observer?.named?.(nameNode, object);
  if (declaration.kind === "type") typeHead(place, declaration.node, object);
}

function nameOf({ file: { tree } }: Place, declaration: Exclude<Declaration, { kind: "function" }>): Node {
  switch (declaration.kind) {
    case "type":
      return childByField(tree, declaration.node, F.name);
    case "variable":
      return specNames(tree, declaration.node)[declaration.index] ?? -1;
    case "constant":
      return declaration.spec.names[declaration.index] ?? -1;
    default:
      return declaration satisfies never;
  }
}

function typeHead(place: Place, node: Node, object: PackageObject): void {
  if (object.kind !== "type" && object.kind !== "alias") return;
  const { checker, file } = place;
  const { declaration } = object;
  const inside = withParameters(place, node, declaration.typeParameters());
  typeParameters(inside, childByField(file.tree, node, F.type_parameters), declaration.typeParameters());
  const owner = object.kind === "type" ? object.declaration : undefined;
  checker.typeOf(inside, childByField(file.tree, node, F.type), owner);
}

/** Their names, each with its own parameter, and their constraints. */
function typeParameters(place: Place, list: Node, own: readonly TypeParameter[]): void {
  if (list < 0) return;
  const { checker, file, observer } = place;
  let index = 0;
  for (const group of children(file.tree, list)) {
    if (kind(file.tree, group) !== K.type_parameter_declaration) continue;
    for (const name of children(file.tree, group).filter((child) => file.tree.fields[child] === F.name)) {
      const type = own[index++];
      if (type !== undefined) observer?.named?.(name, { kind: "local type", type });
    }
    checker.typeOf(place, childByField(file.tree, group, F.type));
  }
}
