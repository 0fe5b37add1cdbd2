/** Expressions: where their values may be. */
import { childByField, children, F, K, kind, type Node, text } from "../../syntax/index.ts";
import type { Callable, Operand } from "../../types/index.ts";
import { addressOf } from "./addresses.ts";
import { callResult } from "./calls.ts";
import { closure } from "./closures.ts";
import { element, unknownPart } from "./elements.ts";
import { functionValue } from "./function-values.ts";
import { compositeLiteral } from "./literals.ts";
import { contained, joined, memberName, takenFrom } from "./moving.ts";
import { field, local, nothing, type Place, packageVariable, unknown } from "./place.ts";
import {
  depthLimit,
  memberOf,
  onlyChild,
  operandOf,
  selectedFrom,
  typeOf,
  unparenthesised,
  variablePlace,
  type Walk,
} from "./walk.ts";

/** Where the value of an expression may be; evaluates it, so that the calls in it are recorded. */
export function value(walk: Walk, written: Node): Place {
  const { tree, knowledge } = walk;
  const node = unparenthesised(tree, written);
  if (node < 0 || walk.depth > depthLimit) return unknown;
  const operand = operandOf(walk, node);
  const idle =
    operand?.mode === "value" &&
    (operand.constant !== undefined ||
      (operand.type.kind !== "tuple" && knowledge.contents(operand.type) === "nothing"));
  if (idle || operand?.mode === "type") {
    walk.run(walk, node);
    return nothing;
  }
  walk.depth++;
  const place = ofKind(walk, node, operand);
  walk.depth--;
  return place;
}

function ofKind(walk: Walk, node: Node, operand: Operand | undefined): Place {
  const { tree, meanings } = walk;
  const variable = meanings.locals.get(node);
  if (variable !== undefined) return variablePlace(walk, node, variable);
  const callable = meanings.uses.get(node);
  if (callable !== undefined) return used(walk, node, callable);
  switch (kind(tree, node)) {
    case K.selector_expression:
    case K.qualified_type:
      return selected(walk, node);
    case K.call_expression:
    case K.type_conversion_expression:
      return callResult(walk, node, 0);
    case K.binary_expression:
      return combined(walk, node);
    case K.unary_expression:
      return unary(walk, node);
    case K.pointer_type:
      return value(walk, onlyChild(tree, node));
    case K.index_expression:
      return indexed(walk, node, operand);
    case K.generic_type:
    case K.type_instantiation_expression:
      return instantiated(walk, node, operand);
    case K.slice_expression:
      return sliced(walk, node);
    case K.type_assertion_expression:
      return asserted(walk, node);
    case K.composite_literal:
      return compositeLiteral(walk, node);
    case K.func_literal:
      return closure(walk, node);
    default:
      walk.run(walk, node);
      return operand?.mode === "value" ? nothing : unknown;
  }
}

function used(walk: Walk, node: Node, callable: Callable): Place {
  if (callable.kind === "variable") return packageVariable(callable.package, callable.name);
  return functionValue(walk, node, callable);
}

function selected(walk: Walk, node: Node): Place {
  const { tree, meanings } = walk;
  const member = memberOf(tree, node);
  const callable = meanings.uses.get(member);
  if (callable?.kind === "variable") return packageVariable(callable.package, callable.name);
  if (callable !== undefined) return functionValue(walk, node, callable);
  const operand = value(walk, selectedFrom(tree, node));
  const selection = meanings.selections.get(member);
  if (selection?.kind !== "field") return unknownPart(walk, node, operand);
  const { holder, field: found } = selection;
  const at = field(holder, memberName(found.name, found.package));
  return takenFrom(walk, { at, base: operand, type: found.type });
}

/** Sums of strings and the like. Long ones lean to the left and are followed in a loop. */
function combined(walk: Walk, node: Node): Place {
  const { tree } = walk;
  const parts: Node[] = [];
  let at = node;
  for (; kind(tree, at) === K.binary_expression; at = unparenthesised(tree, childByField(tree, at, F.left)))
    parts.push(childByField(tree, at, F.right));
  const places = [at, ...parts.reverse()].map((part) => value(walk, part)).filter((one) => one !== nothing);
  return joined(walk, node, places);
}

function unary(walk: Walk, node: Node): Place {
  const { tree } = walk;
  const operand = childByField(tree, node, F.operand);
  switch (text(tree, childByField(tree, node, F.operator))) {
    case "&":
      return addressOf(walk, operand);
    case "<-":
      return contained(walk, {
        kind: "message",
        place: value(walk, operand),
        type: typeOf(walk, operand),
      });
    default:
      return value(walk, operand);
  }
}

function indexed(walk: Walk, node: Node, operand: Operand | undefined): Place {
  const { tree } = walk;
  if (operand?.mode === "value" && operand.callable !== undefined)
    return functionValue(walk, node, operand.callable);
  return element(walk, childByField(tree, node, F.operand), [childByField(tree, node, F.index)]);
}

/** What the parser takes for an instantiation. */
function instantiated(walk: Walk, node: Node, operand: Operand | undefined): Place {
  const { tree } = walk;
  if (operand?.mode === "value" && operand.callable !== undefined)
    return functionValue(walk, node, operand.callable);
  const base = childByField(tree, node, F.type);
  return element(
    walk,
    base,
    children(tree, node).filter((one) => one !== base),
  );
}

function sliced(walk: Walk, node: Node): Place {
  const { tree } = walk;
  const operand = childByField(tree, node, F.operand);
  const place = value(walk, operand);
  for (const child of children(tree, node)) if (child !== operand) walk.run(walk, child);
  return place;
}

function asserted(walk: Walk, node: Node): Place {
  const from = value(walk, childByField(walk.tree, node, F.operand));
  const type = typeOf(walk, node).canonical;
  if (from === nothing) return nothing;
  const to = local(`a${from.key} ${type.id}`);
  walk.recorder.add({ kind: "assert", to, from, type });
  return to;
}
