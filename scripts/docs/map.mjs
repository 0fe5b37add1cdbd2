/** docs/reference/map.md: the built-in map, one rule a package and what differs from it. */
import { code, page } from "./markdown.mjs";

/**
 * @typedef {import("@capdiff/rules").PackageEntry} PackageEntry
 * @typedef {import("@capdiff/rules").Decision} Decision
 */

/** @param {readonly PackageEntry[]} entries sorted by path */
export function mapPage(entries) {
  const plain = entries.filter((entry) => exceptions(entry).length === 0);
  const detailed = entries.filter((entry) => exceptions(entry).length > 0);
  return page(
    "# The built-in map",
    "What the use of a function, a method or a variable of the standard library, of golang.org/x/sys or of" +
      " golang.org/x/net brings. The most exact word counts: name, then type, then package." +
      " `SAFE` was decided to be harmless. A package that is not listed is not known, and calls into it are" +
      " `UNANALYZED`. `x/...` stands for the packages below x that are not listed themselves.",
    "Packages of the module under analysis need no entry: they are read. Where Capslock's map says something" +
      " else, [another page](capslock.md) says why.",
    "## Packages with one rule",
    groups(plain).map(group).join("\n"),
    ...detailed.map(section),
  );
}

/** @param {PackageEntry} entry */
function exceptions({ functions = [], variables = [] }) {
  return [...functions, ...variables];
}

/**
 * Entries that say the same, together; harmless ones last.
 *
 * @param {readonly PackageEntry[]} entries
 * @returns {PackageEntry[][]}
 */
function groups(entries) {
  /** @type {Map<string, PackageEntry[]>} */
  const found = new Map();
  for (const entry of entries) {
    const key = rule(entry);
    found.set(key, [...(found.get(key) ?? []), entry]);
  }
  const isSafe = (/** @type {string} */ key) => (key.startsWith(code("SAFE")) ? 1 : 0);
  return [...found]
    .sort(([a], [b]) => isSafe(a) - isSafe(b) || (a < b ? -1 : 1))
    .map(([, members]) => members);
}

/** @param {readonly PackageEntry[]} members */
function group(members) {
  const [first] = members;
  return first === undefined ? "" : `- ${rule(first)}: ${members.map(({ path }) => code(path)).join(", ")}`;
}

/** @param {PackageEntry} entry */
function section(entry) {
  const { path, functions = [], variables = [] } = entry;
  return [
    `## ${code(path)}`,
    `${rule(entry)}, except:`,
    [
      ...functions.map((decision) => `- ${rule(decision)}: ${names(decision.names)}`),
      ...variables.map((decision) => `- ${rule(decision)}: variable ${names(decision.names)}`),
    ].join("\n"),
  ].join("\n\n");
}

/** @param {Pick<Decision, "capability" | "reason">} decision */
function rule({ capability, reason }) {
  const words = [capability].flat().map(code).join(", ");
  return reason === undefined ? words : `${words} (${reason})`;
}

/**
 * Functions by their names, methods gathered by type: `F`; `*T`: `M`, `N`; all of `T`.
 *
 * @param {readonly string[]} listed
 */
function names(listed) {
  /** @type {Map<string, string[]>} */
  const byReceiver = new Map();
  for (const name of listed) {
    const [, receiver = "", method = name] = /^\((\*?\w+)\)\.(.+)$/.exec(name) ?? [];
    byReceiver.set(receiver, [...(byReceiver.get(receiver) ?? []), method]);
  }
  const ordered = [...byReceiver].sort(([a], [b]) => (bare(a) < bare(b) ? -1 : 1));
  return ordered.map(([receiver, methods]) => ofReceiver(receiver, methods)).join("; ");
}

/** @param {string} receiver */
function bare(receiver) {
  return receiver.replace("*", "");
}

/**
 * @param {string} receiver empty for functions
 * @param {readonly string[]} methods
 */
function ofReceiver(receiver, methods) {
  if (methods.includes("*")) return `all methods of ${code(receiver)}`;
  const list = [...methods].sort().map(code).join(", ");
  return receiver === "" ? list : `of ${code(receiver)} ${list}`;
}
