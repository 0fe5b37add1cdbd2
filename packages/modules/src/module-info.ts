import { quoted } from "./printable.ts";
import { SourceError } from "./source-error.ts";

/** Where a proxy says that a version came from. Unauthenticated: hints to verify. All values are as answered. */
export interface ModuleOrigin {
  readonly vcs?: string;
  readonly url?: string;
  readonly subdir?: string;
  readonly hash?: string;
  readonly ref?: string;
  readonly tagPrefix?: string;
  readonly tagSum?: string;
  readonly repoSum?: string;
}

/** A proxy's `.info` or `@latest`. */
export interface ModuleInfo {
  readonly version: string;
  /** RFC 3339, as answered. */
  readonly time?: string;
  readonly origin?: ModuleOrigin;
}

/** Reads an `.info`. Throws a `SourceError` if it is no JSON object with a version; other fields may be absent. */
export function parseModuleInfo(text: string, shown: string): ModuleInfo {
  const fields = objectFields(parseJson(text));
  const version = fields?.get("version");
  if (fields === undefined || typeof version !== "string" || version === "") {
    throw new SourceError(
      "bad-answer",
      `${shown}: expected JSON with a Version, got ${quoted(text.slice(0, 100))}`,
      {
        hint: "The server may not be a module proxy: check GOPROXY.",
      },
    );
  }
  const time = fields.get("time");
  const origin = objectFields(fields.get("origin"));
  return {
    version,
    ...(typeof time === "string" && { time }),
    ...(origin !== undefined && { origin: readOrigin(origin) }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Like Go, finds fields whatever the case of their names. */
function objectFields(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return new Map(Object.entries(value).map(([key, field]) => [key.toLowerCase(), field as unknown]));
}

const ORIGIN_FIELDS = ["vcs", "url", "subdir", "hash", "ref", "tagPrefix", "tagSum", "repoSum"] as const;

function readOrigin(fields: ReadonlyMap<string, unknown>): ModuleOrigin {
  const origin: { -readonly [Field in keyof ModuleOrigin]: ModuleOrigin[Field] } = {};
  for (const field of ORIGIN_FIELDS) {
    const value = fields.get(field.toLowerCase());
    if (typeof value === "string") origin[field] = value;
  }
  return origin;
}
