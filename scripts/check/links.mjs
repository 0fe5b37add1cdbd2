/** Links between documents lead somewhere: the file exists, and the heading in it. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { inRoot } from "../workspace.mjs";
import { documents, missingDocuments, withoutCode } from "./documents.mjs";

/** @returns {import("./checks.mjs").Outcome} */
export function links() {
  const all = documents();
  const found = all.flatMap(({ path, text }) => linksIn(text).map((link) => ({ path, ...link })));
  const broken = found.flatMap(({ path, line, target }) => {
    const problem = problemOf(path, target);
    return problem === undefined ? [] : [`${path}:${line}: ${target}: ${problem}`];
  });
  return {
    covered: all.length,
    unit: `documents with ${found.length} links`,
    problems: [...missingDocuments(), ...broken],
  };
}

/**
 * The links of a document that name no other host.
 *
 * @param {string} text
 * @returns {{ line: number, target: string }[]}
 */
export function linksIn(text) {
  const inline = /\]\(<?([^)>\s]+)>?(?: "[^"]*")?\)/g;
  const reference = /^\[[^\]]+\]: <?([^>\s]+)>?/g;
  return withoutCode(text)
    .split("\n")
    .flatMap((content, index) =>
      [...content.replace(/`[^`]*`/g, "").matchAll(inline), ...content.matchAll(reference)].map((match) => ({
        line: index + 1,
        target: match[1] ?? "",
      })),
    )
    .filter(({ target }) => !/^[a-z][a-z+.-]*:/i.test(target));
}

/**
 * @param {string} path of the document with the link
 * @param {string} target
 * @returns {string | undefined}
 */
function problemOf(path, target) {
  const [file = "", anchor] = target.split("#");
  const place = file === "" ? path : join(dirname(path), decodeURIComponent(file));
  if (place.startsWith("..")) return "outside the repository";
  if (!existsSync(inRoot(place))) return "no such file";
  if (anchor === undefined || statSync(inRoot(place)).isDirectory() || !place.endsWith(".md"))
    return undefined;
  return anchorsIn(readFileSync(inRoot(place), "utf8")).includes(anchor) ? undefined : "no such heading";
}

/**
 * The anchors that GitHub gives the headings.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function anchorsIn(text) {
  /** @type {Map<string, number>} */
  const uses = new Map();
  return [...withoutCode(text).matchAll(/^#{1,6} +(.+?) *#*$/gm)].map(([, heading = ""]) => {
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1");
    const slug = plain
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replace(/\s/g, "-");
    const before = uses.get(slug) ?? 0;
    uses.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
}
