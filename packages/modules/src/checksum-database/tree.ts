/**
 * The Merkle tree of a checksum database (RFC 6962), as it is served in tiles: a tile of level t holds up to 256
 * neighbouring hashes, each over 256^t records. Pure arithmetic; sizes up to 2^53.
 */
import { hash } from "node:crypto";

/** Hashes in a whole tile. */
export const TILE_WIDTH = 256;

/** Bytes of a hash. */
export const HASH_BYTES = 32;
const pairBytes = 2 * HASH_BYTES;

/** A place among the tiles. */
export interface TilePlace {
  readonly level: number;
  readonly index: number;
}

/** Gives the hashes of a tile, at least as many as the tree in question has there. */
export type ReadTile = (place: TilePlace) => Promise<Uint8Array>;

/** The hash of a record in the tree. */
export function leafHash(record: Uint8Array): Buffer {
  return hash("sha256", Buffer.concat([Buffer.of(0), record]), "buffer");
}

/** The hash over two that stand one behind the other. */
function nodeHash(pair: Uint8Array): Buffer {
  return hash("sha256", Buffer.concat([Buffer.of(1), pair]), "buffer");
}

/** How many hashes a tile has in a tree of so many records: 256 for a whole one, 0 beyond the end. */
export function tileWidth(size: number, { level, index }: TilePlace): number {
  return Math.max(0, Math.min(TILE_WIDTH, Math.floor(size / TILE_WIDTH ** level) - index * TILE_WIDTH));
}

/** The tiles at the right edge that are not whole, the highest level first. */
export function edgeTiles(size: number): readonly TilePlace[] {
  const places: TilePlace[] = [];
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / TILE_WIDTH))
    if (count % TILE_WIDTH > 0) places.unshift({ level, index: Math.floor(count / TILE_WIDTH) });
  return places;
}

/** One hash of a tile. */
export function hashAt(tile: Uint8Array, offset: number): Uint8Array {
  return tile.subarray(offset * HASH_BYTES, (offset + 1) * HASH_BYTES);
}

/** The hash over a whole tile: what the tile above it holds for it. */
export function wholeTileHash(tile: Uint8Array): Uint8Array {
  return perfectHash(tile, 0, TILE_WIDTH);
}

/** The root of the first `size` records, from the tiles of a tree that has at least as many. */
export async function treeRoot(size: number, read: ReadTile): Promise<Buffer> {
  const peaks: Uint8Array[] = [];
  for (const place of edgeTiles(size)) {
    const tile = await read(place);
    let start = 0;
    for (const count of powersOfTwo(tileWidth(size, place))) {
      peaks.push(perfectHash(tile, start, count));
      start += count;
    }
  }
  const last = peaks.pop();
  if (last === undefined) return hash("sha256", "", "buffer");
  return Buffer.from(
    peaks.reduceRight<Uint8Array>((right, left) => nodeHash(Buffer.concat([left, right])), last),
  );
}

/** What a number is the sum of, the largest first. */
function powersOfTwo(count: number): readonly number[] {
  const powers: number[] = [];
  for (let power = TILE_WIDTH; power >= 1; power /= 2) if ((count & power) > 0) powers.push(power);
  return powers;
}

/** The hash over `count` neighbours, a power of two. */
function perfectHash(tile: Uint8Array, start: number, count: number): Uint8Array {
  let hashes = Buffer.from(tile.subarray(start * HASH_BYTES, (start + count) * HASH_BYTES));
  while (hashes.length > HASH_BYTES) {
    const pairs = hashes.length / pairBytes;
    for (let at = 0; at < pairs; at++)
      hashes.set(nodeHash(hashes.subarray(at * pairBytes, (at + 1) * pairBytes)), at * HASH_BYTES);
    hashes = hashes.subarray(0, pairs * HASH_BYTES);
  }
  if (hashes.length < HASH_BYTES) throw new Error("no hashes to combine");
  return hashes;
}

/** Where a tile of so many hashes is served, below the database's address: `tile/8/0/x001/234.p/5`. */
export function tilePath({ level, index }: TilePlace, width: number): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, "0");
  const groups = padded.match(/[0-9]{3}/gu) ?? [];
  const name = groups.map((group, at) => (at === groups.length - 1 ? group : `x${group}`)).join("/");
  return `tile/8/${level}/${name}${width === TILE_WIDTH ? "" : `.p/${width}`}`;
}
