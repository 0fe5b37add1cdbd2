/** Wrapped in an interface: calls go through a variable of an interface type. */
import { end, start, text } from "../../../packages/analyzer/src/syntax/index.ts";
import { holdsCall, type LocalCall, rangeIn, rewrittenCalls } from "./calls.ts";
import { spotBefore } from "./hoist.ts";
import type { Mutation, Tools } from "./mutation.ts";
import { oncePerCallee } from "./once.ts";
import { argumentList, handOn, parameterList, resultList } from "./signature.ts";

export const wrapInInterface: Mutation = {
  name: "interface",
  says: "calls go through a variable of an interface type",
  mutate: (code, tools) => {
    const found = rewrittenCalls(code);
    if ("why" in found) return found;
    const variable = oncePerCallee((call) => declareVariable(call, tools));
    const type = oncePerCallee((call) => declareInterface(call, tools));
    const calls = found.calls.filter(({ operand, operandSign }) => operand < 0 || operandSign !== undefined);
    for (const call of calls) {
      if (call.operand < 0) tools.edits.replace(call.file.name, rangeIn(call.file, call.fn), variable(call));
      else convert(call, type(call), { ...tools, calls });
    }
    return undefined;
  },
};

/** Declares, beside a function, an interface, a type that calls the function, and a variable. */
function declareVariable({ callees, signature, name, file }: LocalCall, { edits, names }: Tools): string {
  const called = text(file.tree, name);
  const [type, caller, variable, method] = [names.word(), names.word(), names.word(), names.word()];
  const head = `${method}${parameterList(signature)}${resultList(signature)}`;
  for (const callee of callees) {
    edits.append(callee.file.name, `type ${type} interface {\n\t${head}\n}`);
    edits.append(callee.file.name, `type ${caller} struct{}`);
    const body = handOn(signature, `${called}${argumentList(signature)}`);
    edits.append(callee.file.name, `func (${caller}) ${head} {\n\t${body}\n}`);
    edits.append(callee.file.name, `var ${variable} ${type} = ${caller}{}`);
  }
  return `${variable}.${method}`;
}

/** Declares, beside a method, an interface that has it. */
function declareInterface({ callees, signature, name, file }: LocalCall, { edits, names }: Tools): string {
  const type = names.word();
  const method = `${text(file.tree, name)}${parameterList(signature)}${resultList(signature)}`;
  for (const callee of callees) edits.append(callee.file.name, `type ${type} interface {\n\t${method}\n}`);
  return type;
}

/** Puts the receiver of a call into a variable of the interface, or converts it where there is no place for one. */
function convert(
  { file, node, operand, operandSign = "" }: LocalCall,
  type: string,
  { edits, names, calls }: Tools & { readonly calls: readonly LocalCall[] },
): void {
  const { tree } = file;
  const spot = spotBefore(file, node);
  if (spot?.sees === true && !holdsCall(calls, file, operand)) {
    const variable = names.word();
    const value = operandSign + text(tree, operand);
    edits.insert(file.name, spot.at, `var ${variable} ${type} = ${value}\n${spot.indent}`);
    edits.replace(file.name, rangeIn(file, operand), variable);
    return;
  }
  edits.insert(file.name, start(tree, operand), `${type}(${operandSign}`);
  edits.insert(file.name, end(tree, operand), ")");
}
