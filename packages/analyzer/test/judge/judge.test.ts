import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createBuilds } from "../../src/constraints/index.ts";
import { asideFiles } from "../../src/judge/aside.ts";
import { judge, type Printing, verdictOf } from "../../src/judge/judge.ts";
import type { PackageFacts } from "../../src/model/facts.ts";
import type { Evidence, FindingDraft, Rule } from "../../src/model/rule.ts";

const everywhere = { expression: "", words: "all builds" };

function draft(
  given: Partial<FindingDraft> & { readonly file?: string; readonly line?: number } = {},
): FindingDraft {
  const { file = "a.go", line = 1, ...rest } = given;
  return {
    tier: "block",
    certainty: "static",
    message: "it does",
    locations: [
      { position: { file, line, column: 1 }, source: "", what: "here", function: "example.test/m.F" },
    ],
    builds: everywhere,
    about: ["x"],
    ...rest,
  };
}

function saying(...drafts: readonly FindingDraft[]): Rule {
  const words = { title: "T", tier: "block", seen: "s", why: "w", benign: [], references: [] } as const;
  return { id: "r", ...words, find: () => drafts };
}

// Rules of these tests look at nothing.
const evidence = {} as Evidence;

function printing(given: Partial<Printing> = {}): Printing {
  return {
    digest: (text) => createHash("sha256").update(text).digest("hex"),
    codeOf: () => "code",
    relative: (name) => name.replace(/^example\.test\/\w+/u, ""),
    input: 1,
    functionAt: () => undefined,
    isAside: (file) => file.endsWith("_test.go"),
    isImportable: () => false,
    either: (a, b) => ({ expression: `${a.expression} || ${b.expression}`, words: `${a.words}, ${b.words}` }),
    ...given,
  };
}

function only(rule: Rule, given?: Partial<Printing>) {
  const [finding] = judge(evidence, [rule], printing(given)).findings;
  expect(finding).toBeDefined();
  return finding;
}

describe("a fingerprint", () => {
  const print = (one: FindingDraft, given?: Partial<Printing>) => only(saying(one), given)?.fingerprint;

  test("stays when lines move, words change, or the module has another path", () => {
    const before = print(draft());
    expect(print(draft({ line: 99, message: "otherwise" }))).toBe(before);
    const position = { file: "a.go", line: 1, column: 1 };
    const locations = [{ position, source: "", what: "here", function: "example.test/clone.F" }];
    expect(print(draft({ locations }))).toBe(before);
  });

  test("changes with the code, the rule's subject, and the function", () => {
    const before = print(draft());
    expect(print(draft(), { codeOf: () => "other" })).not.toBe(before);
    expect(print(draft({ about: ["y"] }))).not.toBe(before);
  });
});

