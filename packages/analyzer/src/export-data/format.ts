/**
 * Export data: what importers of a package can learn of it, as plain data that JSON can
 * hold. It is all that is needed of a package to check another one: the source is not.
 *
 * A package is a list of names, each with its objects: what it is in which builds. They
 * name types by number in a table, where an entry mentions lower numbers only. Declared
 * types and aliases are not in the table: it refers to them by package and name, so that
 * what they are is read when somebody asks, and may be recursive. References to other
 * packages are looked up in those packages' own data. What differs between builds is
 * stored for each set of builds once; what does not costs nothing extra.
 *
 * The data depends on what the package says alone: not on positions, comments, bodies,
 * names that cannot be reached from exported ones, the order of declarations, or whether
 * imports were read from sources or from export data.
 *
 * Numbers of packages count from 1 in `packages`, 0 is the package itself. Numbers of sets
 * of builds count from 1 in `builds`, 0 is all builds. Types and parameters count from 0.
 */
export interface ExportData {
  readonly format: typeof exportFormat;
  readonly path: string;
  /** The name in its clause. */
  readonly name: string;
  /** Paths of the packages that it refers to. */
  readonly packages: readonly string[];
  /** `//go:build` expressions. */
  readonly builds: readonly string[];
  readonly types: readonly TypeEntry[];
  readonly parameters: readonly ParameterEntry[];
  /** Sorted by code units: the exported names, and those of types that can be reached from them. */
  readonly names: readonly string[];
  /** For each of the names: its meanings, for disjoint sets of builds. */
  readonly objects: readonly (readonly ObjectEntry[])[];
}

/** Changes whenever data of an older format could be misread. */
export const exportFormat = 1;

type BuildsNumber = number;
type PackageNumber = number;
type TypeNumber = number;

/** A type for all builds that matter, or a flat list of sets of builds and types. */
export type VaryingType = TypeNumber | readonly number[];

/** A name and its constraint. */
export type ParameterEntry = readonly [string, VaryingType];

/** For each type a name, if it has one, and its number. */
export type ParameterList = readonly (string | TypeNumber)[];

/** A name and a type; then 1 if it is embedded, else 0; then its tag. What is 0 or empty at the end is left out. */
export type FieldEntry =
  | readonly [string, TypeNumber]
  | readonly [string, TypeNumber, 0 | 1]
  | readonly [string, TypeNumber, 0 | 1, string];

export type TypeEntry =
  | readonly ["predeclared", string]
  /** A declared type of a package with its type arguments. */
  | readonly ["named", PackageNumber, string, ...TypeNumber[]]
  /** The builds are those in which the alias means this type. */
  | readonly ["alias", PackageNumber, BuildsNumber, string, ...TypeNumber[]]
  | readonly ["parameter", number]
  | readonly ["pointer", TypeNumber]
  | readonly ["slice", TypeNumber]
  /** The length is null if it is not known, and a text if no number can hold it. */
  | readonly ["array", number | string | null, TypeNumber]
  | readonly ["map", TypeNumber, TypeNumber]
  | readonly ["both" | "send" | "receive", TypeNumber]
  /** The package is that of its unexported fields. */
  | readonly ["struct", PackageNumber, ...FieldEntry[]]
  | readonly ["tuple", ...TypeNumber[]]
  /** Parameters, results, type parameters. */
  | readonly ["func" | "func...", ParameterList, ParameterList, ...TypeNumber[]]
  /**
   * The package of its unexported methods; the declared type in which its methods are
   * written, or -1; what is embedded; then names and signatures of its methods. `implicit`
   * is around a constraint that was written without `interface{}`.
   */
  | readonly [
      "interface" | "implicit",
      PackageNumber,
      number,
      readonly TypeNumber[],
      ...(string | TypeNumber)[],
    ]
  /** A type, or a list with one, where it has a tilde. */
  | readonly ["union", ...(TypeNumber | readonly [TypeNumber])[]]
  | readonly ["unknown", string];

/** Integers that a number cannot hold, and other numbers, are lists that begin with their kind. */
export type ConstantEntry =
  | boolean
  | number
  | string
  | null
  | readonly ["int", string]
  | readonly ["ratio", string, string]
  | readonly ["complex", ConstantEntry, ConstantEntry];

/** A name, and for disjoint sets of builds: builds, 1 for a pointer receiver else 0, signature, receiver's parameters. */
export type MethodEntry = readonly [
  string,
  ...(readonly [BuildsNumber, 0 | 1, TypeNumber, ...TypeNumber[]])[],
];

export type ObjectEntry =
  | readonly [BuildsNumber, "const", TypeNumber, ConstantEntry]
  | readonly [BuildsNumber, "var", TypeNumber]
  | readonly [BuildsNumber, "func", TypeNumber]
  /** What it stands for, then its type parameters. */
  | readonly [BuildsNumber, "alias", TypeNumber, ...TypeNumber[]]
  /** What is underneath, type parameters, methods. */
  | readonly [BuildsNumber, "type", VaryingType, readonly TypeNumber[], ...MethodEntry[]];

/** Data that is not export data of this format, or is damaged. */
export class ExportDataError extends Error {
  override readonly name = "ExportDataError";
}
