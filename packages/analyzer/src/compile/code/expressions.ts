/** Expressions as code. */

import type { Expression, Target } from "../../model/code-facts.ts";
import { childByField, childOfKind, children, F, K, kind, type Node, text } from "../../syntax/index.ts";
import { type Callable, type Constant, type Operand } from "../../types/index.ts";
import { inside, memberOf, onlyChild, operandOf, selectedFrom, unparenthesised } from "../flows/walk.ts";
import { callExpression } from "./calls.ts";
import { closureExpression } from "./closures.ts";
import { type CodeWalk, leavesOut, variableNumber } from "./code-walk.ts";
import { isMethodExpression, notTold, receiver, throughEmbedded, typeAt, unknownOf } from "./forms.ts";
import { literalExpression } from "./literals.ts";

export function expression(walk: CodeWalk, written: Node): Expression {
  const { tree } = walk;
  const node = unparenthesised(tree, written);
  if (node < 0 || leavesOut(walk)) return notTold;
  walk.size++;
  const operand = operandOf(walk, node);
  if (operand?.mode === "value" && operand.constant !== undefined) {
    const constant = constantExpression(operand.constant);
    if (constant !== undefined) return constant;
  }
  if (operand?.mode === "type") return notTold;
  walk.depth++;
  const form = ofKind(walk, node, operand);
  walk.depth--;
  return form;
}

function constantExpression(constant: Constant): Expression | undefined {
  switch (typeof constant) {
    case "string":
      return ["s", constant];
    case "boolean":
      return ["b", constant];
    case "bigint":
      return ["n", BigInt.asIntN(53, constant) === constant ? Number(constant) : String(constant)];
    default:
      return undefined;
  }
}

function ofKind(walk: CodeWalk, node: Node, operand: Operand | undefined): Expression {
  const { tree, meanings } = walk;
  const variable = meanings.locals.get(node);
  if (variable !== undefined) return ["var", variableNumber(walk, variable)];
  const callable = meanings.uses.get(node);
  if (callable !== undefined) return used(walk, node, callable);
  switch (kind(tree, node)) {
    case K.nil:
      return ["zero", "n"];
    case K.selector_expression:
    case K.qualified_type:
      return selected(walk, node);
    case K.call_expression:
    case K.type_conversion_expression:
      return callExpression(walk, node);
    case K.binary_expression:
      return binary(walk, node);
    case K.unary_expression:
      return unary(walk, node);
    case K.pointer_type:
      return ["*", expression(walk, onlyChild(tree, node)), typeAt(walk, node)];
    case K.index_expression:
      return indexed(walk, node, [childByField(tree, node, F.operand), childByField(tree, node, F.index)]);
    case K.generic_type:
    case K.type_instantiation_expression:
      return instantiated(walk, node);
    case K.slice_expression: {
      const part = (field: number) => {
        const bound = childByField(tree, node, field);
        return bound < 0 ? null : expression(walk, bound);
      };
      return ["slice", expression(walk, childByField(tree, node, F.operand)), part(F.start), part(F.end)];
    }
    case K.type_assertion_expression:
      return ["as", expression(walk, childByField(tree, node, F.operand)), "n", typeAt(walk, node)];
    case K.composite_literal:
      return literalExpression(walk, node);
    case K.func_literal:
      return closureExpression(walk, node);
    default:
      return parts(walk, node, operand);
  }
}

/** Something else: what is in it is evaluated. */
function parts(walk: CodeWalk, node: Node, operand: Operand | undefined): Expression {
  if (operand === undefined) return notTold;
  return unknownOf(children(walk.tree, node).map((child) => walk.expression(walk, child)));
}

function used(walk: CodeWalk, node: Node, callable: Callable): Expression {
  switch (callable.kind) {
    case "variable":
      return ["global", callable.package, callable.name, typeAt(walk, node)];
    case "function":
      return ["function", node];
    default:
      return notTold;
  }
}

