/** Lines of constant declarations; one without values repeats those of the line before (Go spec, Iota). */
import { childByField, childrenOfKind, F, type FlatTree, K, type Node } from "../syntax/index.ts";
import { expressions, specNames } from "./lists.ts";

/** One line of a constant declaration. */
export interface ConstantSpec {
  readonly names: readonly Node[];
  /** Its type expression or that of the line that it repeats, or -1. */
  readonly type: Node;
  readonly values: readonly Node[];
  readonly iota: number;
  /** It has values of its own. */
  readonly explicit: boolean;
}

/** The lines of a const_declaration, in order. */
export function constantSpecs(tree: FlatTree, declaration: Node): ConstantSpec[] {
  let type: Node = -1;
  let values: readonly Node[] = [];
  return childrenOfKind(tree, declaration, K.const_spec).map((spec, iota) => {
    const list = childByField(tree, spec, F.value);
    if (list >= 0) {
      values = expressions(tree, list);
      type = childByField(tree, spec, F.type);
    }
    return { names: specNames(tree, spec), type, values, iota, explicit: list >= 0 };
  });
}
