/** What holds for the flows in facts, whatever the module. */
import { createBuilds, type ModuleSource, type PackageFacts } from "@capdiff/analyzer";
import { describe, expect, test } from "vitest";
import { analyse } from "../../../../test-corpus/runner/analysis.ts";
import { flowFindings } from "../../../../test-corpus/runner/flow-lines.ts";
import { sourceOf } from "../../../../test-corpus/runner/module-files.ts";
import type { FunctionFacts } from "../../src/model/facts.ts";
import { type FlowLists, firstShared, nothing, type TypeTerm } from "../../src/model/flow-facts.ts";
import { corpusModules } from "../properties/corpus-modules.ts";

const modules = corpusModules.filter(({ name }) => /^(?:flows|types-|functions|unsafe|cgo)/.test(name));

async function factsOf(source: ModuleSource): Promise<readonly PackageFacts[]> {
  const { program } = await analyse(source, { builds: createBuilds(), tests: true });
  return program.packages;
}

test("there are modules", () => expect(modules.length).toBeGreaterThan(150));

function listsOf({ flows }: FunctionFacts): FlowLists[] {
  return flows === undefined ? [] : [flows, ...(flows.variants ?? [])];
}

/** The numbers at some places of each so many. */
function columns(list: readonly number[] = [], size: number, ...at: readonly number[]): number[] {
  return list.filter((_, index) => at.includes(index % size));
}

interface Mentioned {
  readonly places: readonly number[];
  readonly types: readonly number[];
  readonly functionValues: readonly number[];
  readonly uses: readonly number[];
}

function mentionedBy(fn: FunctionFacts): Mentioned {
  const lists = listsOf(fn);
  const calls = lists.flatMap((one) => one.calls ?? []);
  return {
    places: [
      ...(fn.flows?.parameters ?? []),
      ...(fn.flows?.results ?? []),
      ...lists.flatMap(({ assign = [], load = [], store = [], convert, assert, functions, yields = [] }) => [
        ...assign,
        ...load,
        ...store,
        ...columns(convert, 3, 0, 1),
        ...columns(assert, 3, 0, 1),
        ...columns(functions, 3, 0, 2),
        ...yields.flatMap(([, ...places]) => places),
      ]),
      ...calls.flatMap(([, , , callee, given, results = []]) => [callee, ...given, ...results]),
    ],
    types: [
      ...(fn.signature === undefined ? [] : [fn.signature]),
      ...lists.flatMap(({ convert, assert }) => [...columns(convert, 3, 2), ...columns(assert, 3, 2)]),
      ...calls.flatMap(([, , , , , , { type = 0, typeArguments = [] } = {}]) => [type, ...typeArguments]),
    ],
    functionValues: lists.flatMap(({ functions }) => columns(functions, 3, 1)),
    uses: calls.map(([use]) => use),
  };
}

test("every place, type, function value and use that flows mention exists", async () => {
  for (const { name, source } of modules) {
    for (const { types, places, functionValues, functions } of await factsOf(source)) {
      let locals = new Set<number>();
      for (const fn of functions) {
        if (fn.kind !== "closure") locals = new Set();
        const mentioned = mentionedBy(fn);
        for (const place of mentioned.places) {
          if (place >= 0) locals.add(place);
          else expect(firstShared - place, `${name}: ${fn.id}`).toBeLessThan(places.length);
        }
        expect(
          [...locals].every((place) => place < locals.size),
          `${name}: ${fn.id}`,
        ).toBe(true);
        for (const type of mentioned.types) expect(types[type], name).toBeDefined();
        for (const value of mentioned.functionValues) expect(functionValues[value], name).toBeDefined();
        for (const use of mentioned.uses) expect(fn.uses[use]?.use, name).toBe("call");
      }
      types.forEach((term, number) => {
        const parts = typeof term === "string" ? [] : term.flat(2).filter((part) => typeof part === "number");
        // Flags and places of type parameters are small numbers too.
        expect(
          parts.every((part) => part >= 0 && part <= Math.max(number, 9)),
          name,
        ).toBe(true);
      });
    }
  }
});

test("every use that is a call has its call in the flows", async () => {
  let calls = 0;
  for (const { name, source } of modules) {
    for (const { functions } of await factsOf(source)) {
      for (const fn of functions) {
        const named = new Set(mentionedBy(fn).uses);
        fn.uses.forEach(({ use, target }, index) => {
          if (use !== "call" || ("package" in target && target.package === "unsafe")) return;
          calls++;
          expect(named.has(index), `${name}: ${fn.id} ${JSON.stringify(target)}`).toBe(true);
        });
      }
    }
  }
  expect(calls).toBeGreaterThan(500);
});

const valuesOf = (lists: object): unknown[] => Object.values(lists);

