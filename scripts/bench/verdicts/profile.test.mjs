/** Time of functions is found in a profile. */
import { expect, test } from "vitest";
import { secondsIn } from "./profile.mjs";

const node = (
  /** @type {number} */ id,
  /** @type {string} */ functionName,
  /** @type {number[]} */ children = [],
) => ({
  id,
  callFrame: { functionName },
  children,
});

const profile = {
  nodes: [
    node(1, "(root)", [2, 5]),
    node(2, "trace", [3]),
    node(3, "step", [4]),
    node(4, "trace"),
    node(5, "print"),
  ],
  samples: [1, 2, 3, 4, 5],
  timeDeltas: [1e6, 2e6, 4e6, 8e6, 16e6],
};

test("with what it calls, and once where it calls itself", () => {
  expect(secondsIn(profile, ["trace"])).toBe(14);
  expect(secondsIn(profile, ["step"])).toBe(12);
  expect(secondsIn(profile, ["trace", "print"])).toBe(30);
  expect(secondsIn(profile, ["none"])).toBe(0);
});
