/** The code of functions, closures and initialisers. */
import type { LinkedFunction } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import { type Code, decodeCode } from "../model/code-facts.ts";
import type { FunctionFacts, UseFacts } from "../model/facts.ts";
import { functionId } from "../model/function-id.ts";

/** Decodes code when it is first asked for. That of a closure stands in the function around it. */
export function createCodes(program: Program): (fn: LinkedFunction) => Code | undefined {
  const codes = new Map<FunctionFacts, Code | undefined>();
  const closures = new Map<FunctionFacts, ReadonlyMap<string, Code>>();
  const codeOf = (fn: LinkedFunction): Code | undefined => {
    const { facts, root } = fn;
    if (codes.has(facts)) return codes.get(facts);
    const around = program.functions[root];
    const found =
      facts.kind === "closure" && around !== undefined && around.facts !== facts
        ? closuresOf(around).get(facts.id)
        : writtenIn(fn);
    codes.set(facts, found);
    return found;
  };
  const closuresOf = (around: LinkedFunction): ReadonlyMap<string, Code> => {
    let found = closures.get(around.facts);
    if (found === undefined)
      closures.set(around.facts, (found = closuresIn(program, around, codeOf(around))));
    return found;
  };
  return codeOf;
}

function writtenIn(fn: LinkedFunction): Code | undefined {
  const text = codeText(fn);
  return text === undefined ? undefined : decodeCode(text);
}

/** The code of a function or initialiser as facts have it; undefined if there is none, and of closures. */
export function codeText({ facts, pkg }: LinkedFunction): string | undefined {
  if (facts.kind !== "initializer") return facts.code;
  const one = pkg.names.find(
    ({ with: names, file }) =>
      file === facts.file &&
      names !== undefined &&
      functionId(pkg.path, `init:${names[0] ?? ""}`) === facts.id,
  );
  return one?.code || undefined;
}

/** By their ids. Linear in the code. */
function closuresIn(
  program: Program,
  { facts, pkg }: LinkedFunction,
  code: Code | undefined,
): Map<string, Code> {
  const found = new Map<string, Code>();
  const usesOf = (id: string): readonly UseFacts[] => {
    const numbers = program.byId.get(id) ?? [];
    const all = numbers.map((index) => program.functions[index]);
    return all.find((one) => one?.pkg === pkg && one.facts.file === facts.file)?.facts.uses ?? [];
  };
  const pending: { readonly form: unknown; readonly uses: readonly UseFacts[] }[] = [
    { form: code, uses: facts.uses },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (!Array.isArray(next.form)) continue;
    const [of, number, body] = next.form as readonly unknown[];
    if (of === "closure" && typeof number === "number" && Array.isArray(body)) {
      const target = next.uses[number]?.target;
      if (target?.kind !== "function") continue;
      // Behind the use of a literal stands its code.
      found.set(target.id, body as unknown as Code);
      pending.push({ form: body, uses: usesOf(target.id) });
      continue;
    }
    for (const form of next.form as readonly unknown[])
      if (Array.isArray(form)) pending.push({ form, uses: next.uses });
  }
  return found;
}
