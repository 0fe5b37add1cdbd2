import { type Constant, isReal, type Real } from "./constant.ts";

/** A constant as go/constant's ExactString writes it; of a complex type with both parts. */
export function exactConstant(constant: Constant, ofComplexType: boolean): string {
  if (typeof constant === "string") return quoted(constant);
  if (typeof constant === "boolean") return String(constant);
  if (isReal(constant)) return ofComplexType ? `(${realText(constant)} + 0i)` : realText(constant);
  return `(${realText(constant.real)} + ${realText(constant.imaginary)}i)`;
}

function realText(value: Real): string {
  return typeof value === "bigint" ? String(value) : `${value.numerator}/${value.denominator}`;
}

const escapes: Readonly<Record<string, string>> = {
  "\u0007": String.raw`\a`,
  "\b": String.raw`\b`,
  "\f": String.raw`\f`,
  "\n": String.raw`\n`,
  "\r": String.raw`\r`,
  "\t": String.raw`\t`,
  "\v": String.raw`\v`,
  "\\": String.raw`\\`,
  '"': String.raw`\"`,
};

/** As strconv.Quote, but for characters that do not print. */
function quoted(value: string): string {
  const inside = Array.from(value, (character) => {
    const point = character.codePointAt(0) ?? 0;
    // Bytes that are no UTF-8.
    if (point >= 0xdc80 && point <= 0xdcff) return String.raw`\x${(point - 0xdc00).toString(16)}`;
    if (point < 0x20 || point === 0x7f) {
      return escapes[character] ?? String.raw`\x${point.toString(16).padStart(2, "0")}`;
    }
    return escapes[character] ?? character;
  });
  return `"${inside.join("")}"`;
}
