/**
 * Flows in facts: which values of a function may get where. Types, places that functions
 * share and function values are in tables of the package, and stand in flows as numbers.
 */

/** A type by its place in `PackageFacts.types`. */
export type TypeNumber = number;

/**
 * A type, without alias and parameter names: types that Go calls identical are one term
 * (interfaces may be written in several ways).
 */
export type TypeTerm =
  /** A predeclared type (`error`), or a declared one with its import path (`net/http.Client`). */
  | string
  /** A generic type with its type arguments. */
  | readonly ["instance", string, ...TypeNumber[]]
  | readonly ["pointer" | "slice" | "chan" | "<-chan" | "chan<-", TypeNumber]
  /** Its length, `?` if that could not be told. */
  | readonly ["array", string, TypeNumber]
  | readonly ["map", TypeNumber, TypeNumber]
  /** Parameters, results; the last parameter of a variadic one is a slice. */
  | readonly ["func" | "variadic", readonly TypeNumber[], readonly TypeNumber[]]
  | readonly ["struct", ...FieldTerm[]]
  /** Methods by name, then what it embeds. */
  | readonly ["interface", readonly MethodTerm[], readonly TypeNumber[]]
  /** In constraints, tildes left out. */
  | readonly ["union", ...TypeNumber[]]
  /** A type parameter of the function or declared type by its place; of a method: of its receiver's type, then of its own. */
  | readonly ["parameter", number]
  /** Not known, and why. */
  | readonly ["unknown", string];

/** Name (`path.name` where it is not exported), type; then 1 if it is embedded; then its tag. */
export type FieldTerm =
  | readonly [string, TypeNumber]
  | readonly [string, TypeNumber, 0 | 1]
  | readonly [string, TypeNumber, 0 | 1, string];

/** Name (`path.name` where it is not exported) and signature. */
export type MethodTerm = readonly [string, TypeNumber];

/** A type that the package declares. Its methods are among the functions. */
export interface TypeFacts {
  /** Types inside functions count as well; those of one name are one type here. */
  readonly name: string;
  /** Names of its type parameters, if it has any. */
  readonly typeParameters?: readonly string[];
  /** What it is underneath; of a struct the embedded fields only. */
  readonly underlying: TypeNumber;
  /** As in `FileFacts`, where it is so in fewer builds than those of its files. */
  readonly builds?: string;
}

/** A place that functions share. */
export type SharedPlace =
  /** Import path, empty for the package itself, and name. */
  | readonly ["variable", string, string]
  /** A field of all values of a struct type, which has a name or not. */
  | readonly ["field", TypeNumber, string]
  /** The elements of all slices and arrays with elements of that type. */
  | readonly ["element", TypeNumber]
  /** The keys, or the values, of all maps with keys, or values, of that type. */
  | readonly ["key" | "value", TypeNumber]
  /** What is in all channels of that type. */
  | readonly ["message", TypeNumber];

/** What a function value may be. */
export type FunctionTerm =
  /** A function, method (its first parameter is the receiver) or closure by its id, with its type arguments. */
  | readonly ["function", string, ...TypeNumber[]]
  /** A method of an interface or of a type parameter; its first parameter is the receiver. */
  | readonly ["method", TypeNumber, string]
  /** What a package that could not be had, or C, has under that name. */
  | readonly ["missing", string];

/**
 * Where a value may be. From 0: a place of the function itself, which has one row of
 * numbers with the closures in it; so a captured variable is the number that it has outside.
 * Below 0: `nothing`, `unknown`, `panicked`, and from `firstShared` down those of
 * `PackageFacts.places`.
 */
export type PlaceNumber = number;

/** No value of interest: constants, numbers, nil. */
export const nothing: PlaceNumber = -1;
/** A value of which it is not known where it comes from, or goes. */
export const unknown: PlaceNumber = -2;
/** What panics carry, and `recover` returns. */
export const panicked: PlaceNumber = -3;
export const firstShared: PlaceNumber = -4;

/** Lists of numbers, taken three (`assign`: two) at a time. Each flow is there once. */
export interface FlowLists {
  /** To, from. */
  readonly assign?: readonly PlaceNumber[];
  /** To, shared place, the value in which that is: `to = value.field`. */
  readonly load?: readonly PlaceNumber[];
  /** Shared place, from, the value in which that is: `value.field = from`. */
  readonly store?: readonly PlaceNumber[];
  /** To, from, the type of the value, which is none of an interface: it enters one. */
  readonly convert?: readonly number[];
  /** To, from, type: of the values in an interface those of that type, or that have its methods. */
  readonly assert?: readonly number[];
  /**
   * To, a place in `PackageFacts.functionValues`, receiver: a function as a value. The receiver
   * is `nothing` of functions and method expressions, and `unknown` of a method value whose
   * receiver is of no interest.
   */
  readonly functions?: readonly number[];
  readonly calls?: readonly CallFacts[];
  readonly yields?: readonly YieldFacts[];
  /** For each of `yields` the place of the body among those of the function. */
  readonly bodies?: readonly number[];
}

/** Its type, the function, places: a range over a function, which is called with one that sets those places. */
export type YieldFacts = readonly [TypeNumber, PlaceNumber, ...PlaceNumber[]];

export interface FlowFacts extends FlowLists {
  /** Of parameters, the receiver first; `nothing` where one is of no interest. Ends with the last that is of some. */
  readonly parameters?: readonly PlaceNumber[];
  readonly results?: readonly PlaceNumber[];
  /** What is so in fewer builds than the function's. */
  readonly variants?: readonly FlowVariant[];
}

export interface FlowVariant extends FlowLists {
  /** Where the function has another one there. */
  readonly signature?: TypeNumber;
  readonly builds: string;
}

/** The lists of a function in all its builds. */
export function listsOf(flows: FlowFacts | undefined): readonly FlowLists[] {
  return flows === undefined ? [] : [flows, ...(flows.variants ?? [])];
}

/**
 * A call: the use by which it names its callee (a place in `uses`: its target says what is
 * called, its position where the name stands), line and column of the opening parenthesis,
 * what stands for the receiver or, of a function value, for the function (`nothing` for
 * functions), arguments and results. Of a method expression that is called the first argument
 * is the receiver, and none of the arguments. Lists end with the last place that is of interest.
 */
export type CallFacts = readonly [
  use: number,
  line: number,
  column: number,
  callee: PlaceNumber,
  parameters: readonly PlaceNumber[],
  results?: readonly PlaceNumber[],
  details?: CallDetails,
];

export interface CallDetails {
  readonly how?: "go" | "defer";
  /** The last argument is the slice of the variadic parameter. */
  readonly spread?: true;
  /** Of a call through an interface, or of a type parameter's method, that type; of a function value its type. */
  readonly type?: TypeNumber;
  /** Of the generic function, or of the receiver's type. */
  readonly typeArguments?: readonly TypeNumber[];
}
