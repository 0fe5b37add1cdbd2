/**
 * Which files `//go:embed` takes: patterns of path.Match, directories with all below
 * them but names that start with `.` or `_` (unless `all:`), nothing outside the
 * package's directory (https://pkg.go.dev/embed).
 */

/** The patterns of a directive; quoted ones may hold blanks. */
export function embedPatterns(text: string): string[] {
  const patterns = text.match(/"(?:[^"\\]|\\.)*"|`[^`]*`|\S+/g) ?? [];
  return patterns.map((pattern) => (/^["`]/.test(pattern) ? pattern.slice(1, -1) : pattern));
}

/** Of the files (slash paths inside the module), those that the pattern takes for a package in `directory`. */
export function embeddedFiles(pattern: string, directory: string, files: readonly string[]): string[] {
  const all = pattern.startsWith("all:");
  const parts = globParts(all ? pattern.slice(4) : pattern);
  const prefix = directory === "" ? "" : `${directory}/`;
  return files.filter((file) => {
    if (!file.startsWith(prefix)) return false;
    const elements = file.slice(prefix.length).split("/");
    if (!parts.every((part, index) => matchesElement(part, elements[index]))) return false;
    // Of a directory that matches, files with such names do not count.
    return all || !elements.slice(parts.length).some((name) => /^[._]/.test(name));
  });
}

/** A pattern element by element, as no wildcard of path.Match crosses a slash. */
function globParts(pattern: string): GlobToken[][] {
  return pattern === "." ? [] : pattern.split("/").map(globTokens);
}

function matchesElement(tokens: readonly GlobToken[], element: string | undefined): boolean {
  return element !== undefined && matches(tokens, Array.from(element));
}

/** A run of `*`, or what one character must be. */
type GlobToken = "star" | ((character: string) => boolean);

/** The tokens of `*`, `?`, `[...]`, `\c` and plain characters. */
function globTokens(element: string): GlobToken[] {
  const parts = element.match(/\*+|\?|\[\^?(?:\\.|[^\]\\])+\]|\\.|./gsu) ?? [];
  return parts.map((part) => {
    if (part.startsWith("*")) return "star";
    if (part === "?") return () => true;
    if (part.length > 2 && part.startsWith("[")) return characterClass(part.slice(1, -1));
    const wanted = part.length > 1 ? part.slice(1) : part;
    return (character) => character === wanted;
  });
}

function characterClass(body: string): (character: string) => boolean {
  const negated = body.startsWith("^");
  const items = (negated ? body.slice(1) : body).match(/(?:\\.|.)-(?:\\.|.)|\\.|./gsu) ?? [];
  const ranges = items.map((item) => {
    const characters = Array.from(item).filter(
      (character, index) => character !== "\\" || index === item.length - 1,
    );
    return characters.length === 3 ? [characters[0], characters[2]] : [characters[0], characters[0]];
  });
  const inside = (character: string) =>
    ranges.some(
      ([low, high]) => low !== undefined && high !== undefined && low <= character && character <= high,
    );
  return (character) => inside(character) !== negated;
}

/** Greedy with one point of return: at most (tokens x characters) steps. */
function matches(tokens: readonly GlobToken[], characters: readonly string[]): boolean {
  let token = 0;
  let at = 0;
  let star = -1;
  let resume = 0;
  while (at < characters.length) {
    const wanted = tokens[token];
    if (wanted === "star") {
      star = token++;
      resume = at;
    } else if (wanted?.(characters[at] ?? "") === true) {
      token++;
      at++;
    } else if (star >= 0) {
      token = star + 1;
      at = ++resume;
    } else return false;
  }
  return tokens.slice(token).every((rest) => rest === "star");
}
