/** Whether an expression of the type string may stand where a string literal does: a literal also fits other types. */
import {
  childByField,
  children,
  F,
  K,
  kind,
  type Node,
  text,
} from "../../../packages/analyzer/src/syntax/index.ts";
import {
  Is,
  inParts,
  type SignatureType,
  type Type,
  underlying,
} from "../../../packages/analyzer/src/types/index.ts";
import { argumentNodes } from "./calls.ts";
import type { Code, Knowledge } from "./code.ts";
import { type CodeFile, isOf } from "./code-file.ts";
import { resultTypes } from "./signature.ts";

/** Tells it from what stands around; no where that does not say. */
export function createStringTypes(code: Code): (file: CodeFile, literal: Node) => boolean {
  const { checker } = code;
  if (checker === undefined) return () => false;
  const { session, types } = checker;
  const under = (type: Type): Type =>
    inParts(session, session.builds.asked, () => underlying(types, type))[0]?.value ?? type;
  return (file, literal) => takesString({ file, knowledge: code.knowledge(file), under }, literal);
}

interface Around {
  readonly file: CodeFile;
  readonly knowledge: Knowledge;
  readonly under: (type: Type) => Type;
}

function takesString(around: Around, node: Node): boolean {
  const { file } = around;
  const { tree, parent } = file;
  const outer = parent(node);
  switch (kind(tree, outer)) {
    case K.parenthesized_expression:
      return takesString(around, outer);
    case K.binary_expression: {
      const other = children(tree, outer).find(
        (child) => child !== node && tree.fields[child] !== F.operator && tree.fields[child] !== 0,
      );
      if (!isStringOperand(around, other ?? -1)) return false;
      return text(tree, childByField(tree, outer, F.operator)) === "+" ? takesString(around, outer) : true;
    }
    case K.argument_list:
      return takesArgument(around, outer, node);
    case K.expression_list:
      return takesInList(around, outer, node);
    case K.return_statement:
      return returnsString(around, outer, 0);
    case K.index_expression: {
      const type = typeOf(around, childByField(tree, outer, F.operand));
      return type?.kind === "map" && fits(around, type.key);
    }
    case K.literal_element:
      return takesElement(around, outer);
    default:
      return false;
  }
}

/** A plain string, or something that any value can be put into. */
function fits({ under }: Around, type: Type): boolean {
  const actual = type.kind === "alias" ? type.actual : type;
  return (
    (actual.kind === "basic" && (actual.is & Is.string) !== 0) ||
    (actual.kind !== "parameter" && under(type).kind === "interface")
  );
}

function typeOf({ knowledge, under }: Around, node: Node): Type | undefined {
  const operand = knowledge.operands.get(node);
  return operand?.mode === "value" || operand?.mode === "type" ? under(operand.type) : undefined;
}

function isStringOperand({ knowledge }: Around, node: Node): boolean {
  const operand = knowledge.operands.get(node);
  return operand?.mode === "value" && operand.type.kind === "basic" && (operand.type.is & Is.string) !== 0;
}

function takesArgument(around: Around, list: Node, node: Node): boolean {
  const { file, knowledge } = around;
  const call = file.parent(list);
  const fn = childByField(file.tree, call, F.function);
  const operand = knowledge.operands.get(fn);
  if (operand?.mode === "type") return true;
  if (operand?.mode === "builtin") return operand.name === "panic";
  const signature = knowledge.calls.get(call)?.signature;
  const index = argumentNodes(file, list).indexOf(node);
  const type = signature && parameterType(signature, index);
  return type !== undefined && fits(around, type);
}

function parameterType({ parameters, variadic }: SignatureType, index: number): Type | undefined {
  const last = parameters.at(-1)?.type;
  if (variadic && index >= parameters.length - 1) return last?.kind === "slice" ? last.element : undefined;
  return parameters[index]?.type;
}

function takesInList(around: Around, list: Node, node: Node): boolean {
  const { file } = around;
  const { tree, parent } = file;
  const statement = parent(list);
  const index = children(tree, list)
    .filter((child) => text(tree, child) !== ",")
    .indexOf(node);
  switch (kind(tree, statement)) {
    case K.short_var_declaration:
      return true;
    case K.return_statement:
      return returnsString(around, statement, index);
    case K.var_spec: {
      const type = childByField(tree, statement, F.type);
      return type < 0 || text(tree, type) === "string";
    }
    case K.assignment_statement: {
      const left = childByField(tree, statement, F.left);
      const target = children(tree, left).filter((child) => text(tree, child) !== ",")[index] ?? -1;
      return isStringOperand(around, target);
    }
    default:
      return false;
  }
}

/** By the words of the function's results. */
function returnsString({ file }: Around, statement: Node, index: number): boolean {
  const { tree, parent } = file;
  let fn = statement;
  while (fn >= 0 && !isOf(file, fn, K.func_literal, K.function_declaration, K.method_declaration))
    fn = parent(fn);
  return ["string", "any", "interface{}"].includes(resultTypes(tree, fn)[index] ?? "");
}

/** An element, key or field value of a composite literal. */
function takesElement(around: Around, element: Node): boolean {
  const { file } = around;
  const { tree, parent } = file;
  const keyed = kind(tree, parent(element)) === K.keyed_element ? parent(element) : -1;
  const type = literalType(around, parent(keyed < 0 ? element : keyed));
  const isKey = tree.fields[element] === F.key;
  if (type?.kind === "map") return fits(around, isKey ? type.key : type.element);
  if (isKey) return false;
  if (type?.kind === "slice" || type?.kind === "array") return fits(around, type.element);
  if (type?.kind !== "struct") return false;
  const key = keyed < 0 ? "" : text(tree, childByField(tree, keyed, F.key));
  const field = type.fields.find(({ name }) => name === key);
  return field !== undefined && fits(around, field.type);
}

/** The type of a literal_value; of one without a type of its own, what is around gives it. */
function literalType(around: Around, value: Node): Type | undefined {
  const { file, under } = around;
  const { tree, parent } = file;
  const outer = parent(value);
  if (kind(tree, outer) === K.composite_literal) return typeOf(around, outer);
  if (kind(tree, outer) !== K.literal_element) return undefined;
  const keyed = kind(tree, parent(outer)) === K.keyed_element ? parent(outer) : -1;
  const type = literalType(around, parent(keyed < 0 ? outer : keyed));
  if (type?.kind !== "map" && type?.kind !== "slice" && type?.kind !== "array") return undefined;
  const inner = under(type.kind === "map" && tree.fields[outer] === F.key ? type.key : type.element);
  return inner.kind === "pointer" ? under(inner.element) : inner;
}
