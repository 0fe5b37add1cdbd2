import type { Deadline } from "./engine.ts";
import { UsageError } from "./errors.ts";

/** No deadline. */
export const unlimited: Deadline = { signal: undefined, check: () => {} };

/**
 * Ends the work so many seconds from now. The signal alone would not do: analysis keeps
 * the thread busy, so that no timer runs; the work checks the clock between steps.
 */
export function deadlineAfter(seconds: number): Deadline {
  const end = performance.now() + seconds * 1000;
  const over = () =>
    new UsageError(
      `gave up after ${seconds} s`,
      "Allow more time with --timeout, or none to wait without end.",
    );
  const controller = new AbortController();
  setTimeout(() => controller.abort(over()), seconds * 1000).unref();
  return {
    signal: controller.signal,
    check: () => {
      if (performance.now() >= end) throw over();
    },
  };
}

/**
 * Files that are not read once the time is over: between two of them is where work that keeps the thread
 * busy can be ended soonest.
 */
export function untilDeadline<File extends { readonly read: () => Promise<Uint8Array> }>(
  files: readonly File[],
  deadline: Deadline,
): File[] {
  return files.map((file) => ({
    ...file,
    read: async () => {
      deadline.check();
      return file.read();
    },
  }));
}
