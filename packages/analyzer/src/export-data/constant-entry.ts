/** Values of constants as JSON can hold them, exact. */
import type { Constant, Real } from "../types/constant.ts";
import type { ConstantEntry } from "./format.ts";
import { damaged, list, text } from "./loose.ts";

/** Null if the value is not known. */
export function constantEntry(value: Constant | undefined): ConstantEntry {
  if (value === undefined) return null;
  if (typeof value === "bigint") return integerEntry(value);
  if (typeof value !== "object") return value;
  if (value.kind === "ratio") return ["ratio", String(value.numerator), String(value.denominator)];
  return ["complex", constantEntry(value.real), constantEntry(value.imaginary)];
}

function integerEntry(value: bigint): ConstantEntry {
  const near = Number(value);
  return Number.isSafeInteger(near) ? near : ["int", String(value)];
}

/** The inverse. Throws an `ExportDataError` for what is none. */
export function constantOf(entry: unknown): Constant | undefined {
  if (entry === null) return undefined;
  if (typeof entry === "boolean" || typeof entry === "string") return entry;
  if (typeof entry === "number" || list(entry)[0] !== "complex") return realOf(entry);
  const [, real, imaginary] = list(entry);
  return { kind: "complex", real: realOf(real), imaginary: realOf(imaginary) };
}

function realOf(entry: unknown): Real {
  if (typeof entry === "number" && Number.isSafeInteger(entry)) return BigInt(entry);
  const [kind, first, second] = list(entry);
  if (kind === "int") return integer(first);
  if (kind !== "ratio") throw damaged("a number", entry);
  return { kind, numerator: integer(first), denominator: integer(second) };
}

/** An integer in decimal. */
export function integer(value: unknown): bigint {
  if (!/^-?[0-9]+$/.test(text(value))) throw damaged("an integer", value);
  return BigInt(text(value));
}
