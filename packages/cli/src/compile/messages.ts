/** What the program and its compiling threads say to each other. */
import type { CompiledPackage, Narrowing, PackageExports, UnitTask } from "@capdiff/analyzer";

/** What a thread is started with. */
export interface WorkerStart {
  readonly narrowing: Narrowing;
  /** The file with the standard library's facts. */
  readonly stdlib: string;
  /** Whether the user's cache folder is used. */
  readonly cache: boolean;
}

/** One unit to compile. */
export interface CompileRequest {
  readonly number: number;
  readonly task: Omit<UnitTask, "imports">;
  readonly imports: readonly string[];
  /** Exports of imports that the thread does not have, or not like this. It keeps them. */
  readonly exports: readonly PackageExports[];
}

export type CompileResponse =
  | { readonly number: number; readonly compiled: readonly CompiledPackage[] }
  | { readonly number: number; readonly failure: unknown };
