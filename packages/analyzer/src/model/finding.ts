/** Findings: what a rule says of changes, or of one version. */
import type { Flow } from "./flow.ts";
import type { Builds, Certainty, Site } from "./stated.ts";

/** `block`: looks like a backdoor; `review`: somebody should read it; `inform`: worth knowing. */
export type Tier = "block" | "review" | "inform";

/** The worst tier of the findings that are not accepted; never `clear` where not all could be analysed. */
export type Verdict = Tier | "clear";

/**
 * What is compared: `versions` (of one module), `published` (a repository with the copy that is published of it),
 * `clone` (an original with what looks like a copy of it), `single` (one version, with nothing).
 */
export type CompareMode = "versions" | "published" | "clone" | "single";

/** Something that a reviewer should believe and understand. */
export interface Finding {
  /** Index into `inputs`: of a diff, the new one. */
  readonly input: number;
  /** `path@version`, as in `Bump.new`, if it is about a module that the input is built with, judged by itself. */
  readonly dependency?: string;
  /** Which rule says so: `capdiff explain RULE` tells more. */
  readonly rule: string;
  /** How bad it is. */
  readonly tier: Tier;
  /** How sure its evidence is. */
  readonly certainty: Certainty;
  /** In lower-case hexadecimal; stays while the code that it is about does, wherever lines move. */
  readonly fingerprint: string;
  /** One plain sentence. */
  readonly message: string;
  /** The place to look at first, then those that are related; at least one. */
  readonly locations: readonly FindingLocation[];
  /** The builds in which it holds. */
  readonly builds: Builds;
  /** The flow that it rests on. */
  readonly flow?: Flow;
  /** Values that were worked out, and what matters in them. */
  readonly values?: readonly string[];
  /** Why the user accepted it; such a finding does not count for the verdict. */
  readonly accepted?: string;
}

/** A place that a finding is about. */
export interface FindingLocation extends Site {
  /** What is there, in a few words: "starts here", "reads from the network". */
  readonly what: string;
  /** The function that it is in, as in `Step`; absent outside of functions. */
  readonly function?: string;
}