describe("findings", () => {
  test("come the worst first, each once", () => {
    const rule = saying(
      draft({ tier: "inform", about: ["1"] }),
      draft({ about: ["2"] }),
      draft({ about: ["2"] }),
    );
    expect(judge(evidence, [rule], printing()).findings.map(({ tier }) => tier)).toEqual(["block", "inform"]);
  });

  test("that are the same in several builds are one, with the values of each", () => {
    const on = (port: string) => draft({ builds: { expression: port, words: port }, values: ["sh", port] });
    const drafts = [on("linux"), on("windows"), draft({ ...on("plan9"), tier: "inform" })];
    expect(judge(evidence, [saying(...drafts)], printing()).findings).toMatchObject([
      { tier: "block", builds: { words: "linux, windows" }, values: ["sh", "linux", "windows"] },
    ]);
  });

  describe("that say the same of several things", () => {
    const reading = (what: string, line: number, given: Partial<FindingDraft> = {}): FindingDraft => {
      const place = { position: { file: "b.go", line, column: 1 }, source: "", what: `reads ${what}` };
      const say = (whats: string) => `it sends ${whats} to example.test`;
      const { locations } = draft();
      return {
        ...draft({ message: say(what), locations: [...locations, place], about: [what, String(line)] }),
        oneOf: { at: "a.go", what, place, say },
        ...given,
      };
    };
    const told = (...drafts: readonly FindingDraft[]) =>
      judge(evidence, [saying(...drafts)], printing()).findings;
    const both = [reading("a key", 1), reading("a name", 2)];

    test("are one, with the place of each", () => {
      const builds = { expression: "linux", words: "linux" };
      expect(told(...both, reading("a key", 3, { builds, values: ["k"] }))).toMatchObject([
        {
          message: "it sends a key and a name to example.test",
          builds: { words: "all builds, linux" },
          values: ["k"],
          locations: ["here", "reads a key", "reads a name", "reads a key"].map((what) => ({ what })),
        },
      ]);
    });

    test("stay two where they differ in how bad or sure they are, in the rest of the sentence, or in what they have in common", () => {
      const [, other] = both;
      const oneOf = other?.oneOf;
      if (other === undefined || oneOf === undefined) throw new Error("no other draft");
      for (const one of [
        { ...other, tier: "review" } as const,
        { ...other, certainty: "dynamic" } as const,
        { ...other, oneOf: { ...oneOf, say: (whats: string) => `it sends ${whats} to 192.0.2.1` } },
        { ...other, oneOf: { ...oneOf, at: "c.go" } },
        draft({ about: ["alone"] }),
      ])
        expect(told(reading("a key", 1), one)).toHaveLength(2);
    });

    test("have one fingerprint, that of one if it is alone, another with each that is added or changed", () => {
      const print = (...drafts: readonly FindingDraft[]) =>
        told(...drafts).map(({ fingerprint }) => fingerprint);
      const [alone] = print(reading("a key", 1));
      expect(print(draft({ about: ["a key", "1"], locations: reading("a key", 1).locations }))).toEqual([
        alone,
      ]);
      const all = [
        print(...both),
        print(...both, reading("a word", 3)),
        print(reading("a key", 1), reading("a word", 3)),
      ];
      expect(new Set([alone, ...all.flat()]).size).toBe(4);
      expect(print(...both.toReversed())).toEqual(print(...both));
    });

    test("are one where the sentence is the same of one function, and two where it is of two functions", () => {
      const again = draft({ line: 7, about: ["again"] });
      expect(told(draft(), again)).toMatchObject([
        { locations: [{ position: { line: 1 } }, { position: { line: 7 } }] },
      ]);
      const [place] = again.locations;
      if (place === undefined) throw new Error("no place");
      expect(
        told(draft(), { ...again, locations: [{ ...place, function: "example.test/m.G" }] }),
      ).toHaveLength(2);
    });

    test("name five, and how many more", () => {
      const many = Array.from({ length: 8 }, (_, index) => reading(`x${index}`, index + 1));
      expect(told(...many)).toMatchObject([
        { message: "it sends x0, x1, x2, x3, x4 and 3 more to example.test" },
      ]);
      expect(told(...many)[0]?.locations).toHaveLength(9);
    });
  });

  test("beyond a number are left out, the worst kept, and that is said", () => {
    const many = Array.from({ length: 1500 }, (_, index) =>
      draft({ tier: "inform", message: `it does ${index}`, about: [String(index)] }),
    );
    const { findings, diagnostics } = judge(
      evidence,
      [saying(...many, draft({ about: ["worst"] }))],
      printing(),
    );
    expect(findings).toHaveLength(1000);
    expect(findings[0]?.tier).toBe("block");
    expect(diagnostics).toMatchObject([{ code: "too-many-findings", incomplete: true }]);
  });

  test("inform where all of it is in code that nobody builds, and only there", () => {
    expect(only(saying(draft({ file: "a_test.go" })))?.tier).toBe("inform");
    const mixed = [...draft({ file: "a_test.go" }).locations, ...draft().locations];
    expect(only(saying(draft({ locations: mixed })))?.tier).toBe("block");
  });

  test("in code that nobody builds are for review if they block and importing that code runs it", () => {
    const way = { function: "example.test/m.init#1", position: { file: "a_test.go", line: 1, column: 1 } };
    const ways = { atStart: [way], existing: [], added: [], between: [], inGoroutine: false };
    // All that is looked at.
    const starting = { waysTo: () => ways } as unknown as Evidence;
    const tierOf = (tier: FindingDraft["tier"], isImportable: boolean) =>
      judge(
        starting,
        [saying(draft({ file: "a_test.go", tier }))],
        printing({ isImportable: () => isImportable }),
      ).findings[0]?.tier;
    expect(tierOf("block", true)).toBe("review");
    expect(tierOf("block", false)).toBe("inform");
    expect(tierOf("review", true)).toBe("inform");
  });

  test("of an incomplete analysis are never clear, whatever was accepted", () => {
    const one = only(saying(draft()));
    const accepted = one === undefined ? [] : [{ ...one, accepted: "read" }];
    for (const findings of [[], accepted]) {
      expect(verdictOf(findings, [{ incomplete: false }])).toBe("clear");
      expect(verdictOf(findings, [{ incomplete: false }, { incomplete: true }])).toBe("inform");
    }
  });

  test("that are accepted do not count", () => {
    const one = only(saying(draft()));
    expect(one && verdictOf([one], [])).toBe("block");
    expect(one && verdictOf([{ ...one, accepted: "read" }], [])).toBe("clear");
  });
});

