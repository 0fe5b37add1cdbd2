/** Lines of `inspect refs` and of the oracle: read, restricted, compared. */

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
 * @typedef {object} Agreement
 * @property {number} expected
 * @property {number} actual
 * @property {readonly string[]} missing sorted
 * @property {readonly string[]} extra sorted
 * @property {number} recall of 1: the share of expected lines that are there
 * @property {number} precision of 1: the share of actual lines that are expected
 */

/**
 * Compares what both sides can say something about: files that either excludes are left
 * out, and lines for which `counts` does not hold.
 *
 * @param {Lines} expected
 * @param {Lines} actual
 * @param {(line: Line) => boolean} [counts]
 * @returns {Agreement}
 */
export function compareLines(expected, actual, counts = () => true) {
  const comparable = /** @param {Lines} side */ ({ lines }) =>
    new Set(
      lines
        .filter((line) => !expected.excluded.has(line.file) && !actual.excluded.has(line.file))
        .filter(counts)
        .map(({ text }) => text),
    );
  const [want, have] = [comparable(expected), comparable(actual)];
  const missing = [...want].filter((text) => !have.has(text)).sort();
  const extra = [...have].filter((text) => !want.has(text)).sort();
  return {
    expected: want.size,
    actual: have.size,
    missing,
    extra,
    recall: share(want.size - missing.length, want.size),
    precision: share(have.size - extra.length, have.size),
  };
}

/**
 * @param {number} part
 * @param {number} whole
 */
function share(part, whole) {
  return whole === 0 ? 1 : part / whole;
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
