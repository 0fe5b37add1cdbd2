/** Methods of types that embed more than is looked at for their names. */
import { createBuilds } from "@capdiff/analyzer";
import { expect, test } from "vitest";
import { analyse } from "../../../../test-corpus/runner/analysis.ts";
import { moduleSource } from "../../../../test-corpus/runner/module-files.ts";
import { parseArchive } from "../../../../test-corpus/runner/txtar.ts";

/** A type that embeds so many others; the last has the methods of the interface that it is called through. */
function source(count: number): string {
  const names = Array.from({ length: count }, (_, number) => `Part${number}`);
  return `
-- a.go --
package m

${names.map((name) => `type ${name} struct{}`).join("\n")}

func (${names.at(-1) ?? ""}) Start() {}

type Whole struct {
${names.join("\n")}
}

type Starter interface{ Start() }

type Other interface {
	Start()
	Stop()
}

func Open() {
	var x any = Whole{}
	x.(Starter).Start()
}

func Wrong() {
	var x any = Whole{}
	x.(Other).Start()
}
`;
}

async function edgesOf(count: number): Promise<readonly string[]> {
  const module = moduleSource(parseArchive(source(count)).files);
  const { program } = await analyse(module, { builds: createBuilds(), tests: false });
  const name = (fn: number) => program.functions[fn]?.facts.id.replaceAll("example.test/m.", "") ?? "";
  return program.edges.map(({ from, to }) => `${name(from)} -> ${name(to)}`);
}

test.each([10, 998, 1200])("a type that embeds %d has the methods of the last", async (count) => {
  expect(await edgesOf(count)).toEqual([`Open -> (Part${count - 1}).Start`]);
});
