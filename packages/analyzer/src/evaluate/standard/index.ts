/** The functions of the standard library that only compute, by their ids. */
import { lifted } from "../lifted.ts";
import { unknown } from "../values.ts";
import { addresses } from "./addresses.ts";
import { builders } from "./builders.ts";
import { byteOrders } from "./byte-orders.ts";
import { encodingTable } from "./encodings.ts";
import { lists } from "./lists.ts";
import { asText, inBytes, type Standard, type Table } from "./native.ts";
import { html, strconv, unicode, utf8 } from "./numbers.ts";
import { paths } from "./paths.ts";
import { socketAddresses } from "./socket-addresses.ts";
import { notInBytes, strings, withReplacer } from "./strings.ts";

function inPackage(path: string, table: Table): [string, Standard][] {
  return Object.entries(table).map(([name, standard]) => [`${path}.${name}`, standard]);
}

const ofBytes: Table = Object.fromEntries(
  Object.entries(strings)
    .filter(([name]) => !notInBytes.has(name))
    .map(([name, standard]) => [name, inBytes(standard)]),
);

const replace: Standard = (machine, [given = unknown], receiver) =>
  lifted([receiver, given], (on, known) => {
    const one = asText(machine, known);
    return on.kind === "native" && on.name === "replacer" && one !== undefined
      ? withReplacer(on, one)
      : unknown;
  });

const functions: ReadonlyMap<string, Standard> = new Map([
  ...inPackage("strings", strings),
  ...inPackage("bytes", ofBytes),
  ...inPackage("strconv", strconv),
  ...inPackage("unicode/utf8", utf8),
  ...inPackage("unicode", unicode),
  ...inPackage("path", paths),
  ...inPackage("path/filepath", paths),
  ...Object.entries({
    ...addresses,
    ...socketAddresses,
    ...html,
    ...byteOrders,
    ...encodingTable,
    ...builders,
    ...lists,
  }),
  ["(*strings.Replacer).Replace", replace],
]);

/** What a function computes; undefined if it does more, or that is not told. */
export function standardFunction(id: string): Standard | undefined {
  return functions.get(id);
}

/** What is in variables of the standard library. */
export { encodings as standardVariables } from "./encodings.ts";
