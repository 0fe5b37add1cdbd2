/**
 * Where a `reflect.Value` is put to where others can reach it: two that write at once may leave half of each, a value
 * with the type of one and the pointer of the other, which no check of Go notices. Told are assignments to package
 * variables, through pointers, to elements of slices, and to variables of which a function literal knows or whose address is
 * taken. Told apart is what nobody else can reach yet when a value is put there: such variables as they are declared, what
 * `&T{...}` and `new(x)` point to, elements of a slice that is made of what is written in a literal, or of the last arguments
 * of a call. Missed: named results to which a `return` assigns.
 */
import { childByField, F, type FlatTree, K, kind, type Node } from "../syntax/index.ts";
import {
  type Checker,
  type LocalVariable,
  type Observer,
  type Type,
  unalias,
  underlying,
} from "../types/index.ts";
import type { Meanings } from "./flows/meanings.ts";
import { unparenthesised } from "./flows/walk.ts";
import { gathers, isAddress, putsIntoNew, valueType } from "./reflect-new.ts";

interface Listening<Body> {
  readonly tree: FlatTree;
  readonly checker: Checker;
  readonly meanings: Meanings;
  /** The body, of the function or of a function literal in it, that is being told of. */
  readonly current: () => Body;
  /** Told of each store, in no order. `isFresh`: nobody else can reach it yet. */
  readonly tell: (body: Body, at: Node, isFresh: boolean) => void;
}

/** Hears of a body what `Observer` says. */
export type ReflectStores = Required<
  Pick<
    Observer,
    "local" | "filled" | "typeCase" | "evaluated" | "stored" | "initialized" | "call" | "parameters"
  >
> & { readonly finished: () => void };

export function listenForReflectStores<Body>(listening: Listening<Body>): ReflectStores {
  const { tree, checker, meanings, current, tell } = listening;
  const owners = new Map<LocalVariable, Body>();
  const reachable = new Set<LocalVariable>();
  const waiting: Store<Body>[] = [];
  const holds = (type: Type) => holdsReflectValue(checker, type);
  const looking = { tree, types: checker.types, meanings, holds };
  const filled = (at: Node, variable: LocalVariable) => {
    if (holds(variable.type)) waiting.push({ body: current(), at, variable, isFresh: true });
  };
  const reach = (written: Node) => {
    const holder = holderOf(listening, written);
    if (typeof holder !== "string") reachable.add(holder);
  };
  return {
    local: (_, variable) => {
      const owner = owners.get(variable);
      if (owner === undefined) owners.set(variable, current());
      else if (owner !== current()) reachable.add(variable);
    },
    filled,
    typeCase: (node, _, variable) => {
      owners.set(variable, current());
      filled(node, variable);
    },
    parameters: (fn, { parameters, variables }) => {
      for (const variable of variables.values()) owners.set(variable, current());
      for (const parameter of parameters) {
        const variable = variables.get(parameter);
        if (variable !== undefined) filled(fn, variable);
      }
    },
    evaluated: (node, operand) => {
      const addressed = addressedBy(listening, node);
      if (addressed >= 0) reach(addressed);
      if (putsIntoNew(looking, node, operand)) tell(current(), node, true);
    },
    call: (call) => {
      if (gathers(looking, call)) tell(current(), call.node, true);
    },
    stored: (at, type) => {
      if (!holds(type)) return;
      const holder = holderOf(listening, at);
      if (holder === "others") tell(current(), at, false);
      else if (holder !== "nobody") waiting.push({ body: current(), at, variable: holder, isFresh: false });
    },
    initialized: (spec, types) => {
      if (types.some(holds)) tell(current(), spec, false);
    },
    finished: () => {
      for (const { body, at, variable, isFresh } of waiting.splice(0))
        if (reachable.has(variable)) tell(body, at, isFresh);
    },
  };
}

interface Store<Body> {
  readonly body: Body;
  readonly at: Node;
  readonly variable: LocalVariable;
  readonly isFresh: boolean;
}

type Checked = Pick<Listening<unknown>, "tree" | "checker" | "meanings">;

/** The operand whose address an expression takes; -1 of others. Pointer methods take that of a variable, slices that of an array. */
function addressedBy({ tree, checker, meanings }: Checked, node: Node): Node {
  const of = kind(tree, node);
  if (of !== K.unary_expression && of !== K.slice_expression && of !== K.selector_expression) return -1;
  const operand = childByField(tree, node, F.operand);
  if (of === K.unary_expression) return isAddress(tree, node) ? operand : -1;
  const type = valueType(meanings, unparenthesised(tree, operand));
  if (type === undefined) return -1;
  if (of === K.slice_expression) return underlying(checker.types, type).kind === "array" ? operand : -1;
  const selection = meanings.selections.get(childByField(tree, node, F.field));
  if (selection?.kind !== "method" || !selection.method.pointer) return -1;
  const holders = [type, ...selection.through.map(({ field }) => field.type)];
  return holders.some((holder) => underlying(checker.types, holder).kind === "pointer") ? -1 : operand;
}

/** A variable of a function; or what others can reach, or nobody. */
type Holder = LocalVariable | "others" | "nobody";

/** What holds what `x`, `x.f` and `x[i]` are. May throw a `Split`. */
function holderOf({ tree, checker, meanings }: Checked, target: Node): Holder {
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