test("what is empty, or of no interest, is left out", async () => {
  for (const { name, source } of modules) {
    for (const { functions } of await factsOf(source)) {
      for (const { id, flows, uses, parameterNames, typeParameters, bodies, assigns } of functions) {
        const { parameters = [0], results = [0], variants, ...own } = flows ?? {};
        const lists = [variants, parameterNames, typeParameters, bodies, assigns, ...valuesOf(own)];
        const inUses = uses.flatMap(({ arguments: given }) => (given === undefined ? [] : [given]));
        const empty = [...lists, ...inUses, ...(variants ?? []).flatMap(valuesOf)];
        expect(empty, `${name}: ${id}`).not.toContainEqual([]);
        expect([parameters.at(-1), results.at(-1)], `${name}: ${id}`).not.toContain(nothing);
      }
    }
  }
});

/** Bytes and runes are data. */
function isNumber(type: TypeTerm | undefined): boolean {
  return typeof type === "string" && /^(?:u?int(?:16|64)?|bool)$/.test(type);
}

test("numbers and truth values have no places", async () => {
  let numbers = 0;
  for (const { name, source } of modules) {
    for (const { types, functions } of await factsOf(source)) {
      for (const { id, kind, signature, flows } of functions) {
        const term = types[signature ?? -1];
        if (!Array.isArray(term) || term[0] !== "func") continue;
        const [, parameters, results] = term as readonly [string, readonly number[], readonly number[]];
        const receivers = kind === "method" ? [-1] : [];
        const typed = [
          [[...receivers, ...parameters], flows?.parameters],
          [results, flows?.results],
        ] as const;
        for (const [of, places = []] of typed) {
          const at = of.flatMap((type, index) => (isNumber(types[type]) ? [index] : []));
          numbers += at.length;
          for (const index of at) expect(places[index] ?? nothing, `${name}: ${id}`).toBe(nothing);
        }
      }
    }
  }
  expect(numbers).toBeGreaterThan(100);
});

async function textsOf(source: ModuleSource): Promise<[string, string][]> {
  return Promise.all(
    source.files.map(async ({ name, read }) => [name, new TextDecoder().decode(await read())]),
  );
}

/** Names that are declared with := somewhere. */
function localNames(text: string): string[] {
  const names = [...text.matchAll(/\b([a-z]\w*)(?:, ([a-z]\w*))? :=/g)].flatMap(([, one, two]) =>
    [one, two].filter((name) => name !== undefined),
  );
  return [...new Set(names)].filter((name) => !["m", "string", "any", "error"].includes(name));
}

test("another name for a variable changes no flow", async () => {
  let renamed = 0;
  for (const { name: of, source } of modules.filter(({ name }) => name.startsWith("flows/"))) {
    const texts = await textsOf(source);
    const all = texts.map(([, text]) => text).join("\n");
    for (const name of localNames(all)) {
      // As long as the other, so that places stay.
      const target = Array.from("abcdefghijklmnopqrstuvwxyz", (letter) => letter.repeat(name.length)).find(
        (one) => !new RegExp(`\\b${one}\\b`).test(all),
      );
      const word = new RegExp(`(?<![\\w"'./])${name}(?![\\w"'/:])`, "g");
      const files = texts.map(([file, text]) => ({
        name: file,
        content: new TextEncoder().encode(text.replace(word, target ?? name)),
      }));
      const flows = (packages: readonly PackageFacts[]) =>
        packages.map(({ types, places, functions }) => [types, places, functions.map((fn) => fn.flows)]);
      const changed = await factsOf(sourceOf({ ...source, files }));
      expect(flows(changed), `${of}: ${name}`).toEqual(flows(await factsOf(source)));
      renamed++;
    }
  }
  expect(renamed).toBeGreaterThan(20);
});

const narrowings = [
  { goos: "linux", goarch: "amd64" },
  { goos: "windows", goarch: "386", cgo: false },
];

const differing = corpusModules.filter(({ name }) =>
  /^(?:flows|builds|types-builds|cgo|unsafe|diff-calls)/.test(name),
);

describe.each(narrowings)("narrowed to %j flows are the restriction of the whole ones", (narrowing) => {
  test("modules of the corpus", async () => {
    for (const { name, source } of differing) {
      const [all, narrow] = [createBuilds(), createBuilds({ narrowing })];
      const whole = flowFindings(await analyse(source, { builds: all, tests: false }));
      const expected = whole
        .filter(({ builds }) => {
          const left = narrow.narrow(narrow.parse(all.expression(builds)));
          return !narrow.isEmpty(narrow.and(narrow.asked, left));
        })
        .map(({ text }) => text);
      const found = flowFindings(await analyse(source, { builds: narrow, tests: false }));
      const texts = (list: readonly string[]) => [...new Set(list)].sort();
      expect(texts(found.map(({ text }) => text)), name).toEqual(texts(expected));
    }
  });
});

test("types that are made of the same parts again and again are written once", async () => {
  const aliases = Array.from({ length: 60 }, (_, n) => `type A${n + 1} = struct{ a, b A${n} }`);
  const text = `package m

func F[T any](x T) any {
	type A0 = struct{ a, b T }
	${aliases.join("\n\t")}
	var y A60
	return y
}
`;
  const files = [{ name: "a.go", content: new TextEncoder().encode(text) }];
  const [facts] = await factsOf(sourceOf({ modulePath: "example.test/m", goMod: [], files }));
  expect(facts?.types.length).toBeLessThan(100);
});
