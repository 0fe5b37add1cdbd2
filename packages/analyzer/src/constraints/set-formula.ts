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
    const split = either([...side(tag, true, on), ...side(tag, false, off)]);
    const common = diagram.and(on, off);
    if (common === diagram.none) return [split];
    const shared = (onOnly: BuildSet, offOnly: BuildSet): Formula =>
      either([...parts(common), ...side(tag, true, onOnly), ...side(tag, false, offOnly)]);
    const nested = shared(on === common ? diagram.none : on, off === common ? diagram.none : off);
    if (diagram.weight(set) > carefulWeight) return [common === on || common === off ? nested : split];
    const apart = diagram.not(common);
    return [split, nested, shared(diagram.and(on, apart), diagram.and(off, apart))];
  }

  function side(name: string, set: boolean, of: BuildSet): Formula[] {
    return of === diagram.none ? [] : [withTag(formulaOf(of), { name, set })];
  }

  function parts(set: BuildSet): Formula[] {
    return set === diagram.none ? [] : [formulaOf(set)];
  }

  return formulaOf;
}
