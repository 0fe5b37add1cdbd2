/** What holds of values that are worked out, whatever the code is. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldedValues, goFile } from "./folded-values.ts";

/** A Go expression of a string that is no constant, and its value. */
interface Made {
  readonly code: string;
  readonly value: string;
}

const word = fc.string({ unit: fc.constantFrom(...Array.from("abcXYZ019 .:/-é")), maxLength: 8 });
const quoted = (text: string) => JSON.stringify(text);
const bytes = (text: string) => [...new TextEncoder().encode(text)];

/** How one string is made of others; `h` is a helper that hands its argument on. */
const operations: readonly ((a: Made, b: Made) => Made)[] = [
  (a, b) => ({ code: `(${a.code} + ${b.code})`, value: a.value + b.value }),
  (a) => ({ code: `strings.Repeat(${a.code}, 2)`, value: a.value.repeat(2) }),
  (a, b) => ({ code: `strings.Join([]string{${a.code}, ${b.code}}, "-")`, value: `${a.value}-${b.value}` }),
  (a) => ({ code: `strings.ReplaceAll(${a.code}, "a", "1b")`, value: a.value.replaceAll("a", "1b") }),
  (a, b) => ({ code: `fmt.Sprintf("%s|%d|%s", ${a.code}, 7, ${b.code})`, value: `${a.value}|7|${b.value}` }),
  (a) => ({ code: `string([]byte(${a.code}))`, value: a.value }),
  (a) => ({ code: `xor(xor(${a.code}))`, value: a.value }),
  (a) => ({ code: `reverse(reverse(${a.code}))`, value: a.value }),
  (a) => ({ code: `[]string{"no", ${a.code}}[1]`, value: a.value }),
  (a) => ({ code: `h(${a.code})`, value: a.value }),
  (a) => ({
    code: `must(base64.StdEncoding.DecodeString(base64.StdEncoding.EncodeToString([]byte(${a.code}))))`,
    value: a.value,
  }),
  (a) => ({ code: `must(hex.DecodeString(hex.EncodeToString([]byte(${a.code}))))`, value: a.value }),
  (a, b) => ({
    code: `strings.Split(${a.code} + "\\n" + ${b.code}, "\\n")[1]`,
    value: b.value,
  }),
];

const literal: fc.Arbitrary<Made> = fc.oneof(
  word.map((text) => ({ code: quoted(text), value: text })),
  word.map((text) => ({ code: `string([]byte{${bytes(text).join(", ")}})`, value: text })),
  fc
    .integer({ min: -999, max: 9999 })
    .map((number) => ({ code: `strconv.Itoa(${number})`, value: String(number) })),
);

const made: fc.Arbitrary<Made> = fc.letrec<{ made: Made }>((tie) => ({
  made: fc.oneof(
    { maxDepth: 4 },
    literal,
    fc
      .tuple(fc.nat(operations.length - 1), tie("made"), tie("made"))
      .map(([index, a, b]) => operations[index]?.(a, b) ?? a),
  ),
})).made;

const helpers = `
func h(s string) string { t := s; return t }

func must(data []byte, err error) string {
	if err != nil { return "wrong" }
	return string(data)
}

func xor(s string) string {
	out := []byte(s)
	for i := range out { out[i] ^= byte(i + 3) }
	return string(out)
}

func reverse(s string) string {
	r := []byte(s)
	for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 { r[i], r[j] = r[j], r[i] }
	return string(r)
}
`;

const program = (code: string) =>
  goFile(`${helpers}\nfunc A() {\n\tvalue := ${code}\n\texec.Command("x" + value)\n}`);

describe("values", () => {
  test("of random programs are what the program would make", async () => {
    await fc.assert(
      fc.asyncProperty(made, async ({ code, value }) => {
        const [folded] = await foldedValues(program(code));
        const text = `x${value}`;
        expect(folded?.value ?? (value === "" ? "x" : undefined)).toBe(
          text.length > 400 ? `${text.slice(0, 399)}…` : text,
        );
      }),
      { numRuns: 60 },
    );
  });

  test("do not depend on the names of variables", async () => {
    await fc.assert(
      fc.asyncProperty(made, fc.constantFrom("longName", "i", "x9", "été"), async ({ code }, name) => {
        const source = program(code);
        const renamed = source.replaceAll(/\b(?:value|out|r|t)\b/g, (one) => `${one}${name}`);
        expect(await foldedValues(renamed)).toEqual(await foldedValues(source));
      }),
      { numRuns: 20 },
    );
  });
});

test("broken code is evaluated as far as it goes, and never throws", async () => {
  await fc.assert(
    fc.asyncProperty(made, fc.nat(), fc.nat(40), word, async ({ code }, at, length, text) => {
      const source = program(code);
      const from = at % source.length;
      await foldedValues(source.slice(0, from) + text + source.slice(from + length));
    }),
    { numRuns: 60 },
  );
});
