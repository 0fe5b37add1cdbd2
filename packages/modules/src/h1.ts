import { createHash } from "node:crypto";
import { compareByteOrder } from "./module-copy.ts";

/** A file by its full name in the hash (for a zip `path@version/name`) and the SHA-256 of its content in hex. */
export interface HashedName {
  readonly name: string;
  readonly sha256: string;
}

/**
 * Go's `h1:` hash: SHA-256 over one line `<sha256>  <name>` per file, sorted by the bytes of the names. The
 * order of `files` does not matter. No name may contain a newline.
 */
export function h1Hash(files: Iterable<HashedName>): string {
  const hash = createHash("sha256");
  for (const { name, sha256 } of [...files].sort((a, b) => compareByteOrder(a.name, b.name))) {
    if (name.includes("\n")) throw new Error("file name with a newline in h1");
    hash.update(`${sha256}  ${name}\n`);
  }
  return `h1:${hash.digest("base64")}`;
}

/** The `h1:` hash of a go.mod file, as in the `/go.mod` lines of go.sum. */
export function h1OfGoMod(content: Uint8Array): string {
  return h1Hash([{ name: "go.mod", sha256: createHash("sha256").update(content).digest("hex") }]);
}
