/** What methods are declared on (Go spec, Method declarations). */
import {
  childByField,
  childOfKind,
  children,
  F,
  type FlatTree,
  K,
  kind,
  type Node,
  text,
} from "../syntax/index.ts";

/** The receiver's base type, by its name in the package, and whether it is a pointer. */
export interface Receiver {
  readonly type: string;
  readonly pointer: boolean;
}

/** A declaration of a type, by its type_spec or type_alias. */
export interface DeclaredType {
  readonly tree: FlatTree;
  readonly node: Node;
}

/** The receiver as it is written; parentheses and type parameters do not matter. */
export function writtenReceiver(tree: FlatTree, receiver: Node): Receiver {
  const type = childByField(tree, childOfKind(tree, receiver, K.parameter_declaration), F.type);
  return baseType(tree, type) ?? { type: "_", pointer: false };
}

/** Aliases that are followed from one receiver; the type checker does not follow more either. */
const aliasLimit = 250;

/**
 * The receivers that a written one stands for: an alias is what it is of. Several where
 * the alias differs between builds, itself where it is of no named type of the package.
 */
export function receiversOf(
  written: Receiver,
  typesOf: (name: string) => readonly DeclaredType[],
): readonly Receiver[] {
  const found = new Map<string, Receiver>();
  const seen = new Set<string>();
  const pending = [written];
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    const key = `${one.pointer ? "*" : ""}${one.type}`;
    if (seen.has(key) || seen.size > aliasLimit) continue;
    seen.add(key);
    const { pointer } = one;
    const declared = typesOf(one.type);
    const aliased = declared.flatMap((declaration) => aliasedType(declaration) ?? []);
    for (const next of aliased) pending.push({ type: next.type, pointer: pointer || next.pointer });
    if (aliased.length < declared.length || declared.length === 0) found.set(key, one);
  }
  return found.size > 0 ? [...found.values()] : [written];
}

/** What an alias is of; undefined for a defined type, and for what no method can be declared on. */
function aliasedType({ tree, node }: DeclaredType): Receiver | undefined {
  if (kind(tree, node) !== K.type_alias || childByField(tree, node, F.type_parameters) >= 0) return undefined;
  return baseType(tree, childByField(tree, node, F.type));
}

/** The name that a type comes down to behind stars, parentheses and type arguments; undefined if to none. */
function baseType(tree: FlatTree, type: Node): Receiver | undefined {
  let pointer = false;
  for (let node = type; node >= 0; ) {
    const of = kind(tree, node);
    if (of === K.type_identifier) return { type: text(tree, node), pointer };
    if (!wrappers.has(of)) return undefined;
    if (of === K.pointer_type) pointer = true;
    node = of === K.generic_type ? childByField(tree, node, F.type) : typeInside(tree, node);
  }
  return undefined;
}

const wrappers: ReadonlySet<number> = new Set([K.pointer_type, K.parenthesized_type, K.generic_type]);

function typeInside(tree: FlatTree, node: Node): Node {
  return (
    children(tree, node).find(
      (child) => kind(tree, child) === K.type_identifier || wrappers.has(kind(tree, child)),
    ) ?? -1
  );
}
