/**
 * Code as facts: what a function computes, compact and plain, so that constants can be worked out once all packages are
 * linked. Variables of the function are numbers, closures share those of the function around them. Types are gone but
 * for what computing needs. What is not told stands as `?`, with the calls that are in it.
 *
 * Forms are nested arrays whose first element says what they are. Fields marked `use` are indices into the uses of the
 * function, or of the closure, that the form stands in; -1 where none was found.
 */

/**
 * What computing needs to know of a type: `s` string, `b` bool, `i8` to `i64` and `u8` to `u64` (int and uint count as 64
 * bits), `f` float or complex, `S` struct, then the name of its type with the import path, `P` the same of a pointer to one that has a name, `n` what else is
 * nil at first (pointers, functions, interfaces, channels), as a result `E` error, `?` not known.
 */
export type CodeType =
  | string
  /** A slice of, or a map to. */
  | readonly ["[]" | "map", CodeType]
  /** An array: how many of what. */
  | readonly ["array", number, CodeType];

/** The struct that a type is, or points to, by its name with the import path; undefined of others, and of those without a name. */
export function structNamed(type: CodeType): string | undefined {
  return typeof type === "string" && /^[SP] /u.test(type) ? type.slice(2) : undefined;
}

/** Whether it is a pointer to a struct that has a name. */
export function isPointerType(type: CodeType): boolean {
  return typeof type === "string" && type.startsWith("P ");
}

/** An expression. */
export type Expression =
  /** A string constant; bytes that are no UTF-8 as U+DC80 to U+DCFF. */
  | readonly ["s", string]
  /** An integer constant, as text where it is larger than 53 bits. */
  | readonly ["n", number | string]
  | readonly ["b", boolean]
  /** The value that a variable of that type has at first. */
  | readonly ["zero", CodeType]
  /** A variable of the function. */
  | readonly ["var", number]
  /** A package variable: import path (empty of the own package), name, type. */
  | readonly ["global", string, string, CodeType]
  /** A function as a value, or a method without its receiver (which is then its first parameter): `use`. */
  | readonly ["function", number]
  /** A method as a value: `use`, and the receiver as for a call. */
  | readonly ["method", number, Expression]
  /** `x.f`, also through a pointer; the type is that of the field. */
  | readonly [".", Expression, string, CodeType]
  /** `x[i]`; the type is that of the element. */
  | readonly ["index", Expression, Expression, CodeType]
  /** `x[low:high]`. */
  | readonly ["slice", Expression, Expression | null, Expression | null]
  /** An operator, its operands, the type of the result. */
  | readonly ["unary", string, Expression, CodeType]
  | readonly ["binary", string, Expression, Expression, CodeType]
  /** A sum of strings, however long. */
  | readonly ["sum", readonly Expression[]]
  /** A conversion from one type to another, or an assertion that an interface (`n`) holds the other. */
  | readonly ["as", Expression, CodeType, CodeType]
  /** A slice, array or map: values with their keys, null where they are counted. */
  | readonly ["list", CodeType, readonly (readonly [Expression | null, Expression])[]]
  /** A struct: fields and values; the name of its type with the import path, empty where it has none. */
  | readonly ["struct", readonly (readonly [string, Expression])[], string]
  | readonly ["&", Expression]
  | readonly ["*", Expression, CodeType]
  /** A function literal: `use`, which names it. */
  | readonly ["closure", number, Code]
  | Call
  /** A builtin function, or one of package unsafe with that before its name: name, arguments, type of the result. */
  | readonly ["builtin", string, readonly Expression[], CodeType, boolean]
  /** One of these, by the build; of more than four it is not told which. */
  | readonly ["one", readonly Expression[]]
  /** Not told; the expressions in it are evaluated. */
  | readonly ["?", readonly Expression[]];

/** `use`, the receiver or the function value if there is one, arguments, whether the last one has dots. */
export type Call = readonly ["call", number, Expression | null, readonly Expression[], boolean];

