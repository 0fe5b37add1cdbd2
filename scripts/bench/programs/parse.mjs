/**
 * Parses all Go files below the folders, without tests and testdata, and prints files,
 * bytes, seconds from bytes to flat trees, and diagnostics as JSON.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadAnalyzer, readWasm } from "../../analyzer.mjs";

const { createParser } = await loadAnalyzer();
const parser = await createParser(await readWasm());
const names = process.argv
  .slice(2)
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  )
  .filter((name) => name.endsWith(".go") && !name.endsWith("_test.go"))
  .filter((name) => !/(^|\/)testdata\//.test(name));
let bytes = 0;
let seconds = 0;
let diagnostics = 0;
for (const name of names) {
  const content = readFileSync(name);
  const start = performance.now();
  diagnostics += parser.parse(name, content).diagnostics.length;
  seconds += (performance.now() - start) / 1000;
  bytes += content.length;
}
process.stdout.write(JSON.stringify({ files: names.length, bytes, seconds, diagnostics }));
