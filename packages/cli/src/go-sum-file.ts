/** The go.sum that copies are held against. */
import type { Diagnostic } from "@capdiff/analyzer";
import { malformedLines, readRegularFile } from "@capdiff/modules";
import { UsageError } from "./errors.ts";

/** A go.sum, and what is wrong with it. */
export interface GoSumFile {
  /** Absent: there is none. */
  readonly text?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** Where none is asked for. */
export const noGoSum: GoSumFile = { diagnostics: [] };

/** Reads a go.sum. That there is none is noted if it may lack, and else a `UsageError`. */
export function readGoSum(file: string, { mayLack }: { readonly mayLack: boolean }): GoSumFile {
  let text: string;
  try {
    text = readText(file);
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "no-such-file";
    if (!mayLack || !isMissing)
      throw new UsageError(`cannot read the go.sum ${file}`, "Name a go.sum that can be read with --go-sum.");
    return { diagnostics: [noted("go-sum-missing", "there is no go.sum to hold the copies against")] };
  }
  const [line, ...more] = malformedLines(text);
  if (line === undefined) return { text, diagnostics: [] };
  const others = more.length === 0 ? "" : ` and ${more.length} more are`;
  const message = `line ${line}${others || " is"} no line of a go.sum; Go uses no such file`;
  return {
    text,
    diagnostics: [
      { ...noted("go-sum-malformed", message), severity: "error", incomplete: true, file: "go.sum" },
    ],
  };
}

/** Bytes of a go.sum, at most: the largest ones have a million. */
const limit = 64_000_000;

function readText(file: string): string {
  const bytes = readRegularFile(file, { shown: file, limit });
  if (bytes === undefined) throw new UsageError(`the go.sum ${file} has more than ${limit} bytes`);
  return bytes.toString("utf8");
}

function noted(code: string, message: string): Diagnostic {
  return { code, severity: "warning", message, incomplete: false };
}
