/** Of a function that is too much to write down in full, what was left out may have changed anything that it names. */
import { expect, test } from "vitest";
import { foldedValues, goFile } from "../evaluate/folded-values.ts";

const changed = 'kept = "cu" + tail()';
const times = (count: number, before: string, after: string, inner = changed) =>
  `${before.repeat(count)}${inner}${after.repeat(count)}`;
const within = (count: number) => times(count, "h(", ")", `func() string { ${changed}; return "" }()`);

/** What changes the variable, and what it is then. */
const changes: readonly (readonly [string, string, string | undefined])[] = [
  ["nothing", "", "aRL"],
  ["a few blocks", times(10, "{", "}"), "cuRL"],
  ["many blocks", times(60, "{", "}"), undefined],
  ["many conditions", times(45, "if kept != more[0] {", "}"), undefined],
  ["a few closures", times(10, "func() {", "}()"), "cuRL"],
  ["many closures", times(45, "func() {", "}()"), undefined],
  ["a few calls", within(10), "cuRL"],
  ["many calls", within(130), undefined],
  ["behind many statements", `n := 0\n${"n++\n".repeat(12_000)}${changed}`, undefined],
  ["behind a long text", `_ = "${"x".repeat(400_000)}"; ${changed}`, undefined],
];

const others = `
func tail() string { return string([]byte{'R', 'L'}) }

func h(s string) string { return s }

var more []string
`;

test.each(changes)("a variable of the function: %s", async (_, change, value) => {
  const code = `${others}\nfunc A() {\n\tkept := "a" + tail()\n\t${change}\n\texec.Command(kept)\n}`;
  expect((await foldedValues(goFile(code))).map((one) => one?.value)).toEqual([value]);
});

test("a variable of the function: so many blocks that the type checker stops before", async () => {
  const code = `${others}\nfunc A() {\n\tkept := "a" + tail()\n\t${times(20_000, "{", "}")}\n\texec.Command(kept)\n}`;
  expect((await foldedValues(goFile(code))).map((one) => one?.value)).toEqual([undefined]);
});

test.each(changes)("a variable of the package: %s", async (_, change, value) => {
  const code = `${others}\nvar kept = "a" + tail()\n\nfunc init() {\n\t${change}\n}\n\nfunc A() { exec.Command(kept) }`;
  expect((await foldedValues(goFile(code))).map((one) => one?.value)).toEqual([value]);
});
