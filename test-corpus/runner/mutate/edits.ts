/** Changes to files by ranges of their text, applied together. */
import type { ArchiveFile } from "../txtar.ts";

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Collects changes; offsets are those of the files as they were given. */
export interface Edits {
  readonly replace: (
    file: string,
    range: { readonly start: number; readonly end: number },
    text: string,
  ) => void;
  /** What is inserted at one place stands in the order in which it came, before what is replaced there. */
  readonly insert: (file: string, at: number, text: string) => void;
  /** Puts declarations at the end, an empty line before each; the same text only once. */
  readonly append: (file: string, text: string) => void;
  readonly create: (file: string, text: string) => void;
  readonly isEmpty: () => boolean;
  /** The files with all changes. Throws if two overlap: then a mutation is wrong. */
  readonly apply: () => ArchiveFile[];
}

export function createEdits(files: readonly ArchiveFile[]): Edits {
  const edits = new Map<string, Edit[]>();
  const appended = new Map<string, Set<string>>();
  const created: ArchiveFile[] = [];
  const replace: Edits["replace"] = (file, { start, end }, text) => {
    edits.set(file, [...(edits.get(file) ?? []), { start, end, text }]);
  };
  return {
    replace,
    insert: (file, at, text) => replace(file, { start: at, end: at }, text),
    append: (file, text) => {
      appended.set(file, (appended.get(file) ?? new Set()).add(text));
    },
    create: (name, content) => created.push({ name, content }),
    isEmpty: () => edits.size + appended.size + created.length === 0,
    apply: () => [
      ...files.map(({ name, content }) => {
        const end = [...(appended.get(name) ?? [])].map((text) => `\n${text.trim()}\n`).join("");
        return { name, content: edited(name, content, edits.get(name) ?? []) + end };
      }),
      ...created,
    ],
  };
}

function edited(name: string, content: string, edits: readonly Edit[]): string {
  const isInsertion = ({ start, end }: Edit) => (start === end ? 0 : 1);
  const sorted = edits.toSorted((a, b) => a.start - b.start || isInsertion(a) - isInsertion(b));
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, text } of sorted) {
    if (start < at) throw new Error(`${name}: changes overlap at ${start}`);
    parts.push(content.slice(at, start), text);
    at = end;
  }
  return [...parts, content.slice(at)].join("");
}
