/** Listens to a declaration being checked and keeps what concerns one place in it. */
import {
  childByField,
  end,
  F,
  type FlatTree,
  K,
  type Kind,
  kind,
  type Node,
  start,
  text,
} from "../syntax/index.ts";
import {
  type Callable,
  type Checker,
  type Constant,
  fullName,
  type Observer,
  type Operand,
  type Type,
} from "../types/index.ts";
import { meaningWords } from "./meaning-words.ts";

/** What is known of one node. */
export interface NodeFacts {
  readonly node: Node;
  means?: string;
  type?: Type;
  /** The node is a type, rather than of that type. */
  isType?: boolean;
  constant?: Constant;
  /** Why it has no type. */
  unknown?: string;
}

export interface FactsObserver extends Observer {
  /** Once all was heard: by node, in no order. */
  readonly facts: () => readonly NodeFacts[];
}

export interface Watched {
  readonly tree: FlatTree;
  readonly offset: number;
}

/** Whether a node stands around an offset. */
export function covers({ tree, offset }: Watched, node: Node): boolean {
  return node >= 0 && start(tree, node) <= offset && offset < end(tree, node);
}

/** Keeps what is told of nodes around the offset, up to the innermost function literal in whose body it stands. */
export function observeFacts(checker: Checker, watched: Watched): FactsObserver {
  const { tree } = watched;
  const found = new Map<Node, NodeFacts>();
  // What is around a body is told after it.
  let left = false;
  const at = (node: Node): NodeFacts | undefined => {
    if (left || !covers(watched, node)) return undefined;
    let facts = found.get(node);
    if (facts === undefined) found.set(node, (facts = { node }));
    return facts;
  };
  return {
    facts: () => [...found.values()],
    use: (node, callable) => {
      const facts = at(node);
      if (facts !== undefined) facts.means ??= callableWords(checker, callable);
    },
    named: (node, named) => {
      const facts = at(node);
      if (facts === undefined) return;
      const { means, type, constant } = meaningWords(checker, named, text(tree, node));
      facts.means = means;
      if (constant !== undefined) facts.constant = constant;
      if (type !== undefined) setType(facts, type);
    },
    evaluated: (node, operand) => {
      const facts = wrappers.has(kind(tree, node)) ? undefined : at(node);
      if (facts !== undefined) setOperand(facts, operand);
    },
    instantiated: (callee, type) => {
      // `F[int]` may lack arguments that are inferred; what stands before the brackets has none of its own.
      const facts = at(callee);
      if (facts !== undefined) setType(facts, type);
    },
    denoted: (node, type) => {
      const facts = at(node);
      if (facts === undefined) return;
      setType(facts, type);
      facts.isType = true;
    },
    literal: (node, enter) => {
      const within = covers(watched, childByField(tree, node, F.body));
      if (within) {
        left = false;
        found.clear();
      }
      enter();
      left ||= within;
    },
    call: () => {},
    unsafeConversion: () => {},
    tooDeep: (node) => {
      const facts = at(node);
      if (facts !== undefined) facts.unknown = "too-deep";
    },
  };
}

/** Nodes around an expression that are none themselves. */
const wrappers: ReadonlySet<Kind> = new Set([
  K.literal_element,
  K.variadic_argument,
  K.type_elem,
  K.parenthesized_type,
]);

function setType(facts: NodeFacts, type: Type): void {
  if (type.kind === "unknown") facts.unknown = type.reason;
  else {
    facts.type = type;
    delete facts.unknown;
  }
}

function setOperand(facts: NodeFacts, operand: Operand): void {
  switch (operand.mode) {
    case "unknown":
      facts.unknown = operand.reason;
      return;
    case "value":
      setType(facts, operand.type);
      if (operand.constant !== undefined) facts.constant = operand.constant;
      return;
    case "type":
      setType(facts, operand.type);
      facts.isType = true;
      return;
    case "package":
    case "builtin":
    case "unsafe":
    case "cgo":
      // The name tells.
      return;
    default:
      operand satisfies never;
  }
}

function callableWords(checker: Checker, callable: Callable): string {
  switch (callable.kind) {
    case "method":
    case "interface method":
      return `method ${fullName(checker.types, callable)}`;
    case "cgo":
      return `C.${callable.name}`;
    case "missing":
      return `${callable.package}.${callable.name}, of a package that could not be had`;
    case "function":
    case "variable":
      return `${callable.kind} ${callable.package}.${callable.name}`;
    default:
      return callable satisfies never;
  }
}
