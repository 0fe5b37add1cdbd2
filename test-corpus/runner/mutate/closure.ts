/** Closures: each call is made in one that a variable holds, and that is called later. */
import { text } from "../../../packages/analyzer/src/syntax/index.ts";
import { argumentsText, holdsCall, type LocalCall, rangeIn, rewrittenCalls } from "./calls.ts";
import type { Code } from "./code.ts";
import { nodesIn } from "./code-file.ts";
import { cycleFinder } from "./cycles.ts";
import { type Spot, spotBefore } from "./hoist.ts";
import type { Mutation, Tools } from "./mutation.ts";
import { argumentList, handOn, parameterList, resultList } from "./signature.ts";

export const closure: Mutation = {
  name: "closure",
  says: "each call is made in a closure that a variable holds",
  mutate: (code, tools) => {
    const found = rewrittenCalls(code);
    if ("why" in found) return found;
    const isCyclic = cycleFinder(code);
    for (const call of found.calls) {
      const spot = spotBefore(call.file, call.node);
      if (spot !== undefined && namesTypes(code, call) && canStand(call, spot, found.calls))
        holdBefore(call, spot, { ...tools, calls: found.calls });
      else if (call.operand < 0 && !isCyclic(call)) holdInPackage(call, tools);
    }
    return undefined;
  },
};

/** Whether the callee can be named at the spot. */
function canStand({ file, operand }: LocalCall, { sees }: Spot, calls: readonly LocalCall[]): boolean {
  return operand < 0 || (sees && !holdsCall(calls, file, operand));
}

/** Whether the words of the signature's types mean in the file of the call what they mean where the callee is declared. */
function namesTypes({ knowledge }: Code, { file, within, signature, callees }: LocalCall): boolean {
  const words = new Set(
    [...signature.parameters, ...signature.results].flatMap(
      (type) => type.match(/[\p{L}_][\p{L}\p{Nd}_]*/gu) ?? [],
    ),
  );
  const [{ file: home }] = callees;
  if ([...words].some((word) => home.imports.get(word) !== file.imports.get(word))) return false;
  // A name that is an expression there may be a variable's: types in expressions are few.
  const { operands } = knowledge(file);
  return ![...nodesIn(file, within.node)].some(
    (node) => operands.get(node)?.mode === "value" && words.has(text(file.tree, node)),
  );
}

function holdBefore(
  call: LocalCall,
  spot: Spot,
  tools: Tools & { readonly calls: readonly LocalCall[] },
): void {
  const { file, fn, node, signature } = call;
  const { edits, names } = tools;
  const variable = names.word();
  const captures = spot.sees && !spot.deferred && !argumentsHoldCall(call, tools.calls);
  const [parameters, given] = captures
    ? ["()", `(${argumentsText(call)})`]
    : [parameterList(signature), argumentList(signature)];
  const body = handOn(signature, text(file.tree, fn) + given);
  const literal = `func${parameters}${resultList(signature)} {\n${spot.indent}\t${body}\n${spot.indent}}`;
  edits.insert(file.name, spot.at, `${variable} := ${literal}\n${spot.indent}`);
  if (captures) edits.replace(file.name, rangeIn(file, node), `${variable}()`);
  else edits.replace(file.name, rangeIn(file, fn), variable);
}

function argumentsHoldCall({ file, node }: LocalCall, calls: readonly LocalCall[]): boolean {
  return calls.some((other) => other.file === file && other.node !== node && holdsCall([other], file, node));
}

/** A package variable holds the closure: the call stands in the initialiser of another one, or the types have no names there. */
function holdInPackage({ file, fn, callees, signature }: LocalCall, { edits, names }: Tools): void {
  const variable = names.word();
  const call = text(file.tree, fn) + argumentList(signature);
  const literal = `func${parameterList(signature)}${resultList(signature)} {\n\t${handOn(signature, call)}\n}`;
  for (const callee of callees) edits.append(callee.file.name, `var ${variable} = ${literal}`);
  edits.replace(file.name, rangeIn(file, fn), variable);
}
