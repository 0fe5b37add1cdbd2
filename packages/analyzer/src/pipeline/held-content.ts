import type { SourceFile } from "./module-source.ts";

/** Bytes of Go source that are kept for their other readers; what is beyond is read again. */
const budget = 64 << 20;

/**
 * Files that are read several times (for their headers, to be searched, to be compiled) without the cost of
 * fetching, inflating and hashing them as often: what a file's first reader got is kept for the
 * others, as many as are said. Used for one analysis.
 */
export function holdContent(): (file: SourceFile, readers: number) => SourceFile {
  let held = 0;
  return (file, readers) => {
    let content: Uint8Array | undefined;
    let left = readers;
    const read = async (): Promise<Uint8Array> => {
      const kept = content;
      left--;
      if (kept !== undefined) {
        if (left > 0) return kept;
        content = undefined;
        held -= kept.length;
        return kept;
      }
      const fresh = await file.read();
      if (left > 0 && content === undefined && held + fresh.length <= budget) {
        content = fresh;
        held += fresh.length;
      }
      return fresh;
    };
    return { ...file, read };
  };
}
