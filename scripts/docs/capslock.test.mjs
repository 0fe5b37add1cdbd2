/** The page about Capslock's map says what our map decides, and gives a reason for each difference. */
import { readFileSync } from "node:fs";
import { builtInEntries, builtInMap, builtInTable, classify, parseUserMap } from "@capdiff/rules";
import { describe, expect, test } from "vitest";
import { inRoot, readJson } from "../workspace.mjs";
import { capslockPage, peerOfMap, peerOfPage } from "./capslock.mjs";

const rules = { builtInEntries, builtInMap, builtInTable, classify, parseUserMap };
const symbols = /** @type {import("./capslock.mjs").Symbols} */ (
  readJson("packages/rules/data/symbols.json")
);
const reasons = /** @type {import("./capslock.mjs").Reasons} */ (
  readJson("packages/rules/data/capslock.json")
);
const committed = readFileSync(inRoot("docs/reference/capslock.md"), "utf8");

describe("the committed page", () => {
  const peer = peerOfPage(committed);

  test("has Capslock's version, and what its map is about", () => {
    expect(peer.version).toMatch(/^v\d+\.\d+\.\d+$/);
    expect(peer.packages.size).toBeGreaterThan(50);
    expect(peer.packages.get("net")).toMatchObject({ rule: "NETWORK" });
    expect(peer.packages.get("io")?.names.get("Copy")).toBe("UNANALYZED");
    expect(peer.packages.get("io")).not.toHaveProperty("rule");
  });

  test("says of every name what our map decides", () => {
    const rows = [...committed.matchAll(/^## `(.+?)`\n|^- `\S+` beside ((?:`\S+`(?: and )?)+).*: (`.*)$/gm)];
    let path = "";
    let told = 0;
    for (const [, heading, ours = "", names = ""] of rows) {
      if (heading !== undefined) path = heading;
      const words = [...ours.matchAll(/`(\S+?)`/g)].map(([, word]) => word);
      for (const [, name = ""] of names.matchAll(/`([^`]+)`/g)) {
        const decided = builtInMap.decision(path, name) ?? ["UNSPECIFIED"];
        expect(decided.length === 0 ? ["SAFE"] : decided, `${path} ${name}`).toEqual(words);
        told++;
      }
    }
    expect(told).toBeGreaterThan(500);
  });

  test("has a reason for each difference, and no reason that nothing needs", () => {
    expect(committed).not.toContain("NO REASON");
    expect(reasons.differences.filter(({ reason }) => !committed.includes(`(${reason})`))).toEqual([]);
  });

  test("is made again from itself", () => {
    expect(capslockPage(peer, { rules, symbols, reasons })).toBe(committed);
  });
});

describe("a map", () => {
  const text = `
func net.Dial NETWORK
func (*net.Dialer).Dial CAPABILITY_SAFE
func net.dial SAFE
unanalyzed net.Listen
func net.Listen UNSPECIFIED
unanalyzed io.Copy
package time EXEC
package internal/cpu SAFE
ignore_edge net.Dial io.Copy
cgo_suffix x
`;
  const peer = peerOfMap(text, { version: "v1.2.3", rules, symbols });
  const page = capslockPage(peer, { rules, symbols, reasons });

  test("is read for exported names of packages that we know", () => {
    const names = Object.fromEntries(peer.packages.get("net")?.names ?? []);
    expect(names).toEqual({ Dial: "NETWORK", "(*Dialer).Dial": "SAFE", Listen: "UNSPECIFIED" });
    expect([...peer.packages.keys()].sort()).toEqual(["io", "net", "time"]);
  });

  test("is told with what is finer, and what has no reason", () => {
    expect(page).toContain(
      "- `NETWORK` beside `NETWORK/DIAL` and `NETWORK/DNS` (a finer name of the same): `Dial`\n",
    );
    expect(page).toContain(
      "- `SAFE` beside `NETWORK/DIAL` and `NETWORK/DNS` (NO REASON): `(*Dialer).Dial`\n",
    );
    expect(page).toContain("The package: `EXEC` beside `SAFE` (NO REASON).");
  });

  test("is read back from the page", () => {
    expect(capslockPage(peerOfPage(page), { rules, symbols, reasons })).toBe(page);
    expect(peerOfPage(page).version).toBe("v1.2.3");
  });

  test("that is malformed is refused", () => {
    expect(() => peerOfMap("func", { version: "v1.2.3", rules, symbols })).toThrow(/incomplete/);
  });
});
