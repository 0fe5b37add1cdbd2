/** Generics: calls go through a generic function, or a generic type that holds the function. */
import { childByField, end, F, start } from "../../../packages/analyzer/src/syntax/index.ts";
import { Is } from "../../../packages/analyzer/src/types/index.ts";
import { sameType } from "../../../packages/analyzer/src/types/type.ts";
import { argumentsText, isSpread, type LocalCall, rewrittenCalls } from "./calls.ts";
import type { Code } from "./code.ts";
import { besides } from "./code-file.ts";
import type { Mutation, Tools } from "./mutation.ts";
import type { SignatureText } from "./signature.ts";

export const generic: Mutation = {
  name: "generic",
  says: "calls go through a generic function, or a generic type",
  mutate: (code, tools) => {
    const found = rewrittenCalls(code);
    if ("why" in found) return found;
    if (!hasGenerics(code)) return { why: "the go line of go.mod is before 1.18" };
    const callers = new Map<string, string>();
    const once = (key: string, make: () => string) => {
      const known = callers.get(key) ?? make();
      callers.set(key, known);
      return known;
    };
    for (const call of found.calls) {
      const { file, signature } = call;
      const home = `${file.directory} ${file.packageName}`;
      if (tools.random.number(2) === 0 || isSpread(call) || !isInferred(code, call))
        hold(
          call,
          once(`${home} type`, () => declareHolder(call, tools)),
          tools,
        );
      else
        handOver(
          call,
          once(`${home} ${shapeOf(signature)}`, () => declareCaller(call, tools)),
          tools,
        );
    }
    return undefined;
  },
};

/** Whether the types of the arguments are those of the parameters: inference takes no others. */
function isInferred({ knowledge }: Code, { file, node }: LocalCall): boolean {
  const call = knowledge(file).calls.get(node);
  const { parameters = [], variadic = false } = call?.signature ?? {};
  if (variadic) return false;
  return (call?.arguments ?? []).every((operand, index) => {
    const wanted = parameters[index]?.type;
    if (operand.mode !== "value" || wanted === undefined) return false;
    const { type } = operand;
    return sameType(type, wanted) || (type.kind === "basic" && (type.is & Is.untyped) !== 0);
  });
}

function hasGenerics({ fixture }: Code): boolean {
  const goMod = fixture.new.find(({ name }) => name === "go.mod")?.content ?? "";
  const [, minor = "0"] = /^go 1\.(\d+)/m.exec(goMod) ?? [];
  return Number(minor) >= 18;
}

function shapeOf({ parameters, variadic, results }: SignatureText): string {
  return `${parameters.length}${variadic ? "..." : ""} ${results.length}`;
}

/** `f(a)` becomes `caller(f, a)`. */
function handOver(call: LocalCall, caller: string, { edits }: Tools): void {
  const { file, fn, node } = call;
  const { tree } = file;
  const open = start(tree, childByField(tree, node, F.arguments));
  edits.insert(file.name, start(tree, fn), `${caller}(`);
  edits.replace(
    file.name,
    { start: end(tree, fn), end: open + 1 },
    argumentsText(call).trim() === "" ? "" : ", ",
  );
}

/** Declares, in a file of its own, a function that calls one of so many parameters and results. */
function declareCaller({ file, signature }: LocalCall, { edits, names }: Tools): string {
  const name = names.word();
  const types = signature.parameters.map((_, index) => `P${index}`);
  const results = signature.results.map((_, index) => `R${index}`);
  const spread = (index: number) => (signature.variadic && index === types.length - 1 ? "..." : "");
  const result = results.length > 1 ? ` (${results.join(", ")})` : results.map((type) => ` ${type}`).join("");
  const fn = `func(${types.map((type, index) => spread(index) + type).join(", ")})${result}`;
  const isPlain = types.length + results.length === 0;
  const [constraint, first] = isPlain
    ? ["F ~func()", "f F"]
    : [`${[...types, ...results].join(", ")} any`, `f ${fn}`];
  const parameters = [first, ...types.map((type, index) => `p${index} ${spread(index)}${type}`)].join(", ");
  const given = types.map((_, index) => `p${index}${spread(index)}`).join(", ");
  const body = `${results.length > 0 ? "return " : ""}f(${given})`;
  edits.create(
    besides(file, `${names.word()}.go`),
    `package ${file.packageName}\n\nfunc ${name}[${constraint}](${parameters})${result} {\n\t${body}\n}\n`,
  );
  return name;
}

/** `f(a)` becomes `holder(f).method()(a)`. */
function hold({ file, fn }: LocalCall, holder: string, { edits }: Tools): void {
  const [made = "", method = ""] = holder.split(" ");
  edits.insert(file.name, start(file.tree, fn), `${made}(`);
  edits.insert(file.name, end(file.tree, fn), `).${method}()`);
}

function declareHolder({ file }: LocalCall, { edits, names }: Tools): string {
  const [type, made, method] = [names.word(), names.word(), names.word()];
  edits.create(
    besides(file, `${names.word()}.go`),
    `package ${file.packageName}

type ${type}[T any] struct {
	held T
}

func ${made}[T any](held T) ${type}[T] {
	return ${type}[T]{held: held}
}

func (it ${type}[T]) ${method}() T {
	return it.held
}
`,
  );
  return `${made} ${method}`;
}
