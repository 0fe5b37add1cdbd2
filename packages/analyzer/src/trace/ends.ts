/** Where flows begin and end: what the rules say of calls, parameters and fields, at the places of a program. */
import type { SinkKind, SourceKind } from "../model/flow.ts";
import type { FlowSite } from "./links.ts";
import type { State } from "./places.ts";

/** Where data comes from. */
export interface SourceEnd {
  readonly kind: SourceKind;
  readonly site: FlowSite;
  readonly states: readonly State[];
  /** It is one only if this is so: the path is that of such a file. */
  readonly needs: State | undefined;
}

/** What is done with data that comes to a state. */
export interface SinkEnd {
  readonly kind: SinkKind;
  readonly site: FlowSite;
  readonly argument: number | undefined;
  /** The site is where data was written into it, which the flow says. */
  readonly handle: boolean;
  /** If this is so it is a file that is read at start. */
  readonly startup: State | undefined;
}

/** What is known so far; both grow as functions are looked at. */
export interface Ends {
  readonly sources: SourceEnd[];
  readonly sinks: Map<State, SinkEnd[]>;
  /** Paths of files that are written out: states that say of which kind they are. */
  readonly paths: State[];
}

export function addSink({ sinks }: Ends, state: State, sink: SinkEnd): void {
  if (state < 0) return;
  const list = sinks.get(state);
  if (list === undefined) sinks.set(state, [sink]);
  else list.push(sink);
}
