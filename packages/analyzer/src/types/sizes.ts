/** Sizes and offsets as the gc compiler lays values out (go/types gcSizes). */
import type { Checker } from "./checker.ts";
import { type BasicType, Is, type StructType, type Type } from "./type.ts";
import { type Underlying, underlying } from "./type-set.ts";
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

interface Layout {
  readonly size: bigint;
  /** What the address of a value is a multiple of. */
  readonly alignment: bigint;
}

/** Size of a value of that type in bytes; undefined if it cannot be told. */
export function sizeOf(checker: Checker, type: Type): bigint | undefined {
  return createLayouts(checker).of(type)?.size;
}

/** What the address of a value of that type is a multiple of. */
export function alignmentOf(checker: Checker, type: Type): bigint | undefined {
  return createLayouts(checker).of(type)?.alignment;
}

interface Layouts {
  readonly of: (type: Type) => Layout | undefined;
  /** Where each field of a struct begins, and the struct's own layout. */
  readonly ofStruct: (
    struct: StructType,
  ) => { readonly starts: readonly bigint[]; readonly whole: Layout } | undefined;
}

/** How deep types are laid out inside each other: instances may contain greater ones without end. */
const depthLimit = 100;

/** Layouts in the current builds, each found once; of a type that contains itself there is none. */
function createLayouts(checker: Checker): Layouts {
  const known = new Map<Type, Layout | undefined>();
  let depth = 0;

  function of(type: Type): Layout | undefined {
    if (type.parametric || depth > depthLimit) return undefined;
    const under = underlying(checker.types, type);
    if (known.has(under)) return known.get(under);
    known.set(under, undefined);
    depth++;
    const layout = found(under);
    depth--;
    known.set(under, layout);
    return layout;
  }

  function found(under: Underlying): Layout | undefined {
    const word = wordSize(checker);
    switch (under.kind) {
      case "basic":
        return basicLayout(under, word);
      case "array": {
        const element = of(under.element);
        if (element === undefined || under.length === undefined) return undefined;
        return { size: element.size * under.length, alignment: element.alignment };
      }
      case "slice":
        return { size: 3n * word, alignment: word };
      case "interface":
        return { size: 2n * word, alignment: word };
      case "pointer":
      case "map":
      case "channel":
      case "signature":
        return { size: word, alignment: word };
      case "struct":
        return ofStruct(under)?.whole;
      default:
        return undefined;
    }
  }

  function ofStruct({ fields }: StructType): ReturnType<Layouts["ofStruct"]> {
    const starts: bigint[] = [];
    let [end, alignment, last] = [0n, 1n, 1n];
    for (const field of fields) {
      const layout = of(field.type);
      if (layout === undefined) return undefined;
      const start = aligned(end, layout.alignment);
      starts.push(start);
      end = start + layout.size;
      last = layout.size;
      if (layout.alignment > alignment) alignment = layout.alignment;
    }
    // A field of no size at the end gets a byte, so that its address stays inside (gc).
    const padded = end > 0n && last === 0n ? end + 1n : end;
    return { starts, whole: { size: aligned(padded, alignment), alignment } };
  }

  return { of, ofStruct };
}

function basicLayout({ name, is }: BasicType, word: bigint): Layout | undefined {
  if ((is & Is.string) !== 0) return { size: 2n * word, alignment: word };
  if ((is & Is.untyped) !== 0) return undefined;
  const size = basicSize(name, word);
  const part = (is & Is.complex) !== 0 ? size / 2n : size;
  return { size, alignment: part > word ? word : part };
}

function basicSize(name: string, word: bigint): bigint {
  if (name === "bool" || name === "byte") return 1n;
  if (name === "rune") return 4n;
  const bits = /\d+$/.exec(name)?.[0];
  return bits === undefined ? word : BigInt(bits) / 8n;
}

/** Where the field of that name begins, which may be one of a struct that is embedded by value. */
export function offsetOfField(checker: Checker, struct: StructType, name: string): bigint | undefined {
  const layouts = createLayouts(checker);
  const seen = new Set<StructType>();
  let level: readonly { readonly struct: StructType; readonly at: bigint }[] = [{ struct, at: 0n }];
  while (level.length > 0) {
    const next: { struct: StructType; at: bigint }[] = [];
    for (const { struct: holder, at } of level) {
      const starts = layouts.ofStruct(holder)?.starts;
      if (starts === undefined || seen.has(holder)) continue;
      seen.add(holder);
      for (const [index, field] of holder.fields.entries()) {
        const start = at + (starts[index] ?? 0n);
        if (field.name === name) return start;
        const inner = field.embedded ? underlying(checker.types, field.type) : undefined;
        if (inner?.kind === "struct") next.push({ struct: inner, at: start });
      }
    }
    level = next;
  }
  return undefined;
}

function aligned(offset: bigint, alignment: bigint): bigint {
  return ((offset + alignment - 1n) / alignment) * alignment;
}
