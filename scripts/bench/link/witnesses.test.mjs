import { expect, test } from "vitest";
import { stepLines } from "./witnesses.mjs";

/**
 * @param {string} name
 * @param {"call" | "import" | "reference" | "declaration"} use
 */
function step(name, use) {
  const site = { file: "x/a.go", line: 3, column: 5 };
  return { function: `example.test/m.${name}`, package: "example.test/m", use, site, source: "" };
}

test("a call is looked up where it stands, by its callee without type arguments", () => {
  const steps = [step("A", "call"), step("F[int]", "call")];
  expect(stepLines({ steps, terminal: { kind: "function", name: "os.Exit" } })).toEqual([
    "example.test/m\ta.go:3\texample.test/m.F",
    "example.test/m\ta.go:3\tos.Exit",
  ]);
});

test("a closure in an initialiser of a package variable has no number", () => {
  const steps = [step("A", "call"), step("init:x$1$2", "call")];
  expect(stepLines({ steps, terminal: { kind: "assembly", name: "m.f" } })).toEqual([
    "example.test/m\ta.go:3\texample.test/m.init$?$2",
  ]);
});

test("an import runs the initialisation of a package, whatever is in it", () => {
  for (const name of ["init", "init#1", "init:x"]) {
    const steps = [step("init", "import"), step(name, "declaration")];
    expect(stepLines({ steps, terminal: { kind: "assembly", name: "m.f" } })).toEqual([
      "example.test/m\t-\texample.test/m.init",
    ]);
  }
});

test("uses that call nothing are not looked up", () => {
  const terminals = [
    { kind: "variable", name: "os.Args" },
    { kind: "cgo", name: "C.system" },
    { kind: "unsafe-conversion", name: "*int" },
    { kind: "function", name: "unsafe.String" },
  ];
  for (const terminal of /** @type {import("@capdiff/analyzer").Terminal[]} */ (terminals))
    expect(stepLines({ steps: [step("A", "call")], terminal })).toEqual([]);
  expect(
    stepLines({ steps: [step("A", "reference")], terminal: { kind: "function", name: "os.Exit" } }),
  ).toEqual([]);
});
