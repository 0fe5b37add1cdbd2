/**
 * `node test-corpus/scripts/golden.mjs [--check]`: asks go/types what each name in the
 * modules below test-corpus/golden means, and writes it beside them, a file for each
 * build. With --check it writes nothing and exits with 1 if a file differs. Needs Go; the
 * test that holds our answers against the files does not.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const corpus = dirname(dirname(fileURLToPath(import.meta.url)));
const golden = join(corpus, "golden");
const builds = ["linux-amd64-on", "windows-amd64-off", "darwin-arm64-off"];

const { values } = parseArgs({ options: { check: { type: "boolean" } } });
for (const name of readdirSync(golden, { withFileTypes: true })) {
  if (!name.isDirectory()) continue;
  for (const build of builds) keep(join(golden, `${name.name}.${build}.tsv`), askGo(name.name, build));
}

/**
 * @param {string} name
 * @param {string} build
 * @returns {string}
 */
function askGo(name, build) {
  const args = ["run", ".", "refs", join(golden, name), `golden.test/${name}`, ...build.split("-")];
  const { status, stdout, stderr } = spawnSync("go", args, {
    cwd: join(corpus, "scripts", "oracle"),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/**
 * @param {string} file
 * @param {string} text
 */
function keep(file, text) {
  const lines = text.trimEnd().split("\n").length;
  const same = existsSync(file) && readFileSync(file, "utf8") === text;
  process.stdout.write(`${file.slice(golden.length + 1)}: ${lines} lines${same ? "" : ", changed"}\n`);
  if (same) return;
  if (values.check === true) process.exitCode = 1;
  else writeFileSync(file, text);
}
