/**
 * Files of the corpus and of the documents with tokens and lines left out, doubled and
 * exchanged: the checker answers all of them, in steps that the size bounds. `FUZZ_RUNS`
 * and `FUZZ_SEED` take another number of files, and other changes; `FUZZ_SOURCES` the Go
 * files below a folder. A failure prints its seed and its file.
 */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { corpusModules } from "../properties/corpus-modules.ts";
import { checkAll, moduleOf } from "./check-all.ts";

const documents = fileURLToPath(new URL("../../../../docs/samples", import.meta.url));
const given = process.env["FUZZ_SOURCES"];
const texts = given === undefined ? [...(await corpusTexts()), ...textsBelow(documents)] : textsBelow(given);

function corpusTexts(): Promise<string[]> {
  const files = corpusModules.flatMap(({ source }) => source.files);
  const read = files.map(async (file) => new TextDecoder().decode(await file.read()));
  return Promise.all(read.filter((_, index) => files[index]?.name.endsWith(".go")));
}

/** Files that take no longer than those of the corpus, about. */
function textsBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".go"))
    .sort()
    .map((name) => readFileSync(`${folder}/${name}`, "utf8"))
    .filter((text) => text.length < 40_000);
}

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
        fc.nat(texts.length - 1).map((index) => texts[index] ?? ""),
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
