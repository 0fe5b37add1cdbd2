/** Propagation of tokens along the edges of a graph, components at a time. */
import { createSets, emptySet, type SetId, type Sets } from "./sets.ts";

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
}

/** Sundaresan et al. 2000: components in topological order; linear in the edges, but for the sizes of sets. */
export function propagate(graph: FlowEdges): Propagated {
  const { nodes } = graph;
  const out = adjacency(graph);
  const { componentOf, order } = components(nodes, out);
  const sets = createSets();
  const ofComponent: SetId[] = Array.from({ length: order.length }, () => emptySet);
  const own = new Map<number, number[]>();
  for (let at = 0; at < graph.sources.length; at += 2) {
    const component = componentOf[graph.sources[at] ?? 0] ?? 0;
    const list = own.get(component);
    if (list === undefined) own.set(component, [graph.sources[at + 1] ?? 0]);
    else list.push(graph.sources[at + 1] ?? 0);
  }
  for (const [component, tokens] of own) ofComponent[component] = sets.of(tokens);
  const filtered = filterMemo(sets, graph.passes);
  // Components are numbered as they are finished: those that flow nowhere first.
  for (let component = order.length - 1; component >= 0; component--) {
    const set = ofComponent[component] ?? emptySet;
    if (set === emptySet) continue;
    for (const node of order[component] ?? []) {
      for (let at = out.start[node] ?? 0; at < (out.start[node + 1] ?? 0); at++) {
        const next = componentOf[out.to[at] ?? 0] ?? 0;
        if (next === component) continue;
        const filter = out.filter[at] ?? -1;
        const moved = filter < 0 ? set : filtered(set, filter);
        ofComponent[next] = sets.union(ofComponent[next] ?? emptySet, moved);
      }
    }
  }
  return { tokens: (node) => sets.members(ofComponent[componentOf[node] ?? 0] ?? emptySet) };
}

function filterMemo(sets: Sets, passes: FlowEdges["passes"]): (set: SetId, filter: number) => SetId {
  const known = new Map<string, SetId>();
  return (set, filter) => {
    const key = `${set} ${filter}`;
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
  readonly order: readonly (readonly number[])[];
}

/** Strongly connected components (Tarjan 1972), without recursion; a component comes after those that it leads to. */
function components(nodes: number, { start, to }: Adjacency): Components {
  const index = new Int32Array(nodes).fill(-1);
  const low = new Int32Array(nodes);
  const componentOf = new Int32Array(nodes).fill(-1);
  const next = start.slice(0, nodes);
  const order: number[][] = [];
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
        if (index[target] === -1) enter(target);
        else if (componentOf[target] === -1) low[node] = Math.min(low[node] ?? 0, index[target] ?? 0);
        continue;
      }
      path.pop();
      const outer = path.at(-1);
      if (outer !== undefined) low[outer] = Math.min(low[outer] ?? 0, low[node] ?? 0);
      if (low[node] !== index[node]) continue;
      const members: number[] = [];
      for (let member = open.pop(); member !== undefined; member = open.pop()) {
        componentOf[member] = order.length;
        members.push(member);
        if (member === node) break;
      }
      order.push(members);
    }
  }
  return { componentOf, order };
}
