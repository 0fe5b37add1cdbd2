/** The syntax stage on the Go standard library's sources: from bytes to flat trees, one core. */
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import { inRoot } from "../workspace.mjs";
import { measure } from "./measure.mjs";

/** GOROOT/src by the environment, else beside the `go` on the PATH. */
function goSources() {
  const candidates = [process.env["GOROOT"] ?? ""];
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    if (existsSync(join(folder, "go"))) candidates.push(join(realpathSync(join(folder, "go")), "../.."));
  }
  return candidates.map((root) => join(root, "src")).find((folder) => existsSync(join(folder, "net/http")));
}

const sources = goSources();
if (sources === undefined) {
  process.stdout.write("  needs Go's sources: set GOROOT\n");
} else {
  // The commands under cmd are no part of the standard library.
  const folders = readdirSync(sources, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "cmd" && entry.name !== "testdata")
    .map((entry) => join(sources, entry.name));
  const run = await measure([inRoot("scripts/bench/programs/parse.mjs"), ...folders]);
  const { files, bytes, seconds, diagnostics } =
    /** @type {{ files: number, bytes: number, seconds: number, diagnostics: number }} */ (
      JSON.parse(run.stdout)
    );
  const rate = (bytes / 1e6 / seconds).toFixed(2);
  process.stdout.write(
    `  ${files} files, ${(bytes / 1e6).toFixed(1)} MB, ${diagnostics} diagnostics: ${seconds.toFixed(1)} s, ${rate} MB/s, peak ${run.peakMegabytes.toFixed(0)} MB\n`,
  );
}
