/** How much is computed at most: deterministic, since nothing of it is time. */
export interface Limits {
  /** Steps of one function with all that it calls. */
  readonly steps: number;
  /** Steps of all functions of a program together, and for each of its functions. */
  readonly total: number;
  readonly each: number;
  /** Steps after which no more callers are asked of one call what they hand in. */
  readonly callers: number;
  /** Calls inside each other. */
  readonly depth: number;
  /** Bytes of a string, items of a slice. */
  readonly size: number;
}

export const usualLimits: Limits = {
  steps: 50_000,
  total: 2_000_000,
  each: 500,
  callers: 120_000,
  depth: 24,
  size: 1 << 16,
};
