/** Composite literals. */
import { childByField, children, F, K, kind, type Node, text } from "../../syntax/index.ts";
import { coreType, type Type } from "../../types/index.ts";
import { contain, memberName, storeField } from "./moving.ts";
import { local, type Place, unknown } from "./place.ts";
import { depthLimit, type Held, onlyChild, typeOf, type Walk } from "./walk.ts";

/** The place of a literal, into which its elements flow. */
export function compositeLiteral(walk: Walk, node: Node): Place {
  const type = typeOf(walk, node);
  return literalValue(walk, { node, body: childByField(walk.tree, node, F.body), type });
}

interface Literal {
  /** It goes by this node. */
  readonly node: Node;
  readonly body: Node;
  readonly type: Type;
}

function literalValue(walk: Walk, { node, body, type }: Literal): Place {
  const { tree } = walk;
  const place = local(`t${node}`);
  const core = coreType(walk.checker.types, type);
  const elements = children(tree, body).filter((child) =>
    [K.literal_element, K.keyed_element].includes(kind(tree, child)),
  );
  const whole: Held = { place, type };
  const named = new Map(core?.kind === "struct" ? core.fields.map((field) => [field.name, field]) : []);
  elements.forEach((element, index) => {
    const key = kind(tree, element) === K.keyed_element ? childByField(tree, element, F.key) : -1;
    const valueNode = key < 0 ? element : childByField(tree, element, F.value);
    if (core?.kind === "struct") {
      const name = key < 0 ? undefined : text(tree, unwrapped(walk, key));
      const field = name === undefined ? core.fields[index] : named.get(name);
      const held = elementValue(walk, valueNode, field?.type);
      if (field === undefined) return;
      const member = memberName(field.name, field.package);
      storeField(walk, place, { holder: type, name: member, type: field.type }, held);
    } else if (core?.kind === "map") {
      if (key >= 0) contain(walk, { ...whole, kind: "key" }, elementValue(walk, key, core.key));
      contain(walk, { ...whole, kind: "value" }, elementValue(walk, valueNode, core.element));
    } else {
      const list = core?.kind === "slice" || core?.kind === "array" ? core.element : undefined;
      contain(walk, { ...whole, kind: "element" }, elementValue(walk, valueNode, list));
    }
  });
  return place;
}

function unwrapped({ tree }: Walk, node: Node): Node {
  return kind(tree, node) === K.literal_element ? onlyChild(tree, node) : node;
}

/** `type` is what an element without a type of its own has. */
function elementValue(walk: Walk, element: Node, type: Type | undefined): Held {
  const { tree, checker } = walk;
  const node = unwrapped(walk, element);
  if (node < 0 || kind(tree, node) !== K.literal_value)
    return { place: walk.value(walk, node), type: typeOf(walk, node) };
  const elided = type ?? checker.types.unknown("invalid");
  const core = coreType(checker.types, elided);
  // In a list of pointers `{...}` stands for `&T{...}`.
  const literal = core?.kind === "pointer" ? core.element : elided;
  if (walk.depth > depthLimit) return { place: unknown, type: elided };
  walk.depth++;
  const place = literalValue(walk, { node, body: node, type: literal });
  walk.depth--;
  return { place, type: elided };
}
