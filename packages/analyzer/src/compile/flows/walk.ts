/** What the parts of the walk through a body share. */
import { children, F, type FlatTree, K, kind, type Node, text } from "../../syntax/index.ts";
import type { Checker, LocalVariable, Operand, Type } from "../../types/index.ts";
import type { TypeKnowledge } from "./contents.ts";
import type { FieldBudget } from "./field-budget.ts";
import type { Meanings } from "./meanings.ts";
import { local, type Place } from "./place.ts";
import type { FlowRecorder } from "./recorder.ts";

export interface Walk {
  readonly checker: Checker;
  readonly tree: FlatTree;
  readonly meanings: Meanings;
  readonly knowledge: TypeKnowledge;
  readonly budget: FieldBudget;
  readonly recorder: FlowRecorder;
  readonly variables: Map<LocalVariable, Place>;
  /** Results of the function that the walk is in, for its return statements. */
  results: readonly Held[];
  /** How deep the walk is. The checker goes less deep and says where it stopped. */
  depth: number;
  /** Where a value may be when the expression is evaluated; evaluates it. */
  readonly value: (walk: Walk, node: Node) => Place;
  /** Evaluates an expression whose value goes nowhere. */
  readonly run: (walk: Walk, node: Node) => void;
  readonly statement: (walk: Walk, node: Node) => void;
}

/** A value where it is, with its type. */
export interface Held {
  readonly place: Place;
  readonly type: Type;
}

export const depthLimit = 400;

const brackets = new Set(["(", ")", "*", "..."]);

/** The part of a node that is neither a bracket nor a comment; -1 if there is none. */
export function onlyChild(tree: FlatTree, node: Node): Node {
  return (
    children(tree, node).find(
      (child) => kind(tree, child) !== K.comment && !brackets.has(text(tree, child)),
    ) ?? -1
  );
}

/** What is in the parentheses, of which there may be many; and what stands in a list, before dots, or as an index that the parser takes for a type. */
export function unparenthesised(tree: FlatTree, node: Node): Node {
  let inner = node;
  while (inner >= 0 && wrappers.has(kind(tree, inner))) inner = onlyChild(tree, inner);
  return inner;
}

const wrappers: ReadonlySet<number> = new Set([
  K.parenthesized_expression,
  K.parenthesized_type,
  K.literal_element,
  K.type_elem,
  K.variadic_argument,
]);

/** What the checker said of an expression. */
export function operandOf(
  { tree, meanings }: Pick<Walk, "tree" | "meanings">,
  node: Node,
): Operand | undefined {
  return meanings.operands.get(unparenthesised(tree, node));
}

/** The type of a value; unknown if it has none. */
export function typeOf(walk: Walk, node: Node): Type {
  const operand = operandOf(walk, node);
  return operand?.mode === "value"
    ? operand.type
    : walk.checker.types.unknown(operand?.mode === "unknown" ? operand.reason : "invalid");
}

/** What stands in brackets, without them, commas and comments. */
export function inside(tree: FlatTree, list: Node): Node[] {
  return children(tree, list).filter(
    (child) => kind(tree, child) !== K.comment && !punctuation.has(text(tree, child)),
  );
}

const punctuation = new Set(["(", ")", "[", "]", "{", "}", ","]);

/** The node by which a selector names what it selects. */
export function memberOf(tree: FlatTree, selector: Node): Node {
  const qualified = kind(tree, selector) === K.qualified_type;
  return child(tree, selector, qualified ? F.name : F.field);
}

/** The node before the dot. */
export function selectedFrom(tree: FlatTree, selector: Node): Node {
  const qualified = kind(tree, selector) === K.qualified_type;
  return child(tree, selector, qualified ? F.package : F.operand);
}

function child(tree: FlatTree, node: Node, field: number): Node {
  return children(tree, node).find((one) => tree.fields[one] === field) ?? -1;
}

/** The place of a variable, at an identifier that means or declares it. */
export function variablePlace({ variables }: Walk, identifier: Node, variable: LocalVariable): Place {
  let place = variables.get(variable);
  const { declaredAt } = variable;
  if (place === undefined)
    variables.set(variable, (place = local(`v${declaredAt < 0 ? identifier : declaredAt}`)));
  return place;
}
