/** Collects the flows of a function and the closures in it, each once. */
import type { Node } from "../../syntax/index.ts";
import type { SignatureType, Type } from "../../types/index.ts";
import { type FunctionValue, local, nothing, type Place } from "./place.ts";

export type Flow =
  | { readonly kind: "assign"; readonly to: Place; readonly from: Place }
  | { readonly kind: "load"; readonly to: Place; readonly from: Place; readonly base: Place }
  | { readonly kind: "store"; readonly to: Place; readonly from: Place; readonly base: Place }
  | { readonly kind: "convert" | "assert"; readonly to: Place; readonly from: Place; readonly type: Type }
  | {
      readonly kind: "functions";
      readonly to: Place;
      readonly value: FunctionValue;
      readonly receiver: Place;
    }
  | {
      readonly kind: "yields";
      /** The range clause, and the body of the loop. */
      readonly clause: Node;
      readonly block: Node;
      /** Of the function. */
      readonly type: Type;
      readonly from: Place;
      readonly places: readonly Place[];
    };

export interface CallFlow {
  readonly node: Node;
  /** Where the use stands by which it names its callee. */
  readonly at: Node;
  /** Of the opening parenthesis. */
  readonly offset: number;
  readonly how: "call" | "go" | "defer";
  readonly spread: boolean;
  /** The receiver or the function value. */
  readonly callee: Place;
  readonly arguments: readonly Place[];
  /** Grows as results are asked for. */
  readonly results: Place[];
  readonly type: Type | undefined;
  readonly typeArguments: readonly Type[];
}

export interface BodyFlows {
  /** Undefined for initialisers. */
  readonly signature: SignatureType | undefined;
  readonly parameters: readonly Place[];
  readonly results: readonly Place[];
  readonly flows: Map<string, Flow>;
  readonly calls: Map<Node, CallFlow>;
}

export interface FlowRecorder {
  /** By function literal; that of the function itself by its own node. */
  readonly bodies: ReadonlyMap<Node, BodyFlows>;
  /** Adds to the body that is open. */
  readonly add: (flow: Flow) => void;
  /** The call at that node, made when it is first asked for. */
  readonly call: (node: Node, make: () => CallFlow) => CallFlow;
  /** Records what `record` adds as the body of another function; nothing if it has been recorded. */
  readonly inBody: (node: Node, places: Omit<BodyFlows, "flows" | "calls">, record: () => void) => void;
}

export function createRecorder(): FlowRecorder {
  const bodies = new Map<Node, BodyFlows>();
  let open: BodyFlows = {
    signature: undefined,
    parameters: [],
    results: [],
    flows: new Map(),
    calls: new Map(),
  };
  return {
    bodies,
    add: (flow) => {
      const key = flowKey(flow);
      if (!open.flows.has(key)) open.flows.set(key, flow);
    },
    call: (node, make) => {
      let known = open.calls.get(node);
      if (known === undefined) open.calls.set(node, (known = make()));
      return known;
    },
    inBody: (node, places, record) => {
      if (bodies.has(node)) return;
      const outer = open;
      open = { ...places, flows: new Map(), calls: new Map() };
      bodies.set(node, open);
      record();
      open = outer;
    },
  };
}

/** The place of a result of a call. */
export function resultPlace({ node, results }: CallFlow, index: number): Place {
  while (results.length < index) results.push(nothing);
  const known = results[index];
  if (known !== undefined && known !== nothing) return known;
  const made = local(`c${node}.${index}`);
  results[index] = made;
  return made;
}

/** Differs when the flows do. */
export function flowKey(flow: Flow): string {
  switch (flow.kind) {
    case "assign":
      return `= ${flow.to.key}, ${flow.from.key}`;
    case "load":
    case "store":
      return `${flow.kind} ${flow.to.key}, ${flow.from.key}, ${flow.base.key}`;
    case "convert":
    case "assert":
      return `${flow.kind} ${flow.to.key}, ${flow.from.key}, ${flow.type.id}`;
    case "functions":
      return `func ${flow.to.key}, ${functionKey(flow.value)}, ${flow.receiver.key}`;
    case "yields":
      return `yields ${flow.clause}, ${flow.type.id}, ${flow.from.key}, ${flow.places.map(({ key }) => key).join(", ")}`;
    default:
      return flow satisfies never;
  }
}

function functionKey(value: FunctionValue): string {
  switch (value.kind) {
    case "function":
      return `${value.id} ${value.typeArguments.map(({ id }) => id).join()}`;
    case "literal":
      return `$${value.node}`;
    case "method":
      return `${value.type.id} ${value.name}`;
    case "missing":
      return `? ${value.name}`;
    default:
      return value satisfies never;
  }
}

/** Differs when calls at one node do, apart from which results are asked for. */
export function callKey(call: CallFlow): string {
  const places = [call.callee, ...call.arguments].map(({ key }) => key).join();
  const types = call.typeArguments.map(({ id }) => id).join();
  return `${call.at} ${places} ${call.type?.id} ${types}`;
}
