/** The generated references under docs/reference are what generating them again gives. */
import { existsSync } from "node:fs";
import { inRoot, repositoryFiles, run } from "../workspace.mjs";

/** @returns {import("./checks.mjs").Outcome} */
export function references() {
  const generator = "scripts/docs.mjs";
  const files = repositoryFiles().filter((path) => path.startsWith("docs/reference/"));
  const unit = "generated files";
  if (!existsSync(inRoot(generator)))
    return { covered: files.length, unit, problems: [`${generator}: missing`] };
  const { status, output } = run(process.execPath, [generator, "--check"]);
  return { covered: files.length, unit, problems: status === 0 ? [] : [output] };
}
