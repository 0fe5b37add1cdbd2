/** Propagation agrees with a naive fixpoint, on random graphs. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type FlowEdges, propagate } from "../../src/link/flow-graph/propagate.ts";
import { createSets } from "../../src/link/flow-graph/sets.ts";

const nodeCount = 12;
const node = fc.nat(nodeCount - 1);
const token = fc.nat(5);
/** -1, or a filter that lets some tokens through. */
const filter = fc.constantFrom(-1, -1, -1, 0, 1, 2);

const graphs: fc.Arbitrary<FlowEdges> = fc
  .record({
    edges: fc.array(fc.tuple(node, node, filter), { maxLength: 40 }),
    sources: fc.array(fc.tuple(node, token), { maxLength: 8 }),
  })
  .map(({ edges, sources }) => ({
    nodes: nodeCount,
    edges: edges.flat(),
    sources: sources.flat(),
    passes: (one, by) => one % 3 !== by,
  }));

/** Tokens by node, by moving each along each edge until nothing is new. */
function fixpoint({ nodes, edges, sources, passes }: FlowEdges): number[][] {
  const held = Array.from({ length: nodes }, () => new Set<number>());
  for (let at = 0; at < sources.length; at += 2) held[sources[at] ?? 0]?.add(sources[at + 1] ?? 0);
  for (let again = true; again; ) {
    again = false;
    for (let at = 0; at < edges.length; at += 3) {
      const [from = 0, to = 0, by = -1] = edges.slice(at, at + 3);
      for (const one of held[from] ?? []) {
        if (by >= 0 && !passes(one, by)) continue;
        if (held[to]?.has(one) === true) continue;
        held[to]?.add(one);
        again = true;
      }
    }
  }
  return held.map((set) => [...set].sort((a, b) => a - b));
}

function tokensOf(graph: FlowEdges): number[][] {
  const { tokens } = propagate(graph);
  return Array.from({ length: graph.nodes }, (_, one) => [...tokens(one)]);
}

test("agrees with a naive fixpoint", () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      expect(tokensOf(graph)).toEqual(fixpoint(graph));
    }),
  );
});

test("an edge more takes no token away", () => {
  fc.assert(
    fc.property(graphs, node, node, (graph, from, to) => {
      const more = tokensOf({ ...graph, edges: [...graph.edges, from, to, -1] });
      tokensOf(graph).forEach((tokens, at) => expect(more[at]).toEqual(expect.arrayContaining(tokens)));
    }),
  );
});

test("a long way and a large circle need no stack", () => {
  const nodes = 200_000;
  const edges = Array.from({ length: nodes }, (_, at) => [at, (at + 1) % nodes, -1]).flat();
  const graph = { nodes, edges, sources: [0, 7], passes: () => true };
  expect([...propagate(graph).tokens(nodes - 1)]).toEqual([7]);
  const line = { ...graph, edges: edges.slice(0, -3) };
  expect([...propagate(line).tokens(nodes - 1)]).toEqual([7]);
});

test("sets are one where they are equal", () => {
  const sets = createSets();
  const members = fc.array(fc.nat(20), { maxLength: 10 });
  fc.assert(
    fc.property(members, members, (a, b) => {
      const union = sets.union(sets.of(a), sets.of(b));
      expect(union).toBe(sets.of([...b, ...a]));
      expect([...sets.members(union)]).toEqual([...new Set([...a, ...b])].sort((x, y) => x - y));
    }),
  );
});
