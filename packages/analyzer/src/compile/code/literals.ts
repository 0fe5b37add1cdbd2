/** Composite literals as code. */
import type { Expression } from "../../model/code-facts.ts";
import { childByField, children, F, K, kind, type Node, text } from "../../syntax/index.ts";
import { coreType, type Type } from "../../types/index.ts";
import { onlyChild, operandOf } from "../flows/walk.ts";
import { type CodeWalk, leavesOut } from "./code-walk.ts";
import { notTold, unknownOf } from "./forms.ts";
import { codeType, typeName } from "./types.ts";

export function literalExpression(walk: CodeWalk, node: Node): Expression {
  const operand = operandOf(walk, node);
  const body = childByField(walk.tree, node, F.body);
  return operand?.mode === "value" ? literalOf(walk, body, operand.type) : notTold;
}

function literalOf(walk: CodeWalk, body: Node, type: Type): Expression {
  const { tree, checker } = walk;
  const core = coreType(checker.types, type);
  const elements = children(tree, body)
    .filter((child) => [K.literal_element, K.keyed_element].includes(kind(tree, child)))
    .map((element) => keyAndValue(walk, element));
  switch (core?.kind) {
    case "struct":
      return [
        "struct",
        elements.flatMap(({ key, value }, index) => {
          const name = key < 0 ? core.fields[index]?.name : text(tree, key);
          const field = key < 0 ? core.fields[index] : core.fields.find((one) => one.name === name);
          return name === undefined ? [] : [[name, elementOf(walk, value, field?.type)] as const];
        }),
        typeName(type),
      ];
    case "map":
    case "slice":
    case "array": {
      const keyType = core.kind === "map" ? core.key : undefined;
      return [
        "list",
        codeType(walk, type),
        elements.map(({ key, value }) => [
          key < 0 ? null : elementOf(walk, key, keyType),
          elementOf(walk, value, core.element),
        ]),
      ];
    }
    default:
      return unknownOf(elements.map(({ value }) => elementOf(walk, value, undefined)));
  }
}

interface KeyAndValue {
  /** -1 if there is none. */
  readonly key: Node;
  readonly value: Node;
}

function keyAndValue({ tree }: CodeWalk, element: Node): KeyAndValue {
  const keyed = kind(tree, element) === K.keyed_element;
  const unwrapped = (node: Node) => (kind(tree, node) === K.literal_element ? onlyChild(tree, node) : node);
  return {
    key: keyed ? unwrapped(childByField(tree, element, F.key)) : -1,
    value: unwrapped(keyed ? childByField(tree, element, F.value) : element),
  };
}

/** `type` is what an element without a type of its own has. */
function elementOf(walk: CodeWalk, node: Node, type: Type | undefined): Expression {
  const { tree, checker } = walk;
  if (node < 0 || kind(tree, node) !== K.literal_value) return walk.expression(walk, node);
  if (type === undefined || leavesOut(walk)) return notTold;
  const core = coreType(checker.types, type);
  walk.depth++;
  // In a list of pointers `{...}` stands for `&T{...}`.
  const form: Expression =
    core?.kind === "pointer" ? ["&", literalOf(walk, node, core.element)] : literalOf(walk, node, type);
  walk.depth--;
  return form;
}
