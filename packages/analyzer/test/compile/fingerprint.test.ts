import { describe, expect, test } from "vitest";
import { realParser } from "../../../../test-corpus/runner/analysis.ts";
import { fingerprint } from "../../src/compile/fingerprint.ts";

const parser = await realParser();

function print(source: string) {
  return fingerprint(parser.parse("a.go", new TextEncoder().encode(source)).value, [0]);
}

describe("a fingerprint", () => {
  const plain = print("package m; func A(x int) int { return x + 1 }");

  test.each([
    "package m; func A(x int) int { return x+1 }",
    "package m; func A(x int) int {return x + 1}",
    "package m; func A( x int ) int { return /* the sum */ x + 1 }",
  ])("does not depend on white space and comments: %s", (source) => expect(print(source)).toEqual(plain));

  test.each([
    "package m; func A(x int) int { return x + 2 }",
    "package m; func A(x int) int { return 1 + x }",
    "package m; func A(x int) int { return x - 1 }",
    "package m; func B(x int) int { return x + 1 }",
    "package m; func A(x, y int) int { return x + 1 }",
  ])("depends on every token and on their order: %s", (source) =>
    expect(print(source).hash).not.toBe(plain.hash),
  );

  test("keeps tokens apart", () => {
    expect(print("package m; var ab, c int").hash).not.toBe(print("package m; var a, bc int").hash);
  });

  test("has 16 hexadecimal digits and the number of tokens", () => {
    expect(plain.hash).toMatch(/^[0-9a-f]{16}$/);
    expect(print("package m").tokens).toBe(2);
    expect(print("package m // x").tokens).toBe(2);
    expect(plain.tokens).toBe(16);
  });

  test("of several nodes is that of their tokens in order", () => {
    const tree = parser.parse("a.go", new TextEncoder().encode("package m")).value;
    expect(fingerprint(tree, []).tokens).toBe(0);
    expect(fingerprint(tree, [0, 0]).tokens).toBe(4);
  });
});
