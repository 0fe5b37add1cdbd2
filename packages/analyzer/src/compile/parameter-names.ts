/** What a function calls its parameters. */
import {
  childByField,
  children,
  childrenOfKind,
  F,
  type FlatTree,
  K,
  kind,
  type Node,
  text,
} from "../syntax/index.ts";

/** The names of a declaration's parameters, the receiver first; empty where one has none. Ends with the last that has one. */
export function parameterNames(tree: FlatTree, declaration: Node): string[] {
  const receiver = childByField(tree, declaration, F.receiver);
  const [own = -1] = receiver < 0 ? [] : childrenOfKind(tree, receiver, K.parameter_declaration);
  const list = childByField(tree, declaration, F.parameters);
  const names = [
    ...(receiver < 0 ? [] : namesIn(tree, own).slice(0, 1)),
    ...(list < 0 ? [] : children(tree, list).filter((one) => isParameter(tree, one))).flatMap((one) =>
      namesIn(tree, one),
    ),
  ];
  return names.slice(0, names.findLastIndex((name) => name !== "") + 1);
}

function isParameter(tree: FlatTree, node: Node): boolean {
  return (
    kind(tree, node) === K.parameter_declaration || kind(tree, node) === K.variadic_parameter_declaration
  );
}

function namesIn(tree: FlatTree, parameter: Node): string[] {
  if (parameter < 0) return [""];
  const names = children(tree, parameter).filter((part) => tree.fields[part] === F.name);
  return names.length === 0 ? [""] : names.map((name) => text(tree, name));
}
