/** The function of a package that stands for what its imports run. */
import { createBuilds } from "@capdiff/analyzer";
import { expect, test } from "vitest";
import { analyse } from "../../../../test-corpus/runner/analysis.ts";
import { moduleSource } from "../../../../test-corpus/runner/module-files.ts";
import { parseArchive } from "../../../../test-corpus/runner/txtar.ts";
import { importFunction } from "../../src/link/import-functions.ts";
import type { FunctionFacts, PackageFacts } from "../../src/model/facts.ts";

async function imports(text: string): Promise<FunctionFacts | undefined> {
  const source = moduleSource(parseArchive(text).files);
  const { program } = await analyse(source, { builds: createBuilds(), tests: false });
  return importFunction(program.packages[0] as PackageFacts);
}

test("each import is a use, of another file or in fewer builds where that is so", async () => {
  const found = await imports(`
-- a.go --
package m
-- b.go --
package m

import (
	"os"
	_ "unsafe"
)
-- c_linux.go --
package m

import "net"
`);
  const target = (path: string) => ({ kind: "package", path });
  expect(found).toMatchObject({ id: "example.test/m.init", kind: "imports", file: 1, line: 4, column: 2 });
  expect(found?.uses).toEqual([
    { target: target("os"), use: "import", line: 4, column: 2 },
    { target: target("unsafe"), use: "import", line: 5, column: 4 },
    { target: target("net"), use: "import", file: 2, line: 3, column: 8, builds: "linux" },
  ]);
});

test("a package that imports nothing has none", async () => {
  expect(await imports("-- a.go --\npackage m\n")).toBeUndefined();
});
