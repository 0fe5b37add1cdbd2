/** Propagation of tokens along the edges of a graph, components at a time. */
import { createSets, emptySet, pairKey, type SetId, type Sets } from "./sets.ts";

export interface FlowEdges {
  /** How many nodes there are. */
  readonly nodes: number;
  /** From, to, filter: -1 for none. */
  readonly edges: readonly number[];
  /** Node, token. */
  readonly sources: readonly number[];
  /** Whether a token passes a filter. */
  readonly passes: (token: number, filter: number) => boolean;
}

export interface Propagated {
  /** Sorted. */
  readonly tokens: (node: number) => Int32Array;
  /** The same for nodes with the same tokens. */
  readonly setOf: (node: number) => SetId;
}

/**
 * Components of the edges without filters are taken in topological order, again and again until
 * nothing changes: filtered edges may lead back (Sundaresan et al. 2000 have none). Linear in the edges, but
 * for the sizes of sets and the few rounds.
 */
export function propagate(graph: FlowEdges): Propagated {
  const { nodes } = graph;
  const out = adjacency(graph);
  const { componentOf, members } = components(nodes, out);
  const sets = createSets();
  const held = initialSets(graph, { sets, componentOf, count: members.length });
  const filtered = filterMemo(sets, graph.passes);
  const changed = new Uint8Array(members.length).fill(1);
  for (let again = true; again; ) {
    again = false;
    // Components are numbered as they are finished: those that flow nowhere first.
    for (let component = members.length - 1; component >= 0; component--) {
      const set = held[component] ?? emptySet;
      if (changed[component] === 0 || set === emptySet) continue;
      changed[component] = 0;
      for (const node of members[component] ?? []) {
        for (let at = out.start[node] ?? 0; at < (out.start[node + 1] ?? 0); at++) {
          const next = componentOf[out.to[at] ?? 0] ?? 0;
          if (next === component) continue;
          const filter = out.filter[at] ?? -1;
          const before = held[next] ?? emptySet;
          const after = sets.union(before, filter < 0 ? set : filtered(set, filter));
          if (after === before) continue;
          held[next] = after;
          changed[next] = 1;
          if (next > component) again = true;
        }
      }
    }
  }
  const setOf = (node: number) => held[componentOf[node] ?? -1] ?? emptySet;
  return { setOf, tokens: (node) => sets.members(setOf(node)) };
}

interface Room {
  readonly sets: Sets;
  readonly componentOf: Int32Array;
  /** How many components there are. */
  readonly count: number;
}

function initialSets({ sources }: FlowEdges, { sets, componentOf, count }: Room): SetId[] {
  const own = new Map<number, number[]>();
  for (let at = 0; at < sources.length; at += 2) {
    const component = componentOf[sources[at] ?? 0] ?? 0;
    const token = sources[at + 1] ?? 0;
    const list = own.get(component);
    if (list === undefined) own.set(component, [token]);
    else list.push(token);
  }
  return Array.from({ length: count }, (_, component) => sets.of(own.get(component) ?? []));
}

function filterMemo(sets: Sets, passes: FlowEdges["passes"]): (set: SetId, filter: number) => SetId {
  const known = new Map<number, SetId>();
  return (set, filter) => {
    const key = pairKey(set, filter);
    let found = known.get(key);
    if (found === undefined)
      known.set(key, (found = sets.of([...sets.members(set)].filter((token) => passes(token, filter)))));
    return found;
  };
}

interface Adjacency {
  readonly start: Int32Array;
  readonly to: Int32Array;
  readonly filter: Int32Array;
}

function adjacency({ nodes, edges }: FlowEdges): Adjacency {
  const start = new Int32Array(nodes + 1);
  for (let at = 0; at < edges.length; at += 3)
    start[(edges[at] ?? 0) + 1] = (start[(edges[at] ?? 0) + 1] ?? 0) + 1;
  for (let node = 0; node < nodes; node++) start[node + 1] = (start[node + 1] ?? 0) + (start[node] ?? 0);
  const next = start.slice();
  const [to, filter] = [new Int32Array(edges.length / 3), new Int32Array(edges.length / 3)];
  for (let at = 0; at < edges.length; at += 3) {
    const from = edges[at] ?? 0;
    const slot = next[from] ?? 0;
    next[from] = slot + 1;
    to[slot] = edges[at + 1] ?? 0;
    filter[slot] = edges[at + 2] ?? -1;
  }
  return { start, to, filter };
}

interface Components {
  readonly componentOf: Int32Array;
  /** Nodes by component. */
  readonly members: readonly (readonly number[])[];
}

/** Strongly connected components (Tarjan 1972) of the edges without filters, without recursion; a component comes after those that it leads to. */
function components(nodes: number, { start, to, filter }: Adjacency): Components {
  const index = new Int32Array(nodes).fill(-1);
  const low = new Int32Array(nodes);
  const componentOf = new Int32Array(nodes).fill(-1);
  const next = start.slice(0, nodes);
  const members: number[][] = [];
  const [open, path]: [number[], number[]] = [[], []];
  let count = 0;
  const enter = (node: number) => {
    index[node] = low[node] = count++;
    open.push(node);
    path.push(node);
  };
  for (let root = 0; root < nodes; root++) {
    if (index[root] !== -1) continue;
    enter(root);
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const at = next[node] ?? 0;
      if (at < (start[node + 1] ?? 0)) {
        next[node] = at + 1;
        const target = to[at] ?? 0;
        if ((filter[at] ?? -1) >= 0) continue;
        if (index[target] === -1) enter(target);
        else if (componentOf[target] === -1) low[node] = Math.min(low[node] ?? 0, index[target] ?? 0);
        continue;
      }
      path.pop();
      const outer = path.at(-1);
      if (outer !== undefined) low[outer] = Math.min(low[outer] ?? 0, low[node] ?? 0);
      if (low[node] !== index[node]) continue;
      const together: number[] = [];
      for (let member = open.pop(); member !== undefined; member = open.pop()) {
        componentOf[member] = members.length;
        together.push(member);
        if (member === node) break;
      }
      members.push(together);
    }
  }
  return { componentOf, members };
}
