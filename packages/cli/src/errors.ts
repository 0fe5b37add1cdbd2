/** Exit codes: what a script may rely on. */
export const exitCodes = { done: 0, found: 1, usage: 2, bug: 70 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/**
 * A mistake of the user, or input that cannot be had: shown as one line, without a
 * stack, followed by what to do about it.
 */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** The words of an error for a person. `expected` tells a user's mistake from a bug of ours. */
export interface Explained {
  readonly expected: boolean;
  readonly lines: readonly string[];
}

/** Names of the errors that other packages raise for input that cannot be had. */
const inputErrors: readonly string[] = ["UsageError", "SourceError", "AbortError", "TimeoutError"];

/** What to say about anything that was thrown. The lines are not yet escaped. */
export function explainError(error: unknown): Explained {
  if (error instanceof Error && inputErrors.includes(error.name)) {
    const hint = "hint" in error && typeof error.hint === "string" ? [error.hint] : [];
    return { expected: true, lines: [...messageLines(error), ...hint] };
  }
  const said = error instanceof Error ? error.message : String(error);
  return {
    expected: false,
    lines: [
      `capdiff: internal error: ${said}`,
      "This is a bug in capdiff, not a mistake of yours. Please report it, with the command you ran and `capdiff --version`.",
    ],
  };
}

/** A SourceError's message may have several lines of its own; any other newline came from outside. */
function messageLines({ name, message }: Error): readonly string[] {
  const said = `capdiff: ${message}`;
  return name === "SourceError" ? said.split("\n") : [said];
}

/** The stack of an error, a frame a line. */
export function stackOf(error: unknown): readonly string[] {
  return error instanceof Error ? (error.stack ?? "").split("\n").slice(1) : [];
}
