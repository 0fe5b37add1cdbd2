/** A line on the terminal that says what takes so long. */
import type { ModuleProgress } from "./engine.ts";
import type { TextStream } from "./environment.ts";
import { escapeText } from "./report/escape.ts";

export interface ProgressLine {
  show(progress: ModuleProgress): void;
  /** Wipes the line; nothing is shown afterwards. */
  stop(): void;
}

/** Milliseconds before the first line, and between two. */
const patience = { first: 400, next: 100 } as const;

/** Shows progress on a terminal only; elsewhere it does nothing. */
export function progressLine(stream: TextStream, quiet: boolean): ProgressLine {
  if (quiet || stream.isTTY !== true) return { show: () => {}, stop: () => {} };
  let due = performance.now() + patience.first;
  let visible = false;
  let stopped = false;
  return {
    show: (progress) => {
      const now = performance.now();
      if (stopped || now < due) return;
      due = now + patience.next;
      visible = true;
      stream.write(`\r\x1b[K${progressText(progress).slice(0, (stream.columns ?? 80) - 1)}`);
    },
    stop: () => {
      stopped = true;
      if (visible) stream.write("\r\x1b[K");
    },
  };
}

function progressText({ query, phase, done, total }: ModuleProgress): string {
  const number = total === undefined ? `${done}` : `${done} of ${total}`;
  return escapeText(`capdiff: ${phase} ${number}  ${query}`);
}
