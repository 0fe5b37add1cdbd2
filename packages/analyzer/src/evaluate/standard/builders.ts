/** strings.Builder and bytes.Buffer: what was written to them so far. */
import { encodeRune } from "../bytes.ts";
import { bytesList } from "../conversions.ts";
import { lifted } from "../lifted.ts";
import { type Machine, newCell } from "../machine.ts";
import { load, store } from "../places.ts";
import { sumOf } from "../texts.ts";
import { bits, int, nil, type Struct, text, tuple, unknown, type Value, withOperation } from "../values.ts";
import { decodedText, hex } from "./encodings.ts";
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

/** A buffer, or a reader, that begins with something. */
function holding(named: string): Standard {
  return (machine, [given = unknown]) =>
    holder(
      machine,
      named,
      lifted([given], (one) => asText(machine, one) ?? unknown),
    );
}

function holder(machine: Machine, named: string, content: Value): Value {
  const struct: Struct = { kind: "struct", named, fields: new Map([[contentField, content]]) };
  return { kind: "pointer", at: newCell(machine, struct), path: [] };
}

/** What is left in a reader, which has nothing then. */
const readAll: Standard = (machine, [reader = unknown]) => {
  const content = contentOf(machine, reader);
  reset(machine, [], reader);
  const bytes = lifted([content], (one) =>
    one.kind === "text" ? bytesList(machine, one.text, one.origin) : unknown,
  );
  return tuple(bytes, bytes.kind === "list" ? nil : unknown);
};

/** A reader of what another one decodes. */
const newDecoder: Standard = (machine, [encoding = unknown, reader = unknown]) => {
  const bytes = decodedText(machine, encoding, contentOf(machine, reader));
  return holder(
    machine,
    "",
    lifted([bytes], (one) => asText(machine, one) ?? unknown),
  );
};

const itself: Standard = (_, [reader = unknown]) => reader;

export const builders: Table = {
  ...methods("strings.Builder"),
  ...methods("bytes.Buffer"),
  "(*bytes.Buffer).Bytes": (machine, _, receiver) =>
    lifted([contentOf(machine, receiver)], (one) =>
      one.kind === "text" ? bytesList(machine, one.text, one.origin) : unknown,
    ),
  "bytes.NewBufferString": holding("bytes.Buffer"),
  "bytes.NewBuffer": holding("bytes.Buffer"),
  "bytes.NewReader": holding("bytes.Reader"),
  "strings.NewReader": holding("strings.Reader"),
  "io.WriteString": (machine, [to = unknown, ...given]) => writeText(machine, given, to),
  "io.ReadAll": readAll,
  "io/ioutil.ReadAll": readAll,
  "io.NopCloser": itself,
  "bufio.NewReader": itself,
  "encoding/base64.NewDecoder": newDecoder,
  "encoding/base32.NewDecoder": newDecoder,
  "encoding/hex.NewDecoder": (machine, [reader = unknown]) => newDecoder(machine, [hex, reader], unknown),
  ...formatTable(joinContents),
};
