/**
 * Conversions that git or its hosts make of a file. Each is undone on both sides; it explains a difference only if
 * the bytes are the same then. Bytes are read as Latin-1, so that nothing is lost.
 */
import { createHash } from "node:crypto";
import type { FileDifferenceKind } from "./model.ts";

/** Both sides of a file. */
export interface BothFiles {
  readonly published: Uint8Array;
  readonly git: Uint8Array;
  /** That the git side is of. */
  readonly commit: string;
}

/** The conversion that explains the difference, if one does. */
export function explainingConversion(both: BothFiles): FileDifferenceKind | undefined {
  const [published, git] = [text(both.published), text(both.git)];
  if (withoutCarriageReturns(published) === withoutCarriageReturns(git)) return "line-endings";
  if (withoutIdents(published) === withoutIdents(git)) return "ident";
  if (isLfsPair(both.published, git) || isLfsPair(both.git, published)) return "lfs-pointer";
  if (isSubstituted(published, git, both.commit)) return "export-subst";
  return undefined;
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

function withoutCarriageReturns(content: string): string {
  return content.replaceAll("\r\n", "\n");
}

/** `$Id: 0123 $` as `ident` writes it, with the name of a blob. */
function withoutIdents(content: string): string {
  return content.replace(/\$Id: (?:[0-9a-f]{40}|[0-9a-f]{64}) \$/gu, "$Id$$");
}

/** Whether one side is what the other side's LFS pointer stands for. */
function isLfsPair(content: Uint8Array, pointer: string): boolean {
  if (pointer.length > 1024) return false;
  const [, oid, size] =
    /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:ext-[^\n]+\n)*oid sha256:([0-9a-f]{64})\nsize ([0-9]{1,15})\n$/u.exec(
      pointer,
    ) ?? [];
  return Number(size) === content.length && createHash("sha256").update(content).digest("hex") === oid;
}

/** What a placeholder of `export-subst` can become: anything more could hide code, and explains nothing. */
const PLACEHOLDERS: readonly (readonly [RegExp, (commit: string) => string])[] = [
  [/^%H$/u, (commit) => commit],
  [/^%h$/u, (commit) => `${commit.slice(0, 4)}[0-9a-f]{0,60}`],
  [/^%[Tt]$/u, () => "[0-9a-f]{4,64}"],
  [/^%[ac][dDirtIs]$/u, () => "[0-9A-Za-z :,+-]{1,40}"],
  [/^%[dD]$/u, () => "[A-Za-z0-9 ,:()>._/-]{0,200}"],
];
const MAX_SUBSTITUTIONS = 20;

/** Whether the published file is git's with `$Format:...$` filled in, by placeholders of a narrow kind alone. */
function isSubstituted(published: string, git: string, commit: string): boolean {
  const parts = git.split(/\$Format:([^$\n]{0,200})\$/u);
  if (parts.length < 3 || parts.length > 2 * MAX_SUBSTITUTIONS) return false;
  let at = 0;
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 0) {
      if (!published.startsWith(part, at)) return false;
      at += part.length;
      continue;
    }
    const filled = substitution(part, commit)?.exec(published.slice(at, at + MAX_FILLED));
    if (filled === null || filled === undefined) return false;
    at += filled[0].length;
  }
  return at === published.length;
}

const MAX_FILLED = 1000;

/** What a format becomes, as a pattern; undefined if it has a placeholder that could become anything. */
function substitution(format: string, commit: string): RegExp | undefined {
  const parts = format.split(/(%[a-zA-Z][dDirtIsnNeE]?)/u);
  const patterns = parts.map((part) => {
    if (!part.includes("%")) return part.replace(/[\\^$.*+?()[\]{}|/-]/gu, "\\$&");
    const direct = PLACEHOLDERS.find(([name]) => name.test(part));
    if (direct !== undefined) return direct[1](commit);
    // A placeholder of one letter takes no more than that letter.
    const short = PLACEHOLDERS.find(([name]) => name.test(part.slice(0, 2)));
    return short === undefined ? undefined : `${short[1](commit)}${part.slice(2)}`;
  });
  return patterns.includes(undefined) ? undefined : new RegExp(`^${patterns.join("")}`, "u");
}
