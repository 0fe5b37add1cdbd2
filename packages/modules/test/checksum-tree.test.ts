/** The tree of a checksum database, held against RFC 6962 as it is written there. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { edgeTiles, tilePath, tileWidth, treeRoot, wholeTileHash } from "../src/checksum-database/tree.ts";
import { rootOf } from "./local-database.ts";

const leaves = Array.from({ length: 65_800 }, (_, at) => createHash("sha256").update(String(at)).digest());
const levels = [leaves];
for (let level = leaves; level.length >= 256; ) {
  const above = Array.from({ length: Math.floor(level.length / 256) }, (_, at) =>
    Buffer.from(wholeTileHash(Buffer.concat(level.slice(at * 256, at * 256 + 256)))),
  );
  levels.push(above);
  level = above;
}

const read = async ({ level, index }: { readonly level: number; readonly index: number }) =>
  Buffer.concat((levels[level] ?? []).slice(index * 256, index * 256 + 256));

test.each([0, 1, 2, 3, 7, 255, 256, 257, 511, 512, 1000, 65_535, 65_536, 65_537, 65_792, 65_800])(
  "the root of the first %d records is the same, from tiles of a larger tree",
  async (size) => {
    expect((await treeRoot(size, read)).equals(rootOf(leaves.slice(0, size)))).toBe(true);
  },
);

test("tiles at the edge are those that are not whole", () => {
  expect(edgeTiles(0)).toEqual([]);
  expect(edgeTiles(256)).toEqual([{ level: 1, index: 0 }]);
  expect(edgeTiles(65_793)).toEqual([
    { level: 2, index: 0 },
    { level: 1, index: 1 },
    { level: 0, index: 257 },
  ]);
  expect(tileWidth(65_793, { level: 0, index: 257 })).toBe(1);
  expect(tileWidth(2 ** 52, { level: 6, index: 0 })).toBe(16);
  expect(tileWidth(10, { level: 0, index: 1 })).toBe(0);
});

test("paths are Go's", () => {
  expect(tilePath({ level: 0, index: 1_234_067 }, 256)).toBe("tile/8/0/x001/x234/067");
  expect(tilePath({ level: 3, index: 0 }, 5)).toBe("tile/8/3/000.p/5");
  expect(tilePath({ level: 1, index: 999 }, 256)).toBe("tile/8/1/999");
  expect(tilePath({ level: 1, index: 1000 }, 1)).toBe("tile/8/1/x001/000.p/1");
});
