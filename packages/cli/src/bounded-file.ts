/** Files that users name: their size is bounded, whatever they are. */
import { createReadStream } from "node:fs";

/**
 * All of a file; undefined if it has more bytes than the limit. Pipes and devices, of which nobody knows the size before,
 * are read no further than that. Rejects as Node does for what cannot be read.
 */
export async function readBounded(file: string, limit: number): Promise<Buffer | undefined> {
  const pieces: Buffer[] = [];
  let length = 0;
  const stream: AsyncIterable<Buffer> = createReadStream(file);
  for await (const piece of stream) {
    length += piece.length;
    // Leaving the loop closes the file.
    if (length > limit) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
