/** How control gets to a function value that is kept somewhere, by who put it there. */
import { expect, test } from "vitest";
import { sourceOf } from "../../../../test-corpus/runner/module-files.ts";
import { waysTo } from "../../src/judge/ways.ts";
import { analyseAlone } from "../properties/analyses.ts";

const table = `package m

type Table struct{ commands map[string]func() }

func (t *Table) Add(name string, run func()) { t.commands[name] = run }

func (t *Table) Run(name string) { t.commands[name]() }

func install() {}
`;

/** The existing functions that lead to `install`, where functions with `New` in their name are new. */
async function existing(code: string): Promise<readonly string[]> {
  const files = [{ name: "a.go", content: new TextEncoder().encode(`${table}\n${code}\n`) }];
  const { program } = await analyseAlone(sourceOf({ modulePath: "example.test/m", goMod: [], files }));
  const existed = (fn: number) => !/New|install/u.test(program.functions[fn]?.facts.id ?? "");
  return waysTo(program, { existed })("example.test/m.install").existing.map((way) =>
    way.function.replace("example.test/m.", ""),
  );
}

const run = "(*Table).Run";

test.each([
  ["a new function", 'func (t *Table) AddNew() { t.Add("a", install) }', []],
  ["a new function, in a closure", 'func (t *Table) AddNew() { t.Add("a", func() { install() }) }', []],
  [
    "a function that was there",
    'func Make() *Table { t := &Table{}; t.Add("a", install); return t }',
    [run, "Make"],
  ],
  [
    "a new one that a function that was there calls",
    'func Make() *Table { t := &Table{}; t.addNew(); return t }\n\nfunc (t *Table) addNew() { t.Add("a", install) }',
    [run, "Make"],
  ],
  [
    "a new one that runs at start",
    'var t = &Table{}\n\nfunc init() { AddNew() }\n\nfunc AddNew() { t.Add("a", install) }',
    [run],
  ],
  [
    "a new method that others call unasked",
    'type News struct{ t *Table }\n\nfunc (n News) String() string { n.t.Add("a", install); return "" }',
    [run],
  ],
  [
    "two, one of which was there",
    'func (t *Table) AddNew() { t.Add("a", install) }\n\nfunc Usual(t *Table) { t.Add("b", install) }',
    [run, "Usual"],
  ],
])("put there by %s", async (_, code, found) => {
  expect(await existing(code)).toEqual(found);
});
