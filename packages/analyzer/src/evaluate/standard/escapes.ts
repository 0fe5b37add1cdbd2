/** Escapes of addresses and of HTML. */
import { encodePoint } from "../bytes.ts";
import { bits, type Text, unknown, type Value } from "../values.ts";
import { remade } from "./native.ts";

function percent(byte: string): string {
  return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}

/** Holes are no bytes, and stay. */
export const escapes = {
  query: (one: Text): Text =>
    remade(
      one,
      one.text.replaceAll(/[\0-\xff]/gu, (byte) =>
        /[\w.~-]/u.test(byte) ? byte : byte === " " ? "+" : percent(byte),
      ),
    ),
  path: (one: Text): Text =>
    remade(
      one,
      one.text.replaceAll(/[\0-\xff]/gu, (byte) => (/[\w.~$&+=:@-]/u.test(byte) ? byte : percent(byte))),
    ),
};

/** Without the escapes of an address; undefined if one is none. */
export function unescaped(from: string): string | undefined {
  if (/%(?![0-9a-fA-F]{2})/.test(from)) return undefined;
  return from.replaceAll(/%(..)/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

/** As html.UnescapeString; unknown where an entity has another name. */
export function withoutEntities(one: Text): Value {
  let isKnown = true;
  const bytes = one.text.replaceAll(/&(#?\w*);?/g, (whole, name: string) => {
    const named = entities[name];
    if (named !== undefined) return named;
    const [, mark, digits = ""] = /^#([xX]?)([0-9a-fA-F]+)$/.exec(name) ?? [];
    const point = mark === undefined ? Number.NaN : Number.parseInt(digits, mark === "" ? 10 : 16);
    if (name === "") return whole;
    if (!(point > 0 && point < 0xd800)) isKnown = false;
    return isKnown ? encodePoint(point) : "";
  });
  return isKnown ? remade(one, bytes, bits("number")) : unknown;
}
