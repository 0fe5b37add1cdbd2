/** Of which addresses one may be taken for another. */
import { describe, expect, it } from "vitest";
import { imitated } from "../../src/findings/lookalikes.ts";

const known = ["https://a.test/", "https://api.ledgerhouse.test/v1", "https://eu.ledgerhouse.test/v1"];
const imitation = "https://api.ledgerhouse.test/v1";

describe("an address may be taken for the first of others", () => {
  it.each([
    ["the name in another domain", "https://ledgerhouse.example/"],
    ["the name in front of another one", "https://api.ledgerhouse.test.evil.example/"],
    ["the name in another word", "https://my-ledgerhouse-api.example/"],
    ["a letter that is another", "https://ledqerhouse.test/"],
    ["a letter more", "https://ledgerhousse.test/"],
    ["a letter less", "https://legerhouse.test/"],
    ["two letters swapped", "https://ledgerhosue.test/"],
    ["the domain of another host as who logs in", "https://eu.ledgerhouse.test@evil.example/"],
  ])("%s", (_, fresh) => {
    expect(imitated(fresh, known)).toBe(imitation);
  });

  it.each([
    ["the same domain", "https://us.ledgerhouse.test/"],
    ["two letters that are others", "https://lebqerhouse.test/"],
    ["what is behind the host", "https://other.example/ledgerhouse"],
    ["a name that is too short", "https://a.example/"],
  ])("but not %s", (_, fresh) => {
    expect(imitated(fresh, known)).toBeUndefined();
  });
});

it("each of many is held against all of many", () => {
  const hosts = (top: string) =>
    Array.from({ length: 20_000 }, (_, index) => `https://host-${index * 7919}.${top}/`);
  const before = hosts("test");
  expect(hosts("example").filter((one) => imitated(one, before) === undefined)).toEqual([]);
});
