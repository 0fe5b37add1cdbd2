/** What reading a build constraint yields, and the algebra that the readers use. */
import type { BuildSet } from "./diagram.ts";

/** A constraint that Go would reject or that is beyond our bounds. Offsets are those of the string given. */
export interface ConstraintDiagnostic {
  readonly code: "build-constraint-syntax" | "build-constraint-repeated" | "build-constraint-too-large";
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** After a diagnostic the value is a superset of what was meant: mostly `all`. */
export interface Constraint {
  readonly value: BuildSet;
  readonly diagnostics: readonly ConstraintDiagnostic[];
}

/** Operations that refuse, by `undefined`, to build a set beyond the bound. */
export interface BoundedAlgebra {
  readonly all: BuildSet;
  readonly none: BuildSet;
  readonly tag: (name: string) => BuildSet;
  readonly not: (set: BuildSet) => BuildSet;
  readonly and: (a: BuildSet, b: BuildSet) => BuildSet | undefined;
  readonly or: (a: BuildSet, b: BuildSet) => BuildSet | undefined;
}

/** The sound answer to a constraint that we do not understand: nothing hides behind it. */
export function rejected(
  algebra: BoundedAlgebra,
  diagnostic: ConstraintDiagnostic,
): { readonly value: BuildSet; readonly diagnostics: readonly ConstraintDiagnostic[] } {
  return { value: algebra.all, diagnostics: [diagnostic] };
}

export function tooLarge(
  message: string,
  { start, end }: { start: number; end: number },
): ConstraintDiagnostic {
  return { code: "build-constraint-too-large", message, start, end };
}
