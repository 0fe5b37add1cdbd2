import type { SourceDiagnostic } from "../src/index.ts";

/** The same but for the word that nothing was held against a checksum database: most tests have none. */
export function exceptUnchecked<T extends { readonly diagnostics: readonly SourceDiagnostic[] }>(
  value: T,
): T {
  return { ...value, diagnostics: checkedOnly(value.diagnostics) };
}

/** Those that say something else. */
export function checkedOnly(diagnostics: readonly SourceDiagnostic[]): readonly SourceDiagnostic[] {
  return diagnostics.filter(({ code }) => code !== "checksum-off");
}
