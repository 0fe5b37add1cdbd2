/**
 * The name in a file's package clause, found without parsing the file; undefined if the
 * first thing that is no comment is no package clause. Linear in the header.
 */
export function packageClause(text: string): string | undefined {
  let at = text.startsWith("\ufeff") ? 1 : 0;
  for (;;) {
    while (at < text.length && /\s/.test(text[at] ?? "")) at++;
    if (text.startsWith("//", at)) at = endOf(text, "\n", at);
    else if (text.startsWith("/*", at)) at = endOf(text, "*/", at + 2);
    else break;
  }
  const clause = /package\b(?:\s|\/\/[^\n]*\n|\/\*[^*]*\*\/)*([\p{L}_][\p{L}\p{Nd}_]*)/uy;
  clause.lastIndex = at;
  return clause.exec(text)?.[1];
}

function endOf(text: string, closing: string, from: number): number {
  const found = text.indexOf(closing, from);
  return found < 0 ? text.length : found + closing.length;
}
