/**
 * Tiles under one tree head. Whatever the server says, only hashes that the head commits to are handed out and kept: tiles at
 * the right edge give the root together, every other one is in the tile above it. Whole tiles on the disk have what was found of
 * them when they were kept.
 */
import { hash as sha256 } from "node:crypto";
import type { TaskOptions } from "../module-copy.ts";
import { isNotFound, SourceError } from "../source-error.ts";
import type { DatabaseDisk } from "./disk.ts";
import type { TreeHead } from "./signed-note.ts";
import type { ReadRemote } from "./transport.ts";
import {
  edgeTiles,
  HASH_BYTES,
  hashAt,
  type ReadTile,
  TILE_WIDTH,
  type TilePlace,
  tilePath,
  tileWidth,
  treeRoot,
  wholeTileHash,
} from "./tree.ts";

/** Where tiles come from and where they are kept. */
export interface TileSource {
  readonly disk: DatabaseDisk;
  readonly remote: ReadRemote;
  readonly task: TaskOptions;
}

interface EdgeTile {
  readonly place: TilePlace;
  readonly bytes: Uint8Array;
  readonly isKept: boolean;
}

/** A reader of tiles of the head's tree. Rejects with `checksum-bad-answer` if a tile is not of that tree. */
export function authenticTiles(head: TreeHead, source: TileSource): ReadTile {
  const known = new Map<string, Promise<Uint8Array>>();
  let edge: Promise<ReadonlyMap<string, Uint8Array>> | undefined;
  const read: ReadTile = (place) => {
    const key = tilePath(place, TILE_WIDTH);
    const tile = known.get(key) ?? load(place);
    known.set(key, tile);
    return tile;
  };
  const load = async (place: TilePlace): Promise<Uint8Array> => {
    const width = tileWidth(head.size, place);
    if (width === 0) throw badTile(place, "lies beyond the end of the tree");
    if (width === TILE_WIDTH) return wholeTile(place, { source, read });
    edge ??= loadEdge(head, source);
    const tile = (await edge).get(tilePath(place, TILE_WIDTH));
    if (tile === undefined) throw new Error("a tile that is not whole lies at the edge");
    return tile;
  };
  return read;
}

async function wholeTile(
  place: TilePlace,
  { source, read }: { readonly source: TileSource; readonly read: ReadTile },
): Promise<Uint8Array> {
  const above = await read({ level: place.level + 1, index: Math.floor(place.index / TILE_WIDTH) });
  const expected = hashAt(above, place.index % TILE_WIDTH);
  const path = tilePath(place, TILE_WIDTH);
  const kept = keptTile(await source.disk.read(path));
  if (kept?.hash.equals(expected) === true) return kept.bytes;
  const bytes = await source.remote(path, source.task);
  if (bytes.length !== TILE_WIDTH * HASH_BYTES) throw badTile(place, `has ${bytes.length} bytes`);
  const hash = Buffer.from(wholeTileHash(bytes));
  if (!hash.equals(expected)) throw badTile(place, "is not of the tree that the database signed");
  await source.disk.write(path, Buffer.concat([bytes, hash, sealOf(bytes, hash)]));
  return bytes;
}

interface KeptTile {
  readonly bytes: Uint8Array;
  /** As {@link wholeTileHash} gives it: found once, for that takes a hash for each pair of nodes. */
  readonly hash: Buffer;
}

/** Undefined of a file that is not as it was written. */
function keptTile(file: Buffer | undefined): KeptTile | undefined {
  if (file?.length !== (TILE_WIDTH + 2) * HASH_BYTES) return undefined;
  const bytes = file.subarray(0, TILE_WIDTH * HASH_BYTES);
  const hash = file.subarray(bytes.length, bytes.length + HASH_BYTES);
  return sealOf(bytes, hash).equals(file.subarray(-HASH_BYTES)) ? { bytes, hash } : undefined;
}

/** Tells damage from what was written; who can write the cache can write kept answers, too. */
function sealOf(bytes: Uint8Array, hash: Uint8Array): Buffer {
  return sha256("sha256", Buffer.concat([Buffer.from("capdiff tile 1\n"), bytes, hash]), "buffer");
}

async function loadEdge(head: TreeHead, source: TileSource): Promise<ReadonlyMap<string, Uint8Array>> {
  const places = edgeTiles(head.size);
  for (const mayBeKept of [true, false]) {
    const tiles = await Promise.all(
      places.map((place) => loadEdgeTile(place, tileWidth(head.size, place), { ...source, mayBeKept })),
    );
    const byPlace = new Map(tiles.map(({ place, bytes }) => [tilePath(place, TILE_WIDTH), bytes]));
    const root = await treeRoot(
      head.size,
      async (place) => byPlace.get(tilePath(place, TILE_WIDTH)) ?? empty,
    );
    if (!root.equals(head.root)) continue;
    for (const { place, bytes, isKept } of tiles)
      if (!isKept) await source.disk.write(tilePath(place, tileWidth(head.size, place)), bytes);
    return byPlace;
  }
  const [first = { level: 0, index: 0 }] = places;
  throw badTile(first, "and others at the edge do not make the tree that the database signed");
}

const empty = new Uint8Array();

/** A tile that is not whole. */
async function loadEdgeTile(
  place: TilePlace,
  width: number,
  source: TileSource & { readonly mayBeKept: boolean },
): Promise<EdgeTile> {
  const path = tilePath(place, width);
  const kept = source.mayBeKept ? await source.disk.read(path) : undefined;
  if (kept?.length === width * HASH_BYTES) return { place, bytes: kept, isKept: true };
  const bytes = await source.remote(path, source.task).catch((error: unknown) => {
    // A server need not keep tiles that were not whole once they are.
    if (!isNotFound(error)) throw error;
    return source.remote(tilePath(place, TILE_WIDTH), source.task);
  });
  if (bytes.length !== width * HASH_BYTES && bytes.length !== TILE_WIDTH * HASH_BYTES)
    throw badTile(place, `has ${bytes.length} bytes`);
  return { place, bytes: bytes.subarray(0, width * HASH_BYTES), isKept: false };
}

function badTile(place: TilePlace, what: string): SourceError {
  return new SourceError(
    "checksum-bad-answer",
    `the checksum database's ${tilePath(place, TILE_WIDTH)} ${what}`,
    {
      hint: "The server hands out another tree than the one that was signed: do not use what it vouches for.",
    },
  );
}
