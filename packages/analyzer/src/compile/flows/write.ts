/** Flows as facts. */
import type { BuildSet, BuildSets } from "../../constraints/index.ts";
import type {
  CallDetails,
  CallFacts,
  FlowFacts,
  FlowLists,
  FlowVariant,
  PlaceNumber,
  TypeNumber,
  YieldFacts,
} from "../../model/flow-facts.ts";
import { type FlatTree, type Node, placeOf } from "../../syntax/index.ts";
import type { Type } from "../../types/index.ts";
import type { MergedUse } from "../observed-body.ts";
import type { InBuilds, MergedFlows } from "./merge.ts";
import { nothing, type Place } from "./place.ts";
import type { CallFlow, Flow } from "./recorder.ts";
import { functionTerm, type Parameters, type Tables } from "./tables.ts";

export interface FlowWriter {
  /** The flows of the function, or of a closure in it: those first that stand further out. */
  readonly write: (body: BodyToWrite) => FlowFacts | undefined;
  readonly signature: (flows: MergedFlows) => TypeNumber | undefined;
}

export interface BodyToWrite {
  readonly flows: MergedFlows;
  /** Of the function or closure. */
  readonly builds: BuildSet;
  /** As they are in facts. */
  readonly uses: readonly MergedUse[];
  /** The ids of the function literals in it. */
  readonly literals: ReadonlyMap<Node, string>;
  /** By range clause the place of the body of a range over a function. */
  readonly bodies: ReadonlyMap<Node, number>;
}

export interface WriterInput {
  readonly tables: Tables;
  readonly tree: FlatTree;
  readonly buildSets: BuildSets;
  /** Of the function, or of its receiver's type. */
  readonly parameters: Parameters;
}

type Lists = {
  -readonly [K in "assign" | "load" | "store" | "convert" | "assert" | "functions"]: number[];
} & {
  readonly yields: YieldFacts[];
  readonly bodies: number[];
  readonly calls: CallFacts[];
  signature: TypeNumber | undefined;
};

