/**
 * `npm run bench [-- NAME...]`: runs the named benchmarks, or all (see `options.mjs`). Each
 * is a file in this folder that prints its figures when it is imported.
 */
import { readdirSync } from "node:fs";
import { asScript, inRoot, ScriptError } from "../workspace.mjs";
import { machine } from "./measure.mjs";
import { help, readOptions } from "./options.mjs";

/** What the benchmarks are run and measured with; every other file is one. */
const machinery = /^(main|measure|options|peak)\.mjs$|\.test\.mjs$/;

await asScript(async () => {
  const { names: asked, help: helpAsked } = readOptions(process.argv.slice(2));
  const files = readdirSync(inRoot("scripts/bench"));
  const suites = files.filter((name) => name.endsWith(".mjs") && !machinery.test(name));
  const names = suites.map((name) => name.replace(/\.mjs$/, "")).sort();
  const unknown = asked.find((name) => !names.includes(name));
  if (names.length === 0) throw new ScriptError("no benchmarks in scripts/bench yet");
  if (unknown !== undefined)
    throw new ScriptError(`no benchmark "${unknown}"; there are: ${names.join(", ")}`);
  if (helpAsked) {
    process.stdout.write(`${help}\nBenchmarks: ${names.join(", ")}\n`);
    return;
  }
  process.stdout.write(`${machine()}\n`);
  for (const name of asked.length === 0 ? names : asked) {
    process.stdout.write(`\n${name}\n`);
    await import(`./${name}.mjs`);
  }
});
