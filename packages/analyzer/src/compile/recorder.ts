import type { FunctionFacts, Target, UnresolvedReason, UseFacts } from "../model/facts.ts";
import type { Argument } from "../model/report.ts";
import { type Node, placeOf, start } from "../syntax/index.ts";
import type { Scope } from "./scope.ts";
import type { Unit } from "./unit.ts";

/** A function whose body is being walked: what it uses, and how many closures it has so far. */
export interface OpenFunction {
  readonly id: string;
  readonly uses: UseFacts[];
  closures: number;
}

/** What walking the bodies of one file gathers. */
export interface Recorder {
  readonly unit: Unit;
  readonly functions: FunctionFacts[];
  callSites: number;
  unresolved: number;
  /** Places whose nesting was too deep to follow. */
  readonly tooDeep: Node[];
}

/**
 * What the walk of an expression meets that is none. Handed down, because bodies hold
 * statements, statements expressions, and expressions bodies.
 */
export interface Walkers {
  /** Walks the node if it is a statement that declares something or opens a block; false if it is not. */
  readonly statement: (context: Context, scope: Scope, node: Node) => boolean;
  /** Compiles a function literal and records its use. */
  readonly closure: (context: Context, scope: Scope, literal: Literal) => void;
}

export interface Literal {
  readonly node: Node;
  readonly use: "call" | "reference";
}

/** The function that a node stands in, and how deep. */
export interface Context {
  readonly recorder: Recorder;
  readonly owner: OpenFunction;
  readonly walkers: Walkers;
  readonly depth: number;
}

interface Use {
  readonly target: Target;
  readonly use: "call" | "reference";
  /** The identifier that names what is used. */
  readonly at: Node;
  readonly arguments?: readonly Argument[];
}

export function record({ recorder, owner }: Context, { target, use, at, arguments: given }: Use): void {
  if (use === "call") {
    recorder.callSites++;
    if (target.kind === "unresolved") recorder.unresolved++;
  }
  const place = placeOf(recorder.unit.tree.source, start(recorder.unit.tree, at));
  owner.uses.push({
    target,
    use,
    line: place.line,
    column: place.column,
    ...(given !== undefined && given.length > 0 && { arguments: given }),
  });
}

/** A callee that needs types to be told. */
export function unresolved(reason: UnresolvedReason, name: string): Target {
  return { kind: "unresolved", name, reason };
}
