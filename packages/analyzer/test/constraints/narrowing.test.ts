import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkNarrowing, createBuilds, type Narrowing, ports } from "../../src/constraints/index.ts";
import { everyBuild, holds, setOf, trees } from "./naive-builds.ts";

const narrowings: fc.Arbitrary<Narrowing> = fc.record(
  {
    goos: fc.constantFrom("linux", "android", "windows", "js"),
    tags: fc.subarray(["foo", "bar"]),
    cgo: fc.boolean(),
  },
  { requiredKeys: [] },
);

test("a narrowed set has the builds asked for, with exactly the tags asked for", () => {
  fc.assert(
    fc.property(trees, narrowings, (tree, narrowing) => {
      const builds = createBuilds({ narrowing });
      const { goos, tags = [], cgo } = narrowing;
      const narrowed = builds.narrow(setOf(builds, tree));
      for (const build of everyBuild) {
        if (goos !== undefined && build.goos !== goos) continue;
        const port = ports.find((port) => port.goos === build.goos && port.goarch === build.goarch);
        if (build.cgo !== (cgo ?? port?.cgo)) continue;
        if (build.tags.join() !== [...tags].sort().join()) continue;
        expect(builds.contains(narrowed, build)).toBe(holds(tree, build));
      }
      expect(builds.narrow(narrowed)).toBe(narrowed);
    }),
    { numRuns: 100 },
  );
});

/** A narrowing, a constraint, and the words for what is left of it. */
test.each<[Narrowing, string, string]>([
  [{}, "linux && foo", "linux with tag foo"],
  [{ goos: "linux" }, "linux", "all builds"],
  [{ goos: "linux" }, "android", "no build"],
  [{ goos: "linux", goarch: "amd64" }, "!windows && !foo && cgo", "all builds"],
  [{ goos: "linux", goarch: "amd64" }, "!cgo", "no build"],
  [{ goos: "js" }, "!cgo", "all builds"],
  [{ cgo: false }, "windows && !cgo", "windows without cgo"],
  [{ tags: ["foo"] }, "foo && !bar && !cgo && !plan9 && !ppc64", "wasm without cgo"],
  [{ goos: "windows" }, "amd64.v1", "windows/amd64 with cgo"],
  [{ goos: "windows", tags: ["amd64.v2"] }, "amd64.v2 || amd64.v3", "all builds"],
])("%j of %s is %s", (narrowing, constraint, words) => {
  const builds = createBuilds({ narrowing });
  expect(builds.words(builds.narrow(builds.parse(constraint)))).toBe(words);
});

describe("what no build matches is said, with what there is", () => {
  test.each<[Narrowing, string, string]>([
    [{ goos: "win" }, "unknown-goos", 'Go has no GOOS "win"'],
    [{ goos: "nacl" }, "unknown-goos", 'Go has no GOOS "nacl"'],
    [{ goarch: "x86" }, "unknown-goarch", 'Go has no GOARCH "x86"'],
    [{ goos: "windows", goarch: "wasm" }, "no-such-port", "Go has no port windows/wasm"],
    [{ tags: ["foo", "linux"] }, "not-a-custom-tag", '"linux" is not a tag to set at will'],
    [{ tags: ["a b"] }, "not-a-custom-tag", '"a b" cannot be a build tag'],
  ])("%j", (narrowing, kind, message) => {
    expect(checkNarrowing(narrowing)).toMatchObject({ kind, message });
  });

  test("valid names are listed", () => {
    expect(checkNarrowing({ goos: "windows", goarch: "wasm" })?.valid).toEqual([
      "windows/386",
      "windows/amd64",
      "windows/arm64",
    ]);
    expect(checkNarrowing({ goos: "linux", goarch: "arm64", tags: ["purego"] })).toBeUndefined();
  });
});
