/**
 * The bodies of ranges over functions. They are part of the function that has the loop; but SSA form has each as a
 * closure that the function hands to what it ranges over, and closures are numbered as that form numbers them.
 */
import type { BodyFacts } from "../model/facts.ts";
import { end, type FlatTree, type Node, placeOf, start } from "../syntax/index.ts";

/** A range over a function: its clause, and the block that is the body. */
export interface RangeBody {
  readonly clause: Node;
  readonly block: Node;
}

export interface Numbered {
  /** The ids of function literals, by node. */
  readonly literals: ReadonlyMap<Node, string>;
  /** In source order. */
  readonly bodies: readonly (RangeBody & { readonly id: string })[];
}

/** Numbers the literals of a function, those inside others left out, and the bodies around them. Loglinear. */
export function numberClosures(
  tree: FlatTree,
  id: string,
  { literals, bodies }: { readonly literals: readonly Node[]; readonly bodies: readonly RangeBody[] },
): Numbered {
  const numbered = new Map<Node, string>();
  const named: (RangeBody & { readonly id: string })[] = [];
  const counts = new Map<string, number>();
  const all: { readonly node: Node; readonly body?: RangeBody }[] = [
    ...literals.map((node) => ({ node })),
    ...bodies.map((body) => ({ node: body.block, body })),
  ];
  const open = openBodies<string>(tree);
  for (const { node, body } of inOrder(tree, all)) {
    const outer = open.around(node) ?? id;
    const count = (counts.get(outer) ?? 0) + 1;
    counts.set(outer, count);
    const inner = `${outer}$${count}`;
    if (body === undefined) numbered.set(node, inner);
    else {
      named.push({ ...body, id: inner });
      open.enter(node, inner);
    }
  }
  return { literals: numbered, bodies: named };
}

/** The bodies as facts have them: each with the uses that stand in it and in none further in. Loglinear. */
export function bodyFactsOf(
  tree: FlatTree,
  bodies: Numbered["bodies"],
  uses: readonly { readonly at: Node }[],
): BodyFacts[] {
  const own = bodies.map((): number[] => []);
  const all = [
    ...bodies.map(({ block }, body) => ({ node: block, body })),
    ...uses.map(({ at }, use) => ({ node: at, use })),
  ];
  const open = openBodies<number>(tree);
  for (const one of inOrder(tree, all)) {
    if ("body" in one) open.enter(one.node, one.body);
    else own[open.around(one.node) ?? -1]?.push(one.use);
  }
  return bodies.map(({ id, clause }, body) => ({
    id,
    ...placeOf(tree.source, start(tree, clause)),
    uses: (own[body] ?? []).sort((a, b) => a - b),
  }));
}

/** By where they begin; of those that begin together, the first first. */
function inOrder<T extends { readonly node: Node }>(tree: FlatTree, all: readonly T[]): T[] {
  return all.toSorted((a, b) => start(tree, a.node) - start(tree, b.node));
}

/** The bodies around a place, asked in source order. */
function openBodies<T>(tree: FlatTree) {
  const open: { readonly block: Node; readonly body: T }[] = [];
  return {
    enter: (block: Node, body: T) => {
      open.push({ block, body });
    },
    around: (node: Node): T | undefined => {
      for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
        if (start(tree, node) < end(tree, last.block)) return last.body;
        open.pop();
      }
      return undefined;
    },
  };
}
