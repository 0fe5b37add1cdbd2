import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import { quoted } from "./printable.ts";
import { SourceError } from "./source-error.ts";

/** One entry of a GOPROXY list. */
export type ProxyEntry =
  | { readonly kind: "off" }
  | { readonly kind: "direct" }
  | {
      readonly kind: "url";
      readonly url: URL;
      /** After `|`: the next entry is tried on any error, not only when this one does not have the module. */
      readonly fallBackOnError: boolean;
    };

/**
 * Reads a GOPROXY value as Go does: entries end with `,` or `|`, empty ones are skipped, what follows `off` is
 * ignored, a host without a scheme gets https. Throws a `SourceError` that names the entry that cannot be used.
 */
export function parseProxyList(goproxy: string): ProxyEntry[] {
  const entries: ProxyEntry[] = [];
  for (const match of goproxy.matchAll(/([^,|]*)([,|]|$)/gu)) {
    const text = (match[1] ?? "").trim();
    if (text === "") continue;
    if (text === "off") return [...entries, { kind: "off" }];
    if (text === "direct") entries.push({ kind: "direct" });
    else entries.push({ kind: "url", url: parseProxyUrl(text), fallBackOnError: match[2] === "|" });
  }
  if (entries.length === 0) {
    throw badProxy("GOPROXY is set but its list contains no entries");
  }
  return entries;
}

function parseProxyUrl(text: string): URL {
  if (isAbsolute(text)) throw badProxy(`GOPROXY entry ${quoted(text)} is a path`, pathToFileURL(text).href);
  if (!/[.:/]/u.test(text))
    throw badProxy(`GOPROXY entry ${quoted(text)} is neither a URL, "off" nor "direct"`);
  const withScheme = text.includes(":/") ? text : `https://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (url === undefined) throw badProxy(`GOPROXY entry ${quoted(text)} is not a URL`);
  if (!["http:", "https:", "file:"].includes(url.protocol)) {
    throw badProxy(`GOPROXY entry ${quoted(redactUrl(url))} must be an https, http or file URL`);
  }
  if (url.search !== "" || url.hash !== "" || (url.protocol === "file:" && url.host !== "")) {
    throw badProxy(
      `GOPROXY entry ${quoted(redactUrl(url))} must be a plain ${url.protocol}// URL with a path alone`,
    );
  }
  return url;
}

function badProxy(message: string, example?: string): SourceError {
  return new SourceError("bad-configuration", message, {
    hint: `Set GOPROXY (or --goproxy) to a list of https://, http:// or file:// URLs${example === undefined ? "" : `, here ${example}`}.`,
  });
}

/** The URL as it may be shown: without login and password, either of which may be a token. */
export function redactUrl(url: URL): string {
  const shown = new URL(url);
  shown.username = "";
  shown.password = "";
  return shown.href;
}
