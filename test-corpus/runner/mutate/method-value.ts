/** Method values: a method is put into a variable, and the variable is called. */
import { text } from "../../../packages/analyzer/src/syntax/index.ts";
import { holdsCall, type LocalCall, rangeIn, rewrittenCalls } from "./calls.ts";
import { cycleFinder } from "./cycles.ts";
import { spotBefore } from "./hoist.ts";
import type { Mutation, Tools } from "./mutation.ts";
import { oncePerCallee } from "./once.ts";
import { argumentList, handOn, parameterList, resultList } from "./signature.ts";

export const methodValue: Mutation = {
  name: "method-value",
  says: "calls go through a variable that holds a method of a value",
  mutate: (code, tools) => {
    const found = rewrittenCalls(code);
    if ("why" in found) return found;
    const isCyclic = cycleFinder(code);
    const method = oncePerCallee((call) => declareMethod(call, tools));
    for (const call of found.calls) {
      const { file, node, operand } = call;
      const spot = spotBefore(file, node);
      if (operand >= 0 && (spot?.sees !== true || holdsCall(found.calls, file, operand))) continue;
      if (spot === undefined && isCyclic(call)) continue;
      const variable = tools.names.word();
      const value = operand < 0 ? method(call) : text(file.tree, call.fn);
      if (spot !== undefined)
        tools.edits.insert(file.name, spot.at, `${variable} := ${value}\n${spot.indent}`);
      else
        for (const callee of call.callees) tools.edits.append(callee.file.name, `var ${variable} = ${value}`);
      tools.edits.replace(file.name, rangeIn(file, call.fn), variable);
    }
    return undefined;
  },
};

/** Declares, beside a function, a type with a method that calls it. */
function declareMethod({ callees, signature, name, file }: LocalCall, { edits, names }: Tools): string {
  const [type, method] = [names.word(), names.word()];
  for (const callee of callees) {
    edits.append(callee.file.name, `type ${type} struct{}`);
    const body = handOn(signature, `${text(file.tree, name)}${argumentList(signature)}`);
    edits.append(
      callee.file.name,
      `func (${type}) ${method}${parameterList(signature)}${resultList(signature)} {\n\t${body}\n}`,
    );
  }
  return `${type}{}.${method}`;
}
