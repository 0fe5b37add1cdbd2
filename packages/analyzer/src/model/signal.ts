import type { Position } from "./position.ts";
import type { SignalKind } from "./report.ts";

/** Something in the bytes of a file that no name in the code tells. */
export interface Signal {
  /** Which signal. */
  readonly signal: SignalKind;
  /** Where it begins. */
  readonly position: Position;
  /** What is there, cut to 160 characters. */
  readonly text: string;
  /** Of the file's content, in lower-case hexadecimal. */
  readonly sha256: string;
}
