/** A package variable is one place in all builds, and may be of another type in some: what it holds of that is nothing that it holds here. */
import type { CodeType } from "../model/code-facts.ts";
import { alternatives, either, type Known, unknown, type Value } from "./values.ts";

/** What a variable of that type may hold of a value. */
export function ofType(value: Value, type: CodeType): Value {
  if (value.kind === "unknown" || alternatives(value).every((one) => fits(one, type))) return value;
  const rest = value.kind === "either" && value.rest !== undefined ? [value.rest] : [];
  const all = [...alternatives(value).filter((one) => fits(one, type)), ...rest];
  return all.length === 0 ? unknown : either(all);
}

/** Strings, numbers, truth values, slices and maps are told apart; of all other types it may be. */
function fits({ kind }: Known, type: CodeType): boolean {
  if (typeof type !== "string") return !isBasic.has(kind) || isBytes(type);
  switch (type) {
    case "s":
      return kind === "text" || kind === "partial";
    case "b":
      return kind === "bool";
    default:
      return /^[iu]\d/u.test(type) ? kind === "int" : true;
  }
}

const isBasic: ReadonlySet<Known["kind"]> = new Set(["text", "partial", "int", "bool"]);

/** What is embedded may be the text that it is. */
function isBytes(type: CodeType): boolean {
  return type[0] === "[]" && type[1] === "u8";
}
