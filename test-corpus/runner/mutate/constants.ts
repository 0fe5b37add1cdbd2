/** Constants encoded otherwise: string literals of new code are put together, or decoded, where they are used. */
import { stringValue } from "../../../packages/analyzer/src/declare/strings.ts";
import { K, kind, type Node, text } from "../../../packages/analyzer/src/syntax/index.ts";
import { rangeIn } from "./calls.ts";
import type { Code } from "./code.ts";
import { besides, type CodeFile, nodesIn } from "./code-file.ts";
import { createDecoders, type Decoders } from "./decoders.ts";
import type { Mutation, Tools } from "./mutation.ts";
import { createStringTypes } from "./string-types.ts";

export const constants: Mutation = {
  name: "constants",
  says: "string literals of new code are put together, or decoded, where they are used",
  mutate: (code, tools) => {
    if (code.files.length === 0) return { why: "no Go code" };
    const isString = createStringTypes(code);
    const decoders = new Map<string, Decoders>();
    for (const { file, node } of literals(code)) {
      const key = `${file.directory} ${file.packageName}`;
      const known = decoders.get(key) ?? createDecoders(tools.names);
      decoders.set(key, known);
      const bytes = new TextEncoder().encode(stringValue(text(file.tree, node)) ?? "");
      // Pieces are a constant, as the literal is, and fit wherever it does.
      const form = isString(file, node) ? tools.random.choose(forms) : "pieces";
      tools.edits.replace(
        file.name,
        rangeIn(file, node),
        encoded(bytes, { form, decoders: known, ...tools }),
      );
    }
    if (decoders.size === 0) return { why: "no string literal in new code" };
    for (const file of code.files) {
      const key = `${file.directory} ${file.packageName}`;
      const source = decoders.get(key)?.source(file.packageName) ?? "";
      decoders.delete(key);
      if (source !== "") tools.edits.create(besides(file, `${tools.names.word()}.go`), source);
    }
    return undefined;
  },
};

/** A shorter one says little. */
const shortest = 4;

/** The literals of functions, variables and constants that are new or changed. */
function literals({ units }: Code): { readonly file: CodeFile; readonly node: Node }[] {
  return units
    .filter((unit) => unit.isFresh && unit.kind !== "type" && !unit.file.cgo)
    .flatMap(({ file, node: root }) =>
      [...nodesIn(file, root)].flatMap((node) => (isEncodable(file, node) ? [{ file, node }] : [])),
    );
}

function isEncodable({ tree, parent }: CodeFile, node: Node): boolean {
  // Tags of fields are text that is no expression.
  if (kind(tree, parent(node)) === K.field_declaration) return false;
  if (![K.interpreted_string_literal, K.raw_string_literal].includes(kind(tree, node))) return false;
  const value = stringValue(text(tree, node));
  return value !== undefined && value.length >= shortest && !/\p{Surrogate}/u.test(value);
}

const forms = ["pieces", "bytes", "reversed", "base64", "xor"] as const;

interface Encoding extends Tools {
  readonly form: (typeof forms)[number];
  readonly decoders: Decoders;
}

/** An expression of the type string with that value. */
function encoded(bytes: Uint8Array, { form, decoders, random }: Encoding): string {
  switch (form) {
    case "pieces":
      return decoders.pieces(bytes, 2 + random.number(3));
    case "bytes":
      return decoders.bytes(bytes);
    case "reversed":
      return decoders.reversed(bytes);
    case "base64":
      return decoders.base64(bytes);
    case "xor":
      return decoders.xor(bytes, 1 + random.number(254));
    default:
      return form satisfies never;
  }
}
