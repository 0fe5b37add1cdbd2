/**
 * What is kept of an analysis, plain: all that comparing and judging look at. Of other modules' functions there are those
 * that lie on paths or that flows name, with no more than their names and places. Things are referred to by their places in the lists.
 */

import type { TerminalUse } from "../../classify/terminals.ts";
import type { Capability } from "../../model/capability.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { FunctionFacts, UseFacts } from "../../model/facts.ts";
import type { Counts } from "../../model/report.ts";
import type { CallValue, ValueOrigin } from "../../model/rule.ts";
import type { OtherFile } from "../other-files.ts";

/** Changes whenever what was kept before could be misread. */
export const keptFormat = 2;

export interface KeptAnalysis {
  /** A digest of all that the analysis depends on. */
  readonly of: string;
  /** The cache's keys of the units of the module's packages, in their order, and of its flows. */
  readonly units: readonly string[];
  readonly flows: string;
  /** Expressions: sets of builds are places among them. */
  readonly builds: readonly string[];
  /** Of others. */
  readonly packages: readonly KeptPackage[];
  /** How many functions the module declares; they come first. */
  readonly declared: number;
  /** Those behind them: places among those that the module declares, of copies, or functions of others. */
  readonly functions: readonly (number | KeptFunction)[];
  /** Those that are not among the uses of the function that they are in. */
  readonly uses: readonly UseFacts[];
  /**
   * From functions of the module to others of it, those that flows name, and those that use these as values; where they do; and
   * those of paths.
   */
  readonly edges: readonly KeptEdge[];
  /** In functions of the module, and those that paths end at. */
  readonly terminals: readonly KeptTerminal[];
  readonly capabilities: readonly Capability[];
  /** Each behind the one that it goes on with. */
  readonly paths: readonly KeptPath[];
  /** Of functions of the module. */
  readonly reach: readonly (readonly [fn: number, reached: readonly KeptReached[]])[];
  readonly otherFiles: readonly OtherFile[];
  readonly diagnostics: readonly Diagnostic[];
  readonly counts: Counts;
  readonly code: KeptCode;
  readonly answers: KeptAnswers;
}

export interface KeptPackage {
  readonly path: string;
  readonly name: string;
  readonly module?: string;
  /** It is of the standard library. */
  readonly standard?: true;
  readonly files: readonly string[];
  /** Variables that the code of the module names, with the code that sets them. */
  readonly variables: readonly (readonly [name: string, code: string])[];
}

export interface KeptFunction
  extends Pick<FunctionFacts, "id" | "kind" | "entry" | "file" | "line" | "column" | "fingerprint" | "uses"> {
  readonly package: number;
  /** The function that it is a closure in, or itself. */
  readonly root: number;
}

/** Of the function's own uses the place, of others -1 less their place. */
export type KeptUse = number;

export type KeptEdge = readonly [from: number, to: number, use: KeptUse, builds: number, breadth: number];

export interface KeptTerminal extends Omit<TerminalUse, "builds" | "made"> {
  readonly builds: number;
  readonly made?: KeptUse;
}

export type KeptPath = readonly [
  from: number,
  capability: number,
  builds: number,
  length: number,
  doubt: number,
  staysInPackage: 0 | 1,
  /** An edge and a path, or a terminal. */
  ...next: readonly [edge: number, path: number] | readonly [terminal: number],
];

export type KeptReached = readonly [capability: number, builds: number, paths: readonly number[]];

/** What is asked of the code of other modules. */
export interface KeptCode {
  /** What functions use that code of the module names, that these name, and so on as far as rules look. */
  readonly names: readonly (readonly [functionId: string, names: readonly string[]])[];
  /** Of functions that flows name. */
  readonly texts: readonly (readonly [functionId: string, texts: readonly string[]])[];
}

/** What was asked of the values in a module, with the answers. */
export interface KeptAnswers {
  readonly values: readonly (readonly [functionId: string, values: readonly CallValue[]])[];
  readonly origins: readonly (readonly [place: string, origins: readonly (ValueOrigin | null)[]])[];
}
