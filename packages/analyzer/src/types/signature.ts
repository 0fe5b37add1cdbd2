/** Parameter lists and results: signatures of functions, methods, function types and literals. */
import { childByField, children, F, K, kind, type Node, text } from "../syntax/index.ts";
import type { Place } from "./checker.ts";
import type { Parameter, SignatureType, TypeParameter } from "./type.ts";

/** The signature in the fields `parameters` and `result` of a node. */
export function signatureType(
  place: Place,
  node: Node,
  typeParameters: readonly TypeParameter[] = [],
): SignatureType {
  const { tree } = place.file;
  const list = childByField(tree, node, F.parameters);
  return place.checker.types.signature({
    typeParameters,
    parameters: list < 0 ? [] : parameters(place, list),
    results: results(place, childByField(tree, node, F.result)),
    variadic:
      list >= 0 &&
      children(tree, list).some((child) => kind(tree, child) === K.variadic_parameter_declaration),
  });
}

/** The parameters in a parameter_list, one for each name. */
export function parameters(place: Place, list: Node): Parameter[] {
  const { tree } = place.file;
  return children(tree, list).flatMap((child): Parameter[] => {
    const of = kind(tree, child);
    const variadic = of === K.variadic_parameter_declaration;
    if (!variadic && of !== K.parameter_declaration) return [];
    const plain = place.checker.typeOf(place, childByField(tree, child, F.type));
    const type = variadic ? place.checker.types.slice(plain) : plain;
    const names = children(tree, child).filter((part) => tree.fields[part] === F.name);
    for (const name of names)
      place.observer?.named?.(name, { kind: "local variable", type, declaredAt: name });
    return names.length === 0
      ? [{ name: "", type }]
      : names.map((name) => ({ name: text(tree, name), type }));
  });
}

function results(place: Place, node: Node): Parameter[] {
  if (node < 0) return [];
  if (kind(place.file.tree, node) === K.parameter_list) return parameters(place, node);
  return [{ name: "", type: place.checker.typeOf(place, node) }];
}
