/**
 * Where a `reflect.Value` is put to where others can reach it: two that write at once may leave half of each, a value
 * with the type of one and the pointer of the other, which no check of Go notices. Told are assignments to package
 * variables, through pointers, to elements of slices, and to variables of the function around a function literal. Missed:
 * what literals put into elements and fields, and variables of which only the address is handed on.
 */
import { childByField, F, type FlatTree, K, kind, type Node } from "../syntax/index.ts";
import { type Checker, type LocalVariable, type Type, unalias, underlying } from "../types/index.ts";
import type { Meanings } from "./flows/meanings.ts";
import { unparenthesised } from "./flows/walk.ts";

export interface StoringBody {
  readonly tree: FlatTree;
  readonly checker: Checker;
  readonly meanings: Meanings;
  /** Whether a variable is of the function, or function literal, that is being looked at. */
  readonly isOwn: (variable: LocalVariable) => boolean;
}

/** Whether what is assigned to a target of this type may be seen half-way. May throw a `Split`. */
export function isReflectStore(body: StoringBody, target: Node, type: Type): boolean {
  return holdsReflectValue(body.checker, type) && isShared(body, target);
}

/** Follows `x.f` and `x[i]` to what they are parts of. */
function isShared({ tree, checker, meanings, isOwn }: StoringBody, target: Node): boolean {
  for (let at = target; ; ) {
    const node = unparenthesised(tree, at);
    const variable = meanings.locals.get(node);
    if (variable !== undefined) return !isOwn(variable);
    const of = kind(tree, node);
    if (of === K.identifier) return meanings.uses.get(node)?.kind === "variable";
    if (of !== K.selector_expression && of !== K.index_expression) return true;
    const base = unparenthesised(tree, childByField(tree, node, F.operand));
    const operand = meanings.operands.get(base);
    // Behind the name of a package, which has no type, is one of its variables.
    if (operand?.mode !== "value") return true;
    const { kind: container } = underlying(checker.types, operand.type);
    if (container === "map") return false;
    if (container !== "struct" && container !== "array") return true;
    at = base;
  }
}

/** Whether a type is `reflect.Value`, or a struct or array that one is in. */
export function holdsReflectValue({ types }: Checker, type: Type): boolean {
  const inside = new Set<Type>([type]);
  for (const one of inside) {
    const plain = unalias(one);
    if (plain.kind === "named") {
      const { name, package: path } = plain.declaration;
      if (name === "Value" && path === "reflect") return true;
    }
    const parts = plain.kind === "named" ? underlying(types, plain) : plain;
    if (parts.kind === "array") inside.add(parts.element);
    if (parts.kind === "struct") for (const { type: field } of parts.fields) inside.add(field);
    if (inside.size > partLimit) return false;
  }
  return false;
}

const partLimit = 1000;
