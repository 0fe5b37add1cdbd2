import type { SourceDiagnostic } from "./source-diagnostic.ts";

/** What went wrong when a module copy could not be had. Kebab-case; stable, so that callers may switch on it. */
export type SourceErrorCode =
  | "bad-target"
  | "bad-module-path"
  | "bad-version"
  | "bad-configuration"
  | "no-proxy"
  | "proxy-off"
  | "unsafe-repository"
  | "not-found"
  | "refused"
  | "http-status"
  | "connection"
  | "timeout"
  | "redirect"
  | "too-large"
  | "bad-answer"
  | "no-such-file"
  | "not-a-module-zip"
  | "bad-zip"
  | "empty"
  | "too-many-files"
  | "unreadable"
  | "changed"
  | "closed"
  | "outside"
  | "hash-mismatch"
  | "git-unavailable"
  | "git-limit"
  | "bad-repository"
  | "repository-unavailable"
  | "private-address"
  | "checksum-mismatch"
  | "checksum-unavailable"
  | "checksum-bad-answer"
  | "checksum-fork"
  | "cache-unwritable";

/** What a {@link SourceError} may carry besides its code and message. */
export interface SourceErrorDetail {
  readonly hint?: string | undefined;
  readonly diagnostics?: readonly SourceDiagnostic[] | undefined;
  readonly cause?: unknown;
}

/**
 * A user's mistake, or input that cannot be had or used. `message` is complete and safe to print: outside
 * strings in it are escaped. `hint` says what to do. `diagnostics` holds what was noticed on the way there,
 * for example a damaged cache entry that was passed over.
 */
export class SourceError extends Error {
  override readonly name = "SourceError";
  readonly code: SourceErrorCode;
  readonly hint?: string;
  readonly diagnostics: readonly SourceDiagnostic[];

  constructor(code: SourceErrorCode, message: string, detail: SourceErrorDetail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.code = code;
    if (detail.hint !== undefined) this.hint = detail.hint;
    this.diagnostics = detail.diagnostics ?? [];
  }

  /** The same error, with what was noticed before it put in front of its own diagnostics. */
  withDiagnostics(earlier: readonly SourceDiagnostic[]): SourceError {
    if (earlier.length === 0) return this;
    const error = new SourceError(this.code, this.message, {
      hint: this.hint,
      diagnostics: [...earlier, ...this.diagnostics],
      cause: this.cause,
    });
    if (this.stack !== undefined) error.stack = this.stack;
    return error;
  }
}

/** Whether the error means that a module or version does not exist there, so that the next place may be asked. */
export function isNotFound(error: unknown): boolean {
  return error instanceof SourceError && error.code === "not-found";
}
