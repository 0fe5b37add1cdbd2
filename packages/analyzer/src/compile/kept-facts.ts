/**
 * Facts of functions and initialisers that are as they were, taken from what was compiled before: lines are moved, and what stands in tables gets
 * the numbers that it has in those of the package now. Linear in the facts. What they were is perhaps not what compiling
 * made: who keeps it may hand out anything.
 */
import type { Declaration } from "../declare/package-scope.ts";
import type { FunctionFacts, NameFacts, PackageFacts } from "../model/facts.ts";
import {
  type CallFacts,
  type FlowFacts,
  type FlowLists,
  type FlowVariant,
  type FunctionTerm,
  firstShared,
  type PlaceNumber,
  type SharedPlace,
  type TypeNumber,
  type YieldFacts,
} from "../model/flow-facts.ts";
import type { EntryPointKind } from "../model/report.ts";
import { mapParts } from "../model/type-parts.ts";
import type { CompiledDeclaration } from "./diagnostics.ts";
import type { Tables } from "./flows/tables.ts";
import type { MadeFacts } from "./outline.ts";
import type { VariableCode } from "./written-code.ts";

/** What is known of a function or an initialiser that need not be compiled. */
export type KeptFacts = Pick<CompiledDeclaration, "variable" | "functions" | "counts">;

/** A function or an initialiser as it stands now. */
export interface KeptAs {
  readonly id: string;
  readonly file: number;
  readonly line: number;
  readonly entry: EntryPointKind | undefined;
}

/** Undefined if facts are not what they should be. */
export function keptFacts(
  before: PackageFacts,
  tables: Tables,
): (made: MadeFacts, now: KeptAs & { readonly declaration: Declaration }) => KeptFacts | undefined {
  const numbers = renumbering(before, tables);
  return ({ first, count, name, ...counts }, now) => {
    try {
      const functions = movedFunctions(before.functions.slice(first, first + count), now, numbers);
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
  numbers: Renumbering,
): FunctionFacts[] | undefined {
  if (own === undefined) return [];
  if (own.id !== id || own.file !== file || own.omitted) return undefined;
  if (!closures.every(({ kind }) => kind === "closure")) return undefined;
  const moved = (one: FunctionFacts) => movedFacts(one, { ...numbers, lines: line - own.line });
  const { entry: _, ...rest } = moved(own);
  return [{ ...rest, ...(entry !== undefined && { entry }) }, ...closures.map(moved)];
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

interface Renumbering {
  readonly type: (number: TypeNumber) => TypeNumber;
  readonly place: (number: PlaceNumber) => PlaceNumber;
  readonly functionValue: (number: number) => number;
}

/** Numbers of the tables now by those that they were. They throw for what was none. */
function renumbering({ types, places, functionValues }: PackageFacts, tables: Tables): Renumbering {
  const type = remembered((number) => {
    return tables.term(
      mapParts(the(types[number]), (part) => {
        if (part >= number) throw new RangeError("a type is part of itself");
        return type(part);
      }),
    );
  });
  const shared = remembered((index) => tables.sharedPlace(sharedPlace(the(places[index]), type)));
  return {
    type,
    place: (number) => (number > firstShared ? number : shared(firstShared - number)),
    functionValue: remembered((number) =>
      tables.functionValue(functionTerm(the(functionValues[number]), type)),
    ),
  };
}

function remembered(make: (number: number) => number): (number: number) => number {
  const known: number[] = [];
  return (number) => (known[number] ??= make(number));
}

function the<T>(found: T | undefined): T {
  if (found === undefined) throw new RangeError("a number stands for nothing");
  return found;
}

function sharedPlace(place: SharedPlace, type: Renumbering["type"]): SharedPlace {
  switch (place[0]) {
    case "variable":
      return place;
    case "field":
      return [place[0], type(place[1]), place[2]];
    default:
      return [place[0], type(place[1])];
  }
}

function functionTerm(term: FunctionTerm, type: Renumbering["type"]): FunctionTerm {
  switch (term[0]) {
    case "function": {
      const [kind, id, ...typeArguments] = term;
      return [kind, id, ...typeArguments.map(type)];
    }
    case "method":
      return [term[0], type(term[1]), term[2]];
    default:
      return term;
  }
}

interface Moving extends Renumbering {
  /** How many lines down. */
  readonly lines: number;
}

function movedFacts(facts: FunctionFacts, moving: Moving): FunctionFacts {
  const { line, uses, signature, flows, bodies, ...rest } = facts;
  const down = <T extends { readonly line: number }>(one: T): T => ({
    ...one,
    line: one.line + moving.lines,
  });
  return {
    ...rest,
    line: line + moving.lines,
    uses: uses.map(down),
    ...(signature !== undefined && { signature: moving.type(signature) }),
    ...(flows !== undefined && { flows: movedFlows(flows, moving) }),
    ...(bodies !== undefined && { bodies: bodies.map(down) }),
  };
}

function movedFlows({ parameters, results, variants, ...lists }: FlowFacts, moving: Moving): FlowFacts {
  return {
    ...(parameters !== undefined && { parameters: parameters.map(moving.place) }),
    ...(results !== undefined && { results: results.map(moving.place) }),
    ...movedLists(lists, moving),
    ...(variants !== undefined && { variants: variants.map((one) => movedVariant(one, moving)) }),
  };
}

function movedVariant({ builds, signature, ...lists }: FlowVariant, moving: Moving): FlowVariant {
  return {
    builds,
    ...(signature !== undefined && { signature: moving.type(signature) }),
    ...movedLists(lists, moving),
  };
}

function movedLists(lists: FlowLists, moving: Moving): FlowLists {
  const { place, type, functionValue } = moving;
  const { assign, load, store, convert, assert: asserted, functions, calls, yields, bodies } = lists;
  return {
    ...(assign && { assign: assign.map(place) }),
    ...(load && { load: load.map(place) }),
    ...(store && { store: store.map(place) }),
    ...(convert && { convert: inTurn(convert, [place, place, type]) }),
    ...(asserted && { assert: inTurn(asserted, [place, place, type]) }),
    ...(functions && { functions: inTurn(functions, [place, functionValue, place]) }),
    ...(yields && { yields: yields.map((one) => movedYield(one, moving)) }),
    ...(bodies && { bodies }),
    ...(calls && { calls: calls.map((call) => movedCall(call, moving)) }),
  };
}

function movedYield([of, from, ...places]: YieldFacts, { place, type }: Moving): YieldFacts {
  return [type(of), place(from), ...places.map(place)];
}

/** Numbers of several kinds, which take turns. */
function inTurn(numbers: readonly number[], kinds: readonly ((number: number) => number)[]): number[] {
  return numbers.map((number, index) => the(kinds[index % kinds.length])(number));
}

function movedCall(call: CallFacts, { lines, place, type }: Moving): CallFacts {
  const [use, line, column, callee, parameters, results, details] = call;
  const start = [use, line + lines, column, place(callee), parameters.map(place)] as const;
  if (results === undefined) return start;
  if (details === undefined) return [...start, results.map(place)];
  const { type: of, typeArguments } = details;
  const moved = {
    ...details,
    ...(of !== undefined && { type: type(of) }),
    ...(typeArguments !== undefined && { typeArguments: typeArguments.map(type) }),
  };
  return [...start, results.map(place), moved];
}
