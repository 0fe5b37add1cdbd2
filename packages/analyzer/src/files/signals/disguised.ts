/**
 * Files whose content is of another sort than their name says: a program, an archive or a script that is called a
 * font, a picture or a text. What may be anything (no extension, one that is not listed) is no disguise, nor is what is
 * empty or cut off.
 */
import { type BinaryFormat, binaryFormat } from "../format.ts";
import { extensionOf } from "./language.ts";

/** What an extension promises. */
type Sort = "font" | "picture" | "media" | "text" | "code" | "archive";

const extensions: Readonly<Record<Sort, string>> = {
  font: "woff woff2 ttf otf eot ttc",
  picture: "png jpg jpeg gif webp bmp ico tif tiff avif heic",
  media: "mp3 mp4 m4a m4v ogg oga ogv wav flac webm avi mov pdf",
  text: "txt md markdown rst adoc json jsonc json5 yaml yml toml ini cfg conf properties env csv tsv sql css scss less xml html htm svg graphql proto tmpl tpl lock log license",
  code: "go c cc cpp cxx m h hh hpp hxx s js mjs cjs jsx ts mts cts tsx py rb pl php java sh bash zsh ps1 bat cmd",
  archive: "zip gz tgz tar bz2 xz zst 7z jar",
};

const sortOf = new Map(
  Object.entries(extensions).flatMap(([sort, names]) =>
    names.split(" ").map((name) => [name, sort as Sort] as const),
  ),
);

/** Formats that a system runs. */
const programs: ReadonlySet<BinaryFormat> = new Set(["ELF", "PE", "Mach-O", "WebAssembly"]);

/** Bytes of a file that are looked at for a script. */
const lookedAt = 64 * 1024;

/** What tells a script, beside being text: words that no caption or licence has in this form. */
const scriptWords =
  /<\?php|<script\b|\brequire\s*\(|\beval\s*\(|\bfunction\s*[\w$]*\s*\(|=>\s*[{(]|\b(?:const|let|var)\s+[\w${[]|^(?:import|from)\s+[\w.]+|^def\s+\w+\(|\bsubprocess\b|child_process|\bexec\s*\(|\bprocess\.env\b|\b(?:curl|wget)\s+-|powershell/m;

/** Whether the name says enough for `disguise` to look at the content. */
export function promisesFormat(name: string): boolean {
  return sortOf.has(extensionOf(name).toLowerCase()) && !/(?:^|\/)testdata\//.test(name);
}

/** What a file is that is called something else, in words; undefined for a file that is what it says. O(1). */
export function disguise(name: string, content: Uint8Array): string | undefined {
  if (!promisesFormat(name)) return undefined;
  const extension = extensionOf(name).toLowerCase();
  const sort = sortOf.get(extension);
  const found = foundIn(content, sort);
  return found === undefined ? undefined : `${found} named .${extension}`;
}

function foundIn(content: Uint8Array, sort: Sort | undefined): string | undefined {
  const format = binaryFormat(content);
  if (format !== undefined && programs.has(format)) return format;
  if (sort === "archive") return undefined;
  if (format !== undefined) return format;
  if (sort === "code") return undefined;
  if (sort === "text") return startsScript(content) ? "script" : undefined;
  return isScript(content) ? "script" : undefined;
}

/** `#!/` or `#! /` and a name. */
function startsScript(content: Uint8Array): boolean {
  return /^#! ?\/[\w/.-]+/.test(textOf(content.subarray(0, 64)));
}

function isScript(content: Uint8Array): boolean {
  const head = content.subarray(0, lookedAt);
  if (head.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c))
    return false;
  return startsScript(content) || scriptWords.test(textOf(head));
}

/** Byte by byte: what tells a script is ASCII. */
function textOf(content: Uint8Array): string {
  let text = "";
  for (const byte of content) text += String.fromCharCode(byte);
  return text;
}
