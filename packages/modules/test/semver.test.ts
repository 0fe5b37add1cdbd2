import fc from "fast-check";
import { expect, test } from "vitest";
import {
  canonicalVersion,
  compareSemver,
  compareVersions,
  isPseudoVersion,
  isValidSemver,
} from "../src/index.ts";

/** As Go's own package orders and completes them: groups of equals, lowest first. */
const ORDERED: readonly (readonly [version: string, canonical: string])[][] = [
  [
    ["bad", ""],
    ["v1-pre", ""],
    ["v1.2+meta", ""],
    ["v01.2.3", ""],
    ["v1.2.3-01", ""],
    ["v1.2.3-a..b", ""],
    ["1.2.3", ""],
  ],
  [["v1.0.0-alpha", "v1.0.0-alpha"]],
  [["v1.0.0-alpha.1", "v1.0.0-alpha.1"]],
  [["v1.0.0-alpha.beta", "v1.0.0-alpha.beta"]],
  [["v1.0.0-beta", "v1.0.0-beta"]],
  [["v1.0.0-beta.2", "v1.0.0-beta.2"]],
  [["v1.0.0-beta.11", "v1.0.0-beta.11"]],
  [
    ["v1", "v1.0.0"],
    ["v1.0", "v1.0.0"],
    ["v1.0.0", "v1.0.0"],
  ],
  [
    ["v1.2", "v1.2.0"],
    ["v1.2.0", "v1.2.0"],
  ],
  [["v1.2.3-0", "v1.2.3-0"]],
  [["v1.2.3-456", "v1.2.3-456"]],
  [["v1.2.3-456.789", "v1.2.3-456.789"]],
  [["v1.2.3--", "v1.2.3--"]],
  [["v1.2.3-01a", "v1.2.3-01a"]],
  [["v1.2.3-456-789", "v1.2.3-456-789"]],
  [["v1.2.3-456a", "v1.2.3-456a"]],
  [
    ["v1.2.3-pre", "v1.2.3-pre"],
    ["v1.2.3-pre+meta", "v1.2.3-pre"],
  ],
  [
    ["v1.2.3", "v1.2.3"],
    ["v1.2.3+meta-pre", "v1.2.3"],
  ],
  [["v2.0.0+incompatible", "v2.0.0+incompatible"]],
  [["v99999999999999999999.0.0", "v99999999999999999999.0.0"]],
  [["v100000000000000000000.0.0", "v100000000000000000000.0.0"]],
];

test("orders versions as Go does", () => {
  const wrong: string[] = [];
  for (const [i, group] of ORDERED.entries()) {
    for (const [j, other] of ORDERED.entries()) {
      for (const [a] of group)
        for (const [b] of other) if (compareSemver(a, b) !== Math.sign(i - j)) wrong.push(`${a} ${b}`);
    }
  }
  expect(wrong).toEqual([]);
});

test("completes versions as Go does, keeping +incompatible alone", () => {
  for (const [version, canonical] of ORDERED.flat())
    expect([version, canonicalVersion(version) ?? ""]).toEqual([version, canonical]);
});

test("knows the three forms of pseudo-versions", () => {
  const stamp = "20200102030405-abcdefabcdef";
  for (const version of [
    `v0.0.0-${stamp}`,
    `v1.2.4-0.${stamp}`,
    `v1.2.3-pre.0.${stamp}`,
    `v2.0.1-0.${stamp}+incompatible`,
  ]) {
    expect([version, isPseudoVersion(version)]).toEqual([version, true]);
  }
  for (const version of [
    "v1.2.3",
    "v1.2.3-pre",
    `v1.2.3-${stamp}`,
    "v0.0.0-2020-abcdefabcdef",
    `v1.2-0.${stamp}`,
  ]) {
    expect([version, isPseudoVersion(version)]).toEqual([version, false]);
  }
});

const number = fc.oneof(
  fc.nat(12).map(String),
  fc.constantFrom("99999999999999999999", "100000000000000000000"),
);
const identifier = fc.constantFrom("0", "1", "9", "10", "a", "alpha", "rc", "-", "0a", "Z");
const version = fc
  .record({
    numbers: fc.tuple(number, number, number),
    pre: fc.array(identifier, { maxLength: 3 }),
    build: fc.boolean(),
  })
  .map(
    ({ numbers, pre, build }) =>
      `v${numbers.join(".")}${pre.length > 0 ? `-${pre.join(".")}` : ""}${build ? "+meta" : ""}`,
  );

test("the order is antisymmetric and transitive", () => {
  fc.assert(
    fc.property(version, version, version, (a, b, c) => {
      expect(isValidSemver(a)).toBe(true);
      for (const compare of [compareSemver, compareVersions]) {
        expect(compare(a, b) + compare(b, a)).toBe(0);
        const [low = "", middle = "", high = ""] = [a, b, c].sort(compare);
        expect(compare(low, middle) <= 0 && compare(middle, high) <= 0 && compare(low, high) <= 0).toBe(true);
      }
    }),
  );
});
