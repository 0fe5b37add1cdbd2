import { setFlagsFromString } from "node:v8";

/** Flags of V8, for the whole process, threads included; to be called before the program is loaded. */
export function setFlags(): void {
  // V8 optimises functions after so little work that most of a run of a second or a minute went into that: on two processors
  // a scan takes 1.6 to 2 times as much time of theirs. With a higher threshold only what runs for long is optimised. It counts
  // in bytes of bytecode that were run; V8's own value is 67,584 (`node --v8-options`).
  setFlagsFromString("--interrupt-budget=600000");
  // Code that has not run for a while is dropped, and then what is kept of a long run lacks what each start needs: the
  // next one would go through the whole source for it.
  setFlagsFromString("--no-flush-bytecode");
}
