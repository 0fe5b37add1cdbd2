/** Time a byte from 40 KB to 12 MB: one generated file of ordinary functions, scanned by the whole program. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inRoot } from "../workspace.mjs";
import { measure } from "./measure.mjs";

const sizes = [40e3, 120e3, 400e3, 1.2e6, 4e6, 12e6];

/** @param {number} size in bytes, about */
function goFile(size) {
  const parts = ['package grown\n\nimport (\n\t"fmt"\n\t"os"\n)\n'];
  let length = 0;
  for (let i = 0; length < size; i++) {
    const text = `
// Step${i} reads a file and says how long it is.
func Step${i}(name string, limit int) (int, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return 0, fmt.Errorf("step %d: %w", ${i}, err)
	}
	for i, b := range data {
		if i > limit && b == '\\n' {
			return i, nil
		}
	}
	return Step${Math.max(0, i - 1)}(name+"x", limit-1)
}
`;
    parts.push(text);
    length += text.length;
  }
  return parts.join("");
}

const folder = mkdtempSync(join(tmpdir(), "capdiff-growth-"));
try {
  writeFileSync(join(folder, "go.mod"), "module example.test/grown\n\ngo 1.26\n");
  const empty = "package grown\n";
  writeFileSync(join(folder, "grown.go"), empty);
  const args = [inRoot("packages/cli/bin/capdiff.js"), "scan", "-q", folder];
  const base = (await measure(args)).seconds;
  process.stdout.write(`  an empty package: ${base.toFixed(2)} s\n`);
  for (const size of sizes) {
    const text = goFile(size);
    writeFileSync(join(folder, "grown.go"), text);
    const run = await measure(args);
    const megabytes = text.length / 1e6;
    const rate = (run.seconds - base) / megabytes;
    process.stdout.write(
      `  ${megabytes.toFixed(2).padStart(5)} MB: ${run.seconds.toFixed(2)} s, ${rate.toFixed(2)} s/MB above the empty one, peak ${run.peakMegabytes.toFixed(0)} MB\n`,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}
