/** How code is spelt, and how long it is, does not matter to its facts. */
import { createBuilds, type ModuleSource, type PackageFacts } from "@capdiff/analyzer";
import { describe, expect, test } from "vitest";
import { analyse } from "../../../../test-corpus/runner/analysis.ts";
import { sourceOf } from "../../../../test-corpus/runner/module-files.ts";
import type { FunctionFacts } from "../../src/model/facts.ts";
import type { CallFacts, FlowFacts, FlowLists } from "../../src/model/flow-facts.ts";
import { corpusModules } from "../properties/corpus-modules.ts";

const modules = corpusModules.filter(({ name }) => /^(?:callees|flows|folding|functions|trace)\//.test(name));

async function factsOf(source: ModuleSource): Promise<readonly PackageFacts[]> {
  const { program } = await analyse(source, { builds: createBuilds(), tests: true });
  return program.packages.filter(({ path }) => path.startsWith("example.test/"));
}

type Respell = (text: string) => string;

async function respelt(source: ModuleSource, respell: Respell): Promise<ModuleSource> {
  const files = await Promise.all(
    source.files.map(async ({ name, read }) => {
      const content = await read();
      if (!name.endsWith(".go")) return { name, content };
      return { name, content: new TextEncoder().encode(respell(new TextDecoder().decode(content))) };
    }),
  );
  return sourceOf({ ...source, files });
}

const kept = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*'|\/\/[^\n]*|\/\*[\s\S]*?\*\//;

/** Changes what a pattern matches, but not in strings and comments. */
function outsideStrings(pattern: RegExp, change: (found: string) => string): Respell {
  const both = new RegExp(`(${kept.source})|${pattern.source}`, "g");
  return (text) =>
    text.replace(both, (found: string, string: string | undefined) =>
      string === undefined ? change(found) : found,
    );
}

const respellings: Readonly<Record<string, Respell>> = {
  "comments after brackets, commas and operators": outsideStrings(
    /(?:[([{,+*&=]|:=|<-)(?=[ \w"(])/,
    (found) => `${found}/* ( */ `,
  ),
  "comments before brackets and commas": outsideStrings(/(?<=\w)[)\]},]/, (found) => `/* ) */${found}`),
  "empty lines and comments between statements": outsideStrings(
    /;?\n(?=\t)/,
    (found) => `${found}\n// }\n\n`,
  ),
};

function withoutPlaces(calls: readonly CallFacts[] = []) {
  return calls.map(([use, , , ...rest]) => [use, ...rest]);
}

function flowsOf({ calls, ...lists }: FlowLists) {
  return { ...lists, calls: withoutPlaces(calls) };
}

function wordsOf({ id, kind, code, assigns, flows, uses, signature }: FunctionFacts) {
  const { variants = [], ...own }: FlowFacts = flows ?? {};
  return {
    told: { id, kind, code, assigns, signature },
    // The type of such a conversion is told as it is spelt.
    uses: uses.map(({ target, use, builds }) => [
      target.kind === "unsafe-conversion" ? target.kind : target,
      use,
      builds,
    ]),
    flows: [flowsOf(own), variants.map(flowsOf)],
  };
}

describe.each(Object.entries(respellings))("%s change nothing", (_, respell) => {
  test("in modules of the corpus", async () => {
    let changed = 0;
    for (const { name, source } of modules) {
      const before = await factsOf(source);
      const after = await factsOf(await respelt(source, respell));
      const words = (packages: readonly PackageFacts[]) =>
        packages.map(({ types, places, functions, diagnostics }) => [
          types,
          places,
          functions.map(wordsOf),
          diagnostics.map(({ code }) => code),
        ]);
      expect(words(after), name).toEqual(words(before));
      changed++;
    }
    expect(changed).toBeGreaterThan(100);
  });
});
