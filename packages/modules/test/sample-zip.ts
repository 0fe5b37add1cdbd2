import { crc32, deflateRawSync } from "node:zlib";
import { ZipFile } from "yazl";

/** An entry of a hand-made zip, and the lies it tells. Unset fields are those of an honest zip. */
export interface RawEntry {
  readonly name: string | Uint8Array;
  readonly content?: string | Uint8Array;
  readonly method?: number;
  readonly flags?: number;
  readonly crc?: number;
  readonly size?: number;
  readonly packed?: Uint8Array;
  readonly extra?: Uint8Array;
  readonly local?: {
    name?: string;
    method?: number;
    flags?: number;
    crc?: number;
    size?: number;
    packedSize?: number;
  };
  /** Bytes between this entry and the next. */
  readonly after?: Uint8Array;
}

/** What surrounds the entries of a hand-made zip. */
export interface RawZip {
  readonly before?: Uint8Array;
  readonly beforeEnd?: Uint8Array;
  readonly after?: Uint8Array;
  readonly comment?: Uint8Array;
  readonly entryCount?: number;
}

/** A zip made byte by byte, so that it can lie. */
export function rawZip(entries: readonly RawEntry[], around: RawZip = {}): Buffer {
  const parts: Uint8Array[] = [around.before ?? Buffer.alloc(0)];
  const central: Uint8Array[] = [];
  let offset = parts[0]?.length ?? 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.content ?? "");
    const method = entry.method ?? 8;
    const packed = entry.packed ?? (method === 8 ? deflateRawSync(content) : content);
    const name = Buffer.from(entry.name);
    const extra = entry.extra ?? Buffer.alloc(0);
    const truth = {
      flags: entry.flags ?? 0x800,
      method,
      crc: entry.crc ?? crc32(content),
      packedSize: packed.length,
      size: entry.size ?? content.length,
    };
    const localName = Buffer.from(entry.local?.name ?? name);
    const local = header(0x04034b50, { ...truth, ...entry.local, name: localName, extra: Buffer.alloc(0) });
    central.push(centralHeader({ ...truth, name, extra }, offset));
    const after = entry.after ?? Buffer.alloc(0);
    parts.push(local, packed, after);
    offset += local.length + packed.length + after.length;
  }
  const directory = Buffer.concat(central);
  const comment = around.comment ?? Buffer.alloc(0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(around.entryCount ?? entries.length, 8);
  end.writeUInt16LE(around.entryCount ?? entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  const tail = [around.beforeEnd ?? Buffer.alloc(0), end, comment, around.after ?? Buffer.alloc(0)];
  return Buffer.concat([...parts, directory, ...tail]);
}

interface HeaderFields {
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly name: Uint8Array;
  readonly extra: Uint8Array;
}

function fields({ flags, method, crc, packedSize, size, name, extra }: HeaderFields): Buffer {
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(20, 0);
  bytes.writeUInt16LE(flags, 2);
  bytes.writeUInt16LE(method, 4);
  bytes.writeUInt32LE(crc, 10);
  bytes.writeUInt32LE(packedSize, 14);
  bytes.writeUInt32LE(size, 18);
  bytes.writeUInt16LE(name.length, 22);
  bytes.writeUInt16LE(extra.length, 24);
  return bytes;
}

function header(signature: number, entry: HeaderFields): Buffer {
  const start = Buffer.alloc(4);
  start.writeUInt32LE(signature, 0);
  return Buffer.concat([start, fields(entry), entry.name, entry.extra]);
}

function centralHeader(entry: HeaderFields, offset: number): Buffer {
  const start = Buffer.alloc(6);
  start.writeUInt32LE(0x02014b50, 0);
  start.writeUInt16LE(20, 4);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(offset, 10);
  return Buffer.concat([start, fields(entry), rest, entry.name, entry.extra]);
}

/** An honest module zip, made by a zip library. */
export async function moduleZip(
  module: string,
  files: Record<string, string | Uint8Array>,
  mtime = new Date(),
): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files))
    zip.addBuffer(Buffer.from(content), `${module}/${name}`, { mtime });
  zip.end();
  const chunks: Uint8Array[] = [];
  for await (const chunk of zip.outputStream as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
