/** Which files are code, and how their languages write comments and strings: as far as scanners of text need it. */

/** How a language is cut into code, comments and literals. */
export interface Language {
  /** What opens comments and literals, longer openings first. */
  readonly delimiters: readonly Delimiter[];
  /** A Go build compiles it, or hands it to the C compiler or the assembler. */
  readonly built: boolean;
  /** Its formatter indents with tabs alone, and pads for nothing but tables. */
  readonly formatted: boolean;
}

export interface Delimiter {
  readonly open: string;
  /** A newline: it ends with the line. */
  readonly close: string;
  readonly kind: "comment" | "literal";
  /** A backslash takes the next character. */
  readonly escapes: boolean;
  /** Without: it ends with the line at the latest. */
  readonly lines: boolean;
}

const line = (open: string): Delimiter => ({
  open,
  close: "\n",
  kind: "comment",
  escapes: false,
  lines: false,
});
const block: Delimiter = { open: "/*", close: "*/", kind: "comment", escapes: false, lines: true };
const quoted = (open: string): Delimiter => ({
  open,
  close: open,
  kind: "literal",
  escapes: true,
  lines: false,
});
const long = (open: string, escapes: boolean): Delimiter => ({
  open,
  close: open,
  kind: "literal",
  escapes,
  lines: true,
});

const go: Language = {
  delimiters: [line("//"), block, quoted('"'), quoted("'"), long("`", false)],
  built: true,
  formatted: true,
};
const c: Language = {
  delimiters: [line("//"), block, quoted('"'), quoted("'")],
  built: true,
  formatted: false,
};
// An apostrophe stands before a character there, without another one behind it.
const assembly: Language = {
  delimiters: [line("//"), line("# "), block, quoted('"')],
  built: true,
  formatted: false,
};
const script: Language = {
  delimiters: [line("//"), block, quoted('"'), quoted("'"), long("`", true)],
  built: false,
  formatted: false,
};
const python: Language = {
  delimiters: [line("#"), long('"""', true), long("'''", true), quoted('"'), quoted("'")],
  built: false,
  formatted: false,
};
const shell: Language = {
  delimiters: [line("# "), quoted('"'), quoted("'")],
  built: false,
  formatted: false,
};

const byExtension = new Map<string, Language>(
  (
    [
      [go, "go"],
      [c, "c cc cpp cxx m h hh hpp hxx"],
      [assembly, "s S sx"],
      [script, "js mjs cjs jsx ts mts cts tsx php java"],
      [python, "py pyw"],
      [shell, "sh bash zsh fish ps1 rb pl"],
    ] as const
  ).flatMap(([language, names]) => names.split(" ").map((name) => [name, language] as const)),
);

/** By the extension of the name; undefined for what is no code. */
export function languageOf(name: string): Language | undefined {
  return byExtension.get(extensionOf(name));
}

/** What stands behind the last dot of the last element of a path, empty if there is none. */
export function extensionOf(path: string): string {
  const base = path.slice(path.lastIndexOf("/") + 1);
  const dot = base.lastIndexOf(".");
  return dot < 0 ? "" : base.slice(dot + 1);
}
