/** url.Values: the parameters of an address. */
import { listOf } from "../conversions.ts";
import { cellAt } from "../layers.ts";
import { withHoles } from "../lifted.ts";
import type { Machine } from "../machine.ts";
import { entryAt, itemsOf, storeEntry } from "../places.ts";
import { bits, type Known, type Text, text, unknown, type Value } from "../values.ts";
import { escapes } from "./escapes.ts";
import { made, type Standard, type Table } from "./native.ts";

const set: Standard = (machine, [key = unknown, value = unknown], receiver) => {
  if (receiver.kind === "map") storeEntry(machine, receiver.at, key, listOf(machine, [value], "s"));
  return unknown;
};

const add: Standard = (machine, [key = unknown, value = unknown], receiver) => {
  const held = receiver.kind === "map" ? entryAt(machine, receiver.at, key) : undefined;
  const items = held?.kind === "list" ? (itemsOf(machine, held) ?? []) : [];
  if (receiver.kind === "map") storeEntry(machine, receiver.at, key, listOf(machine, [...items, value], "s"));
  return unknown;
};

const get: Standard = (machine, [key = unknown], receiver) => {
  const held = receiver.kind === "map" ? entryAt(machine, receiver.at, key) : undefined;
  return (held?.kind === "list" ? itemsOf(machine, held)?.[0] : undefined) ?? unknown;
};

/** Pairs that are written. */
const pairLimit = 64;

const encode: Standard = (machine, _, receiver) => {
  const pairs = receiver.kind === "map" ? pairsOf(machine, receiver.at) : undefined;
  if (pairs === undefined || pairs.length > pairLimit) return unknown;
  const names = pairs.map(([name]) => name);
  return withHoles(
    pairs.map(([, value]) => value),
    (...known) => encoded(names, known),
  );
};

function encoded(names: readonly Text[], known: readonly Known[]): Value {
  const texts = known.filter((one) => one.kind === "text");
  if (texts.length < known.length) return unknown;
  const written = texts.map((one, index) => {
    const name = names[index] ?? text("");
    return `${escapes.query(name).text}=${escapes.query(one).text}`;
  });
  return made(written.join("&"), [...names, ...texts], bits("join"));
}

/** In the order of their names; undefined if they are not known. */
function pairsOf(machine: Machine, at: number): (readonly [Text, Value])[] | undefined {
  const cell = machine.state && cellAt(machine.state, at);
  if (cell?.kind !== "entries") return undefined;
  const entries = [...cell.entries.values()];
  const pairs = entries.flatMap(([key, held]) => {
    const items = held.kind === "list" ? itemsOf(machine, held) : undefined;
    return key.kind === "text" && items !== undefined ? items.map((item) => [key, item] as const) : [];
  });
  if (pairs.length < entries.length) return undefined;
  return pairs.sort(([a], [b]) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
}

export const valuesTable: Table = {
  "(net/url.Values).Set": set,
  "(net/url.Values).Add": add,
  "(net/url.Values).Get": get,
  "(net/url.Values).Encode": encode,
};
