/** Calls and conversions, which look alike until the callee is known (Go spec, Calls). */
import { childByField, children, F, K, kind, type Node, text } from "../syntax/index.ts";
import { builtinCall, unsafeCall } from "./builtin.ts";
import type { CalleeKind, ObservedCall, Place } from "./checker.ts";
import { conversion } from "./conversion.ts";
import { isGeneric, tellInstances } from "./generic-value.ts";
import { indexed } from "./indexing.ts";
import { inferSignature } from "./inference.ts";
import { type Callable, type Operand, unknown, type Value, value } from "./operand.ts";
import { pointedValue } from "./operators.ts";
import { unparenthesised } from "./parentheses.ts";
import type { Parameter, SignatureType, Type } from "./type.ts";
import { coreType } from "./type-set.ts";

/** `f(x)`: a call, a conversion or a builtin. */
export function callExpression(place: Place, node: Node): Operand {
  const { tree } = place.file;
  const functionNode = childByField(tree, node, F.function);
  const typeArguments = childByField(tree, node, F.type_arguments);
  const plain = place.checker.evaluate(place, functionNode);
  const callee = typeArguments < 0 ? plain : indexed(place, plain, inside(place, typeArguments));
  const list = childByField(tree, node, F.arguments);
  return apply(place, { node, functionNode, callee, arguments: list < 0 ? [] : inside(place, list) });
}

/** `T(x)` where the parser is sure of a type, though `F[int](x)` may after all be a call. */
export function typeConversion(place: Place, node: Node): Operand {
  const { tree } = place.file;
  const functionNode = childByField(tree, node, F.type);
  if (kind(tree, functionNode) === K.pointer_type) return pointedConversion(place, node, functionNode);
  const callee = place.checker.evaluate(place, functionNode);
  return apply(place, { node, functionNode, callee, arguments: [childByField(tree, node, F.operand)] });
}

/** `*(*T)(x)` is what the conversion points to, though the parser takes `*(*T)` for the type. */
function pointedConversion(place: Place, node: Node, pointer: Node): Operand {
  const { tree } = place.file;
  const functionNode = inside(place, pointer).find((child) => text(tree, child) !== "*") ?? -1;
  const callee = place.checker.evaluate(place, functionNode);
  const operand = apply(place, {
    node,
    functionNode,
    callee,
    arguments: [childByField(tree, node, F.operand)],
  });
  return operand.mode === "value" ? pointedValue(place.checker, operand.type) : operand;
}

interface Call {
  readonly node: Node;
  readonly functionNode: Node;
  readonly callee: Operand;
  readonly arguments: readonly Node[];
}

/** What stands in brackets, without them, commas and comments. */
function inside({ file: { tree } }: Place, list: Node): Node[] {
  return children(tree, list).filter(
    (child) => kind(tree, child) !== K.comment && !punctuation.has(text(tree, child)),
  );
}

const punctuation = new Set(["(", ")", "[", "]", ","]);

function apply(place: Place, call: Call): Operand {
  const { checker } = place;
  const { callee } = call;
  switch (callee.mode) {
    case "type":
      return conversion(place, { node: call.functionNode, type: callee.type, operands: call.arguments });
    case "builtin":
      return builtinCall(place, callee.name, call.arguments);
    case "unsafe": {
      const callable: Callable = { kind: "function", package: "unsafe", name: callee.name };
      observe(place, call, { callee: { kind: "known", callable }, arguments: [] });
      return unsafeCall(place, callee.name, call.arguments);
    }
    case "value":
      return callValue(place, call, callee);
    default: {
      if (callee.mode === "unknown" && isPointed(place, call.functionNode)) {
        const type = checker.types.pointer(checker.types.unknown(callee.reason));
        return conversion(place, { node: call.functionNode, type, operands: call.arguments });
      }
      const operands = call.arguments.map((node) => checker.evaluate(place, node));
      checker.runs++;
      const reason = callee.mode === "unknown" ? callee.reason : callee.mode === "cgo" ? "cgo" : "invalid";
      const callable = callee.mode === "unknown" ? callee.callable : undefined;
      const known: CalleeKind =
        callable === undefined ? { kind: "unknown", reason } : { kind: "known", callable };
      observe(place, call, { callee: known, arguments: operands });
      return unknown(reason);
    }
  }
}

