/** The documents that people read, as the checks on them see them. */
import { existsSync, readFileSync } from "node:fs";
import { inRoot, repositoryFiles } from "../workspace.mjs";

/** Documents that must be there. */
export const required = ["README.md", "ARCHITECTURE.md"];

/** @returns {{ path: string, text: string }[]} all Markdown files but test input */
export function documents() {
  return repositoryFiles()
    .filter(
      (path) => path.endsWith(".md") && !path.startsWith("test-corpus/") && !path.includes("/testdata/"),
    )
    .map((path) => ({ path, text: readFileSync(inRoot(path), "utf8") }));
}

/** @returns {string[]} a problem for each required document that is missing */
export function missingDocuments() {
  return required.filter((path) => !existsSync(inRoot(path))).map((path) => `${path}: missing`);
}

/**
 * A document without its fenced code blocks; their lines stay, empty.
 *
 * @param {string} text
 */
export function withoutCode(text) {
  return text.replace(/^(```+|~~~+)[\s\S]*?^\1/gm, (block) => block.replace(/[^\n]+/g, ""));
}
