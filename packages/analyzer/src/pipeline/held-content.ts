import type { SourceFile } from "./module-source.ts";

/** Bytes of Go source that are kept for their second reader; what is beyond is read again. */
const budget = 64 << 20;

/**
 * Files that are read twice, for their headers and then to be compiled, without the cost of
 * fetching, inflating and hashing them twice: what a file's first reader got is kept for the
 * second. Used for one analysis.
 */
export function holdContent(): (file: SourceFile) => SourceFile {
  let held = 0;
  return (file) => {
    let content: Uint8Array | undefined;
    let isFirst = true;
    const read = async (): Promise<Uint8Array> => {
      const kept = content;
      if (kept !== undefined) {
        content = undefined;
        held -= kept.length;
        return kept;
      }
      const fresh = await file.read();
      if (isFirst && held + fresh.length <= budget) {
        content = fresh;
        held += fresh.length;
      }
      isFirst = false;
      return fresh;
    };
    return { ...file, read };
  };
}
