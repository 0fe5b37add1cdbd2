/** The formula of a set: each branch of its diagram as alternatives with and without the tag. */
import { coverBuilds, withTag } from "./cover.ts";
import type { Branch, BuildSet, Diagram } from "./diagram.ts";
import { either, type Formula, shortest } from "./formula.ts";

/** Up to this weight the ways to share what both sides of a branch have are tried; beyond, one is taken. */
const carefulWeight = 16;

/** A function from a set to its formula, short when written so. It remembers; equal sets have the same one. */
export function createFormulas(
  diagram: Diagram,
  write: (formula: Formula) => string,
): (set: BuildSet) => Formula {
  const memo = new Map<BuildSet, Formula>();

  function formulaOf(set: BuildSet): Formula {
    let formula = memo.get(set);
    if (formula === undefined) {
      const node = diagram.node(set);
      formula =
        node.kind === "leaf" ? coverBuilds(node.bits, write) : shortest(branchFormulas(set, node), write);
      memo.set(set, formula);
    }
    return formula;
  }

  function branchFormulas(set: BuildSet, { tag, on, off }: Branch): Formula[] {
    const formulas = [either([...side(tag, true, on), ...side(tag, false, off)])];
    const common = diagram.and(on, off);
    if (common === diagram.none) return formulas;
    const shared = [
      ...parts(common),
      ...(on === common ? [] : side(tag, true, on)),
      ...(off === common ? [] : side(tag, false, off)),
    ];
    formulas.push(either(shared));
    if (diagram.weight(set) > carefulWeight) return formulas;
    const apart = diagram.not(common);
    const onOnly = side(tag, true, diagram.and(on, apart));
    const offOnly = side(tag, false, diagram.and(off, apart));
    formulas.push(either([...parts(common), ...onOnly, ...offOnly]));
    return formulas;
  }

  function side(name: string, set: boolean, of: BuildSet): Formula[] {
    return of === diagram.none ? [] : [withTag(formulaOf(of), { name, set })];
  }

  function parts(set: BuildSet): Formula[] {
    return set === diagram.none ? [] : [formulaOf(set)];
  }

  return formulaOf;
}
