/** What is said between whoever has units compiled and whoever compiles them, perhaps another thread. */
import type { PackageIdentity } from "../compile/package.ts";
import type { Diagnostic } from "../model/diagnostic.ts";

/** What a unit needs to be compiled anywhere. Plain. */
export interface UnitTask {
  readonly packages: readonly PackageText[];
  /** Names in the clauses of what they import, where they are known; not those of the standard library. */
  readonly names: readonly (readonly [path: string, name: string])[];
  /** The packages that they import, and those that the exports of these refer to. */
  readonly imports: readonly PackageExports[];
  /** The package among them of which an outline is wanted. */
  readonly outlined?: OutlinedText;
}

/** A package that is compiled again when it was changed. */
export interface OutlinedText {
  readonly path: string;
  /** An earlier version of it, for which all that both import was the same. */
  readonly earlier?: EarlierTexts;
}

/** What was kept of a package, both as JSON: its outline, and the unit with its facts. */
export interface EarlierTexts {
  readonly outline: string;
  readonly unit: string;
}

/** What importers can learn of a package: export data as JSON. */
export interface PackageExports {
  readonly path: string;
  readonly text: string;
}

/** What is known of a package once it is compiled. */
export interface CompiledPackage {
  readonly path: string;
  /** `PackageFacts` as JSON; undefined if nobody asks what its functions do. */
  readonly facts: string | undefined;
  /** Export data as JSON; empty if no import can name the package. */
  readonly exports: string;
  /** The packages that its exports refer to. */
  readonly mentions: readonly string[];
  /** Bodies of some of its functions were not compiled. */
  readonly partial?: true;
  /** Its outline as JSON, if it was wanted and can be told. */
  readonly outline?: string;
}

/** Compiles units, several at once perhaps. The answers do not depend on that. */
export interface UnitCompiler {
  /** The packages of a unit, in their order. The task is asked for when it is its turn. */
  readonly compile: (task: () => Promise<UnitTask>, size: UnitSize) => Promise<readonly CompiledPackage[]>;
}

/** What can be told of the work with a unit before it is read. */
export interface UnitSize {
  /** Of its Go files. */
  readonly bytes: number;
  /** Bytes of it and of the units that wait for it one after the other, on the way where they are most. */
  readonly chain: number;
}

/** A package with the content of its files. Plain, so that it can be handed to another thread. */
export interface PackageText extends PackageIdentity {
  readonly files: readonly FileText[];
  /** Nobody asks what its functions do. */
  readonly declarationsOnly: boolean;
  /** Names of the functions whose bodies are compiled, of methods as `T.M`; all if it is absent. */
  readonly wanted?: readonly string[];
}

/** A file of it. */
export interface FileText {
  readonly name: string;
  readonly builds: string;
  readonly test: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly content: Uint8Array;
}
