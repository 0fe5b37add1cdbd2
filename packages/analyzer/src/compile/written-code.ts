/** Code as facts have it: variables are numbered from 0, and forms name uses by their places among those of their body. */
import { changesOf } from "../model/code-changes.ts";
import { type Code, codeLimit, encodeCode, longText } from "../model/code-facts.ts";
import type { FunctionFacts, NameFacts } from "../model/facts.ts";
import { compareText } from "../model/position.ts";
import type { Node } from "../syntax/index.ts";
import type { BodyCode } from "./code/index.ts";
import type { MergedUse } from "./observed-body.ts";

/** By the node of a function, and of the literals in it. */
export type UsesByBody = Map<Node, readonly MergedUse[]>;

interface Body {
  readonly node: Node;
  readonly usesAt: UsesByBody;
  /** Of the package. */
  readonly path: string;
}

/** Without the code where it is too large, or empty. */
export function writtenCode(
  recorded: BodyCode | undefined,
  { node, usesAt, path }: Body,
): Pick<FunctionFacts, "code" | "assigns"> {
  if (recorded === undefined) return {};
  const { isWhole, mayChange, code } = recorded;
  const assigns = [...new Set([...changesOf(code[3]).globals, ...mayChange])].sort(compareText);
  const isEmpty = code[3].length === 0;
  const text =
    isWhole && !isEmpty
      ? fitting(numbered(code, { numbers: new Map(), usesAt, path }, usesOf(usesAt, node)))
      : "";
  return {
    ...(text !== "" && text.length <= codeLimit && { code: text }),
    ...(assigns.length > 0 && { assigns }),
  };
}

/** One long text in a function must not hide the rest of it. */
function fitting(code: Code): string {
  const whole = encodeCode(code);
  // A form that is replaced by another one is still code.
  return whole.length <= codeLimit ? whole : encodeCode(withoutLongTexts(code) as Code);
}

/** As `renumbered`. */
function withoutLongTexts(form: unknown): unknown {
  if (!Array.isArray(form)) return form;
  const [of, text] = form as readonly unknown[];
  if (of === "s" && typeof text === "string" && text.length > longText) return ["?", []];
  return form.map(withoutLongTexts);
}

/** What facts say of a variable about its initialiser. */
export type VariableCode = Pick<NameFacts, "code" | "with">;

/** The code of the initialiser of some variables, and what the function that it is changes besides. */
export function variableCode(
  recorded: BodyCode | undefined,
  { names, ...body }: Body & { readonly names: readonly string[] },
): VariableCode & Pick<FunctionFacts, "assigns"> {
  const { code = "", ...changed } = writtenCode(recorded, body);
  return { code, with: names, ...changed };
}

type Places = ReadonlyMap<Node, number>;

/** By the node where a use stands its place, of several that of a call. */
function usesOf(usesAt: UsesByBody, body: Node): Places {
  const places = new Map<Node, number>();
  usesAt.get(body)?.forEach(({ at, use }, index) => {
    if (!places.has(at) || use === "call") places.set(at, index);
  });
  return places;
}

interface Numbering extends Omit<Body, "node"> {
  readonly numbers: Map<number, number>;
}

function numberOf({ numbers }: Numbering, variable: number): number {
  if (variable === -1) return -1;
  let number = numbers.get(variable);
  if (number === undefined) numbers.set(variable, (number = numbers.size));
  return number;
}

function numbered([parameters, results, variadic, body]: Code, numbering: Numbering, places: Places): Code {
  return [
    parameters.map((one) => numberOf(numbering, one)),
    results.map(([variable, type]) => [numberOf(numbering, variable), type]),
    variadic,
    // Forms stay what they are but for the numbers in them.
    body.map((one) => renumbered(one, numbering, places) as typeof one),
  ];
}

/** Forms are as deep as the walk that made them. */
function renumbered(form: unknown, numbering: Numbering, places: Places): unknown {
  if (!Array.isArray(form)) return form;
  const [of, number, ...rest] = form as readonly unknown[];
  if (typeof number === "number") {
    if (of === "var" || of === "new") return [of, numberOf(numbering, number)];
    if (of === "closure") {
      // Behind the node of a literal stands its code.
      const code = numbered(rest[0] as Code, numbering, usesOf(numbering.usesAt, number));
      return [of, places.get(number) ?? -1, code];
    }
    if (of === "call" || of === "function" || of === "method")
      return [of, places.get(number) ?? -1, ...rest.map((part) => renumbered(part, numbering, places))];
  }
  if (of === "global" && number === numbering.path) return [of, "", ...rest];
  return form.map((part) => renumbered(part, numbering, places));
}
