/**
 * Where a `reflect.Value` is put to where others can reach it: two that write at once may leave half of each, a value
 * with the type of one and the pointer of the other, which no check of Go notices. Told are assignments to package
 * variables, through pointers, to elements of slices, and to variables of which a function literal knows or whose address is
 * taken. Missed: what literals put into elements and fields, and addresses that methods take of what they are called on.
 */
import { childByField, F, type FlatTree, K, kind, type Node, start } from "../syntax/index.ts";
import { type Checker, type LocalVariable, type Type, unalias, underlying } from "../types/index.ts";
import type { Meanings } from "./flows/meanings.ts";
import { unparenthesised } from "./flows/walk.ts";

interface Listening<Body> {
  readonly tree: FlatTree;
  readonly checker: Checker;
  readonly meanings: Meanings;
  /** The body, of the function or of a function literal in it, that is being told of. */
  readonly current: () => Body;
  /** Told of each store, in no order. */
  readonly tell: (body: Body, at: Node) => void;
}

/** Hears of a body what `Observer` says. */
export interface ReflectStores {
  readonly local: (variable: LocalVariable) => void;
  readonly parameters: (variables: Iterable<LocalVariable>) => void;
  readonly evaluated: (node: Node) => void;
  readonly stored: (target: Node, type: Type) => void;
  readonly initialized: (spec: Node, types: readonly Type[]) => void;
  readonly finished: () => void;
}

export function listenForReflectStores<Body>(listening: Listening<Body>): ReflectStores {
  const { tree, checker, current, tell } = listening;
  const owners = new Map<LocalVariable, Body>();
  const reachable = new Set<LocalVariable>();
  const waiting: { readonly body: Body; readonly at: Node; readonly variable: LocalVariable }[] = [];
  return {
    local: (variable) => {
      const owner = owners.get(variable);
      if (owner === undefined) owners.set(variable, current());
      else if (owner !== current()) reachable.add(variable);
    },
    parameters: (variables) => {
      for (const variable of variables) owners.set(variable, current());
    },
    evaluated: (node) => {
      if (kind(tree, node) !== K.unary_expression || tree.source.text[start(tree, node)] !== "&") return;
      const holder = holderOf(listening, childByField(tree, node, F.operand));
      if (typeof holder !== "string") reachable.add(holder);
    },
    stored: (at, type) => {
      if (!holdsReflectValue(checker, type)) return;
      const holder = holderOf(listening, at);
      if (holder === "others") tell(current(), at);
      else if (holder !== "nobody") waiting.push({ body: current(), at, variable: holder });
    },
    initialized: (spec, types) => {
      if (types.some((type) => holdsReflectValue(checker, type))) tell(current(), spec);
    },
    finished: () => {
      for (const { body, at, variable } of waiting.splice(0)) if (reachable.has(variable)) tell(body, at);
    },
  };
}

/** A variable of a function; or what others can reach, or nobody. */
type Holder = LocalVariable | "others" | "nobody";

/** What holds what `x`, `x.f` and `x[i]` are. May throw a `Split`. */
function holderOf(
  { tree, checker, meanings }: Pick<Listening<unknown>, "tree" | "checker" | "meanings">,
  target: Node,
): Holder {
  for (let at = target; ; ) {
    const node = unparenthesised(tree, at);
    const variable = meanings.locals.get(node);
    if (variable !== undefined) return variable;
    const of = kind(tree, node);
    if (of === K.identifier) return meanings.uses.get(node)?.kind === "variable" ? "others" : "nobody";
    if (of !== K.selector_expression && of !== K.index_expression) return "others";
    const base = unparenthesised(tree, childByField(tree, node, F.operand));
    const operand = meanings.operands.get(base);
    // Behind the name of a package, which has no type, is one of its variables.
    if (operand?.mode !== "value") return "others";
    const { kind: container } = underlying(checker.types, operand.type);
    if (container === "map") return "nobody";
    if (container !== "struct" && container !== "array") return "others";
    at = base;
  }
}

/** Whether a type is `reflect.Value`, or a struct or array that one is in. */
function holdsReflectValue({ types }: Checker, type: Type): boolean {
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
