/** What is worked out of Go source, for tests. */
import type { Folded } from "@capdiff/analyzer";
import { sourceOf } from "../../../../test-corpus/runner/module-files.ts";
import { analyseAlone } from "../properties/analyses.ts";

/** The values of the arguments of calls of os/exec.Command, in source order; undefined of those that are not known. */
export async function foldedValues(source: string): Promise<(Folded | undefined)[]> {
  const files = [{ name: "a.go", content: new TextEncoder().encode(source) }];
  const analysis = await analyseAlone(sourceOf({ modulePath: "example.test/m", goMod: [], files }));
  return analysis.terminals
    .filter(({ terminal }) => terminal.name === "os/exec.Command")
    .flatMap(({ arguments: given }) => given.map(({ folded }) => folded));
}

/** A file of package m that imports what it names. */
export function goFile(code: string): string {
  const packages = [
    "bytes",
    "encoding/base64",
    "encoding/hex",
    "fmt",
    "os/exec",
    "slices",
    "strconv",
    "strings",
  ];
  const used = packages.filter((path) => new RegExp(`\\b${path.replace(/.*\//, "")}\\.`).test(code));
  return `package m\n\nimport (\n${used.map((path) => `\t"${path}"\n`).join("")})\n\n${code}\n`;
}
