/** Moved to another function: a new function stands between a call and what it calls. */
import { text } from "../../../packages/analyzer/src/syntax/index.ts";
import { type LocalCall, rangeIn, rewrittenCalls } from "./calls.ts";
import type { Mutation, Tools } from "./mutation.ts";
import { oncePerCallee } from "./once.ts";
import { argumentList, handOn, parameterList, receiverType, resultList } from "./signature.ts";

export const move: Mutation = {
  name: "move",
  says: "a new function stands between each call and what it calls",
  mutate: (code, tools) => {
    const found = rewrittenCalls(code);
    if ("why" in found) return found;
    const between = oncePerCallee((call) => declareBetween(call, tools));
    for (const call of found.calls)
      tools.edits.replace(call.file.name, rangeIn(call.file, call.name), between(call));
    return undefined;
  },
};

/** Declares it beside the callee: there all types have their names. A method for a method. */
function declareBetween({ callees, signature, name, file }: LocalCall, { edits, names }: Tools): string {
  const called = text(file.tree, name);
  const between = names.fresh(names.word());
  for (const callee of callees) {
    const isMethod = callee.receiver !== undefined;
    const head = isMethod ? `func (it ${receiverType(callee)}) ${between}` : `func ${between}`;
    const call = `${isMethod ? "it." : ""}${called}${argumentList(signature)}`;
    edits.append(
      callee.file.name,
      `${head}${parameterList(signature)}${resultList(signature)} {\n\t${handOn(signature, call)}\n}`,
    );
  }
  return between;
}
