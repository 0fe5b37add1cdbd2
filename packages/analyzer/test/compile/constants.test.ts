import { describe, expect, test } from "vitest";
import { sourceOf } from "../../../../test-corpus/runner/module-files.ts";
import { analyseAlone } from "../properties/analyses.ts";

/** The value of an expression as the argument of a call; undefined if it has none. */
async function valueOf(expression: string, declarations = ""): Promise<string | undefined> {
  const text = `package m\n\nimport "os/exec"\n\n${declarations}\n\nfunc A() { exec.Command(${expression}) }\n`;
  const content = new TextEncoder().encode(text);
  const files = [{ name: "a.go", content }];
  const { terminals, diagnostics } = await analyseAlone(
    sourceOf({ modulePath: "example.test/m", goMod: [], files }),
  );
  expect(diagnostics).toEqual([]);
  return terminals[0]?.arguments[0]?.value;
}

describe("what is too large to fold has no value", () => {
  const long = (length: number) => `"${"a".repeat(length)}"`;

  test("literals", async () => {
    expect(await valueOf(long(100_000))).toBe(`${"a".repeat(399)}…`);
  });

  test("sums of strings", async () => {
    const half = long(2 ** 19);
    expect(await valueOf(`${half} + ${half}`)).toBe(`${"a".repeat(399)}…`);
    expect(await valueOf(`${half} + ${half} + "a"`)).toBe(undefined);
  });

  test("numbers of many digits", async () => {
    expect(await valueOf(`${"1".repeat(2048)} % 10`)).toBe("1");
    expect(await valueOf(`${"1".repeat(2049)} % 10`)).toBe(undefined);
  });

  test.each([
    ["(1 << 4095) * 2 >> 4095", "2"],
    ["1 << 8191 >> 8191", "1"],
    ["1 << 8192 >> 8192", undefined],
    ["(1 << 8191) * 2 >> 8191", undefined],
    ["(-1 << 8191) * 2", undefined],
    ["1 << 1000000000", undefined],
  ])("%s", async (expression, value) => expect(await valueOf(expression)).toBe(value));

  test("parentheses, however many", async () => {
    expect(await valueOf(`${"(".repeat(20_000)}"a"${")".repeat(20_000)}`)).toBe("a");
  });

  test("a long chain of constants", async () => {
    const chain = (length: number) =>
      Array.from({ length }, (_, index) => `const c${index} = ${index === 0 ? '"a"' : `c${index - 1}`}`).join(
        "\n",
      );
    expect(await valueOf("c199", chain(200))).toBe("a");
    expect(await valueOf("c1999", chain(2000))).toBe(undefined);
  });
});

describe("what is shown of an argument is cut", () => {
  test("values of 400 characters are whole", async () => {
    expect(await valueOf(`"${"a".repeat(400)}"`)).toBe("a".repeat(400));
    expect(await valueOf(`"${"a".repeat(401)}"`)).toBe(`${"a".repeat(399)}…`);
  });
});

describe("strings", () => {
  test.each<[string, string | undefined]>([
    ['"\\x68\\x69"', "hi"],
    ['"\\xe4\\xb8\\x96"', "世"],
    ['"\\xe4x\\xb8"', "äx¸"],
    ['"\\101\\n\\102"', "A\nB"],
    ['"\\u00e9\\U000000e9"', "éé"],
    ['"\\UFFFFFFFF"', undefined],
    ["`a\\n`", "a\\n"],
    ["'\\''", "39"],
    ["'世'", "19990"],
    ["'\\x41'", "65"],
    ["'😀'", "128512"],
    ["string('😀')", "😀"],
    ["string(0x10FFFF + 1)", "\ufffd"],
    ["string(0xDFFF)", "\ufffd"],
    ["string(0xE000)", "\ue000"],
    ["string(0)", "\0"],
  ])("%s", async (expression, value) => expect(await valueOf(expression)).toBe(value));
});

describe("conversions and names", () => {
  test.each<[string, string, string | undefined]>([
    ["int8(1)", "", "1"],
    ["int64(1)", "", "1"],
    ["uint(1)", "", "1"],
    ["uintptr(1)", "", "1"],
    ["intx(1)", "type intx int", "1"],
    ["string(a)", 'const a = "x"', "x"],
    ["len(a)", 'const a = "x"', "1"],
    ["(a)", "const a = 1", "1"],
    ["/* x */ a", "const a = 1", "1"],
    ["a.b", "const a = 1", undefined],
    ["nil", "", undefined],
    ["_", "", undefined],
    ["A", "", undefined],
    ["t", "type t int", undefined],
    ["true", "", "true"],
    ["iota", "", undefined],
    ["iota", "const iota = 7", "7"],
    ["-a", "const a = -0x10", "16"],
    ["b", "const a, b = 1, 2", "2"],
    ["b", "const a, b = 1", undefined],
  ])("%s after %s", async (expression, declarations, value) => {
    expect(await valueOf(expression, declarations)).toBe(value);
  });
});
