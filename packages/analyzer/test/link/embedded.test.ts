/** Which package variables hold embedded files. */
import { createBuilds } from "@capdiff/analyzer";
import { expect, test } from "vitest";
import { analyse } from "../../../../test-corpus/runner/analysis.ts";
import { moduleSource } from "../../../../test-corpus/runner/module-files.ts";
import { parseArchive } from "../../../../test-corpus/runner/txtar.ts";
import { embeddedVariables } from "../../src/link/embedded.ts";

async function embedded(text: string): Promise<Record<string, readonly string[]>> {
  const source = moduleSource(parseArchive(text).files);
  const { program } = await analyse(source, { builds: createBuilds(), tests: false });
  return Object.fromEntries([...embeddedVariables(program)].map(([{ path }, names]) => [path, [...names]]));
}

test("those of files with the directive that have no value and that nobody sets", async () => {
  const found = await embedded(`
-- a.go --
package m

import _ "embed"

//go:embed a.txt
var text string

//go:embed a.txt
var other []byte

var written = "text"

var assigned string

const constant = "text"

type named string

func function() {}

func set() { assigned = "text" }
-- b.go --
package m

//go:generate true

var elsewhere string
-- a.txt --
text
-- plain/a.go --
package plain

//go:generate true

var text string
`);
  expect(found).toEqual({ "example.test/m": ["text", "other"] });
});

test("none where nothing embeds files", async () => {
  expect(await embedded("-- a.go --\npackage m\n\n//go:generate true\n\nvar text string\n")).toEqual({});
});
