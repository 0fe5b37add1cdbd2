/** Code as facts have it: its forms name uses by their places among those of the body. */
import { codeLimit, encodeCode } from "../model/code-facts.ts";
import type { FunctionFacts, NameFacts } from "../model/facts.ts";
import type { Node } from "../syntax/index.ts";
import type { BodyCode } from "./code/index.ts";
import type { MergedUse } from "./observed-body.ts";

/** Has the forms of a body, that of a function or literal at that node, name their uses. */
export function nameUses(code: BodyCode | undefined, node: Node, uses: readonly MergedUse[]): void {
  const pending = code?.uses.get(node) ?? [];
  if (pending.length === 0) return;
  const places = new Map<Node, number>();
  uses.forEach(({ at, use }, index) => {
    if (!places.has(at) || use === "call") places.set(at, index);
  });
  for (const { form, at } of pending) form[1] = places.get(at) ?? -1;
}

/** Nothing where it is too large. */
export function writtenCode(code: BodyCode | undefined): Pick<FunctionFacts, "code"> {
  if (code === undefined) return {};
  const text = encodeCode(code.code);
  return text.length > codeLimit ? {} : { code: text };
}

/** What facts say of a variable about its initialiser. */
export type VariableCode = Pick<NameFacts, "code" | "with">;

/** The code of the initialiser of a variable, once uses are named. */
export function variableCode(code: BodyCode | undefined): VariableCode | undefined {
  const written = writtenCode(code);
  return code === undefined || written.code === undefined ? undefined : { ...written, with: code.sets ?? [] };
}
