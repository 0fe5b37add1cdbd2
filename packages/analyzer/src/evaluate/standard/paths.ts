/** Packages path and path/filepath: slash paths. */
import { hole } from "../lifted.ts";
import { bits, text, unknown, type Value } from "../values.ts";
import { made, ofSome, ofTexts, remade, type Table } from "./native.ts";

/** As path.Clean. */
export function clean(path: string): string {
  const rooted = path.startsWith("/");
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.length > 0 && isFolder(parts.at(-1))) parts.pop();
    else if (!rooted || parts.length > 0) parts.push(part);
  }
  const joined = parts.join("/");
  return rooted ? `/${joined}` : joined === "" ? "." : joined;
}

/** Whether a part is one folder: a hole may be several. */
function isFolder(part: string | undefined): boolean {
  return part !== ".." && part?.includes(hole) !== true;
}

function joined(): Table[string] {
  return ofSome((machine, ...known) => {
    const texts = known.filter((one) => one.kind === "text");
    if (texts.length < known.length) return unknown;
    const full = texts.filter((one) => one.text !== "");
    const length = full.reduce((sum, one) => sum + one.text.length + 1, 0);
    if (length > machine.limits.size) return unknown;
    return full.length === 0
      ? text("")
      : made(clean(full.map((one) => one.text).join("/")), full, full.length > 1 ? bits("join") : 0);
  });
}

function base(path: string): string {
  const trimmed = path.replace(/\/+$/, "");
  if (path === "") return ".";
  return trimmed === "" ? "/" : trimmed.slice(trimmed.lastIndexOf("/") + 1);
}

const table: Table = {
  Join: joined(),
  Clean: ofTexts((one) => remade(one, clean(one.text))),
  Base: ofTexts((one) => remade(one, base(one.text))),
  Dir: ofTexts((one): Value => remade(one, clean(one.text.slice(0, one.text.lastIndexOf("/") + 1)))),
  FromSlash: ofTexts((one) => one),
  ToSlash: ofTexts((one) => one),
};

/** On Windows package path/filepath writes backslashes: shown is what it writes elsewhere. */
export const paths = table;
