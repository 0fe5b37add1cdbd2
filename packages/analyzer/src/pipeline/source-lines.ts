import type { Position } from "../model/position.ts";
import { decodeSource } from "../syntax/source.ts";
import type { SourceFile } from "./module-source.ts";

/** Characters of a source line that are shown. */
const limit = 160;

/** Something that shows the line at its site; `source` is filled in later. */
export interface ShownLine {
  readonly site: Position;
  source: string;
}

/** Fills in the source lines, reading each file once. Lines are trimmed and cut. */
export async function fillSourceLines(
  shown: readonly SourceFile[],
  lines: readonly ShownLine[],
): Promise<void> {
  const byFile = new Map<string, ShownLine[]>();
  for (const line of lines) {
    const found = byFile.get(line.site.file);
    if (found === undefined) byFile.set(line.site.file, [line]);
    else found.push(line);
  }
  const files = new Map(shown.map((file) => [file.name, file]));
  for (const [name, wanted] of byFile) {
    const file = files.get(name);
    if (file === undefined) continue;
    const decoded = decodeSource(name, await file.read());
    for (const line of wanted) {
      const from = decoded.lines[line.site.line - 1] ?? 0;
      const to = decoded.lines[line.site.line] ?? decoded.text.length;
      line.source = cut(decoded.text.slice(from, Math.min(to, from + 10_000)));
    }
  }
}

function cut(line: string): string {
  const trimmed = line.trim();
  return trimmed.length <= limit ? trimmed : `${trimmed.slice(0, limit - 1)}…`;
}
