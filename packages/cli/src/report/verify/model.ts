/**
 * The report of `verify`, as plain data: what the text is made of. Text that comes from outside is unescaped here.
 * A field whose name ends in `?` is absent, never null.
 */
import type { Diagnostic, Report, Tool } from "@capdiff/analyzer";
import type { ChecksumReport, Provenance, ProvenanceVerdict } from "@capdiff/modules";

/** Grows when a reader of the previous version would misread the new one. */
export const verifySchemaVersion = 1;

/** Whether published versions are the code that their repositories show. */
export interface VerifyReport {
  /** The version of this form. */
  readonly schemaVersion: typeof verifySchemaVersion;
  /** Which program, with which data, made the report. */
  readonly tool: Tool;
  /** Tells reports apart. */
  readonly command: "verify";
  /** What was held against what: published copies against repositories, or against sums alone, or a vendor folder against published copies. */
  readonly against: "repository" | "sums" | "published";
  /** The worst verdict of all modules. */
  readonly verdict: ProvenanceVerdict;
  /** The worst answer of the checksum database of all modules. */
  readonly checksum: ChecksumReport["status"];
  /** In the order in which they were asked for; of a build list, by their paths. */
  readonly modules: readonly ModuleProvenance[];
  /** What could not be understood or had. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What is known of one published version. */
export interface ModuleProvenance extends Omit<Provenance, "findings"> {
  /** What a reviewer should know, the gravest first. */
  readonly findings: readonly ReportedFinding[];
  /** If they differ: what the published copy can do that the repository's cannot, as a report of `diff`. */
  readonly difference?: Report;
}

/** A finding with what it means. */
export interface ReportedFinding {
  /** Its name, for `--fail-on`. */
  readonly id: string;
  /** What it is, in a few words. */
  readonly title: string;
  /** What was found here. */
  readonly message: string;
  /** What it means in general. */
  readonly meaning: string;
  /** How it comes about without malice. */
  readonly benign: string;
}
