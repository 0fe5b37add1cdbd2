import fc from "fast-check";
import { expect, test } from "vitest";
import { createBuilds, ports } from "../../src/constraints/index.ts";
import { setOf, textOf, trees } from "./naive-builds.ts";

const builds = createBuilds();

/** A constraint, its canonical expression, and its words. */
test.each([
  ["!ignore", "", "all builds"],
  ["ignore", "ignore", "no build"],
  ["windows", "windows", "windows"],
  ["!windows", "!windows", "all but windows"],
  ["linux", "linux", "linux"],
  ["linux && !android", "linux && !android", "linux without android"],
  ["linux && amd64", "linux && amd64", "linux on amd64"],
  ["amd64 && linux && !android", "linux && !android && amd64", "linux/amd64"],
  ["linux && amd64 || darwin", "darwin || linux && amd64", "darwin, and linux on amd64"],
  ["js && wasm", "js", "js"],
  ["linux && cgo", "linux && cgo", "linux with cgo"],
  ["!cgo", "!cgo", "without cgo"],
  ["linux || cgo", "linux || cgo", "linux, or with cgo"],
  ["!(linux && cgo)", "!linux || !cgo", "all but linux with cgo"],
  [
    "linux && cgo || windows && !cgo",
    "linux && cgo || windows && !cgo",
    "linux with cgo, or windows without cgo",
  ],
  ["unix && !linux && !darwin", "unix && !linux && !darwin", "unix without linux and darwin"],
  ["!amd64 && !arm64", "!amd64 && !arm64", "all but amd64 and arm64"],
  [
    "(linux || darwin) && (arm64 || amd64)",
    "(darwin || linux) && (amd64 || arm64)",
    "darwin and linux on amd64 and arm64",
  ],
  ["foo", "foo", "with tag foo"],
  ["!foo && linux", "linux && !foo", "linux without tag foo"],
  ["foo && bar", "foo && bar", "with tag foo and tag bar"],
  [
    "linux && foo || !foo && windows",
    "linux && foo || windows && !foo",
    "linux with tag foo, or windows without tag foo",
  ],
  [
    "linux && !foo || foo && windows",
    "linux && !foo || windows && foo",
    "linux without tag foo, or windows with tag foo",
  ],
  ["boringcrypto", "goexperiment.boringcrypto", "with tag goexperiment.boringcrypto"],
])("%s", (constraint, expression, words) => {
  const set = builds.goBuildLine(constraint).value;
  expect([builds.expression(set), builds.words(set)]).toEqual([expression, words]);
});

test("ports that words would tell at length are counted", () => {
  const second = ports.filter((_, index) => index % 2 === 1);
  const set = second
    .map(({ goos, goarch }) => builds.parse(`${goos} && ${goarch} && ${exactly(goos)}`))
    .reduce(builds.or, builds.none);
  expect(builds.words(set)).toBe(`some builds of ${second.length} of ${ports.length} ports`);
  expect(builds.words(builds.and(set, builds.tag("cgo")))).toBe(
    `some builds of ${second.length} of ${ports.length} ports`,
  );
});

test("every port has its name, or that of its system or architecture if that says it", () => {
  for (const { goos, goarch } of ports) {
    const set = builds.parse(`${goos} && ${goarch} && ${exactly(goos)}`);
    expect([`${goos}/${goarch}`, goos, goarch]).toContain(builds.words(set));
  }
});

test("an expression reads back as its set, whatever universe wrote it", () => {
  fc.assert(
    fc.property(trees, (tree) => {
      const other = createBuilds();
      const set = setOf(builds, tree);
      const expression = builds.expression(set);
      expect(builds.parse(expression)).toBe(set);
      expect(other.expression(other.parse(textOf(tree)))).toBe(expression);
      expect(other.words(other.parse(expression))).toBe(builds.words(set));
      expect(builds.words(set)).not.toBe("");
    }),
    { numRuns: 150 },
  );
});

test("any set of ports reads back, and in few characters", () => {
  const portSet = fc
    .subarray([...ports], { minLength: 0 })
    .map((some) => some.map(({ goos, goarch }) => ({ goos, goarch })));
  fc.assert(
    fc.property(portSet, portSet, (on, off) => {
      const half = (half: typeof on, cgo: string) =>
        half
          .map(({ goos, goarch }) => builds.parse(`${goos} && ${goarch} && ${exactly(goos)} && ${cgo}`))
          .reduce(builds.or, builds.none);
      const set = builds.or(half(on, "cgo"), half(off, "!cgo"));
      expect(builds.parse(builds.expression(set))).toBe(set);
      expect(builds.words(set).length).toBeLessThanOrEqual(160);
    }),
    { numRuns: 40 },
  );
});

/** Leaves out the systems that imply another. */
function exactly(goos: string): string {
  return ["android", "illumos", "ios"]
    .filter((name) => name !== goos)
    .map((name) => `!${name}`)
    .join(" && ");
}
