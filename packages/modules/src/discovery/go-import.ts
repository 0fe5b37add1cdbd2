/** `<meta name="go-import">` in a page: where an import path says that its repository is. */

/** One such tag. */
export interface GoImport {
  /** The import path of the repository's root. */
  readonly prefix: string;
  readonly vcs: string;
  readonly url: string;
  /** Of the module in the repository; empty unless said. */
  readonly subdirectory: string;
}

/** The tags before the end of the page's head. Lenient, as Go is; takes linear time. */
export function parseGoImports(page: string): readonly GoImport[] {
  const found: GoImport[] = [];
  for (let at = page.indexOf("<"); at >= 0; at = page.indexOf("<", at)) {
    if (page.startsWith("<!--", at)) {
      const end = page.indexOf("-->", at);
      if (end < 0) break;
      at = end + 3;
      continue;
    }
    const name = /^<(\/?[A-Za-z]+)/u.exec(page.slice(at, at + 20))?.[1]?.toLowerCase();
    if (name === "/head" || name === "body") break;
    if (name !== "meta") {
      at++;
      continue;
    }
    const tag = readAttributes(page, at + "<meta".length);
    if (tag === undefined) break;
    at = tag.end;
    const imported = goImport(tag.attributes);
    if (imported !== undefined) found.push(imported);
  }
  return found;
}

function goImport(attributes: ReadonlyMap<string, string>): GoImport | undefined {
  if (attributes.get("name")?.toLowerCase() !== "go-import") return undefined;
  const [prefix = "", vcs = "", url = "", subdirectory = "", ...more] = (attributes.get("content") ?? "")
    .trim()
    .split(/\s+/u);
  return url === "" || more.length > 0 ? undefined : { prefix, vcs, url, subdirectory };
}

const ATTRIBUTE = /[\s/]*([^\s=>/"']+)(?:\s*=\s*("|'|[^\s>"']+))?/uy;

/** The attributes up to `>`; undefined if the tag has no end. */
function readAttributes(
  page: string,
  start: number,
): { readonly attributes: ReadonlyMap<string, string>; readonly end: number } | undefined {
  const attributes = new Map<string, string>();
  let at = start;
  for (;;) {
    ATTRIBUTE.lastIndex = at;
    const match = ATTRIBUTE.exec(page);
    if (match === null) {
      const end = page.indexOf(">", at);
      return end < 0 ? undefined : { attributes, end: end + 1 };
    }
    const [whole, key = "", value = ""] = match;
    at += whole.length;
    if (value === '"' || value === "'") {
      const close = page.indexOf(value, at);
      if (close < 0) return undefined;
      attributes.set(key.toLowerCase(), page.slice(at, close));
      at = close + 1;
    } else attributes.set(key.toLowerCase(), value);
  }
}
