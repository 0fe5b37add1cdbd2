/** Code as facts have it: its forms name uses by their places among those of the body. */
import { changesOf } from "../model/code-changes.ts";
import { codeLimit, encodeCode } from "../model/code-facts.ts";
import type { FunctionFacts, NameFacts } from "../model/facts.ts";
import { compareText } from "../model/position.ts";
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

/** Without the code where it is too large. */
export function writtenCode(recorded: BodyCode | undefined): Pick<FunctionFacts, "code" | "assigns"> {
  if (recorded === undefined) return {};
  const { code, isWhole } = recorded;
  const assigns = [...changesOf(code[3]).globals].sort(compareText);
  const text = isWhole ? encodeCode(code) : "";
  return {
    ...(text !== "" && text.length <= codeLimit && { code: text }),
    ...(assigns.length > 0 && { assigns }),
  };
}

/** What facts say of a variable about its initialiser. */
export type VariableCode = Pick<NameFacts, "code" | "with">;

/** The code of the initialiser of some variables, once uses are named. */
export function variableCode(recorded: BodyCode | undefined, names: readonly string[]): VariableCode {
  return { code: writtenCode(recorded).code ?? "", with: names };
}
