/** Signed notes, and the tree heads that a checksum database signs in them. */
import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import { printable, quoted } from "../printable.ts";
import { SourceError } from "../source-error.ts";
import { HASH_BYTES } from "./tree.ts";

/** Who signs, and the Ed25519 key that belongs to the name. */
export interface VerifierKey {
  readonly name: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** What a database commits to: how many records it has, and the hash over them. */
export interface TreeHead {
  readonly size: number;
  readonly root: Buffer;
  /** The whole signed note. */
  readonly note: string;
}

/** Ed25519, the one algorithm. */
const ALGORITHM = 1;
const MAX_SIGNATURES = 100;
const SPKI_HEAD = Buffer.from("302a300506032b6570032100", "hex");

/** The four bytes that tie a key to a name. */
export function keyHash({ name, key }: VerifierKey): Buffer {
  const hash = createHash("sha256")
    .update(`${name}\n`)
    .update(new Uint8Array([ALGORITHM]))
    .update(key);
  return hash.digest().subarray(0, 4);
}

/** The key in `name+hash+key`; undefined if that is malformed or its hash does not fit. */
export function parseVerifierKey(text: string): VerifierKey | undefined {
  const [, name = "", hash = "", encoded = ""] =
    /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/u.exec(text) ?? [];
  const bytes = Buffer.from(encoded, "base64");
  if (bytes.length !== 1 + HASH_BYTES || bytes[0] !== ALGORITHM || bytes.toString("base64") !== encoded)
    return undefined;
  const verifier = { name, key: bytes.subarray(1) };
  return keyHash(verifier).toString("hex") === hash ? verifier : undefined;
}

/** The text of a note that the key signed. Throws a `SourceError` for any other; other signers are passed over. */
export function openNote(note: string, verifier: VerifierKey): string {
  const split = note.lastIndexOf("\n\n");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a note must not have them
  if (split < 0 || !note.endsWith("\n") || /[\u0000-\u0009\u000b-\u001f\ufffd]/u.test(note))
    throw malformed(verifier);
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2, -1).split("\n");
  if (lines.length > MAX_SIGNATURES) throw malformed(verifier);
  const own = lines.map((line) => parseSignature(line, verifier)).flatMap((one) => one ?? []);
  if (own.length === 0) {
    throw badNote(`is not signed by ${printable(verifier.name)} with the key of GOSUMDB`);
  }
  const key = publicKey(verifier);
  for (const signature of own) {
    if (!verify(null, Buffer.from(text), key, signature)) {
      throw badNote(`has a signature of ${printable(verifier.name)} that is not valid`);
    }
  }
  return text;
}

const publicKeys = new WeakMap<VerifierKey, KeyObject>();

/** Made once: that takes longer than to verify with it. */
function publicKey(verifier: VerifierKey): KeyObject {
  const known = publicKeys.get(verifier);
  if (known !== undefined) return known;
  const der = Buffer.concat([SPKI_HEAD, verifier.key]);
  const key = createPublicKey({ key: der, format: "der", type: "spki" });
  publicKeys.set(verifier, key);
  return key;
}

/** The signature of a line `— name base64(key hash, signature)`, if it claims to be by that key. */
function parseSignature(line: string, verifier: VerifierKey): Buffer | undefined {
  const [, name, encoded = ""] = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/=]+)$/u.exec(line) ?? [];
  if (name === undefined) throw malformed(verifier);
  const bytes = Buffer.from(encoded, "base64");
  const isOwn = name === verifier.name && bytes.subarray(0, 4).equals(keyHash(verifier));
  return isOwn ? bytes.subarray(4) : undefined;
}

/** The tree head in a note. Throws a `SourceError` if it is not signed, or is none. */
export function openTreeHead(note: string, verifier: VerifierKey): TreeHead {
  const text = openNote(note, verifier);
  const [, size = "", encoded = ""] =
    /^go\.sum database tree\n(0|[1-9][0-9]{0,14})\n([A-Za-z0-9+/]{43}=)\n/u.exec(text) ?? [];
  const root = Buffer.from(encoded, "base64");
  if (root.length !== HASH_BYTES) throw badNote(`holds no tree head: ${quoted(text.slice(0, 100))}`);
  return { size: Number(size), root, note };
}

function malformed({ name }: VerifierKey): SourceError {
  return badNote(`of ${printable(name)} is malformed`);
}

function badNote(what: string): SourceError {
  return new SourceError("checksum-bad-answer", `the checksum database's signed note ${what}`, {
    hint: "What answers is not the checksum database, or it was changed on the way: do not use what it vouches for.",
  });
}
