/** Sizes and offsets as the gc compiler lays values out (go/types gcSizes). */
import type { Checker } from "./checker.ts";
import { type Field, Is, type StructType, type Type } from "./type.ts";
import { underlying } from "./type-set.ts";
import { choose } from "./varying.ts";

/** The size of a word in the current builds, which is the strictest alignment too; throws a `Split` if it differs. */
function wordSize({ session }: Checker): bigint {
  const { builds } = session;
  const small = builds.parse("386 || arm || mips || mipsle");
  const found = choose(session, [
    { builds: builds.narrow(small), bytes: 4n },
    { builds: builds.narrow(builds.not(small)), bytes: 8n },
  ]);
  return found?.bytes ?? 8n;
}

/** Size of a value of that type in bytes; undefined if it cannot be told. */
export function sizeOf(checker: Checker, type: Type): bigint | undefined {
  if (type.parametric) return undefined;
  const under = underlying(checker.types, type);
  switch (under.kind) {
    case "basic":
      return basicSize(checker, under.name, under.is);
    case "array": {
      const element = sizeOf(checker, under.element);
      return element === undefined || under.length === undefined ? undefined : element * under.length;
    }
    case "slice":
      return 3n * wordSize(checker);
    case "interface":
      return 2n * wordSize(checker);
    case "pointer":
    case "map":
    case "channel":
    case "signature":
      return wordSize(checker);
    case "struct":
      return structSize(checker, under);
    default:
      return undefined;
  }
}

function basicSize(checker: Checker, name: string, is: number): bigint | undefined {
  if ((is & Is.string) !== 0) return 2n * wordSize(checker);
  if (name === "bool" || name === "byte") return 1n;
  if (name === "rune") return 4n;
  const bits = /^(?:u?int|float|complex)(\d+)$/.exec(name)?.[1];
  if (bits !== undefined) return BigInt(bits) / 8n;
  return (is & Is.untyped) === 0 ? wordSize(checker) : undefined;
}

/** What the address of a value of that type is a multiple of. */
export function alignmentOf(checker: Checker, type: Type): bigint | undefined {
  if (type.parametric) return undefined;
  const under = underlying(checker.types, type);
  if (under.kind === "array") return alignmentOf(checker, under.element);
  if (under.kind === "struct") {
    const all = under.fields.map((field) => alignmentOf(checker, field.type));
    return all.reduce(
      (most, one) => (most === undefined || one === undefined ? undefined : most > one ? most : one),
      1n,
    );
  }
  const word = wordSize(checker);
  if (under.kind !== "basic" || (under.is & Is.string) !== 0) return word;
  const size = sizeOf(checker, under);
  if (size === undefined) return undefined;
  const part = (under.is & Is.complex) !== 0 ? size / 2n : size;
  return part > word ? word : part;
}

/** Where the field with that number begins in a struct; its end for the number of fields. */
export function offsetOf(checker: Checker, { fields }: StructType, index: number): bigint | undefined {
  let offset = 0n;
  for (let number = 0; number < fields.length; number++) {
    // Fewer than there are.
    const field = fields[number] as Field;
    const alignment = alignmentOf(checker, field.type);
    const size = sizeOf(checker, field.type);
    if (alignment === undefined || size === undefined) return undefined;
    offset = aligned(offset, alignment);
    if (number === index) return offset;
    offset += size;
  }
  return offset;
}

/** Where the field of that name begins, which may be one of a struct that is embedded by value. */
export function offsetOfField(checker: Checker, struct: StructType, name: string): bigint | undefined {
  let level: readonly { readonly struct: StructType; readonly at: bigint }[] = [{ struct, at: 0n }];
  for (let depth = 0; level.length > 0 && depth < embeddingLimit; depth++) {
    const fields = level.flatMap((holder) =>
      holder.struct.fields.map((field, index) => ({ field, holder, index })),
    );
    const found = fields.find(({ field }) => field.name === name);
    const startOf = ({ holder, index }: { holder: (typeof level)[number]; index: number }) => {
      const offset = offsetOf(checker, holder.struct, index);
      return offset === undefined ? undefined : holder.at + offset;
    };
    if (found !== undefined) return startOf(found);
    level = fields.flatMap((one) => {
      const inner = one.field.embedded ? underlying(checker.types, one.field.type) : undefined;
      const at = startOf(one);
      return inner?.kind === "struct" && at !== undefined ? [{ struct: inner, at }] : [];
    });
  }
  return undefined;
}

/** A struct cannot contain itself but in a mistake. */
const embeddingLimit = 50;

function structSize(checker: Checker, struct: StructType): bigint | undefined {
  const { fields } = struct;
  if (fields.length === 0) return 0n;
  const end = offsetOf(checker, struct, fields.length);
  const alignment = alignmentOf(checker, struct);
  const last = fields.at(-1);
  if (end === undefined || alignment === undefined || last === undefined) return undefined;
  // A field of no size at the end gets a byte, so that its address stays inside (gc).
  const padded = end > 0n && sizeOf(checker, last.type) === 0n ? end + 1n : end;
  return aligned(padded, alignment);
}

function aligned(offset: bigint, alignment: bigint): bigint {
  return ((offset + alignment - 1n) / alignment) * alignment;
}
