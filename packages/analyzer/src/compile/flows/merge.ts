/** Flows of the parts of a body, put together. */
import type { BuildSet, BuildSets } from "../../constraints/index.ts";
import type { Node } from "../../syntax/index.ts";
import type { Part, SignatureType } from "../../types/index.ts";
import { nothing, type Place } from "./place.ts";
import { type BodyFlows, type CallFlow, callKey, type Flow, flowKey, resultPlace } from "./recorder.ts";

export interface InBuilds<T> {
  readonly value: T;
  builds: BuildSet;
}

export interface MergedFlows {
  /** Nearly always one, or none of an initialiser. */
  readonly signatures: readonly InBuilds<SignatureType>[];
  readonly parameters: readonly Place[];
  readonly results: readonly Place[];
  readonly flows: readonly InBuilds<Flow>[];
  /** In source order. */
  readonly calls: readonly InBuilds<CallFlow>[];
}

interface Merging {
  parameters: readonly Place[];
  results: readonly Place[];
  readonly signatures: Map<string, InBuilds<SignatureType>>;
  readonly flows: Map<string, InBuilds<Flow>>;
  readonly calls: Map<string, InBuilds<CallFlow>>;
}

/** By the node of the function or literal: what is so in several parts is so in the builds of all of them. */
export function mergeFlows(
  builds: BuildSets,
  parts: readonly Part<ReadonlyMap<Node, BodyFlows>>[],
): ReadonlyMap<Node, MergedFlows> {
  const [only] = parts;
  if (only !== undefined && parts.length === 1)
    return new Map([...only.value].map(([node, body]) => [node, onlyFlows(body, only.builds)]));
  const bodies = new Map<Node, Merging>();
  for (const { builds: set, value } of parts) {
    for (const [node, body] of value) {
      let merging = bodies.get(node);
      if (merging === undefined) bodies.set(node, (merging = newMerging()));
      merging.parameters = placesOfAll(merging.parameters, body.parameters);
      merging.results = placesOfAll(merging.results, body.results);
      const join = <T>(all: Map<string, InBuilds<T>>, key: string, one: T) => {
        const known = all.get(key);
        if (known === undefined) all.set(key, { value: one, builds: set });
        else known.builds = builds.or(known.builds, set);
      };
      const { signature } = body;
      if (signature !== undefined) join(merging.signatures, String(signature.canonical.id), signature);
      for (const flow of body.flows.values()) join(merging.flows, flowKey(flow), flow);
      for (const call of body.calls.values()) {
        const key = `${call.node} ${callKey(call)}`;
        const known = merging.calls.get(key)?.value;
        join(merging.calls, key, call);
        if (known !== undefined) askForResults(known, call);
      }
    }
  }
  return new Map([...bodies].map(([node, merging]) => [node, mergedFlows(merging)]));
}

function newMerging(): Merging {
  return { parameters: [], results: [], signatures: new Map(), flows: new Map(), calls: new Map() };
}

/** What is of no interest in some builds may be of some in others. */
function placesOfAll(places: readonly Place[], others: readonly Place[]): readonly Place[] {
  const longer = places.length < others.length ? others : places;
  return longer.map((_, index) => {
    const place = places[index] ?? nothing;
    return place === nothing ? (others[index] ?? nothing) : place;
  });
}

/** Those of a body that has one part. */
function onlyFlows(body: BodyFlows, builds: BuildSet): MergedFlows {
  const inBuilds = <T>(value: T): InBuilds<T> => ({ value, builds });
  return {
    signatures: body.signature === undefined ? [] : [inBuilds(body.signature)],
    parameters: body.parameters,
    results: body.results,
    flows: [...body.flows.values()].map(inBuilds),
    calls: inOrder([...body.calls.values()].map(inBuilds)),
  };
}

function inOrder(calls: readonly InBuilds<CallFlow>[]): readonly InBuilds<CallFlow>[] {
  return calls.toSorted((a, b) => a.value.offset - b.value.offset || a.value.node - b.value.node);
}

/** A result that is asked for in some builds has a place. */
function askForResults(call: CallFlow, other: CallFlow): void {
  other.results.forEach((place, index) => {
    if (place !== nothing) resultPlace(call, index);
  });
}

function mergedFlows({ parameters, results, signatures, flows, calls }: Merging): MergedFlows {
  return {
    signatures: [...signatures.values()],
    parameters,
    results,
    flows: [...flows.values()],
    calls: inOrder([...calls.values()]),
  };
}
