/** What changes, flows and findings are stated with: builds, certainty, a place. */
import type { Position } from "./position.ts";

/** The set of builds in which something holds. */
export interface Builds {
  /** A `//go:build` expression, or empty when it holds in all builds. */
  readonly expression: string;
  /** The same in words: `all builds`, `windows`, `linux with cgo`. */
  readonly words: string;
}

/**
 * `static`: names alone tell every step. `dynamic`: some step is a call through an interface or of a function
 * value, or a mention of a function that others may call.
 */
export type Certainty = "static" | "dynamic";

/** A place in one of the two versions. */
export interface Site {
  /** Where it is. */
  readonly position: Position;
  /** The line, trimmed and cut to 160 characters. */
  readonly source: string;
}
