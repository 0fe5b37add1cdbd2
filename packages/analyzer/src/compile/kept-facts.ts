/**
 * Facts of functions and initialisers that are as they were, taken from what was compiled before. That is perhaps not what
 * compiling made: who keeps it may hand out anything.
 */
import type { Declaration } from "../declare/package-scope.ts";
import type { FunctionFacts, NameFacts, PackageFacts } from "../model/facts.ts";
import type { CompiledDeclaration } from "./diagnostics.ts";
import type { Tables } from "./flows/tables.ts";
import type { KeptAs } from "./functions.ts";
import { type FactsMover, factsMover } from "./moved-facts.ts";
import type { MadeFacts } from "./outline.ts";
import type { VariableCode } from "./written-code.ts";

/** What is known of a function or an initialiser that need not be compiled. */
export type KeptFacts = Pick<CompiledDeclaration, "variable" | "functions" | "counts">;

/** Undefined if facts are not what they should be. */
export function keptFacts(
  before: PackageFacts,
  tables: Tables,
): (made: MadeFacts, now: KeptAs & { readonly declaration: Declaration }) => KeptFacts | undefined {
  const move = factsMover(before, tables);
  return ({ first, count, name, ...counts }, now) => {
    try {
      const functions = movedFunctions(before.functions.slice(first, first + count), now, move);
      const isWhole = functions?.length === count && (count > 0 || now.declaration.kind === "variable");
      if (functions === undefined || !isWhole) return undefined;
      if (name === undefined) return now.declaration.kind === "variable" ? undefined : { functions, counts };
      const variable = variableBefore(before.names[name], now);
      return variable && { functions, counts, variable };
    } catch {
      // A number without a meaning, or no facts at all.
      return undefined;
    }
  };
}

/** A function with the closures in it. */
function movedFunctions(
  [own, ...closures]: readonly FunctionFacts[],
  { id, file, line, entry }: KeptAs,
  move: FactsMover,
): FunctionFacts[] | undefined {
  if (own === undefined) return [];
  if (own.id !== id || own.file !== file || own.omitted) return undefined;
  if (!closures.every(({ kind }) => kind === "closure")) return undefined;
  const [first, ...others] = [own, ...closures].map((one) => move.facts(one, line - own.line));
  if (first === undefined) return undefined;
  const { id: _, kind, entry: _before, ...rest } = first;
  // In the order in which compiling has them.
  return [{ id, kind, ...(entry !== undefined && { entry }), ...rest }, ...others];
}

/** The code of a variable's initialiser. */
function variableBefore(
  name: NameFacts | undefined,
  { file, declaration }: { readonly file: number; readonly declaration: Declaration },
): VariableCode | undefined {
  if (name?.name !== declaration.name || name.kind !== declaration.kind || name.file !== file)
    return undefined;
  const { code, with: names } = name;
  return { ...(code !== undefined && { code }), ...(names !== undefined && { with: names }) };
}
