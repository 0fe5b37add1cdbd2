/** Arguments that say by their text that they are secrets: parameters and variables have no names in facts. */
import type { Argument } from "../model/report.ts";

const literals = /"(?:[^"\\]|\\.)*"?|`[^`]*`?|'(?:[^'\\]|\\.)*'/gu;
const conversions = /(?:\bstring|\[\]byte)\(/gu;

/**
 * The name of a variable, field or parameter in an argument that is named like a secret: `password`, `string(c.apiKey)`,
 * `url.Values{"p": {password}}`. Of arguments with calls in them nothing is said: what a call makes of it is another value.
 */
export function secretIn({ text, value }: Argument, isSecret: (name: string) => boolean): string | undefined {
  if (value !== undefined) return undefined;
  const code = text.replaceAll(literals, " ");
  const plain = code.replaceAll(conversions, " ");
  if (plain.includes("(")) return undefined;
  return plain.match(/[\p{L}_][\p{L}\p{N}_]*/gu)?.find(isSecret);
}
