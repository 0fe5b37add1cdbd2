/** GOSUMDB: which checksum database is asked, where, and by which key it is known. */
import type { Setting } from "../go-environment.ts";
import { quoted } from "../printable.ts";
import { SourceError } from "../source-error.ts";
import { keyHash, parseVerifierKey, type VerifierKey } from "./signed-note.ts";

/** A checksum database that can be verified. */
export interface DatabaseSetting extends VerifierKey {
  /** Where it is asked, if GOSUMDB says so: no proxy is asked then. */
  readonly url: URL | undefined;
  /** Where it is asked if no proxy passes on what it says. */
  readonly direct: URL;
}

/**
 * The key that the Go command knows by the name of Go's own database, and the hash that ties the two. A name that
 * stands in GOSUMDB alone is that name if, and only if, the hash fits; no name is kept here.
 */
const KNOWN = { hash: "033de0ae", key: "Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8" } as const;

/**
 * Reads `name`, `name+hash+key`, either with a URL after it. Throws a `SourceError` for what cannot be used: a
 * name alone whose key is not known, too.
 */
export function parseGosumdb(setting: Setting): DatabaseSetting {
  const [first = "", address, ...more] = setting.value.trim().split(/\s+/u);
  const bad = (why: string): SourceError =>
    new SourceError("bad-configuration", `${setting.from} is ${quoted(setting.value)}: ${why}`, {
      hint: "Write GOSUMDB as the name of Go's own database, as name+hash+key, or either with a URL after it; or off.",
    });
  if (first === "" || more.length > 0) throw bad("expected a name or key, and perhaps a URL");
  const verifier = parseVerifierKey(first.includes("+") ? first : `${first}+${KNOWN.hash}+${KNOWN.key}`);
  if (verifier === undefined) {
    throw bad(
      first.includes("+") ? "the key is malformed or does not fit the name" : "no key is known by this name",
    );
  }
  if (
    !/^[a-z0-9.-]+(?::[0-9]+)?(?:\/[A-Za-z0-9._~-]+)*$/u.test(verifier.name) ||
    verifier.name.includes("..")
  ) {
    throw bad("the name must be a host, perhaps with a path");
  }
  const url = address === undefined ? undefined : parseAddress(address);
  if (address !== undefined && url === undefined)
    throw bad("the URL must be a plain https, http or file URL");
  return { ...verifier, url, direct: new URL(`https://${verifier.name}`) };
}

function parseAddress(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url !== undefined && url.search === "" && url.hash === "";
  return isPlain && ["https:", "http:", "file:"].includes(url.protocol) ? url : undefined;
}

/** `name+hash+key`, as GOSUMDB takes it. */
export function printVerifierKey(verifier: VerifierKey): string {
  const key = Buffer.concat([new Uint8Array([1]), verifier.key]).toString("base64");
  return `${verifier.name}+${keyHash(verifier).toString("hex")}+${key}`;
}
