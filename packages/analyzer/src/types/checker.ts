/**
 * What the parts of the checker share: where an expression stands, who is told what is
 * found, and how the parts reach each other, since types contain expressions and
 * expressions contain types and functions.
 */
import type { FlatTree, Node } from "../syntax/index.ts";
import type { LocalVariable, Meaning, PackageInterface, Scope, Variant } from "./object.ts";
import type { Callable, Operand, UnsafeBuiltin } from "./operand.ts";
import type { Selection } from "./selection.ts";
import type { Field, Parameter, SignatureType, Type, TypeDeclaration, UnknownReason } from "./type.ts";
import type { TypeStore } from "./type-store.ts";
import type { Universe } from "./universe.ts";
import type { Session } from "./varying.ts";

/** One file, as far as looking names up in it goes. */
export interface FileScope {
  readonly tree: FlatTree;
  /** Import path of its package. */
  readonly package: string;
  /** The variants of a name of its package. */
  readonly lookUp: (name: string) => readonly Variant[];
  /** Import path by the name that the file uses for it. */
  readonly imports: ReadonlyMap<string, string>;
  /** Paths of dot imports. */
  readonly dots: readonly string[];
  /** It imports "C". */
  readonly cgo: boolean;
}

/** Where an expression, a type or a statement stands. */
export interface Place {
  readonly checker: Checker;
  readonly file: FileScope;
  readonly scope: Scope | undefined;
  /** Told what is found; without one only types are wanted, and bodies of function literals are not entered. */
  readonly observer: Observer | undefined;
  /** The value of iota, inside a constant declaration. */
  readonly iota: bigint | undefined;
  /** The function around it, for its results. */
  readonly signature: SignatureType | undefined;
}

/** Hears of what a body uses, in source order. Nodes are those of the file of the body. */
export interface Observer {
  /** An identifier that means a function, a method, or a variable of a package. */
  readonly use: (identifier: Node, callable: Callable) => void;
  /** A call. Calls are heard of after the uses in them. */
  readonly call: (found: ObservedCall) => void;
  /** A conversion from unsafe.Pointer to another type; the node is the type as written. */
  readonly unsafeConversion: (node: Node, type: Type) => void;
  /** A function literal; `enter` evaluates its body. */
  readonly literal: (node: Node, enter: () => void) => void;
  /** What is assigned to and not declared by that, with the type that it has; after it was evaluated. */
  readonly stored?: (target: Node, type: Type) => void;
  readonly tooDeep: (node: Node) => void;
  /** What an expression turned out to be. Told after what is inside it; several times if it was looked at again. */
  readonly evaluated?: (node: Node, operand: Operand) => void;
  /** An identifier that means a variable of a function. The first that is heard of declares it, but for parameters. */
  readonly local?: (identifier: Node, variable: LocalVariable) => void;
  /** A variable of a function that is declared with a value; after `local`. */
  readonly filled?: (identifier: Node, variable: LocalVariable) => void;
  /** The parameters and results of a function or function literal, before its body. */
  readonly parameters?: (fn: Node, variables: FunctionVariables) => void;
  /** What an initialiser at package level sets: the types of the variables of a var_spec. */
  readonly initialized?: (spec: Node, types: readonly Type[]) => void;
  /** The case of a type switch, before its statements: its types (undefined for nil) and its variable. */
  readonly typeCase?: (node: Node, types: readonly (Type | undefined)[], variable: LocalVariable) => void;
  /** A field or method that a selector means; the node is the identifier behind the dot. */
  readonly selected?: (member: Node, selection: Selection) => void;
  /** The signature with which a generic function is called, at the expression that names it. */
  readonly instantiated?: (node: Node, type: SignatureType) => void;
  /** What a type expression denotes. Told like `evaluated`. */
  readonly denoted?: (node: Node, type: Type) => void;
  /** What an identifier stands for, where it is declared or used. */
  readonly named?: (identifier: Node, named: Named) => void;
  /**
   * All was told, of a body or of one statement of it, in the builds that are still the current
   * ones: asking for types may part them.
   */
  readonly finished?: (statement?: Node) => void;
}

/** The variables of a function's signature; undefined where one has no name. */
export interface FunctionVariables {
  /** The receiver first, if the function has one. */
  readonly parameters: readonly Parameter[];
  readonly results: readonly Parameter[];
  /** Without the receiver. */
  readonly signature: SignatureType;
  readonly variables: ReadonlyMap<Parameter, LocalVariable>;
}

export type Named =
  | Meaning
  | {
      readonly kind: "field";
      readonly field: Field;
      /** The type that has it; undefined where that is being written. */
      readonly holder: Type | undefined;
    }
  | { readonly kind: "unsafe builtin"; readonly name: UnsafeBuiltin }
  /** A method, with its type without the receiver. */
  | { readonly kind: "callable"; readonly callable: Callable; readonly type: SignatureType };

export interface ObservedCall {
  readonly node: Node;
  /** The identifier by which it names its callee, or the function literal that it calls; else -1. */
  readonly identifier: Node;
  readonly callee: CalleeKind;
  /** One call with several results stands for all arguments. */
  readonly arguments: readonly Operand[];
  /** The callee's, with type arguments put in; undefined where it is not known. */
  readonly signature: SignatureType | undefined;
  /** Of a generic function, or of the receiver's type. */
  readonly typeArguments: readonly Type[];
}

export type CalleeKind =
  | { readonly kind: "known"; readonly callable: Callable }
  /** A function value of that type. */
  | { readonly kind: "dynamic"; readonly type: Type }
  /** A function literal that is called where it stands. */
  | { readonly kind: "literal" }
  | { readonly kind: "unknown"; readonly reason: UnknownReason };

export interface Checker {
  readonly session: Session;
  readonly types: TypeStore;
  readonly universe: Universe;
  /** The package of that path; undefined if it cannot be had. */
  readonly importPackage: (path: string) => PackageInterface | undefined;
  /** How deep expressions and types are nested where the checker is. */
  depth: number;
  /** How many calls and receives were evaluated: a length is no constant if something runs for it. */
  runs: number;
  /** Evaluates an expression, which may turn out to be a type. */
  readonly evaluate: (place: Place, node: Node) => Operand;
  /** The type that a type expression denotes; `owner` is the declaration that it defines, if any. */
  readonly typeOf: (place: Place, node: Node, owner?: TypeDeclaration) => Type;
  /** The body of a function or function literal, which is one block with its parameters and results. */
  readonly body: (place: Place, node: Node) => void;
  readonly statement: (place: Place, node: Node) => void;
}

/** Expressions and types nested deeper are not followed. */
export const depthLimit = 250;

/** Something that may lead from declaration to declaration, as one step of depth; unknown if that is too deep. */
export function oneDeeper(checker: Checker, compute: () => Type): Type {
  if (checker.depth > depthLimit) return checker.types.unknown("too-deep");
  checker.depth++;
  try {
    return compute();
  } finally {
    checker.depth--;
  }
}
