/** Whole scans of published modules, beside the bars that they are held to. Needs the configured module proxy once. */
import { inRoot } from "../workspace.mjs";
import { measure } from "./measure.mjs";

const modules = [
  { target: "github.com/google/uuid@v1.6.0", seconds: 0.8, megabytes: 800 },
  { target: "go.etcd.io/bbolt@v1.4.3" },
  { target: "github.com/go-git/go-git/v5@v5.19.3" },
  { target: "k8s.io/client-go@v0.37.2", seconds: 12, megabytes: 800 },
];

for (const { target, seconds, megabytes } of modules) {
  const args = [inRoot("packages/cli/bin/capdiff.js"), "scan", "-q", target];
  // The first run fetches the module.
  await measure(args);
  const run = await measure(args);
  const bar = seconds === undefined ? "" : ` (bar: ${seconds} s, ${megabytes} MB)`;
  const failed = run.status === 0 ? "" : ` FAILED with ${run.status}: ${run.stderr.trim()}`;
  process.stdout.write(
    `  ${target}: ${run.seconds.toFixed(2)} s, ${run.userSeconds.toFixed(2)} s CPU, peak ${run.peakMegabytes.toFixed(0)} MB${bar}${failed}\n`,
  );
}
