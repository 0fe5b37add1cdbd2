import type { Range } from "./position.ts";

/**
 * Input that we could not understand or had to leave out: data, never an exception.
 * `incomplete` marks those after which the answer may miss something: such an
 * analysis is never called clear.
 */
export interface Diagnostic {
  /** Kebab-case identity, such as `syntax-error`: what scripts match on. */
  readonly code: string;
  /** How bad it is. */
  readonly severity: "error" | "warning" | "info";
  /** One plain sentence. May hold text of the module: escape it where it is shown. */
  readonly message: string;
  /** After it the answer may miss something. */
  readonly incomplete: boolean;
  /** Where, if it is about a place. */
  readonly range?: Range;
  /** Which file, if it is about a file as a whole. */
  readonly file?: string;
}

/** What every stage returns: the value as far as it could be had, and what stood in the way. */
export interface Outcome<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}
