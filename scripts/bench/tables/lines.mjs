/** Lines of `inspect refs` and of the oracle: read, restricted, compared. */
import { compareSets } from "./sets.mjs";

/**
 * A line of references.
 * @typedef {object} Line
 * @property {string} text without its builds
 * @property {string} file
 * @property {string} kind call, ref, dyn or conv
 * @property {string} what a function's full name, or a type
 * @property {string} builds a `//go:build` expression; empty for all that were asked about
 */

/**
 * @typedef {object} Lines
 * @property {readonly Line[]} lines
 * @property {ReadonlySet<string>} excluded files of which nothing can be said, since they import "C"
 */

/**
 * @param {string} output
 * @returns {Lines}
 */
export function readLines(output) {
  const lines = [];
  const excluded = new Set();
  for (const row of output.split("\n")) {
    const [place = "", kind = "", what = "", builds = ""] = row.split("\t");
    if (place === "#excluded") excluded.add(kind);
    else if (row !== "")
      lines.push({
        text: `${place}\t${kind}\t${what}`,
        file: place.replace(/:\d+:\d+$/, ""),
        kind,
        what,
        builds,
      });
  }
  return { lines, excluded };
}

/**
 * Compares what both sides can say something about: files that either excludes are left
 * out, and lines for which `counts` does not hold.
 *
 * @param {Lines} expected
 * @param {Lines} actual
 * @param {(line: Line) => boolean} [counts]
 */
export function compareLines(expected, actual, counts = () => true) {
  const comparable = /** @param {Lines} side */ ({ lines }) =>
    lines
      .filter((line) => !expected.excluded.has(line.file) && !actual.excluded.has(line.file))
      .filter(counts)
      .map(({ text }) => text);
  return compareSets(comparable(expected), comparable(actual));
}

/**
 * Import path of the package that declares a function, by its full name; empty for those
 * of the universe and of interfaces without a name.
 *
 * @param {string} name `p.F`, `(p.T).M`, `(*p.T[P]).M`
 */
export function packageOf(name) {
  const bare = name.replace(/^\(\*?/, "").replace(/[[)].*$/, "");
  const dot = bare.lastIndexOf(".");
  return dot <= bare.lastIndexOf("/") ? "" : bare.slice(0, dot);
}

/**
 * Whether Go takes an import path for one of the standard library: its first element has no dot.
 *
 * @param {string} path
 */
export function isStandard(path) {
  return path !== "" && !(path.split("/")[0] ?? "").includes(".");
}

/**
 * The lines that hold in a build.
 *
 * @param {Lines} all of a run that was not narrowed
 * @param {(builds: string) => boolean} holds whether the build is in what a `//go:build` expression says
 * @returns {Lines}
 */
export function restrict(all, holds) {
  return { ...all, lines: all.lines.filter(({ builds }) => builds === "" || holds(builds)) };
}
