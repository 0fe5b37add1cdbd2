/** Maps of functions: calls look the function up by a key. */
import { childByField, end, F, start } from "../../../packages/analyzer/src/syntax/index.ts";
import { argumentsText, type LocalCall, rangeIn, rewrittenCalls } from "./calls.ts";
import { cycleFinder } from "./cycles.ts";
import type { Mutation, Tools } from "./mutation.ts";
import { oncePerCallee } from "./once.ts";
import { functionType, receiverType } from "./signature.ts";

export const functionMap: Mutation = {
  name: "function-map",
  says: "each call looks the function up in a map of the package",
  mutate: (code, tools) => {
    const found = rewrittenCalls(code);
    if ("why" in found) return found;
    const isCyclic = cycleFinder(code);
    const entry = oncePerCallee((call) => declareMap(call, tools));
    const calls = found.calls.filter(
      (call) => (call.operand < 0 || call.operandSign !== undefined) && !isCyclic(call),
    );
    if (calls.length === 0) return { why: "a map would be part of an initialisation cycle" };
    for (const call of calls) lookUp(call, entry(call), tools);
    return undefined;
  },
};

/** Declares the map beside the callee, with an entry that nothing asks for too; gives the look-up. */
function declareMap({ callees, signature }: LocalCall, { edits, names, random }: Tools): string {
  const map = names.word();
  const isText = random.number(2) === 0;
  const [keyType, written, idle] = isText
    ? ["string", `"${names.word()}"`, `"${names.word()}"`]
    : ["int", String(2 + random.number(90)), "1"];
  const width = Math.max(written.length, idle.length) + 1;
  const entry = (key: string, value: string) => `\t${`${key}:`.padEnd(width)} ${value},\n`;
  for (const callee of callees) {
    const [name = ""] = callee.names;
    const isMethod = callee.receiver !== undefined;
    const fn = isMethod ? `(${receiverType(callee)}).${name}` : name;
    const type = functionType(signature, isMethod ? [receiverType(callee)] : []);
    const entries = entry(written, fn) + entry(idle, "nil");
    edits.append(callee.file.name, `var ${map} = map[${keyType}]${type}{\n${entries}}`);
  }
  return `${map}[${written}]`;
}

/** The receiver of a method becomes the first argument. */
function lookUp(call: LocalCall, entry: string, { edits }: Tools): void {
  const { file, node, fn, operand, operandSign = "" } = call;
  const { tree } = file;
  if (operand < 0) {
    edits.replace(file.name, rangeIn(file, fn), entry);
    return;
  }
  const list = childByField(tree, node, F.arguments);
  edits.insert(file.name, start(tree, operand), `${entry}(${operandSign}`);
  const comma = argumentsText(call).trim() === "" ? "" : ", ";
  edits.replace(file.name, { start: end(tree, operand), end: start(tree, list) + 1 }, comma);
}