/** Writes a declared function and its closures, whose places are numbered in one row. */
export function createWriter(input: WriterInput): FlowWriter {
  const { tables, tree, buildSets, parameters } = input;
  const locals = new Map<string, PlaceNumber>();
  const numberOf = (place: Place): PlaceNumber => {
    if (place.kind !== "local") return tables.place(place, parameters);
    let number = locals.get(place.key);
    if (number === undefined) locals.set(place.key, (number = locals.size));
    return number;
  };
  const typeNumber = (type: Type) => tables.type(type, parameters);

  function addFlow(
    lists: Lists,
    flow: Flow,
    { literals, bodies }: Pick<BodyToWrite, "literals" | "bodies">,
  ): void {
    switch (flow.kind) {
      case "assign":
        lists.assign.push(numberOf(flow.to), numberOf(flow.from));
        return;
      case "load":
      case "store":
        lists[flow.kind].push(numberOf(flow.to), numberOf(flow.from), numberOf(flow.base));
        return;
      case "convert":
      case "assert":
        lists[flow.kind].push(numberOf(flow.to), numberOf(flow.from), typeNumber(flow.type));
        return;
      case "functions": {
        const term = functionTerm(tables, flow.value, { parameters, idOf: (node) => literals.get(node) });
        if (term === undefined) return;
        lists.functions.push(numberOf(flow.to), tables.functionValue(term), numberOf(flow.receiver));
        return;
      }
      case "yields":
        lists.yields.push([typeNumber(flow.type), numberOf(flow.from), ...flow.places.map(numberOf)]);
        lists.bodies.push(bodies.get(flow.clause) ?? -1);
        return;
      default:
        flow satisfies never;
    }
  }

  function callFacts(call: CallFlow, use: number): CallFacts {
    const { line, column } = placeOf(tree.source, call.offset);
    const callee = numberOf(call.callee);
    const given = trimmed(call.arguments).map(numberOf);
    const results = trimmed(call.results).map(numberOf);
    const details: CallDetails = {
      ...(call.how !== "call" && { how: call.how }),
      ...(call.spread && { spread: true }),
      ...(call.type !== undefined && { type: typeNumber(call.type) }),
      ...(call.typeArguments.length > 0 && { typeArguments: call.typeArguments.map(typeNumber) }),
    };
    if (Object.keys(details).length > 0) return [use, line, column, callee, given, results, details];
    return results.length > 0
      ? [use, line, column, callee, given, results]
      : [use, line, column, callee, given];
  }

  const byBuilds = (builds: BuildSet) => {
    const own = emptyLists();
    const variants = new Map<BuildSet, Lists>();
    const listsOf = (set: BuildSet): Lists => {
      if (buildSets.equal(set, builds)) return own;
      let lists = variants.get(set);
      if (lists === undefined) variants.set(set, (lists = emptyLists()));
      return lists;
    };
    return { own, variants, listsOf };
  };

  return {
    signature: ({ signatures: [first] }) => (first === undefined ? undefined : typeNumber(first.value)),
    write: ({ flows, builds, uses, literals, bodies }) => {
      const parametersOf = trimmed(flows.parameters).map(numberOf);
      const results = trimmed(flows.results).map(numberOf);
      const { own, variants, listsOf } = byBuilds(builds);
      for (const { value, builds: set } of flows.flows) addFlow(listsOf(set), value, { literals, bodies });
      const [, ...others] = flows.signatures;
      for (const { value, builds: set } of others) listsOf(set).signature = typeNumber(value);
      const byNode = usesByNode(uses);
      for (const call of flows.calls)
        for (const { index, set } of namedBy(buildSets, byNode, call))
          listsOf(set).calls.push(callFacts(call.value, index));
      const found: FlowVariant[] = [...variants]
        .map(([set, lists]) => ({
          builds: buildSets.expression(buildSets.narrow(set)),
          ...filled(lists),
        }))
        .sort((a, b) => (a.builds < b.builds ? -1 : 1));
      const facts: FlowFacts = {
        ...(parametersOf.length > 0 && { parameters: parametersOf }),
        ...(results.length > 0 && { results }),
        ...filled(own),
        ...(found.length > 0 && { variants: found }),
      };
      return Object.keys(facts).length === 0 ? undefined : facts;
    },
  };
}

function emptyLists(): Lists {
  return {
    assign: [],
    load: [],
    store: [],
    convert: [],
    assert: [],
    functions: [],
    yields: [],
    bodies: [],
    calls: [],
    signature: undefined,
  };
}

/** The lists that hold something. */
function filled(lists: Lists): FlowLists & Pick<FlowVariant, "signature"> {
  const { signature, ...others } = lists;
  return {
    ...(signature !== undefined && { signature }),
    ...Object.fromEntries(Object.entries(others).filter(([, list]) => list.length > 0)),
  };
}

/** Without places of no interest at the end. */
function trimmed(places: readonly Place[]): readonly Place[] {
  let length = places.length;
  while (length > 0 && places[length - 1] === nothing) length--;
  return places.slice(0, length);
}

interface NamedUse {
  /** Its place in the facts. */
  readonly index: number;
  readonly use: MergedUse;
}

function usesByNode(uses: readonly MergedUse[]): ReadonlyMap<Node, readonly NamedUse[]> {
  const byNode = new Map<Node, NamedUse[]>();
  uses.forEach((use, index) => {
    if (use.use !== "call") return;
    const list = byNode.get(use.at);
    if (list === undefined) byNode.set(use.at, [{ index, use }]);
    else list.push({ index, use });
  });
  return byNode;
}

/** The uses by which a call names its callee, one for each meaning, with the builds in which it has that. */
function namedBy(
  buildSets: BuildSets,
  byNode: ReadonlyMap<Node, readonly NamedUse[]>,
  { value, builds }: InBuilds<CallFlow>,
): { readonly index: number; readonly set: BuildSet }[] {
  return (byNode.get(value.at) ?? []).flatMap(({ index, use }) => {
    const set = buildSets.and(builds, use.builds);
    return buildSets.isEmpty(set) ? [] : [{ index, set }];
  });
}
