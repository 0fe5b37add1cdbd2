/** What importing runs where the standard library is followed. */
import { createBuilds } from "@capdiff/analyzer";
import { expect, test } from "vitest";
import { analyse } from "../../../../test-corpus/runner/analysis.ts";
import { moduleSource } from "../../../../test-corpus/runner/module-files.ts";

test("packages of the standard library import its own copies of those of other modules", async () => {
  const source = moduleSource([{ name: "a.go", content: 'package m\n\nimport _ "net"\n' }]);
  const { program } = await analyse(source, {
    builds: createBuilds({ narrowing: { goos: "linux", goarch: "amd64" } }),
    tests: false,
    maps: [{ name: "own.cm", content: "package os/exec CAPABILITY_EXEC\n" }],
    builtInMap: false,
  });
  const id = (number: number) => program.functions[number]?.facts.id ?? "";
  const run = program.edges.flatMap(({ from, to }) => (id(from) === "net.init" ? [id(to)] : []));
  expect(run).toContain("sync.init");
  expect(run).toContain("vendor/golang.org/x/net/dns/dnsmessage.init");
});
