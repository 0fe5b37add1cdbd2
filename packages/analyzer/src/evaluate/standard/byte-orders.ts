/** Packages encoding/binary and unicode/utf16: numbers as bytes, and as text. */
import { listOf } from "../conversions.ts";
import { copyInto, forgetWithin, itemsOf } from "../places.ts";
import { bits, by, type Int, int, unknown, type Value } from "../values.ts";
import type { Standard, Table } from "./native.ts";

const operation = bits("bytes");

/** The bytes of a number. */
function bytesOf({ int: value, origin }: Int, size: number, isBig: boolean): Value[] {
  const bytes = Array.from({ length: size }, (_, index) =>
    by(int(BigInt.asUintN(8, value >> BigInt(8 * index)), origin), operation),
  );
  return isBig ? bytes.reverse() : bytes;
}

function put(size: number, isBig: boolean): Standard {
  return (machine, [to = unknown, value]) => {
    const bytes = value?.kind === "int" ? bytesOf(value, size, isBig) : undefined;
    if (copyInto(machine, to, bytes) === undefined) forgetWithin(machine, to);
    return unknown;
  };
}

function appended(size: number, isBig: boolean): Standard {
  return (machine, [to = unknown, value]) => {
    const items = to.kind === "nil" ? [] : to.kind === "list" ? itemsOf(machine, to) : undefined;
    if (items === undefined || value?.kind !== "int") return unknown;
    return listOf(machine, [...items, ...bytesOf(value, size, isBig)], "u8");
  };
}

function orderTable(type: string, isBig: boolean): Table {
  const sizes = [16, 32, 64];
  return Object.fromEntries(
    sizes.flatMap((size) => [
      [`(encoding/binary.${type}).PutUint${size}`, put(size / 8, isBig)],
      [`(encoding/binary.${type}).AppendUint${size}`, appended(size / 8, isBig)],
    ]),
  );
}

/** Runes of units; halves of pairs are left to whoever decodes them. */
const decodeUnits: Standard = (machine, [given = unknown]) => {
  const items = given.kind === "list" ? itemsOf(machine, given) : undefined;
  const isPlain = items?.every((one) => one.kind === "int" && (one.int < 0xd800n || one.int > 0xdfffn));
  return items === undefined || isPlain !== true ? unknown : listOf(machine, [...items], "i32");
};

export const byteOrders: Table = {
  ...orderTable("bigEndian", true),
  ...orderTable("littleEndian", false),
  "unicode/utf16.Decode": decodeUnits,
};
