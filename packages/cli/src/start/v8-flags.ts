import { setFlagsFromString } from "node:v8";

/**
 * Flags of V8, with what they are here and what V8 has them at (`node --v8-options`).
 *
 * V8 optimises functions after so little work that most of a run of a second or a minute went into that: on two processors
 * a scan takes 1.6 to 2 times as much time of theirs. With a higher threshold, which counts in bytes of bytecode that were run, only
 * what runs for long is optimised.
 *
 * Code that has not run for a while is dropped, and then what is kept of a long run lacks what each start needs: the
 * next one would go through the whole source for it.
 */
const flags = [
  { here: "--interrupt-budget=600000", usually: "--interrupt-budget=67584" },
  { here: "--no-flush-bytecode", usually: "--flush-bytecode" },
];

/** Sets flags for the whole process, threads included; to be called before the program is loaded. */
export function setFlags(): void {
  for (const { here } of flags) setFlagsFromString(here);
}

/**
 * Sets them back, until a thread that is started has loaded Node's modules (see `node-modules.ts`) and sets them again: with them it
 * takes twice as long to start. Where V8 usually has others, it does.
 */
export function resetFlags(): void {
  for (const { usually } of flags) setFlagsFromString(usually);
}
