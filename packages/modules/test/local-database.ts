/** A checksum database as the tests want it: real keys, a real tree, and lies on request. */
import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { escapePath, escapeVersion, printVerifierKey } from "../src/index.ts";

/** A database of our own. Records are added, heads are signed over the first so many of them. */
export interface LocalDatabase {
  readonly name: string;
  /** For GOSUMDB. */
  readonly verifierKey: string;
  /** Adds a version with its go.sum lines; returns its number. */
  add(module: string, sums: { readonly zip: string; readonly goMod?: string }): number;
  /** A signed head of the first so many records, all unless said. */
  head(size?: number): string;
  /** What a server holds, by paths below the database's address. */
  files(size?: number): Record<string, string | Uint8Array>;
}

/** A new database; with the same key as another one it can be a fork of that. */
export function localDatabase(
  name = "sum.example.test",
  pair = generateKeyPairSync("ed25519"),
): LocalDatabase & {
  readonly pair: { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
} {
  const raw = pair.publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  const verifier = { name, key: raw };
  const verifierKey = printVerifierKey(verifier);
  const records: { readonly module: string; readonly text: string }[] = [];
  const head = (size = records.length): string => {
    const text = `go.sum database tree\n${size}\n${rootOf(leaves(records.slice(0, size))).toString("base64")}\n`;
    const hash = Buffer.from(verifierKey.split("+")[1] ?? "", "hex");
    const signature = Buffer.concat([hash, sign(null, Buffer.from(text), pair.privateKey)]);
    return `${text}\n\u2014 ${name} ${signature.toString("base64")}\n`;
  };
  return {
    name,
    verifierKey,
    pair,
    add: (module, { zip, goMod = zip }) => {
      const [path = "", version = ""] = module.split("@");
      records.push({ module, text: `${path} ${version} ${zip}\n${path} ${version}/go.mod ${goMod}\n` });
      return records.length - 1;
    },
    head,
    files: (size = records.length) => {
      const signed = head(size);
      const files: Record<string, string | Uint8Array> = { supported: "", latest: signed };
      for (const [id, { module, text }] of records.slice(0, size).entries()) {
        const [path = "", version = ""] = module.split("@");
        files[`lookup/${escapePath(path)}@${escapeVersion(version)}`] = `${id}\n${text}\n${signed}`;
      }
      return { ...files, ...tilesOf(leaves(records.slice(0, size))) };
    },
  };
}

/** Those files as a proxy passes them on. */
export function throughProxy(database: LocalDatabase, size?: number): Record<string, string | Uint8Array> {
  const entries = Object.entries(database.files(size));
  return Object.fromEntries(entries.map(([path, content]) => [`sumdb/${database.name}/${path}`, content]));
}

function leaves(records: readonly { readonly text: string }[]): readonly Buffer[] {
  return records.map(({ text }) => createHash("sha256").update("\0").update(text).digest());
}

function node(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash("sha256")
    .update(new Uint8Array([1]))
    .update(left)
    .update(right)
    .digest();
}

/** RFC 6962, as it is written there. */
export function rootOf(hashes: readonly Buffer[]): Buffer {
  const [only] = hashes;
  if (only === undefined) return createHash("sha256").digest();
  if (hashes.length === 1) return only;
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return node(rootOf(hashes.slice(0, split)), rootOf(hashes.slice(split)));
}

/** All tiles, as a server would have them for a tree of just this size. */
function tilesOf(hashes: readonly Buffer[]): Record<string, Uint8Array> {
  const tiles: Record<string, Uint8Array> = {};
  let level = hashes;
  for (let height = 0; level.length > 0; height++) {
    for (let index = 0; index * 256 < level.length; index++) {
      const own = level.slice(index * 256, (index + 1) * 256);
      const number = String(index).padStart(3, "0");
      tiles[`tile/8/${height}/${number}${own.length < 256 ? `.p/${own.length}` : ""}`] = Buffer.concat(own);
    }
    level = Array.from({ length: Math.floor(level.length / 256) }, (_, at) =>
      rootOf(level.slice(at * 256, at * 256 + 256)),
    );
  }
  return tiles;
}
