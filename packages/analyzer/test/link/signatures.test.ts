/** What functions take and give, as far as their types are known. */
import { createBuilds } from "@capdiff/analyzer";
import { describe, expect, test } from "vitest";
import { analyse } from "../../../../test-corpus/runner/analysis.ts";
import { moduleSource } from "../../../../test-corpus/runner/module-files.ts";
import {
  createSignatures,
  type KnownSignature,
  parameterTerm,
  plainName,
  type Signatures,
} from "../../src/link/signatures.ts";

const text = `package m

import "net/http"

type Server struct{}

type Handler interface {
	Serve(w http.ResponseWriter, r *http.Request) error
	Closer
}

type Closer interface {
	Close()
	hidden(n int)
}

func (s *Server) Listen(address string, others ...*Server) (n int, err error) { return 0, nil }

func (Server) Plain() {}

func Join(separator string, parts ...string) string { return "" }

func All(parts ...string) {}

func Take(list []string, by map[string]int, s Server, p **Server) {}

var Value = 1
`;

const path = "example.test/m";

async function analysed() {
  const { program } = await analyse(moduleSource([{ name: "a.go", content: text }]), {
    builds: createBuilds(),
    tests: false,
  });
  return program;
}

/** Types that have no name are `_`; of a variadic function the fourth argument is written as well. */
function written({ of }: Signatures, id: string): string | undefined {
  const signature = of(id);
  if (signature === undefined) return undefined;
  const { pkg, parameters, results, variadic } = signature;
  const nameAt = (index: number) => plainName(pkg, parameterTerm(signature, index)) || "_";
  const taken = parameters.map((_, index) => nameAt(index));
  const given = results.map((type) => plainName(pkg, pkg.types[type]) || "_");
  return `(${taken.join(", ")}${variadic ? `, ... ${nameAt(3)}` : ""}) (${given.join(", ")})`;
}

const expected: readonly (readonly [string, string | undefined])[] = [
  ["example.test/m.Join", "(string, string, ... string) (string)"],
  ["example.test/m.All", "(string, ... string) ()"],
  ["example.test/m.Take", "(_, _, example.test/m.Server, _) ()"],
  [
    "(*example.test/m.Server).Listen",
    "(string, *example.test/m.Server, ... *example.test/m.Server) (int, error)",
  ],
  ["(example.test/m.Server).Plain", "() ()"],
  ["(example.test/m.Handler).Serve", "(net/http.ResponseWriter, *net/http.Request) (error)"],
  ["(example.test/m.Closer).Close", "() ()"],
  ["(example.test/m.Closer).hidden", "(int) ()"],
  // It is the other interface that has it.
  ["(example.test/m.Handler).Close", undefined],
  ["(example.test/m.Server).Close", undefined],
  ["example.test/m.Value", undefined],
  ["example.test/m.None", undefined],
  ["example.test/other.Join", undefined],
];

describe("of a package of the program", () => {
  test.each(expected)("%s is %s", async (id, signature) => {
    const standard = { factsOf: () => undefined, isBodiless: () => false, handsBack: () => false };
    expect(written(createSignatures(await analysed(), standard), id)).toBe(signature);
  });
});

describe("of a package of the standard library", () => {
  test.each(expected)("%s is %s", async (id, signature) => {
    const program = await analysed();
    const factsOf = (asked: string) => (asked === path ? program.packageByPath.get(path) : undefined);
    const without = { ...program, packageByPath: new Map() };
    expect(
      written(createSignatures(without, { factsOf, isBodiless: () => false, handsBack: () => false }), id),
    ).toBe(signature);
  });
});

test("beyond the last parameter there is none", async () => {
  const standard = { factsOf: () => undefined, isBodiless: () => false, handsBack: () => false };
  const take = createSignatures(await analysed(), standard).of("example.test/m.Take") as KnownSignature;
  expect(parameterTerm(take, 4)).toBeUndefined();
  expect(plainName(take.pkg, undefined)).toBe("");
});
