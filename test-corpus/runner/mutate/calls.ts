/** The calls that mutations rewrite: of functions of the same package, in new code or of new code. */
import {
  childByField,
  end,
  F,
  firstChild,
  K,
  kind,
  type Node,
  start,
  text,
} from "../../../packages/analyzer/src/syntax/index.ts";
import { typeString } from "../../../packages/analyzer/src/types/index.ts";
import type { Code } from "./code.ts";
import { type CodeFile, isOf, isWithin } from "./code-file.ts";
import { type SignatureText, signatureOf } from "./signature.ts";
import type { Unit } from "./units.ts";

export interface LocalCall {
  readonly file: CodeFile;
  /** The call_expression. */
  readonly node: Node;
  /** What is called: an identifier, or the selector of a method. */
  readonly fn: Node;
  /** The identifier in it that names the function. */
  readonly name: Node;
  /** Of a method: the expression before the dot. */
  readonly operand: Node;
  /** How the operand has to be written for the receiver as declared: with this in front; undefined if it is something else. */
  readonly operandSign: "" | "&" | "*" | undefined;
  /** The declarations of the function: several where builds have their own. All have the same signature. */
  readonly callees: readonly [Unit, ...Unit[]];
  readonly signature: SignatureText;
  /** The declaration that the call stands in. */
  readonly within: Unit;
}

/** In the order of files and text, outer calls before those in them. */
export function localCalls(code: Code): LocalCall[] {
  return code.files
    .filter((file) => !file.cgo)
    .flatMap((file) =>
      [...code.knowledge(file).calls.keys()]
        .sort((a, b) => a - b)
        .flatMap((node) => localCall(code, file, node)),
    );
}

function localCall(code: Code, file: CodeFile, node: Node): LocalCall[] {
  const { tree } = file;
  const { path, calls, operands } = code.knowledge(file);
  const callee = calls.get(node)?.callee;
  const fn = childByField(tree, node, F.function);
  if (callee?.kind !== "known" || fn < 0 || kind(tree, node) !== K.call_expression) return [];
  const { callable } = callee;
  const method = callable.kind === "method" ? callable.method : undefined;
  if (callable.kind !== "function" && method === undefined) return [];
  const home = callable.kind === "function" ? callable.package : method?.receiver.package;
  if (home !== path || method?.receiver.local === true) return [];
  if (!isOf(file, fn, method === undefined ? K.identifier : K.selector_expression)) return [];
  const name = method === undefined ? fn : childByField(tree, fn, F.field);
  const operand = method === undefined ? -1 : childByField(tree, fn, F.operand);
  const [first, ...others] = code.units.filter(
    (unit) =>
      unit.kind === "function" &&
      unit.file.directory === file.directory &&
      unit.file.packageName === file.packageName &&
      !unit.file.cgo &&
      unit.names[0] === text(tree, name) &&
      unit.receiver?.type === method?.receiver.name,
  );
  const within = code.units.find((unit) => unit.file === file && isWithin(file, node, unit.node));
  const signature = first && signatureOf(first);
  if (first === undefined || signature === undefined || within === undefined) return [];
  const same = others.every((other) => JSON.stringify(signatureOf(other)) === JSON.stringify(signature));
  const operandType = operands.get(operand);
  // A type before the dot makes a method expression.
  if (!same || operandType?.mode === "type") return [];
  const operandSign =
    method && signFor(operandType?.mode === "value" ? typeString(operandType.type) : "", method, path);
  return [{ file, node, fn, name, operand, operandSign, callees: [first, ...others], signature, within }];
}

function signFor(
  type: string,
  { pointer, receiver }: { readonly pointer: boolean; readonly receiver: { readonly name: string } },
  path: string,
): LocalCall["operandSign"] {
  const declared = `${path}.${receiver.name}`;
  if (type === declared) return pointer ? "&" : "";
  if (type === `*${declared}`) return pointer ? "" : "*";
  return undefined;
}

/** The calls that are to be rewritten, or why there are none. */
export function rewrittenCalls(
  code: Code,
): { readonly calls: readonly LocalCall[] } | { readonly why: string } {
  if (code.files.length === 0) return { why: "no Go code" };
  if (!code.units.some(({ isFresh }) => isFresh)) return { why: "no Go code is new or changed" };
  const calls = localCalls(code).filter(
    ({ callees, within }) => within.isFresh || callees.some(({ isFresh }) => isFresh),
  );
  return calls.length === 0 ? { why: "no call of a function of the package in new code" } : { calls };
}

/** From where to where a node stands in its file. */
export function rangeIn({ tree }: CodeFile, node: Node): { readonly start: number; readonly end: number } {
  return { start: start(tree, node), end: end(tree, node) };
}

/** Whether one of the calls, and not only the node itself, stands in the node. */
export function holdsCall(calls: readonly LocalCall[], file: CodeFile, around: Node): boolean {
  return calls.some((call) => call.file === file && isWithin(file, call.node, around));
}

/** The arguments without parentheses, as written. */
export function argumentsText({ file: { tree }, node }: LocalCall): string {
  return text(tree, childByField(tree, node, F.arguments)).slice(1, -1);
}

/** Whether one call that gives several values stands for all arguments. */
export function isSpread({ file: { tree }, node, signature }: LocalCall): boolean {
  const list = childByField(tree, node, F.arguments);
  const [only, ...others] = argumentNodes({ tree }, list);
  return (
    only !== undefined &&
    others.length === 0 &&
    kind(tree, only) === K.call_expression &&
    signature.parameters.length > 1
  );
}

/** The arguments of an argument_list. */
export function argumentNodes({ tree }: Pick<CodeFile, "tree">, list: Node): Node[] {
  const nodes: Node[] = [];
  for (let child = firstChild(tree, list); child >= 0; child = tree.nextSibling[child] ?? -1)
    if (!["(", ")", ","].includes(text(tree, child)) && kind(tree, child) !== K.comment) nodes.push(child);
  return nodes;
}
