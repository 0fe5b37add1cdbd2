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
  /** Where it depends on what an alias is in a build: the builds that each of these lists has some file in. */
  readonly within?: readonly (readonly number[])[] | undefined;
}

/** A declaration of a type, by its type_spec or type_alias. */
export interface DeclaredType {
  readonly file: number;
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
  let crossed = false;
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    const key = keyOf(one);
    if (seen.has(key)) crossed = true;
    if (seen.has(key) || seen.size > aliasLimit) continue;
    seen.add(key);
    const { targets, defined } = declaredAs(one, typesOf(one.type));
    const differs = targets.length + (defined.length > 0 ? 1 : 0) > 1;
    const within = (files: readonly number[]) => (differs ? [...(one.within ?? []), files] : one.within);
    for (const { receiver, files } of targets) pending.push({ ...receiver, within: within(files) });
    if (defined.length > 0 || targets.length === 0) found.set(key, { ...one, within: within(defined) });
  }
  if (found.size === 0) return [written];
  // What is reached in several ways is taken to hold in all builds.
  return [...found.values()].map((one) => (crossed ? { ...one, within: undefined } : one));
}

function keyOf({ type, pointer }: Receiver): string {
  return `${pointer ? "*" : ""}${type}`;
}

interface Target {
  readonly receiver: Receiver;
  /** Of the aliases that are of it. */
  readonly files: number[];
}

/** What the declarations of a receiver's type make of it, and the files that define it. */
function declaredAs(
  { pointer }: Receiver,
  declarations: readonly DeclaredType[],
): { readonly targets: readonly Target[]; readonly defined: readonly number[] } {
  const targets = new Map<string, Target>();
  const defined: number[] = [];
  for (const declaration of declarations) {
    const { file } = declaration;
    const aliased = aliasedType(declaration);
    if (aliased === undefined) {
      defined.push(file);
      continue;
    }
    const receiver = { type: aliased.type, pointer: pointer || aliased.pointer };
    const known = targets.get(keyOf(receiver));
    if (known === undefined) targets.set(keyOf(receiver), { receiver, files: [file] });
    else known.files.push(file);
  }
  return { targets: [...targets.values()], defined };
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