function selected(walk: CodeWalk, node: Node): Expression {
  const { tree, meanings } = walk;
  const member = memberOf(tree, node);
  const callable = meanings.uses.get(member);
  if (callable?.kind === "variable") return ["global", callable.package, callable.name, typeAt(walk, node)];
  if (callable?.kind === "function") return ["function", member];
  const from = selectedFrom(tree, node);
  const selection = meanings.selections.get(member);
  if (callable?.kind === "method" || callable?.kind === "interface method") {
    if (isMethodExpression(walk, node))
      return selection?.through.length === 0 ? ["function", member] : notTold;
    return ["method", member, receiver(walk, node, callable.kind === "method" && callable.method.pointer)];
  }
  if (callable !== undefined || selection?.kind !== "field") {
    return operandOf(walk, from)?.mode === "value" ? unknownOf([expression(walk, from)]) : notTold;
  }
  const holder = throughEmbedded(walk, expression(walk, from), selection);
  return [".", holder, selection.field.name, typeAt(walk, node)];
}

function indexed(walk: CodeWalk, node: Node, [container = -1, index = -1]: readonly Node[]): Expression {
  const operand = operandOf(walk, node);
  if (operand?.mode === "value" && operand.callable !== undefined) return expression(walk, container);
  return ["index", expression(walk, container), expression(walk, index), typeAt(walk, node)];
}

/** What the parser takes for an instantiation. */
function instantiated(walk: CodeWalk, node: Node): Expression {
  const { tree } = walk;
  const list = childOfKind(tree, node, K.type_arguments);
  const [index = -1] = list < 0 ? [] : inside(tree, list);
  return indexed(walk, node, [childByField(tree, node, F.type), index]);
}

/** Long sums lean to the left and are followed in a loop. */
function binary(walk: CodeWalk, node: Node): Expression {
  const { tree } = walk;
  const type = typeAt(walk, node);
  const operator = operatorAt(walk, node);
  if (operator !== "+" || type !== "s") {
    const [left, right] = [childByField(tree, node, F.left), childByField(tree, node, F.right)];
    // Of constants that have no value together: Go says why.
    if (isConstant(walk, left) && isConstant(walk, right)) return notTold;
    return [
      "binary",
      operator,
      expression(walk, left),
      expression(walk, right),
      operandType(walk, node, left),
    ];
  }
  const terms: Expression[] = [];
  let at = node;
  while (kind(tree, at) === K.binary_expression && operatorAt(walk, at) === "+" && !isConstant(walk, at)) {
    terms.push(expression(walk, childByField(tree, at, F.right)));
    at = unparenthesised(tree, childByField(tree, at, F.left));
  }
  terms.push(expression(walk, at));
  return ["sum", terms.reverse()];
}

function isConstant(walk: CodeWalk, node: Node): boolean {
  const operand = operandOf(walk, node);
  return operand?.mode === "value" && operand.constant !== undefined;
}

/** Comparisons have the type of what they compare. */
function operandType(walk: CodeWalk, node: Node, left: Node) {
  const type = typeAt(walk, node);
  return type === "b" ? typeAt(walk, left) : type;
}

function operatorAt({ tree }: CodeWalk, node: Node): string {
  return text(tree, childByField(tree, node, F.operator));
}

function unary(walk: CodeWalk, node: Node): Expression {
  const operand = childByField(walk.tree, node, F.operand);
  const operator = operatorAt(walk, node);
  switch (operator) {
    case "&":
      return ["&", expression(walk, operand)];
    case "*":
      return ["*", expression(walk, operand), typeAt(walk, node)];
    case "<-":
      return unknownOf([expression(walk, operand)]);
    default:
      return ["unary", operator, expression(walk, operand), typeAt(walk, node)];
  }
}

/** What is assigned to, also where it is declared. */
export function target(walk: CodeWalk, written: Node): Target {
  const { tree, meanings } = walk;
  const node = unparenthesised(tree, written);
  if (node < 0 || text(tree, node) === "_") return ["_"];
  const variable = meanings.locals.get(node);
  if (variable?.declaredAt === node) return ["new", variableNumber(walk, variable)];
  return expression(walk, node);
}
