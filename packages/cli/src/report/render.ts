import type { Report } from "@capdiff/analyzer";
import type { Catalogue } from "../catalogue.ts";

/** What a person may ask of a text; the other formats say the same whatever is asked. */
export interface RenderOptions {
  readonly catalogue: Catalogue;
  readonly colour: boolean;
  /** Everything, where a text otherwise names a few and counts the rest. */
  readonly verbose: boolean;
  /** The summary line only. */
  readonly quiet: boolean;
}

/**
 * A format: a function of the report alone. Pieces come one by one, so that a large
 * report is never held as one string; joined they are the whole output, which ends in
 * a newline and holds no control, bidi or invisible character of a module.
 */
export type Render = (report: Report, options: RenderOptions) => Iterable<string>;
