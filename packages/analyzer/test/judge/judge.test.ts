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

  test("beyond a number are left out, the worst kept, and that is said", () => {
    const many = Array.from({ length: 1500 }, (_, index) =>
      draft({ tier: "inform", about: [String(index)] }),
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
