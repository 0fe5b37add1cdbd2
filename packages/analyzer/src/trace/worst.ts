/** Which flows are the worst: where a bound leaves some out, these stay. */
import type { Flow, SinkKind, SourceKind } from "../model/flow.ts";

/** What somebody else decides comes first, what is a guess by a name last. */
const sourceRanks: Readonly<Record<SourceKind, number>> = {
  network: 0,
  downloaded: 1,
  decoded: 2,
  credential: 3,
  embedded: 4,
  request: 5,
  environment: 6,
  host: 7,
  traffic: 8,
  found: 9,
  secret: 10,
};

/** What runs something comes first. */
const sinkRanks: Readonly<Record<SinkKind, number>> = {
  shell: 0,
  exec: 1,
  load: 2,
  memory: 3,
  startup: 4,
  syscall: 5,
  remove: 6,
  send: 7,
  trust: 8,
  file: 9,
  destination: 10,
};

/** The worst of too many, in the order of the list. */
export function worstOf<T>(all: readonly T[], flowOf: (one: T) => Flow, limit: number): readonly T[] {
  if (all.length <= limit) return all;
  // Of two that are as bad the first stays.
  const kept = new Set([...all].sort((a, b) => compareWorst(flowOf(a), flowOf(b))).slice(0, limit));
  return all.filter((one) => kept.has(one));
}

/** Negative if data of the first kind is worse. */
export function compareSources(a: SourceKind, b: SourceKind): number {
  return sourceRanks[a] - sourceRanks[b];
}

/** Negative if the first is worse: by what is done, then by the data, then by how sure it is. */
export function compareWorst(a: Flow, b: Flow): number {
  return (
    sinkRanks[a.sink.kind] - sinkRanks[b.sink.kind] ||
    compareSources(a.source.kind, b.source.kind) ||
    Number(a.certainty === "dynamic") - Number(b.certainty === "dynamic")
  );
}
