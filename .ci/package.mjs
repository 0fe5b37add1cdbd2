/**
 * Packs the command line as it would be published, installs the tarball alone in an
 * empty folder and runs it there. Needs the registry.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asScript, inRoot, run, ScriptError } from "../scripts/workspace.mjs";

await asScript(() => {
  const folder = mkdtempSync(join(tmpdir(), "capdiff-package-"));
  try {
    const tarball = pack(folder);
    writeFileSync(join(folder, "package.json"), `{ "private": true }\n`);
    step("npm", ["install", "--no-audit", "--no-fund", join(folder, tarball)], folder);
    const version = step("npx", ["--no-install", "capdiff", "--version"], folder);
    if (!/\d+\.\d+\.\d+/.test(version)) throw new ScriptError(`capdiff --version printed "${version}"`);
    const samples = ["old", "new"].map((name) => inRoot("test-corpus/demo", name));
    const report = step("npx", ["--no-install", "capdiff", "diff", ...samples], folder);
    if (report.trim() === "") throw new ScriptError("capdiff diff printed no report");
    process.stdout.write(`${tarball} installs and runs alone\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/**
 * @param {string} folder
 * @returns {string} the file name of the tarball, which is in `folder`
 */
function pack(folder) {
  const printed = step("npm", ["pack", "--silent", "--pack-destination", folder], inRoot("packages/cli"));
  const name = printed.trim().split("\n").at(-1) ?? "";
  if (!name.endsWith(".tgz")) throw new ScriptError(`npm pack printed no tarball but: ${printed}`);
  return name;
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {string} what it printed on stdout
 */
function step(program, args, cwd) {
  const { status, stdout, output } = run(program, args, { cwd });
  if (status === 0) return stdout;
  throw new ScriptError(`${program} ${args.join(" ")} (exit code ${status}):\n${output}`);
}
