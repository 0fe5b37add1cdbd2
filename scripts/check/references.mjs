/** What is generated (the references, the samples in documents, the schemas) is what generating it again gives. */
import { existsSync } from "node:fs";
import { inRoot, repositoryFiles, run } from "../workspace.mjs";

const generators = ["scripts/docs.mjs", "packages/cli/scripts/generate-schema.mjs"];

/** @returns {import("./checks.mjs").Outcome} */
export function references() {
  const files = repositoryFiles().filter((path) =>
    /^(?:docs\/reference|packages\/cli\/src\/schema)\//.test(path),
  );
  return { covered: files.length, unit: "generated files", problems: generators.flatMap(problemsOf) };
}

/**
 * @param {string} generator
 * @returns {string[]}
 */
function problemsOf(generator) {
  if (!existsSync(inRoot(generator))) return [`${generator}: missing`];
  const { status, output } = run(process.execPath, [generator, "--check"]);
  return status === 0 ? [] : [output];
}
