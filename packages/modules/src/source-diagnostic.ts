/** A finding about input that could not be understood or used. Plain data. */
export interface SourceDiagnostic {
  /** Kebab-case, stable. */
  readonly code: string;
  readonly severity: "error" | "warning" | "info";
  /** Safe to print: outside strings in it are escaped. */
  readonly message: string;
  /** Slash path inside the module root, where there is one. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1, in UTF-16 code units. */
  readonly column?: number;
}
