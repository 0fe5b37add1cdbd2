/** Calls, conversions and builtin functions as code. */
import type { Expression } from "../../model/code-facts.ts";
import type { Node } from "../../syntax/index.ts";
import { type ObservedCall, parameterType, type Type, underlying } from "../../types/index.ts";
import { argumentNodes, calledIndices, calledNode, isSpread, useNode } from "../flows/calls.ts";
import { memberOf, operandOf } from "../flows/walk.ts";
import { closureExpression } from "./closures.ts";
import type { CodeWalk } from "./code-walk.ts";
import { isMethodExpression, receiver, receiverIn, typeAt, unknownOf } from "./forms.ts";
import { codeType, isShownByMethods } from "./types.ts";

export function callExpression(walk: CodeWalk, node: Node): Expression {
  const observed = walk.meanings.calls.get(node);
  if (observed === undefined) return conversion(walk, node);
  const nodes = argumentNodes(walk, node);
  const forms = nodes.map((one, index) => argument(walk, one, { observed, index, nodes }));
  const callee = calleeExpression(walk, observed);
  const given = callee === null ? withPromotion(walk, observed, forms) : forms;
  return ["call", useNode(walk, observed), callee, given, isSpread(walk, nodes)];
}

interface Given {
  readonly observed: ObservedCall;
  readonly index: number;
  readonly nodes: readonly Node[];
}

/** How a value with methods is shown is their word. */
function argument(walk: CodeWalk, node: Node, { observed, index, nodes }: Given): Expression {
  const form = walk.expression(walk, node);
  const { signature } = observed;
  const operand = operandOf(walk, node);
  if (signature === undefined || operand?.mode !== "value" || !isShownByMethods(operand.type)) return form;
  const type = parameterType(signature, index, isSpread(walk, nodes));
  return type !== undefined && isAny(walk, type) ? unknownOf([form]) : form;
}

function isAny({ checker: { types } }: CodeWalk, type: Type): boolean {
  const under = underlying(types, type);
  return under.kind === "interface" && under.methods.length === 0 && under.embedded.length === 0;
}

/** The receiver or the function value; null where the name of a function tells, of a method expression too. */
function calleeExpression(walk: CodeWalk, { node, callee }: ObservedCall): Expression | null {
  const fn = calledNode(walk, node);
  switch (callee.kind) {
    case "literal":
      return closureExpression(walk, fn);
    case "dynamic": {
      const [index] = calledIndices(walk, node);
      const called = walk.expression(walk, fn);
      return index === undefined
        ? called
        : ["index", called, walk.expression(walk, index), codeType(walk, callee.type)];
    }
    case "unknown":
      return walk.expression(walk, fn);
    case "known": {
      const { callable } = callee;
      if (callable.kind !== "method" && callable.kind !== "interface method") return null;
      if (isMethodExpression(walk, fn)) return null;
      return receiver(walk, fn, callable.kind === "method" && callable.method.pointer);
    }
    default:
      return callee satisfies never;
  }
}

/** `T.M(x)` with a promoted method M is given the part of x that has it. */
function withPromotion(
  walk: CodeWalk,
  { node, callee }: ObservedCall,
  forms: readonly Expression[],
): readonly Expression[] {
  const selection = walk.meanings.selections.get(memberOf(walk.tree, calledNode(walk, node)));
  const [first, ...rest] = forms;
  const type = selection?.through.at(-1)?.field.type;
  if (first === undefined || selection === undefined || type === undefined) return forms;
  const byPointer =
    callee.kind === "known" && callee.callable.kind === "method" && callee.callable.method.pointer;
  return [receiverIn(walk, first, { type, selection, byPointer }), ...rest];
}

function conversion(walk: CodeWalk, node: Node): Expression {
  const operand = operandOf(walk, calledNode(walk, node));
  const nodes = argumentNodes(walk, node);
  const [only = -1] = nodes;
  if (operand?.mode === "type" && nodes.length === 1)
    return ["as", walk.expression(walk, only), typeAt(walk, only), codeType(walk, operand.type)];
  const forms = nodes.map((one) => walk.expression(walk, one));
  if (operand?.mode === "unsafe")
    return ["builtin", `unsafe.${operand.name}`, forms, typeAt(walk, node), false];
  if (operand?.mode !== "builtin") return unknownOf(forms);
  const { name } = operand;
  if (name === "new" || name === "make") return made(walk, { name, node, nodes });
  return ["builtin", name, forms, typeAt(walk, node), isSpread(walk, nodes)];
}

interface Made {
  readonly name: string;
  readonly node: Node;
  readonly nodes: readonly Node[];
}

function made(walk: CodeWalk, { name, node, nodes: [first = -1, ...rest] }: Made): Expression {
  const operand = operandOf(walk, first);
  const forms = rest.map((one) => walk.expression(walk, one));
  if (name === "make") return ["builtin", name, forms, typeAt(walk, node), false];
  if (operand?.mode === "type") return ["&", ["zero", codeType(walk, operand.type)]];
  return ["&", walk.expression(walk, first)];
}
