/** Facts in a Go test are read and held against paths as that test does. */
import { expect, test } from "vitest";
import { matching, readFacts } from "./facts.mjs";

const source = `
	expectedPaths := []expectedPath{
		{Fn: []string{"a.Foo", \`\\(\\*os.File\\).Chown\`}},
		{Fn: []string{"a.init$"}, Cap: "REFLECT"},
		// no fact
	}
	unexpectedPaths := []expectedPath{
		{Fn: []string{"^sort.Sort", ".*"}}, // why
		{Fn: []string{"b.Foo"}, Cap: \`CGO\`},
	}
`;

test("facts have functions, perhaps a capability, and the sense of their list", () => {
  expect(readFacts(source)).toEqual([
    { isExpected: true, functions: ["a.Foo", "\\(\\*os.File\\).Chown"] },
    { isExpected: true, functions: ["a.init$"], capability: "REFLECT" },
    { isExpected: false, functions: ["^sort.Sort", ".*"] },
    { isExpected: false, functions: ["b.Foo"], capability: "CGO" },
  ]);
});

/** @param {readonly string[]} names of the functions of a path */
function info(...names) {
  return { capabilityName: "CGO", packageDir: "m", path: names.map((name) => ({ name })) };
}

test("a path matches that has the functions in their order, others between", () => {
  const infos = [info("m.A", "m.X", "m.B")];
  const holds = /** @param {readonly string[]} functions @param {string} [capability] */ (
    functions,
    capability,
  ) =>
    matching({ isExpected: true, functions, ...(capability !== undefined && { capability }) }, infos) !==
    undefined;
  expect(holds(["m.A", "B$"], "CGO")).toBe(true);
  expect(holds(["m.B", "m.A"])).toBe(false);
  expect(holds(["m.A", "m.A"])).toBe(false);
  expect(holds(["m.A"], "EXEC")).toBe(false);
});

test("type arguments are asked for only if they are told", () => {
  const fact = { isExpected: true, functions: ["m.F\\[.*/m.a\\]\\$1", "m.B"] };
  expect(matching(fact, [info("m.F$1", "m.B")])).toBeUndefined();
  expect(matching(fact, [info("m.F$1", "m.B")], { typeArguments: false })).toBeDefined();
});
