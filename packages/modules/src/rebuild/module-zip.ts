import type { FileHandle } from "node:fs/promises";
import { Readable } from "node:stream";
import { ZipFile } from "yazl";
import type { ModuleFile } from "../module-copy.ts";
import type { ModuleVersion } from "../zip.ts";

/** The time of every entry: the bytes of a zip depend on its files alone. */
const TIME = new Date("1980-01-01T00:00:00Z");

/** Writes a module zip of the files, one after the other, and returns its size. */
export async function writeModuleZip(
  { path, version }: ModuleVersion,
  files: readonly ModuleFile[],
  to: FileHandle,
): Promise<number> {
  const zip = new ZipFile();
  for (const file of files) {
    const name = `${path}@${version}/${file.name}`;
    zip.addReadStreamLazy(name, { mtime: TIME, size: file.size }, (opened) => {
      file.read().then(
        (content) => opened(null, Readable.from([content])),
        (error: unknown) => opened(error, Readable.from([])),
      );
    });
  }
  const stream = zip.outputStream;
  zip.on("error", (error) => stream.emit("error", error));
  zip.end();
  let at = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    await to.write(chunk, 0, chunk.length, at);
    at += chunk.length;
  }
  return at;
}
