/** Facts of functions elsewhere: some lines further down, and with what they mention in other tables. Linear. */
import type { FunctionFacts, PackageFacts } from "../model/facts.ts";
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
import { mapParts } from "../model/type-parts.ts";
import { createTables, type Tables } from "./flows/tables.ts";

type TableTerms = Pick<PackageFacts, "types" | "places" | "functionValues">;

export interface FactsMover {
  readonly facts: (facts: FunctionFacts, lines: number) => FunctionFacts;
  readonly type: (number: TypeNumber) => TypeNumber;
}

/** From the tables that facts had to others, in which what is missing is added. Throws for numbers that stood for nothing. */
export function factsMover(before: TableTerms, tables: Tables): FactsMover {
  const numbers = renumbering(before, tables);
  return { type: numbers.type, facts: (facts, lines) => movedFacts(facts, { ...numbers, lines }) };
}

/**
 * Facts with tables in the order in which functions, and then declared types, mention what is in them: in which order
 * something was compiled, and when, does not show.
 */
export function inOrderOfMention(facts: PackageFacts): PackageFacts {
  const tables = createTables(facts.path);
  const move = factsMover(facts, tables);
  return {
    ...facts,
    functions: facts.functions.map((one) => move.facts(one, 0)),
    declaredTypes: facts.declaredTypes.map((one) => ({ ...one, underlying: move.type(one.underlying) })),
    types: tables.types,
    places: tables.places,
    functionValues: tables.functionValues,
  };
}

interface Renumbering {
  readonly type: (number: TypeNumber) => TypeNumber;
  readonly place: (number: PlaceNumber) => PlaceNumber;
  readonly functionValue: (number: number) => number;
}

/** Numbers of the tables now by those that they were. They throw for what was none. */
function renumbering({ types, places, functionValues }: TableTerms, tables: Tables): Renumbering {
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

// Fields stay in their order.

function movedFacts(facts: FunctionFacts, moving: Moving): FunctionFacts {
  const { line, uses, signature, flows, bodies } = facts;
  const down = <T extends { readonly line: number }>(one: T): T => ({
    ...one,
    line: one.line + moving.lines,
  });
  return {
    ...facts,
    line: line + moving.lines,
    uses: uses.map(down),
    ...(signature !== undefined && { signature: moving.type(signature) }),
    ...(flows !== undefined && { flows: movedFlows(flows, moving) }),
    ...(bodies !== undefined && { bodies: bodies.map(down) }),
  };
}

function movedFlows(flows: FlowFacts, moving: Moving): FlowFacts {
  const { parameters, results, variants } = flows;
  return {
    ...movedLists(flows, moving),
    ...(parameters !== undefined && { parameters: parameters.map(moving.place) }),
    ...(results !== undefined && { results: results.map(moving.place) }),
    ...(variants !== undefined && { variants: variants.map((one) => movedVariant(one, moving)) }),
  };
}

function movedVariant(variant: FlowVariant, moving: Moving): FlowVariant {
  const { signature } = variant;
  return {
    ...movedLists(variant, moving),
    ...(signature !== undefined && { signature: moving.type(signature) }),
  };
}

function movedLists<T extends FlowLists>(lists: T, moving: Moving): T {
  const { place, type, functionValue } = moving;
  const { assign, load, store, convert, assert: asserted, functions, calls, yields } = lists;
  return {
    ...lists,
    ...(assign && { assign: assign.map(place) }),
    ...(load && { load: load.map(place) }),
    ...(store && { store: store.map(place) }),
    ...(convert && { convert: inTurn(convert, [place, place, type]) }),
    ...(asserted && { assert: inTurn(asserted, [place, place, type]) }),
    ...(functions && { functions: inTurn(functions, [place, functionValue, place]) }),
    ...(calls && { calls: calls.map((call) => movedCall(call, moving)) }),
    ...(yields && { yields: yields.map((one) => movedYield(one, moving)) }),
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
