/** The parts of declarations and lists. */
import {
  childOfKind,
  children,
  childrenOfKind,
  F,
  type FlatTree,
  K,
  kind,
  type Node,
  text,
} from "../syntax/index.ts";

/** type_spec and type_alias nodes of a type declaration. */
export function typeSpecs(tree: FlatTree, declaration: Node): Node[] {
  return children(tree, declaration).filter((child) =>
    [K.type_spec, K.type_alias].includes(kind(tree, child)),
  );
}

/** The var_spec nodes of a var declaration, in a list or not. */
export function varSpecs(tree: FlatTree, declaration: Node): Node[] {
  const list = childOfKind(tree, declaration, K.var_spec_list);
  return childrenOfKind(tree, list < 0 ? declaration : list, K.var_spec);
}

/** The identifiers that a var_spec or const_spec declares. */
export function specNames(tree: FlatTree, spec: Node): Node[] {
  return children(tree, spec).filter(
    (child) => tree.fields[child] === F.name && kind(tree, child) === K.identifier,
  );
}

/** The members of an expression_list, without commas and comments; a single expression is its own list. */
export function expressions(tree: FlatTree, list: Node): Node[] {
  if (kind(tree, list) !== K.expression_list) return [list];
  return children(tree, list).filter((child) => kind(tree, child) !== K.comment && text(tree, child) !== ",");
}
