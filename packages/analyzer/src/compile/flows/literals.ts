/** Composite literals. */
import { childByField, children, F, K, kind, type Node, text } from "../../syntax/index.ts";
import { coreType, type Type } from "../../types/index.ts";
import { contain, memberName, storeField } from "./moving.ts";
import { local, type Place, unknown } from "./place.ts";
import { depthLimit, type Held, onlyChild, typeOf, type Walk } from "./walk.ts";

/** The place of a literal, into which its elements flow: an empty one if nothing does. */
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
  let filled = false;
  elements.forEach((element, index) => {
    const key = kind(tree, element) === K.keyed_element ? childByField(tree, element, F.key) : -1;
    const valueNode = key < 0 ? element : childByField(tree, element, F.value);
    if (core?.kind === "struct") {
      const name = key < 0 ? undefined : text(tree, unwrapped(walk, key));
      const field = name === undefined ? core.fields[index] : fieldNamed(core, name);
      const held = elementValue(walk, valueNode, field?.type);
      if (field === undefined) return;
      const member = memberName(field.name, field.package);
      const slot = { holder: type, name: member, type: field.type };
      if (storeField(walk, place, slot, held)) filled = true;
    } else if (core?.kind === "map") {
      const put = (kind: "key" | "value", node: Node, of: Type) => {
        if (contain(walk, { ...whole, kind }, elementValue(walk, node, of))) filled = true;
      };
      if (key >= 0) put("key", key, core.key);
      put("value", valueNode, core.element);
    } else {
      const list = core?.kind === "slice" || core?.kind === "array" ? core.element : undefined;
      if (contain(walk, { ...whole, kind: "element" }, elementValue(walk, valueNode, list))) filled = true;
    }
  });
  return filled ? place : { kind: "local", key: place.key, empty: true };
}

type Struct = Extract<Type, { kind: "struct" }>;
type Field = Struct["fields"][number];

const fieldsByName = new WeakMap<Struct, ReadonlyMap<string, Field>>();

/** Fields are indexed once for each type: tables have many literals of one. */
function fieldNamed(type: Struct, name: string): Field | undefined {
  let fields = fieldsByName.get(type);
  if (fields === undefined)
    fieldsByName.set(type, (fields = new Map(type.fields.map((field) => [field.name, field]))));
  return fields.get(name);
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
