/**
 * Facts: what the compile stage knows of one package, plain and serialisable. Nothing
 * in them depends on other packages' contents, on where the module lies, or on time.
 */
import type { Diagnostic } from "./diagnostic.ts";
import type { FlowFacts, FunctionTerm, SharedPlace, TypeFacts, TypeNumber, TypeTerm } from "./flow-facts.ts";
import type { Argument, DirectiveKind, EntryPointKind } from "./report.ts";

/** What is known of one package. */
export interface PackageFacts {
  /** Import path; `path [clause]` for files set apart, `path_test` for an external test package. */
  readonly path: string;
  /** The name in the package clause. */
  readonly name: string;
  /** These files are in no build of the package: another clause, or a constraint that nothing meets. */
  readonly apart: boolean;
  /** `path@version` of the module that it is of, if that is not the one that is analysed. */
  readonly module?: string;
  readonly files: readonly FileFacts[];
  readonly functions: readonly FunctionFacts[];
  /** Package-level names that are no functions. */
  readonly names: readonly NameFacts[];
  /** Types by number, parts before the whole; what flows and signatures speak of. */
  readonly types: readonly TypeTerm[];
  readonly declaredTypes: readonly TypeFacts[];
  /** Places that flows of several functions may share. */
  readonly places: readonly SharedPlace[];
  /** Functions that are used as values. */
  readonly functionValues: readonly FunctionTerm[];
  readonly directives: readonly DirectiveFacts[];
  /** The assembly files of the directory. */
  readonly assembly: readonly AssemblyFacts[];
  readonly diagnostics: readonly Diagnostic[];
  /** Calls, without conversions and builtins. */
  readonly callSites: number;
  /** Those of them through an interface or a function value. */
  readonly dynamic: number;
  /** Those of them whose callee is not known. */
  readonly unresolved: number;
}

export interface FileFacts {
  /** Slash path inside the module. */
  readonly name: string;
  /** A `//go:build` expression; empty for all builds. */
  readonly builds: string;
  readonly bytes: number;
  readonly imports: readonly ImportFacts[];
}

export interface AssemblyFacts {
  /** Slash path inside the module. */
  readonly name: string;
  /** As in `FileFacts`. */
  readonly builds: string;
}

export interface ImportFacts {
  readonly path: string;
  /** The name in the import declaration: an identifier, `.` or `_`. */
  readonly alias?: string;
  readonly line: number;
  readonly column: number;
}

export interface NameFacts {
  readonly name: string;
  readonly kind: "type" | "variable" | "constant";
  /** Index into `files`. */
  readonly file: number;
  /**
   * Of a variable: the code of what sets it at first, a function (see `code-facts.ts`) whose results are the variables
   * in `with`, and whose uses are those of the initialiser's function. Empty where that is not told.
   */
  readonly code?: string;
  /** The names that the code sets, this one among them. */
  readonly with?: readonly string[];
}

/** `imports`: stands for the initialisation of what a package imports; no declaration. */
export type FunctionKind = "function" | "method" | "init" | "initializer" | "closure" | "imports";

