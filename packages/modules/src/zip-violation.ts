import { quoted } from "./printable.ts";
import { SourceError } from "./source-error.ts";

/** What a module zip must keep to; the right side says it to the user. */
export const ZIP_RULES = {
  "zip-size": "a module zip has at most 500 MiB",
  "content-size": "the files of a module have at most 500 MiB together",
  "go-mod-size": "go.mod has at most 16 MiB",
  "license-size": "LICENSE has at most 16 MiB",
  "entry-count": "a module zip must not have that many entries",
  structure: "the file must be a complete and well-formed zip",
  "unclaimed-bytes": "every byte of the zip must belong to an entry or the directory",
  overlap: "entries must not overlap",
  "header-mismatch": "the header before an entry must agree with the central directory",
  "unicode-path-field": "an entry must have one name",
  encrypted: "entries must not be encrypted",
  compression: "entries must be stored or deflated",
  "size-mismatch": "an entry must have the size that it claims",
  checksum: "an entry must match its CRC-32",
  prefix: "every name must begin with module@version/",
  module: "the prefix must be a valid module path and version",
  "utf8-name": "names must be UTF-8",
  "path-length": "names must be short enough to be extracted",
  "clean-path": "names must be clean slash paths",
  "valid-path": "names must be valid on every system that Go supports",
  duplicate: "names must be unique",
  "case-collision": "names must differ in more than case",
  "file-and-directory": "a name must not be both a file and a directory",
  "go-mod-root": "go.mod may only lie in the module's root",
  "go-mod-case": "go.mod must be written in lower case",
  empty: "a module zip must have files",
} as const;

/** The name of a rule in {@link ZIP_RULES}. */
export type ZipRule = keyof typeof ZIP_RULES;

/** A broken rule of module zips. The entry is undefined where the zip as a whole breaks it. */
export interface ZipViolation {
  readonly rule: ZipRule;
  readonly entry?: string | undefined;
  readonly detail?: string | undefined;
  readonly cause?: unknown;
}

/** The error for a violation; `shown` is how the user knows the zip. */
export function zipViolation(shown: string, { rule, entry, detail, cause }: ZipViolation): SourceError {
  const where = entry === undefined ? "" : ` entry ${quoted(entry)}:`;
  const what = detail === undefined ? "" : ` (${detail})`;
  return new SourceError("bad-zip", `${shown}:${where} breaks the rule ${rule}: ${ZIP_RULES[rule]}${what}`, {
    hint: "Go would not use this zip either, or two programs may read it differently: treat its origin with care.",
    cause,
  });
}