/** What is assigned to: an expression, a variable that is declared there, or nothing. */
export type Target = Expression | readonly ["new", number] | readonly ["_"];

/** A statement. */
export type Statement =
  /** One value for several targets: the results of a call, or a value with a truth value. */
  | readonly ["=", readonly Target[], readonly Expression[]]
  /** `x += y`: operator, target, value, type of the target. */
  | readonly ["op", string, Expression, Expression, CodeType]
  | readonly ["do", Expression]
  | readonly ["if", Expression, readonly Statement[], readonly Statement[]]
  /** Condition, what follows each round, body. */
  | readonly ["for", Expression | null, readonly Statement[], readonly Statement[]]
  /** Over what, key, value, body. */
  | readonly ["range", Expression, Target, Target, readonly Statement[]]
  /** The value, and for each case its values (null of the default) and statements. */
  | readonly [
      "switch",
      Expression | null,
      readonly (readonly [readonly Expression[] | null, readonly Statement[]])[],
    ]
  /** One of these runs, it is not told which. */
  | readonly ["either", readonly (readonly Statement[])[]]
  | readonly ["return", readonly Expression[]]
  | readonly ["break"]
  | readonly ["continue"]
  /** To a label. */
  | readonly ["jump"]
  /** What `go` and `defer` call. */
  | readonly ["go" | "defer", Expression];

/** A function. */
export type Code = readonly [
  /** The variables that are its parameters, the receiver first; -1 where one has no name. */
  parameters: readonly number[],
  /** Those that are its results, or -1, and their types. */
  results: readonly (readonly [number, CodeType])[],
  /** Whether the last parameter takes all further arguments. */
  variadic: boolean,
  body: readonly Statement[],
];

/**
 * Characters that the code of a function has at most: of what is larger long texts are not told, and if it still is, such as a
 * long table, nothing.
 */
export const codeLimit = 1 << 17;

/** Characters of a text that is left out of code which is too large: of less nothing is gained. */
export const longText = 1 << 11;

/** Code as it stands in facts: JSON in which the two sorts of quotes are exchanged, so that they need no escapes in JSON. */
export function encodeCode(code: Code): string {
  return exchanged(JSON.stringify(code), '"', "'");
}

/** The code that `encodeCode` wrote. */
export function decodeCode(text: string): Code {
  // Written by `encodeCode`.
  return JSON.parse(exchanged(text, "'", '"')) as Code;
}

/**
 * The package variables that code which `encodeCode` wrote names, as often as it does: import path (empty for its own package) and name.
 * Linear, and quicker than to decode it.
 */
export function variablesNamed(text: string): (readonly [path: string, name: string])[] {
  return Array.from(text.matchAll(variableForm), ([, path = "", name = ""]) => [path, name] as const);
}

/** The same of those of which, or of a part of which, the address is taken. */
export function addressesTaken(text: string): (readonly [path: string, name: string])[] {
  return Array.from(text.matchAll(addressForm), ([, path = "", name = ""]) => [path, name] as const);
}

const addressForm = /\['&',(?:\['(?:\.|index)',)*\['global','([^']*)','([^']*)'/gu;

/** In strings of the code there are backslashes before such quotes. */
const variableForm = /\['global','([^']*)','([^']*)'/gu;

/** The string constants in code that `encodeCode` wrote, in source order, as often as they stand there. Linear, and quicker than to decode it. */
export function textsWritten(text: string): string[] {
  return Array.from(text.matchAll(textForm), ([, written = ""]) =>
    /["\\]/u.test(written) ? (JSON.parse(exchanged(`'${written}'`, "'", '"')) as string) : written,
  );
}

const textForm = /\['s','((?:[^'\\]|\\.)*)'/gu;

function exchanged(text: string, many: string, few: string): string {
  return text
    .split(many)
    .map((part) => (part.includes(few) ? part.replaceAll(few, many) : part))
    .join(few);
}
