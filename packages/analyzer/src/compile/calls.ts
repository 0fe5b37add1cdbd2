/** Calls and conversions: who is called, as far as names tell. */
import type { Target } from "../model/facts.ts";
import { childByField, F, K, kind, type Node, text } from "../syntax/index.ts";
import { argumentFacts } from "./arguments.ts";
import { isTypeExpression, pointedType, uninstantiated, unparenthesized } from "./callee.ts";
import { argumentsOf } from "./constants.ts";
import { type Context, record, unresolved } from "./recorder.ts";
import { lookUp, type Scope } from "./scope.ts";
import { recordSelector } from "./selectors.ts";
import { isUnsafePointer } from "./unsafe.ts";

/** Records a call or conversion and returns the nodes in it that are still to be walked, in source order. */
export function recordCall(context: Context, scope: Scope, call: Node): Node[] {
  const { unit } = context.recorder;
  const { tree } = unit;
  const conversion = kind(tree, call) === K.type_conversion_expression;
  const written = childByField(tree, call, conversion ? F.type : F.function);
  const inside = unparenthesized(unit, written);
  const callee = uninstantiated(unit, inside);
  const operands = conversion ? [childByField(tree, call, F.operand)] : argumentsOf(unit, call);
  // What stands in the brackets is a type, or the index of a function in a list.
  const rest = callee === inside ? operands : [childByField(tree, inside, F.index), ...operands];
  switch (kind(tree, callee)) {
    case K.identifier:
    case K.type_identifier:
      callByName(context, scope, { callee, operands });
      return rest;
    case K.selector_expression:
    case K.qualified_type:
      return [...recordSelector(context, scope, { node: callee, use: "call", operands }), ...rest];
    case K.func_literal:
      context.walkers.closure(context, scope, { node: callee, use: "call" });
      return operands;
    default:
      if (conversion || isTypeExpression(unit, scope, callee)) {
        recordConversion(context, scope, { callee, operands });
        return operands;
      }
      if (kind(tree, callee) === K.ERROR) return [callee, ...operands];
      record(context, { target: unresolved("function-value", ""), use: "call", at: written });
      return [written, ...operands];
  }
}

interface NamedCall {
  readonly callee: Node;
  readonly operands: readonly Node[];
}

function callByName(context: Context, scope: Scope, { callee, operands }: NamedCall): void {
  const { unit } = context.recorder;
  const name = text(unit.tree, callee);
  const meaning = lookUp(unit, scope, name);
  const call = (target: Target) => record(context, { target, use: "call", at: callee });
  if (meaning.kind === "declared" || meaning.kind === "elsewhere") {
    for (const path of meaning.dots) {
      const given = argumentFacts(unit, scope, operands);
      const target = { kind: "qualified", package: path, name } as const;
      record(context, { target, use: "call", at: callee, arguments: given });
    }
  }
  switch (meaning.kind) {
    case "declared": {
      // Several where builds differ.
      const kinds = new Set(meaning.declarations.map((one) => one.kind));
      if (kinds.has("function")) call({ kind: "function", id: `${unit.packagePath}.${name}` });
      if (kinds.has("type")) recordConversion(context, scope, { callee, operands });
      if (kinds.has("variable") || kinds.has("constant")) call(unresolved("function-value", name));
      break;
    }
    case "local":
      if (meaning.local.kind === "type") recordConversion(context, scope, { callee, operands });
      else call(unresolved("function-value", name));
      break;
    case "universe":
      if (meaning.what === "type") recordConversion(context, scope, { callee, operands });
      break;
    case "elsewhere":
      if (meaning.dots.length === 0) call(unresolved("unknown-name", name));
      break;
    case "import":
    case "cgo":
      call(unresolved("unknown-name", name));
      break;
    default:
      meaning satisfies never;
  }
}

interface Conversion {
  readonly callee: Node;
  readonly operands: readonly Node[];
}

/** A conversion of an unsafe.Pointer to a type that is neither uintptr nor unsafe.Pointer itself. */
function recordConversion(context: Context, scope: Scope, { callee, operands }: Conversion): void {
  const { unit } = context.recorder;
  const operand = operands[0];
  if (operands.length !== 1 || operand === undefined || !isUnsafePointer(unit, scope, operand)) return;
  const type = text(unit.tree, callee);
  if (["uintptr", "unsafe.Pointer"].includes(type) && pointedType(unit, scope, callee) < 0) return;
  record(context, { target: { kind: "unsafe-conversion", type }, use: "reference", at: callee });
}
