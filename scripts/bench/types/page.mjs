/** The page on which measured figures stand. */
import { ScriptError } from "../../workspace.mjs";

export const begin = "<!-- figures, written by `npm run bench -- types --write` -->";
export const end = "<!-- end of figures -->";

/**
 * The page with other figures between its two marks.
 *
 * @param {string} page
 * @param {string} figures
 */
export function withFigures(page, figures) {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new ScriptError(`the page lacks "${begin}" or "${end}"`);
  return `${page.slice(0, from + begin.length)}\n\n${figures.trim()}\n\n${page.slice(to)}`;
}
