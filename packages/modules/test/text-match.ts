import { expect } from "vitest";

/** In an expected object: any text with `part` in it. */
export function containing(part: string): unknown {
  return expect.stringContaining(part);
}

/** In an expected object: any text that matches. */
export function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern);
}
