/** The page on which measured figures stand. */
import { ScriptError } from "../../workspace.mjs";

/**
 * What stands before the figures of a benchmark.
 *
 * @param {string} benchmark
 */
export function begin(benchmark) {
  return `<!-- figures, written by \`npm run bench -- ${benchmark} --write\` -->`;
}

export const end = "<!-- end of figures -->";

/**
 * The page with other figures between the two marks of a benchmark.
 *
 * @param {string} page
 * @param {string} benchmark
 * @param {string} figures
 */
export function withFigures(page, benchmark, figures) {
  const mark = begin(benchmark);
  const from = page.indexOf(mark);
  const to = page.indexOf(end, from);
  if (from < 0 || to < 0) throw new ScriptError(`the page lacks "${mark}" or "${end}"`);
  return `${page.slice(0, from + mark.length)}\n\n${figures.trim()}\n\n${page.slice(to)}`;
}
