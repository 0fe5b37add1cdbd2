/**
 * Which literals put a `reflect.Value` into memory of their own: behind the pointer of `&T{...}`, or into a slice. Structs
 * and arrays that stand in a literal are parts of it.
 */
import { childByField, children, F, type FlatTree, K, kind, type Node, text } from "../syntax/index.ts";
import { type Checker, coreType, type Type } from "../types/index.ts";
import { depthLimit, unparenthesised } from "./flows/walk.ts";

export interface Looking {
  readonly tree: FlatTree;
  readonly types: Checker["types"];
  /** Whether a type is `reflect.Value`, or a struct or array that one is in. */
  readonly holds: (type: Type) => boolean;
}

export interface Literal {
  /** The braces. */
  readonly body: Node;
  readonly type: Type;
  /** Whether a pointer leads to it. */
  readonly isPointed: boolean;
}

/** May throw a `Split`. Linear in the literal. */
export function putsReflectValue(looking: Looking, { body, type, isPointed }: Literal, depth = 0): boolean {
  const { tree } = looking;
  const core = coreType(looking.types, type);
  if (core === undefined || depth > depthLimit) return false;
  const elements = children(tree, body).filter((child) =>
    [K.literal_element, K.keyed_element].includes(kind(tree, child)),
  );
  return elements.some((element, index) => {
    const of = elementType(tree, core, { element, index });
    if (of === undefined) return false;
    const isShared = core.kind === "slice" || (isPointed && core.kind !== "map");
    return puts(looking, { node: valueOf(tree, element), type: of, isPointed: isShared }, depth + 1);
  });
}

interface Written {
  readonly element: Node;
  /** Among the elements. */
  readonly index: number;
}

function elementType(
  tree: FlatTree,
  core: NonNullable<ReturnType<typeof coreType>>,
  { element, index }: Written,
): Type | undefined {
  switch (core.kind) {
    case "struct": {
      if (kind(tree, element) !== K.keyed_element) return core.fields[index]?.type;
      const name = text(tree, unparenthesised(tree, childByField(tree, element, F.key)));
      return core.fields.find((field) => field.name === name)?.type;
    }
    case "array":
    case "slice":
    case "map":
      return core.element;
    default:
      return undefined;
  }
}

function valueOf(tree: FlatTree, element: Node): Node {
  const isKeyed = kind(tree, element) === K.keyed_element;
  return unparenthesised(tree, isKeyed ? childByField(tree, element, F.value) : element);
}

interface Part {
  readonly node: Node;
  readonly type: Type;
  readonly isPointed: boolean;
}

function puts(looking: Looking, { node, type, isPointed }: Part, depth: number): boolean {
  const { tree, types, holds } = looking;
  if (node < 0) return false;
  if (kind(tree, node) === K.literal_value) {
    const core = coreType(types, type);
    // In a list of pointers `{...}` stands for `&T{...}`.
    const literal = core?.kind === "pointer" ? { type: core.element, isPointed: true } : { type, isPointed };
    return putsReflectValue(looking, { body: node, ...literal }, depth);
  }
  if (!isPointed || !holds(type)) return false;
  if (kind(tree, node) !== K.composite_literal) return true;
  return putsReflectValue(looking, { body: childByField(tree, node, F.body), type, isPointed }, depth);
}
