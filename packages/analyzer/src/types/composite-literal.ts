/** Composite literals, with elided types of inner ones (Go spec, Composite literals). */
import { childByField, children, F, type FlatTree, K, kind, type Node, text } from "../syntax/index.ts";
import { depthLimit, type Place } from "./checker.ts";
import { type Operand, value } from "./operand.ts";
import { select } from "./selection.ts";
import type { Type } from "./type.ts";
import { coreType } from "./type-set.ts";

/** `T{...}`. */
export function compositeLiteral(place: Place, node: Node): Operand {
  const { checker, file } = place;
  const { tree } = file;
  const typeNode = childByField(tree, node, F.type);
  const body = childByField(tree, node, F.body);
  const type = checker.typeOf(place, typeNode);
  const length = literalValue(place, body, type);
  if (kind(tree, typeNode) !== K.implicit_length_array_type || type.kind !== "array") return value(type);
  return value(checker.types.array(length, type.element));
}

/** Evaluates what stands in the braces; gives the length that an array of it has. */
function literalValue(place: Place, body: Node, type: Type): bigint | undefined {
  const { checker, file } = place;
  const core = coreType(checker.types, type);
  const elements = children(file.tree, body).filter((child) =>
    [K.literal_element, K.keyed_element].includes(kind(file.tree, child)),
  );
  switch (core?.kind) {
    case "struct":
      for (const element of elements) {
        tellField(place, keyOf(place, element), type);
        evaluateElement(place, valueOf(place, element), undefined);
      }
      return undefined;
    case "map":
      for (const element of elements) {
        const key = keyOf(place, element);
        if (key >= 0) evaluateElement(place, key, core.key);
        evaluateElement(place, valueOf(place, element), core.element);
      }
      return undefined;
    case "array":
    case "slice":
      return listElements(place, elements, core.element);
    default:
      for (const element of elements) evaluateElement(place, valueOf(place, element), undefined);
      return undefined;
  }
}

/** The key of a struct's element names a field. */
function tellField({ checker, file, observer }: Place, key: Node, holder: Type): void {
  if (key < 0 || observer?.named === undefined) return;
  const node = soleChild(file.tree, key);
  const found = select(checker.types, holder, { name: text(file.tree, node), from: file.package });
  if (found?.kind === "field") observer.named(node, found);
}

function listElements(place: Place, elements: readonly Node[], type: Type): bigint | undefined {
  let next: bigint | undefined = 0n;
  let length: bigint | undefined = 0n;
  for (const element of elements) {
    const key = keyOf(place, element);
    if (key >= 0) {
      const index = place.checker.evaluate(place, key);
      next = index.mode === "value" && typeof index.constant === "bigint" ? index.constant : undefined;
    }
    evaluateElement(place, valueOf(place, element), type);
    next = next === undefined ? undefined : next + 1n;
    length = next === undefined || length === undefined ? undefined : next > length ? next : length;
  }
  return length;
}

function keyOf({ file: { tree } }: Place, element: Node): Node {
  return kind(tree, element) === K.keyed_element ? childByField(tree, element, F.key) : -1;
}

function valueOf({ file: { tree } }: Place, element: Node): Node {
  return kind(tree, element) === K.keyed_element ? childByField(tree, element, F.value) : element;
}

/** What a literal_element is around. */
function soleChild(tree: FlatTree, element: Node): Node {
  if (kind(tree, element) !== K.literal_element) return element;
  return children(tree, element).find((child) => kind(tree, child) !== K.comment) ?? -1;
}

/** `type` is what an element without a type of its own has. */
function evaluateElement(place: Place, element: Node, type: Type | undefined): void {
  const { checker, file } = place;
  const { tree } = file;
  const inside = soleChild(tree, element);
  if (inside < 0) return;
  if (kind(tree, inside) !== K.literal_value) {
    checker.evaluate(place, inside);
    return;
  }
  const elided = type ?? checker.types.unknown("invalid");
  const core = coreType(checker.types, elided);
  if (checker.depth > depthLimit) {
    place.observer?.tooDeep(inside);
    return;
  }
  checker.depth++;
  try {
    // In a list of pointers `{...}` stands for `&T{...}`.
    literalValue(place, inside, core?.kind === "pointer" ? core.element : elided);
  } finally {
    checker.depth--;
  }
}
