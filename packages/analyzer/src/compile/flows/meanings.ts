/** What the type checker said of the nodes of a body. */
import type { Node } from "../../syntax/index.ts";
import type {
  Callable,
  FunctionVariables,
  LocalVariable,
  ObservedCall,
  Observer,
  Operand,
  Selection,
  Type,
} from "../../types/index.ts";

/** Answers by node; those of one check, in its builds. */
export interface Meanings {
  /** By expressions without parentheses. */
  readonly operands: ReadonlyMap<Node, Operand>;
  /** By identifiers that mean or declare a variable of a function. */
  readonly locals: ReadonlyMap<Node, LocalVariable>;
  readonly uses: ReadonlyMap<Node, Callable>;
  /** By the identifier behind the dot. */
  readonly selections: ReadonlyMap<Node, Selection>;
  /** Calls, without conversions and builtins. */
  readonly calls: ReadonlyMap<Node, ObservedCall>;
  /** By function declarations and function literals. */
  readonly functions: ReadonlyMap<Node, FunctionVariables>;
  /** By var_spec at package level. */
  readonly initialized: ReadonlyMap<Node, readonly Type[]>;
  readonly cases: ReadonlyMap<Node, TypeCase>;
}

export interface TypeCase {
  /** Undefined for nil; none for the default. */
  readonly types: readonly (Type | undefined)[];
  readonly variable: LocalVariable;
}

type Heard = Required<
  Pick<Observer, "evaluated" | "local" | "parameters" | "initialized" | "typeCase" | "selected">
> &
  Pick<Observer, "use" | "call">;

export interface RecordedMeanings {
  readonly meanings: Meanings;
  readonly heard: Heard;
  /** Forgets all. */
  readonly release: () => void;
}

/** Writes down what is heard of a check. */
export function recordMeanings(): RecordedMeanings {
  const operands = new Map<Node, Operand>();
  const locals = new Map<Node, LocalVariable>();
  const uses = new Map<Node, Callable>();
  const selections = new Map<Node, Selection>();
  const calls = new Map<Node, ObservedCall>();
  const functions = new Map<Node, FunctionVariables>();
  const initialized = new Map<Node, readonly Type[]>();
  const cases = new Map<Node, TypeCase>();
  const all = [operands, locals, uses, selections, calls, functions, initialized, cases];
  return {
    release: () => {
      for (const answers of all) answers.clear();
    },
    meanings: { operands, locals, uses, selections, calls, functions, initialized, cases },
    heard: {
      evaluated: (node, operand) => operands.set(node, operand),
      local: (node, variable) => locals.set(node, variable),
      use: (node, callable) => uses.set(node, callable),
      selected: (node, selection) => selections.set(node, selection),
      call: (call) => calls.set(call.node, call),
      parameters: (node, variables) => functions.set(node, variables),
      initialized: (node, types) => initialized.set(node, types),
      typeCase: (node, types, variable) => cases.set(node, { types, variable }),
    },
  };
}
