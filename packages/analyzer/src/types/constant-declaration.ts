/** Constant declarations: iota, and lines that repeat the one before (Go spec, Constant declarations). */
import type { ConstantSpec } from "../declare/constant-spec.ts";
import type { Place } from "./checker.ts";
import type { Constant } from "./constant.ts";
import { represented } from "./representation.ts";
import type { Type } from "./type.ts";

/** Type and value of the constant at an index of a line. What a repeated line uses was told with the line itself. */
export function evaluateConstant(
  place: Place,
  { type, values, iota, explicit }: ConstantSpec,
  index: number,
): { readonly type: Type; readonly constant: Constant | undefined } {
  const { checker } = place;
  const inside: Place = { ...place, iota: BigInt(iota), observer: explicit ? place.observer : undefined };
  const operand = checker.evaluate(inside, values[index] ?? -1);
  const declared = type < 0 ? undefined : checker.typeOf(inside, type);
  if (operand.mode !== "value") {
    const reason = operand.mode === "unknown" ? operand.reason : "invalid";
    return { type: declared ?? checker.types.unknown(reason), constant: undefined };
  }
  const constant =
    declared === undefined ? operand.constant : represented(checker, declared, operand.constant);
  return { type: declared ?? operand.type, constant };
}
