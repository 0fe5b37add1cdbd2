/** The txtar format (golang.org/x/tools/txtar): a comment, then files, each after a line `-- name --`. */

/** A file of an archive. */
export interface ArchiveFile {
  readonly name: string;
  readonly content: string;
}

/** An archive as text: nothing in it is escaped. */
export interface Archive {
  readonly comment: string;
  readonly files: readonly ArchiveFile[];
}

const marker = /^-- (\S.*?) --[ \t]*$/;

/** Parses an archive. Every text is one: without a marker it is all comment. */
export function parseArchive(text: string): Archive {
  const comment: string[] = [];
  const files: { name: string; lines: string[] }[] = [];
  for (const line of text.split(/(?<=\n)/)) {
    const name = marker.exec(line.replace(/\r?\n$/, ""))?.[1];
    if (name !== undefined) files.push({ name, lines: [] });
    else (files.at(-1)?.lines ?? comment).push(line);
  }
  return { comment: comment.join(""), files: files.map(contentOf) };
}

function contentOf({
  name,
  lines,
}: {
  readonly name: string;
  readonly lines: readonly string[];
}): ArchiveFile {
  return { name, content: lines.join("") };
}
