/** strings.Builder and bytes.Buffer: what was written to them so far. */
import { encodeRune } from "../bytes.ts";
import { bytesList } from "../conversions.ts";
import { lifted } from "../lifted.ts";
import { type Machine, newCell } from "../machine.ts";
import { load, store } from "../places.ts";
import { sumOf } from "../texts.ts";
import { bits, int, nil, type Struct, text, tuple, unknown, type Value, withOperation } from "../values.ts";
import { contentField, formatTable, writeTo } from "./format.ts";
import { asText, type Standard, type Table } from "./native.ts";

const concatenation = bits("concatenation");

function joinContents(machine: Machine, a: Value, b: Value): Value {
  return sumOf(machine, [a, b], concatenation);
}

function writing(read: (machine: Machine, given: Value) => Value): Standard {
  return (machine, [given = unknown], receiver) => {
    writeTo(machine, receiver, read(machine, given), (a, b) => joinContents(machine, a, b));
    return tuple(unknown, nil);
  };
}

const writeText = writing((machine, given) => lifted([given], (one) => asText(machine, one) ?? unknown));

const writeByte = writing((_, given) =>
  lifted([given], (one) =>
    one.kind === "int"
      ? text(
          String.fromCharCode(Number(BigInt.asUintN(8, one.int))),
          withOperation(one.origin, bits("bytes")),
        )
      : unknown,
  ),
);

const writeRune = writing((_, given) =>
  lifted([given], (one) =>
    one.kind === "int" ? text(encodeRune(one.int), withOperation(one.origin, bits("number"))) : unknown,
  ),
);

function contentOf(machine: Machine, receiver: Value): Value {
  if (receiver.kind !== "pointer") return unknown;
  return load(machine, { ...receiver, path: [...receiver.path, contentField] }, "s");
}

const reset: Standard = (machine, _, receiver) => {
  if (receiver.kind === "pointer")
    store(machine, { ...receiver, path: [...receiver.path, contentField] }, text("", { by: 0, pieces: 0 }));
  return unknown;
};

function methods(type: string): Table {
  return {
    [`(*${type}).WriteString`]: writeText,
    [`(*${type}).Write`]: writeText,
    // Only an error is the result, which does not show where nobody asks for two.
    [`(*${type}).WriteByte`]: (machine, given, receiver) => {
      writeByte(machine, given, receiver);
      return nil;
    },
    [`(*${type}).WriteRune`]: writeRune,
    [`(*${type}).Grow`]: () => unknown,
    [`(*${type}).Reset`]: reset,
    [`(*${type}).String`]: (machine, _, receiver) => contentOf(machine, receiver),
    [`(*${type}).Len`]: (machine, _, receiver) =>
      lifted([contentOf(machine, receiver)], (one) => (one.kind === "text" ? int(one.text.length) : unknown)),
  };
}

/** A buffer that begins with something. */
const newBuffer: Standard = (machine, [given = unknown]) => {
  const content = lifted([given], (one) => asText(machine, one) ?? unknown);
  const struct: Struct = { kind: "struct", named: "bytes.Buffer", fields: new Map([[contentField, content]]) };
  return { kind: "pointer", at: newCell(machine, struct), path: [] };
};

export const builders: Table = {
  ...methods("strings.Builder"),
  ...methods("bytes.Buffer"),
  "(*bytes.Buffer).Bytes": (machine, _, receiver) =>
    lifted([contentOf(machine, receiver)], (one) =>
      one.kind === "text" ? bytesList(machine, one.text, one.origin) : unknown,
    ),
  "bytes.NewBufferString": newBuffer,
  "bytes.NewBuffer": newBuffer,
  ...formatTable(joinContents),
};