describe("what nobody builds", () => {
  const builds = createBuilds();
  function pkg(path: string, name: string, imports: readonly string[] = [], constraint = ""): PackageFacts {
    const files = [
      {
        name,
        builds: constraint,
        bytes: 1,
        imports: imports.map((one) => ({ path: one, line: 1, column: 1 })),
      },
    ];
    // All that is looked at.
    return { path, files } as unknown as PackageFacts;
  }
  const example = pkg("example.test/m/examples/x", "examples/x/x.go", ["example.test/m/examples/y"]);
  const inner = pkg("example.test/m/examples/y", "examples/y/y.go");

  test("are tests and examples", () => {
    const isAside = asideFiles({
      builds,
      packages: [pkg("example.test/m", "m.go"), example, inner, pkg("example.test/m", "m_test.go")],
    });
    expect(["m.go", "examples/x/x.go", "examples/y/y.go", "m_test.go"].map(isAside)).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });

  test("and what is internal and nothing imports", () => {
    const [used, unused] = ["used", "unused"].map((name) =>
      pkg(`example.test/m/internal/${name}`, `internal/${name}/a.go`),
    );
    const isAside = asideFiles({
      builds,
      packages: [pkg("example.test/m", "m.go", ["example.test/m/internal/used"]), used, unused].flatMap(
        (one) => one ?? [],
      ),
    });
    expect(["internal/used/a.go", "internal/unused/a.go"].map(isAside)).toEqual([false, true]);
  });

  test("and what the tag `ignore` keeps out, but no other tag", () => {
    const generator = pkg(
      "example.test/m [main]",
      "gen.go",
      ["example.test/m/internal/x"],
      "ignore && linux",
    );
    const inner = pkg("example.test/m/internal/x", "internal/x/a.go");
    const tagged = pkg("example.test/m", "b.go", [], "!ignore || special");
    const isAside = asideFiles({
      builds,
      packages: [pkg("example.test/m", "m.go"), generator, inner, tagged],
    });
    expect(["m.go", "gen.go", "internal/x/a.go", "b.go"].map(isAside)).toEqual([false, true, true, false]);
  });

  test("but no example that the rest imports, and what that imports", () => {
    const isAside = asideFiles({
      builds,
      packages: [pkg("example.test/m", "m.go", [example.path]), example, inner],
    });
    expect(["examples/x/x.go", "examples/y/y.go"].map(isAside)).toEqual([false, false]);
  });
});
