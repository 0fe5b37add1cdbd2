/**
 * Files of the corpus with tokens and lines left out, doubled and exchanged: the checker
 * answers all of them, in steps that the size bounds. `FUZZ_RUNS` and `FUZZ_SEED` take
 * another number of files, and other changes.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { corpusModules } from "../properties/corpus-modules.ts";
import { checkAll, moduleOf } from "./check-all.ts";

const texts = await Promise.all(
  corpusModules
    .flatMap(({ source }) => source.files)
    .filter(({ name }) => name.endsWith(".go"))
    .map(async ({ read }) => new TextDecoder().decode(await read())),
);

const tokens = /\s+|\w+|"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*'|\/\/[^\n]*|[^\s\w]/gu;
const lines = /[^\n]*\n?/gu;

const changes = fc.record({
  parts: fc.constantFrom(tokens, tokens, lines),
  what: fc.constantFrom("delete", "double", "exchange"),
  at: fc.nat(),
  other: fc.nat(),
});

interface Change {
  readonly parts: RegExp;
  readonly what: string;
  readonly at: number;
  readonly other: number;
}

function changed(text: string, { parts, what, at, other }: Change): string {
  const list: string[] = text.match(parts) ?? [];
  if (list.length === 0) return text;
  const [one, two] = [at % list.length, other % list.length];
  const [first = "", second = ""] = [list[one], list[two]];
  if (what === "delete") return list.toSpliced(one, 1).join("");
  if (what === "double") return list.toSpliced(two, 0, first).join("");
  return list.with(one, second).with(two, first).join("");
}

const runs = Number(process.env["FUZZ_RUNS"] ?? 400);
const seed = Number(process.env["FUZZ_SEED"] ?? 1);

test(
  "changed files are answered, in bounded steps",
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...texts),
        fc.array(changes, { minLength: 1, maxLength: 8 }),
        async (text, list) => {
          const { evaluated, bound } = await checkAll(moduleOf(list.reduce(changed, text)));
          expect(evaluated).toBeLessThanOrEqual(bound);
        },
      ),
      { numRuns: runs, seed },
    );
  },
  30_000 + 50 * runs,
);
