/**
 * V8 optimises functions after so little work that most of a run of a second or a minute went into that: on two processors
 * a scan takes 1.6 to 2 times as much time of theirs. With a higher threshold only what runs for long is optimised. It counts
 * in bytes of bytecode that were run; V8's own value is 67,584 (`node --v8-options`).
 */
import { setFlagsFromString } from "node:v8";

/** For the whole process, threads included; to be called before the program is loaded. */
export function optimiseLate(): void {
  setFlagsFromString("--interrupt-budget=600000");
}
