import { expect, test } from "vitest";
import { few, foldedArguments, functionName, size } from "../src/report/text/words.ts";

const home = "example.test/m";

test.each([
  ["example.test/m.Open", "Open"],
  ["(*example.test/m.DB).Open", "(*DB).Open"],
  ["(example.test/m.DB).Open", "DB.Open"],
  ["example.test/m.Open$1", "Open$1"],
  ["example.test/m.init:stop", "var stop"],
  ["example.test/m/sync.init:stop", "var sync.stop"],
  ["example.test/m/sync.Watch", "sync.Watch"],
  ["(*example.test/m/sync.T).Watch", "(*sync.T).Watch"],
  ["example.test/mm.Open", "mm.Open"],
])("%s is shown as %s", (name, shown) => {
  expect(functionName(name, home)).toBe(shown);
});

test("a package that no build takes names its functions without the clause", () => {
  expect(functionName("example.test/m [main].main", "example.test/m [main]")).toBe("main");
});

test.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [999, "999 bytes"],
  [1000, "1.0 kB"],
  [23_456, "23 kB"],
  [999_600, "1.0 MB"],
  [5_000_000_000, "5.0 GB"],
])("%i bytes are %s", (bytes, words) => {
  expect(size(bytes)).toBe(words);
});

test("values are shown where the text does not say them", () => {
  const given = [
    { text: "shell", value: "/bin/sh" },
    { text: '"-c"', value: "-c" },
    { text: "mode", value: "384" },
    { text: "line" },
  ];
  expect(foldedArguments(given)).toBe('shell = "/bin/sh", mode = 384');
});

test("few", () => {
  expect(few(["a", "b", "c", "d"], 3)).toBe("a, b, c and 1 more");
  expect(few(["a", "b"], 3)).toBe("a, b");
});
