import { expect, test } from "vitest";
import { narrowedBuilds, readNarrowing } from "../src/narrowing.ts";

test.each<[Parameters<typeof readNarrowing>[0], string, string]>([
  [{ tags: [] }, "", "all builds"],
  [{ goos: "linux", tags: [] }, "linux && cgo", "linux with cgo"],
  [
    { goos: "linux", goarch: "arm64", tags: [], cgo: "off" },
    "linux && arm64 && !cgo",
    "linux/arm64 without cgo",
  ],
  [{ tags: ["netgo", "e2e"], cgo: "on" }, "netgo && e2e && cgo", "tags netgo, e2e with cgo"],
])("%j", (flags, expression, words) => {
  expect(narrowedBuilds(readNarrowing(flags))).toEqual({ expression, words });
});
