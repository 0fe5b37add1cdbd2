/** The flow graph: what its nodes and edges stand for. */
import type { BuildSet } from "../../constraints/index.ts";
import type { CallFacts } from "../../model/flow-facts.ts";
import type { Declarations } from "../declarations.ts";
import type { Aliases } from "./aliases.ts";
import type { MethodSets } from "./method-sets.ts";
import type { Nodes } from "./nodes.ts";
import type { TypeId, TypeTable } from "./type-table.ts";

/** What is propagated: a type, or a function by its place in `functionTokens`. */
export type Token = number;

export function typeToken(type: TypeId): Token {
  return type * 2;
}

export function functionToken(index: number): Token {
  return index * 2 + 1;
}

/** The type that a token is; undefined of a function. */
export function tokenType(token: Token): TypeId | undefined {
  return token % 2 === 0 ? token / 2 : undefined;
}

export type FunctionToken = {
  /** Undefined where it has none that is known. */
  readonly signature: TypeId | undefined;
} & FunctionValue;

export type FunctionValue =
  /** `bound`: a method value, whose receiver is no parameter. */
  | { readonly kind: "function"; readonly fn: number; readonly instance: Instance; readonly bound: boolean }
  /** A method of an interface as a value. */
  | { readonly kind: "method"; readonly hub: Hub; readonly bound: boolean }
  /** The body of a range over a function. */
  | { readonly kind: "body"; readonly parameters: readonly number[] };

/** A declared function and the closures in it, with type arguments. */
export interface Instance {
  readonly root: number;
  readonly typeArguments: readonly TypeId[];
  /** Its type parameters stand for themselves, or it has none. */
  readonly isGeneric: boolean;
  /** The node of its place 0. Instances that have places differ in it. */
  readonly base: number;
  /** Among the instances of all functions. */
  readonly number: number;
  /** Of its functions, by their place after the root, as far as they were asked for. */
  readonly ports: (FunctionPorts | undefined)[];
}

/** A function of an instance. */
export interface InstanceFunction {
  readonly fn: number;
  readonly instance: Instance;
}

/** The nodes at which a function takes and gives values, the receiver of a method apart, and their types as far as they are known. */
export interface Ports {
  readonly parameters: readonly number[];
  readonly parameterTypes: readonly TypeId[];
  readonly results: readonly number[];
  readonly resultTypes: readonly TypeId[];
  readonly isVariadic: boolean;
}

export interface FunctionPorts extends Ports {
  /** -1 of a function without one. */
  readonly receiver: number;
  /** Without the receiver; undefined for initialisers. */
  readonly signature: TypeId | undefined;
}

/** Where calls meet what they may call: the method of an interface, or functions of a type. */
export interface Hub extends Ports {
  readonly kind: "interface" | "function";
  readonly type: TypeId;
  /** Of the method, with its package where it is not exported; empty for functions. */
  readonly name: string;
  readonly signature: TypeId;
  readonly receiver: number;
}

/** A call as facts have it, in an instance of its function. */
export interface Site extends InstanceFunction {
  readonly call: CallFacts;
  /** What it calls whatever values there are. */
  readonly statics: readonly InstanceFunction[];
  /** It names no function: type arguments say what it calls. */
  readonly instantiated: boolean;
  /** Values that a function is given whose own calls do not count, by what it takes them as. */
  readonly handed: readonly Handed[];
  /** The node of the receiver or function value, and the hub, if that decides; else -1. */
  readonly callee: number;
  readonly hub: Hub | undefined;
  /** It calls by reflection. */
  readonly reflected: Reflected | undefined;
}

/** A function that is called, or the method of that name that a value has. */
export interface Reflected {
  /** The node of the `reflect.Value`. */
  readonly value: number;
  readonly method?: string;
  /** How many arguments it is called with, where that is written there. */
  readonly count?: number | undefined;
}

export interface Handed {
  readonly node: number;
  /** Of an interface with methods, or of functions. */
  readonly type: TypeId;
}

/** An edge that there is if a type is an alias. */
export interface OpenEdge {
  readonly from: number;
  readonly to: number;
  readonly type: TypeId;
}

/** What the graph is made of, as it grows. */
export interface GraphParts {
  readonly declared: Declarations;
  readonly types: TypeTable;
  readonly methods: MethodSets;
  readonly aliases: Aliases;
  readonly nodes: Nodes;
  /** From, to, filter: -1 for none. */
  readonly edges: number[];
  readonly open: OpenEdge[];
  /** Node, token. */
  readonly sources: number[];
  /** In which builds something is a source of a token. */
  readonly sourceBuilds: Map<Token, BuildSet>;
  readonly sites: Site[];
  /** Whether calls are wanted whose names tell all of them. */
  readonly allCalls: boolean;
  readonly functionTokens: FunctionToken[];
}

export type FlowGraph = Pick<
  GraphParts,
  "declared" | "types" | "methods" | "aliases" | "edges" | "open" | "sources" | "sites" | "functionTokens"
> & {
  /** How many nodes there are. */
  readonly nodes: number;
  /** In which builds there may be a value that is that token, wherever it is. */
  readonly tokenBuilds: (token: Token) => BuildSet;
  /** The hub of a method of an interface; undefined if the type is none. */
  readonly hubOf: (type: TypeId, name: string) => Hub | undefined;
  readonly instanceOf: (fn: number, typeArguments: readonly TypeId[]) => Instance;
  /** The node of a field of all values of a type. */
  readonly fieldOf: (holder: TypeId, field: string) => number;
};

/** The function that a token is; undefined of a type. */
export function functionOf(
  { functionTokens }: Pick<GraphParts, "functionTokens">,
  token: Token,
): FunctionToken | undefined {
  return token % 2 === 1 ? functionTokens[(token - 1) / 2] : undefined;
}

interface Source {
  readonly node: number | undefined;
  readonly token: Token;
  readonly builds: BuildSet;
}

/** Makes a node, if there is one, a source of a token, in those builds. */
export function addSource(
  { declared, sources, sourceBuilds }: GraphParts,
  { node = -1, token, builds }: Source,
): void {
  if (node < 0) return;
  sources.push(node, token);
  const known = sourceBuilds.get(token);
  sourceBuilds.set(token, known === undefined ? builds : declared.builds.or(known, builds));
}

/** Adds an edge; none where a node is missing, or -1. Only what is of the type passes a filter, and functions. */
export function addEdge({ edges }: GraphParts, from = -1, to = -1, filter = -1): void {
  if (from >= 0 && to >= 0) edges.push(from, to, filter);
}

/**
 * Adds the edge of a value of a type that is handed over: what is put behind an alias gets back to who had it. That
 * is left open where a package would have to be read to tell.
 */
export function addHandover(parts: GraphParts, from = -1, to = -1, type?: TypeId): void {
  const { aliases, open } = parts;
  addEdge(parts, from, to);
  if (type === undefined) return;
  aliases.meet(type);
  if (from < 0 || to < 0) return;
  if (!aliases.isAtHand(type)) open.push({ from: to, to: from, type });
  else if (aliases.isAlias(type)) addEdge(parts, to, from);
}

/** Settles what was left open of values that get somewhere; whether that added edges. */
export function addAliases(
  { edges, open, aliases }: Pick<GraphParts, "edges" | "open" | "aliases">,
  isReached: (node: number) => boolean,
): boolean {
  const before = edges.length;
  const left: OpenEdge[] = [];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (!isReached(one.from)) left.push(one);
    else if (aliases.isAlias(one.type)) edges.push(one.from, one.to, -1);
  }
  for (const one of left) open.push(one);
  return edges.length > before;
}
