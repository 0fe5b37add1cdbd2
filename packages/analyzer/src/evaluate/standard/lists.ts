/** Packages slices and sort, and rc4: what changes lists in place. */
import { knownBytes, listOf } from "../conversions.ts";
import type { Machine } from "../machine.ts";
import { forgetWithin, itemsOf, itemsToChange } from "../places.ts";
import {
  bits,
  by,
  type Int,
  int,
  type Native,
  nil,
  type Text,
  tuple,
  unknown,
  type Value,
} from "../values.ts";
import type { Standard, Table } from "./native.ts";

const reverse = bits("reverse");

function inPlace(change: (items: readonly Value[]) => readonly Value[] | undefined): Standard {
  return (machine, [given = unknown]) => {
    const items = given.kind === "list" ? itemsOf(machine, given) : undefined;
    const changed = items && change(items);
    const all = given.kind === "list" ? itemsToChange(machine, given) : undefined;
    if (changed === undefined || all === undefined || given.kind !== "list") forgetWithin(machine, given);
    else
      changed.forEach((one, index) => {
        all[given.from + index] = one;
      });
    return unknown;
  };
}

/** In order; undefined if they have none that is known. */
function sorted(items: readonly Value[]): readonly Value[] | undefined {
  if (items.every((one): one is Int => one.kind === "int"))
    return items.toSorted((a, b) => (a.int < b.int ? -1 : a.int > b.int ? 1 : 0));
  if (items.every((one): one is Text => one.kind === "text"))
    return items.toSorted((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  return undefined;
}

const reversed = inPlace((items) => items.toReversed().map((one) => by(one, reverse)));

const cloned: Standard = (machine, [given = unknown]) => {
  const items = given.kind === "list" ? itemsOf(machine, given) : undefined;
  if (items === undefined || given.kind !== "list") return given.kind === "nil" ? nil : unknown;
  return listOf(machine, [...items], given.type);
};

/** The state of an RC4 cipher is its key, and how many bytes it has made. */
const newCipher: Standard = (machine, [key = unknown]) => {
  const known = key.kind === "list" ? knownBytes(machine, key) : undefined;
  if (known === undefined || known.text === "" || known.text.length > 256) return tuple(unknown, unknown);
  const cipher: Native = { kind: "native", name: "rc4", parts: [known.text] };
  return tuple(cipher, nil);
};

const decryption = bits("decryption");

/** Right for the first use of a cipher, which is the only one where a constant is hidden. */
const xorKeyStream: Standard = (machine, [to = unknown, from = unknown], cipher) => {
  const known = from.kind === "list" ? knownBytes(machine, from) : undefined;
  const all = to.kind === "list" ? itemsToChange(machine, to) : undefined;
  const isKnown = cipher.kind === "native" && cipher.name === "rc4" && known !== undefined;
  if (!isKnown || all === undefined || to.kind !== "list" || to.length < known.text.length) {
    forgetWithin(machine, to);
    return unknown;
  }
  const stream = keyStream(cipher.parts[0] ?? "", known.text.length);
  const origin = { by: known.origin.by | decryption, pieces: known.origin.pieces + 1 };
  stream.forEach((byte, index) => {
    all[to.from + index] = int(byte ^ known.text.charCodeAt(index), origin);
  });
  return unknown;
};

function keyStream(key: string, length: number): number[] {
  const state = Array.from({ length: 256 }, (_, index) => index);
  const swap = (a: number, b: number) => {
    [state[a], state[b]] = [state[b] ?? 0, state[a] ?? 0];
  };
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + (state[i] ?? 0) + key.charCodeAt(i % key.length)) & 0xff;
    swap(i, j);
  }
  let [i, j] = [0, 0];
  return Array.from({ length }, () => {
    i = (i + 1) & 0xff;
    j = (j + (state[i] ?? 0)) & 0xff;
    swap(i, j);
    return state[((state[i] ?? 0) + (state[j] ?? 0)) & 0xff] ?? 0;
  });
}

function concat(machine: Machine, given: readonly Value[]): Value {
  const lists = given.map((one) =>
    one.kind === "list" ? itemsOf(machine, one) : one.kind === "nil" ? [] : undefined,
  );
  const first = given.find((one) => one.kind === "list");
  if (first?.kind !== "list" || !lists.every((one) => one !== undefined)) return unknown;
  return listOf(machine, lists.flat(), first.type);
}

export const lists: Table = {
  "slices.Reverse": reversed,
  "slices.Sort": inPlace(sorted),
  "sort.Strings": inPlace(sorted),
  "sort.Ints": inPlace(sorted),
  "slices.Clone": cloned,
  "bytes.Clone": cloned,
  "slices.Concat": concat,
  "crypto/rc4.NewCipher": newCipher,
  "(*crypto/rc4.Cipher).XORKeyStream": xorKeyStream,
};
