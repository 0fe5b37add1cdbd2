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
  file: 8,
  destination: 9,
};

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