export interface FunctionFacts {
  /**
   * SSA-style: `pkg.F`, `(pkg.T).M`, `(*pkg.T).M`, closure `F$1`, `pkg.init#1` (numbered in
   * file and source order), `pkg.init:x` for the initialiser of the variable x. Bodies of ranges
   * over functions are counted among closures: `F$1$1` may be in one. Not unique: one
   * declaration for each set of builds.
   */
  readonly id: string;
  readonly kind: FunctionKind;
  readonly entry?: EntryPointKind;
  /** Index into `files`; the function holds in that file's builds. */
  readonly file: number;
  /** As in `FileFacts`, where it holds in fewer builds: a closure in code that some builds do not have. */
  readonly builds?: string;
  readonly line: number;
  readonly column: number;
  /** Declared without a body: assembly, linkname, or the runtime has it. */
  readonly bodiless: boolean;
  /** Hash of signature and body without names of its own, comments and white space. */
  readonly fingerprint: string;
  /** Tokens of signature and body: how much the fingerprint says. */
  readonly size: number;
  readonly uses: readonly UseFacts[];
  /** Its type, without the receiver; undefined for initialisers. */
  readonly signature?: TypeNumber;
  /** Names of its type parameters, of a method those of its receiver's type as it has them before its own; if any. */
  readonly typeParameters?: readonly string[];
  /** Of its parameters, the receiver first; empty where one has none, which it does not end with. Not of closures, nor in the standard library. */
  readonly parameterNames?: readonly string[];
  /** None if there are none. */
  readonly flows?: FlowFacts;
  /** The bodies of ranges over functions in it, those of closures left out, in source order. */
  readonly bodies?: readonly BodyFacts[];
  /**
   * What it computes, closures in it included (see `code-facts.ts`). Absent of closures, where there is nothing to
   * compute, where that differs between builds or is too large, and in the standard library.
   */
  readonly code?: string;
  /** Package variables that it may change, or closures in it: `path.name`, sorted. */
  readonly assigns?: readonly string[];
  /** What it does was not compiled: uses, closures and flows are missing. */
  readonly omitted?: true;
  /** What of it could not be analysed: of a package of another module, where it counts only if the function does. */
  readonly diagnostics?: readonly Diagnostic[];
}

/** The body of a range over a function, which is part of the function with the loop. */
export interface BodyFacts {
  /** What it would be called if it were a closure. */
  readonly id: string;
  /** Of the range clause. */
  readonly line: number;
  readonly column: number;
  /** Places among the uses of the function: those in the body, but not in another body inside it. */
  readonly uses: readonly number[];
}

/** A place where a function uses something that may run. */
export interface UseFacts {
  readonly target: Target;
  readonly use: "call" | "reference" | "import" | "declaration";
  /** Index into `files`, if it is not the function's: of a linkname, or an import. */
  readonly file?: number;
  readonly line: number;
  readonly column: number;
  /** Of calls of what other packages or C define. */
  readonly arguments?: readonly Argument[];
  /** As in `FileFacts`, where it is used in fewer builds than the function's. */
  readonly builds?: string;
}

export type Target =
  /** A function (`F`) or method (`(T).M`, `(*T).M`) of another package, or any name of one that could not be had. */
  | { readonly kind: "qualified"; readonly package: string; readonly name: string }
  /** A variable of another package. */
  | { readonly kind: "variable"; readonly package: string; readonly name: string }
  /** The initialisation of a package. */
  | { readonly kind: "package"; readonly path: string }
  /** A function, method or closure of this package by its id. */
  | { readonly kind: "function"; readonly id: string }
  /** A method by the interface that it is called through: `(I).M`, `(interface).M` where that has no name. */
  | { readonly kind: "interface-method"; readonly package: string; readonly name: string }
  /** A function value of that type, which is called. */
  | { readonly kind: "dynamic"; readonly type: string }
  | { readonly kind: "cgo"; readonly name: string }
  /** A conversion from unsafe.Pointer to the type as written. */
  | { readonly kind: "unsafe-conversion"; readonly type: string }
  /** An assignment that puts a `reflect.Value` to where others can reach it; `fresh` where they cannot at that moment. */
  | { readonly kind: "reflect-store"; readonly fresh?: true }
  /** A call of something of which it is not known what it is. */
  | { readonly kind: "unresolved"; readonly name: string; readonly reason: UnresolvedReason };

/** Why a callee is not known. */
export type UnresolvedReason =
  | "missing-import"
  | "unknown-name"
  | "invalid"
  | "cycle"
  | "syntax-error"
  | "too-deep"
  | "cgo"
  | "not-inferred";

export interface DirectiveFacts {
  readonly kind: DirectiveKind;
  /** What follows the directive's name; for a preamble, the comment's text. */
  readonly text: string;
  readonly file: number;
  readonly line: number;
  readonly column: number;
}
