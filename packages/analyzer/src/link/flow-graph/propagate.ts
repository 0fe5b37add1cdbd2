/** Propagation of tokens along the edges of a graph, components at a time. */
import { append } from "../declarations.ts";
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
 * for the sizes of sets and the few rounds. Nodes to which no source leads are left out.
 */
export function propagate(graph: FlowEdges): Propagated {
  const out = adjacency(graph);
  const { componentOf, members, ends } = components(graph, out);
  const count = ends.length;
  const sets = createSets();
  const held = initialSets(graph, { sets, componentOf, count });
  const filtered = filterMemo(sets, graph.passes);
  const changed = new Uint8Array(count).fill(1);
  for (let again = true; again; ) {
    again = false;
    // Components are numbered as they are finished: those that flow nowhere first.
    for (let component = count - 1; component >= 0; component--) {
      const set = held[component] ?? emptySet;
      if (changed[component] === 0) continue;
      changed[component] = 0;
      for (let place = ends[component - 1] ?? 0; place < (ends[component] ?? 0); place++) {
        const node = members[place] ?? 0;
        const end = out.start[node + 1] ?? 0;
        for (let at = out.start[node] ?? 0; at < end; at++) {
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
  for (let at = 0; at < sources.length; at += 2)
    append(own, componentOf[sources[at] ?? 0] ?? 0, sources[at + 1] ?? 0);
  const held = Array.from<SetId>({ length: count }).fill(emptySet);
  for (const [component, tokens] of own) held[component] = sets.of(tokens);
  return held;
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
  /** -1 of nodes to which no source leads. */
  readonly componentOf: Int32Array;
  /** Nodes by component. */
  readonly members: readonly number[];
  /** Of each component the place in `members` after its last. */
  readonly ends: readonly number[];
}

/** Those of the nodes to which sources lead; a component comes after those that it leads to by edges without filters. */
function components({ nodes, sources }: FlowEdges, { start, to, filter }: Adjacency): Components {
  const index = new Int32Array(nodes).fill(-1);
  const low = new Int32Array(nodes);
  const componentOf = new Int32Array(nodes).fill(-1);
  const next = start.slice(0, nodes);
  const members: number[] = [];
  const ends: number[] = [];
  const open: number[] = [];
  const path: number[] = [];
  /** Nodes behind filters. */
  const behind: number[] = [];
  let count = 0;
  const enter = (node: number) => {
    index[node] = low[node] = count++;
    open.push(node);
    path.push(node);
  };
  /** Finishes a component if the node is the first of it that was met. */
  const leave = (node: number) => {
    path.pop();
    const outer = path.at(-1);
    if (outer !== undefined) low[outer] = Math.min(low[outer] ?? 0, low[node] ?? 0);
    if (low[node] !== index[node]) return;
    for (let member = open.pop(); member !== undefined; member = open.pop()) {
      componentOf[member] = ends.length;
      members.push(member);
      if (member === node) break;
    }
    ends.push(members.length);
  };
  /** Strongly connected components (Tarjan 1972) of what a node leads to, without recursion. */
  const explore = (root: number) => {
    if (index[root] !== -1) return;
    enter(root);
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      const at = next[node] ?? 0;
      if (at === (start[node + 1] ?? 0)) {
        leave(node);
        continue;
      }
      next[node] = at + 1;
      const target = to[at] ?? 0;
      if ((filter[at] ?? -1) >= 0) behind.push(target);
      else if (index[target] === -1) enter(target);
      else if (componentOf[target] === -1) low[node] = Math.min(low[node] ?? 0, index[target] ?? 0);
    }
  };
  for (let at = 0; at < sources.length; at += 2) explore(sources[at] ?? 0);
  for (let node = behind.pop(); node !== undefined; node = behind.pop()) explore(node);
  return { componentOf, members, ends };
}
