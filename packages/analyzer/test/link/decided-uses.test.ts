/** Uses of what a map decides: calls, mentions and imports, of the program or not. */
import { createBuilds } from "@capdiff/analyzer";
import { expect, test } from "vitest";
import { analyse } from "../../../../test-corpus/runner/analysis.ts";
import { moduleSource } from "../../../../test-corpus/runner/module-files.ts";
import { parseArchive } from "../../../../test-corpus/runner/txtar.ts";

const { files } = parseArchive(`
-- a.go --
package m

import (
	"net"

	"example.test/m/sub"
)

func own() {}

func Open() {
	own()
	sub.Start()
	f := net.Listen
	f("tcp", ":0")
}
-- sub/sub.go --
package sub

func Start() {}
`);

const map = `
func example.test/m.own CAPABILITY_EXEC
func example.test/m/sub.Start CAPABILITY_NETWORK
func example.test/m/sub.init CAPABILITY_FILES
`;

test("say what is used, how, and whether the program has it", async () => {
  const { program } = await analyse(moduleSource(files), {
    builds: createBuilds(),
    tests: false,
    maps: [{ name: "own.cm", content: map }],
  });
  expect(
    program.decidedUses.map(({ callee, use, ofProgram }) => [callee.id, use.use, use.line, ofProgram]),
  ).toEqual([
    ["example.test/m.own", "call", 12, true],
    ["example.test/m/sub.Start", "call", 13, true],
    ["net.Listen", "call", 15, false],
    ["net.init", "import", 4, false],
    ["example.test/m/sub.init", "import", 6, true],
  ]);
});
