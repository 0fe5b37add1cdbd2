/** Code that differs between builds: that of each build is in what is told of all of them. */
import { createBuilds, type ModuleSource } from "@capdiff/analyzer";
import { describe, expect, test } from "vitest";
import { analyse } from "../../../../test-corpus/runner/analysis.ts";
import { decodeCode } from "../../src/model/code-facts.ts";
import { corpusModules } from "../properties/corpus-modules.ts";

const modules = corpusModules.filter(({ name }) =>
  /^(?:folding|flows|builds|types-builds|cgo|unsafe|diff-calls)\//.test(name),
);

/** By the id of a function, or the name of a variable, what it computes: several where it is declared several times. */
async function codesOf(source: ModuleSource, narrowing?: Parameters<typeof createBuilds>[0]) {
  const { program } = await analyse(source, { builds: createBuilds(narrowing), tests: false });
  const codes = new Map<string, unknown[]>();
  const add = (key: string, code: string | undefined) => {
    if (code) codes.set(key, [...(codes.get(key) ?? []), decodeCode(code)]);
  };
  for (const pkg of program.packages.filter(({ path }) => path.startsWith("example.test/"))) {
    for (const { id, file, line, code } of pkg.functions) add(`${pkg.files[file]?.name} ${line} ${id}`, code);
    for (const { name, file, code } of pkg.names) add(`${pkg.files[file]?.name} ${name}`, code);
  }
  return codes;
}

/** Forms whose number is that of a variable or a use: others have others. */
const numbered = new Set<unknown>(["var", "new", "closure", "call", "function", "method"]);

/** Alternatives that are told. */
const limit = 4;

/** Whether some choice among what is one of several gives the other. */
function holds(all: unknown, one: unknown): boolean {
  // A type that is not told.
  if (all === "?") return true;
  if (!Array.isArray(all) || !Array.isArray(one)) return all === one;
  if (all[0] === "one" && Array.isArray(all[1])) {
    // One more says that there are more.
    expect(all[1].length).toBeLessThanOrEqual(limit + 1);
    return all[1].length > limit || all[1].some((part) => holds(part, one));
  }
  const isForm = typeof all[0] === "string";
  const from = isForm && numbered.has(all[0]) ? 2 : 1;
  return isForm ? all[0] === one[0] && listHolds(all.slice(from), one.slice(from)) : listHolds(all, one);
}

/** Of lists of statements one may stand in the place of a statement. */
function listHolds(all: readonly unknown[], one: readonly unknown[]): boolean {
  const [first, ...rest] = all;
  if (Array.isArray(first) && first[0] === "either") {
    const [, lists] = first as [string, readonly (readonly unknown[])[]];
    if (lists.some((list) => listHolds([...list, ...rest], one))) return true;
  }
  if (all.length === 0 || one.length === 0) return all.length === one.length;
  return holds(first, one[0]) && listHolds(rest, one.slice(1));
}

const narrowings = [
  { goos: "linux", goarch: "amd64" },
  { goos: "windows", goarch: "386", cgo: false },
  { goos: "netbsd", goarch: "arm64", cgo: false },
];

describe.each(narrowings)("the code of %j", (narrowing) => {
  test("is in that of all builds", async () => {
    let count = 0;
    for (const { name, source } of modules) {
      const whole = await codesOf(source);
      for (const [key, narrow] of await codesOf(source, { narrowing })) {
        const all = whole.get(key);
        // Too many differ.
        if (all === undefined) continue;
        for (const one of narrow)
          expect(
            all.some((code) => holds(code, one)),
            `${name}: ${key}\n${JSON.stringify(one)}\n${JSON.stringify(all)}`,
          ).toBe(true);
        count++;
      }
    }
    expect(count).toBeGreaterThan(200);
  });
});