function callValue(place: Place, call: Call, callee: Value): Operand {
  const { checker } = place;
  const core = coreType(checker.types, callee.type);
  const operands = argumentOperands(place, call.arguments);
  checker.runs++;
  const kindOfCallee = calleeKind(place, call, callee, core);
  if (core?.kind !== "signature") {
    observe(place, call, { callee: kindOfCallee, arguments: operands });
    return unknown(core?.kind === "unknown" ? core.reason : "invalid");
  }
  const { typeArguments: given = [] } = callee;
  const {
    signature,
    typeArguments,
    arguments: found,
  } = core.typeParameters.length === 0 && !operands.some(isGeneric)
    ? { signature: core, typeArguments: [], arguments: operands }
    : inferSignature(checker, {
        signature: core,
        arguments: operands,
        spread: isSpread(place, call),
        from: place.file.package,
      });
  tellInstances(place, call.arguments, { generic: operands, instances: found });
  observe(place, call, {
    callee: kindOfCallee,
    arguments: found,
    signature,
    typeArguments: [...given, ...typeArguments],
  });
  if (core.typeParameters.length > 0)
    place.observer?.instantiated?.(unparenthesised(place.file.tree, call.functionNode), signature);
  return result(place, signature);
}

function isSpread({ file: { tree } }: Place, call: Call): boolean {
  const last = call.arguments.at(-1);
  return last !== undefined && kind(tree, last) === K.variadic_argument;
}

/** The operands of a call; a single call with several results stands for all of them. */
function argumentOperands(place: Place, nodes: readonly Node[]): readonly Operand[] {
  const operands = nodes.map((node) => place.checker.evaluate(place, node));
  const [only] = operands;
  if (operands.length === 1 && only?.mode === "value" && only.type.kind === "tuple")
    return only.type.elements.map(value);
  return operands;
}

function calleeKind(place: Place, call: Call, callee: Value, core: Type | undefined): CalleeKind {
  if (callee.callable !== undefined) return { kind: "known", callable: callee.callable };
  if (isLiteral(place, call.functionNode)) return { kind: "literal" };
  if (core?.kind === "signature") return { kind: "dynamic", type: callee.type };
  return { kind: "unknown", reason: core?.kind === "unknown" ? core.reason : "invalid" };
}

function isLiteral(place: Place, node: Node): boolean {
  return kind(place.file.tree, unparenthesised(place.file.tree, node)) === K.func_literal;
}

/** Whether a callee is `(*x)`: of an x that is not known nearly always a type. */
function isPointed(place: Place, functionNode: Node): boolean {
  const { tree } = place.file;
  const node = unparenthesised(place.file.tree, functionNode);
  if (node === functionNode) return false;
  return (
    kind(tree, node) === K.pointer_type ||
    (kind(tree, node) === K.unary_expression && text(tree, childByField(tree, node, F.operator)) === "*")
  );
}

type FoundCall = Pick<ObservedCall, "callee" | "arguments"> &
  Partial<Pick<ObservedCall, "signature" | "typeArguments">>;

const none: readonly Type[] = [];

function observe(place: Place, call: Call, found: FoundCall): void {
  place.observer?.call({
    node: call.node,
    identifier: calleeIdentifier(place, call.functionNode),
    callee: found.callee,
    arguments: found.arguments,
    signature: found.signature,
    typeArguments: found.typeArguments ?? none,
  });
}

/** The identifier by which a call names its callee, or the literal that it calls; else -1. */
function calleeIdentifier(place: Place, functionNode: Node): Node {
  const { tree } = place.file;
  const node = unparenthesised(place.file.tree, functionNode);
  switch (kind(tree, node)) {
    case K.identifier:
    case K.type_identifier:
    case K.func_literal:
      return node;
    case K.selector_expression:
      return childByField(tree, node, F.field);
    case K.qualified_type:
      return childByField(tree, node, F.name);
    case K.index_expression:
      return calleeIdentifier(place, childByField(tree, node, F.operand));
    case K.generic_type:
    case K.type_instantiation_expression:
      return calleeIdentifier(place, childByField(tree, node, F.type));
    default:
      return -1;
  }
}

function result({ checker }: Place, { results }: SignatureType): Operand {
  const [first] = results;
  if (results.length === 1 && first !== undefined) return value(first.type);
  return value(checker.types.tuple(results.map(({ type }: Parameter) => type)));
}
