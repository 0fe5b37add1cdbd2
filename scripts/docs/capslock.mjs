/**
 * docs/reference/capslock.md: what Capslock's map decides of exported names, beside what ours
 * does, and why where they differ. What Capslock's map says is read from its file once, and
 * from the page after that: so the page can be made again, and checked, without that file.
 */
import { code, page } from "./markdown.mjs";

/**
 * @typedef {typeof import("@capdiff/rules")} Rules
 * @typedef {{ version: string, packages: ReadonlyMap<string, PackageWords> }} Peer what Capslock's map says
 * @typedef {{ rule?: string, names: ReadonlyMap<string, string> }} PackageWords
 * @typedef {{ packages: readonly string[], capslock: string, capdiff: readonly string[], reason: string }} Difference
 * @typedef {{ more: string, finer: string, differences: readonly Difference[] }} Reasons
 * @typedef {Readonly<Record<string, { functions: string, types: string }>>} Symbols the exported names of packages
 * @typedef {Pick<Rules, "builtInMap" | "builtInTable" | "builtInEntries" | "classify">} OurMap
 */

/** What stands for a function of which Capslock's map says nothing: its body tells. */
const undecided = "UNSPECIFIED";

/**
 * What the text of Capslock's map says of packages and exported functions that ours knows.
 *
 * @param {string} text
 * @param {{ version: string, rules: Pick<Rules, "parseUserMap">, symbols: Symbols }} known
 * @returns {Peer}
 */
export function peerOfMap(text, { version, rules, symbols }) {
  const { map, mistakes } = rules.parseUserMap(text, "capslock");
  if (mistakes.length > 0) throw new Error(`not understood: ${JSON.stringify(mistakes)}`);
  /** @type {Map<string, string>} */
  const functions = new Map();
  /** @type {Map<string, string>} */
  const packages = new Map();
  for (const line of map.lines) {
    if (line.kind === "package") packages.set(line.name, wordOf(line.capabilities));
    if (line.kind === "func") functions.set(line.name, wordOf(line.capabilities));
    if (line.kind === "unanalyzed" && !functions.has(line.name)) functions.set(line.name, "UNANALYZED");
  }
  /** @type {Map<string, PackageWords & { names: Map<string, string> }>} */
  const found = new Map(
    [...packages]
      .filter(([path]) => symbols[path] !== undefined)
      .map(([path, rule]) => [path, { rule, names: new Map() }]),
  );
  for (const [id, word] of functions) {
    const { path, name } = split(id);
    if (!isExported(name, symbols[path])) continue;
    const words = found.get(path) ?? { names: new Map() };
    found.set(path, words);
    words.names.set(name, word);
  }
  return { version, packages: found };
}

/** @param {string} id `pkg.F`, `(pkg.T).M`, `(*pkg.T).M` of a package whose path has no dot in its last element */
function split(id) {
  const [, open = "", rest = ""] = /^(\(?\*?)(.*)$/.exec(id) ?? [];
  const dot = rest.indexOf(".", rest.lastIndexOf("/") + 1);
  return { path: rest.slice(0, dot), name: open + rest.slice(dot + 1) };
}

/**
 * Whether that is an exported function, or an exported method of an exported type.
 *
 * @param {string} name
 * @param {Symbols[string] | undefined} known
 */
function isExported(name, known) {
  if (known === undefined) return false;
  const [, receiver, method = ""] = /^\(\*?(\w+)\)\.(\w+)$/.exec(name) ?? [];
  if (receiver === undefined) return known.functions.split(" ").includes(name);
  return known.types.split(" ").includes(receiver) && /^\p{Lu}/u.test(method);
}

/** @param {readonly string[] | undefined} capabilities of a line: none is SAFE */
function wordOf(capabilities) {
  return capabilities === undefined ? undecided : (capabilities[0] ?? "SAFE");
}

/**
 * What a page says of Capslock's map.
 *
 * @param {string} text
 * @returns {Peer}
 */
export function peerOfPage(text) {
  const version = /of version (v\S+):/.exec(text)?.[1] ?? "";
  const sections = text.split(/^## `/m).slice(1);
  /** @type {Map<string, PackageWords>} */
  const packages = new Map();
  for (const section of sections) {
    const path = section.slice(0, section.indexOf("`"));
    const rule = /^The package: `(\S+)` beside /m.exec(section)?.[1];
    const rows = [...section.matchAll(/^- `(\S+)` beside .*: ((?:`[^`]+`(?:, )?)+)$/gm)];
    const names = rows.flatMap(([, word = "", list = ""]) =>
      [...list.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => /** @type {const} */ ([name, word])),
    );
    packages.set(path, { names: new Map(names), ...(rule !== undefined && rule !== undecided && { rule }) });
  }
  return { version, packages };
}

/**
 * @param {Peer} peer
 * @param {{ rules: OurMap, symbols: Symbols, reasons: Reasons }} ours
 */
export function capslockPage(peer, ours) {
  const all = [...peer.packages]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, words]) => packageRows(path, words, ours));
  return page(
    "# Beside Capslock's map",
    `What the capability map of Capslock decides of packages and exported functions of the standard library,` +
      ` of golang.org/x/sys and of golang.org/x/net, beside what the [built-in map](map.md) does. Capslock's side was read` +
      ` from \`interesting/interesting.cm\` of github.com/google/capslock, of version ${peer.version}: facts` +
      ` only, a function here is there if that file names it, or if its package's line is about it and capdiff says otherwise.`,
    `Of what Capslock's map says nothing it follows the bodies (\`${undecided}\`); what the built-in map says of that is on` +
      ` [its page](map.md). Lines about names that are not exported, and about other modules, have nothing beside` +
      ` them: our map decides at the exported function.`,
    counts(all.flatMap(({ rows }) => rows)),
    ...all.map(section),
  );
}

/**
 * @typedef {"same" | "finer" | "more" | "different"} Relation
 * @typedef {{ names: string[], theirs: string, ours: string, relation: Relation, reason: string }} Row
 * @typedef {{ path: string, rule: Row, rows: readonly Row[], others: number }} PackageRows
 */

/**
 * @param {string} path
 * @param {PackageWords} words
 * @param {{ rules: OurMap, symbols: Symbols, reasons: Reasons }} ours
 * @returns {PackageRows}
 */
function packageRows(path, { rule = undecided, names }, { rules, symbols, reasons }) {
  const all = [
    ...new Set([...(symbols[path]?.functions ?? "").split(" "), ...listedBy(rules, path), ...names.keys()]),
  ]
    .filter((name) => name !== "")
    .sort();
  const make = (/** @type {string} */ theirs, /** @type {readonly string[] | undefined} */ found) =>
    rowOf(path, { theirs, ours: found === undefined ? undecided : found.join(" ") || "SAFE" }, reasons);
  /** @type {Map<string, Row>} */
  const rows = new Map();
  let others = 0;
  for (const name of all) {
    const row = make(names.get(name) ?? rule, rules.builtInMap.decision(path, name));
    const isTold =
      names.has(name) || (rule !== undecided && (row.relation === "more" || row.relation === "different"));
    if (!isTold) {
      others++;
      continue;
    }
    const key = `${row.theirs} ${row.ours}`;
    const known = rows.get(key) ?? row;
    known.names.push(name);
    rows.set(key, known);
  }
  const sorted = [...rows.values()].sort((a, b) =>
    `${a.theirs} ${a.ours}` < `${b.theirs} ${b.ours}` ? -1 : 1,
  );
  const decided = rules.classify(rules.builtInTable, path, "");
  return { path, rule: make(rule, decided?.capabilities), rows: sorted, others };
}

/**
 * The functions and methods that our map lists, `(T).*` for all methods of a type.
 *
 * @param {OurMap} rules
 * @param {string} path
 */
function listedBy({ builtInEntries }, path) {
  const { functions = [] } = builtInEntries.find((entry) => entry.path === path) ?? {};
  return functions.flatMap(({ names }) => names);
}

/**
 * @param {string} path
 * @param {Pick<Row, "theirs" | "ours">} words
 * @param {Reasons} reasons
 * @returns {Row}
 */
function rowOf(path, { theirs, ours }, reasons) {
  const relation = relationOf(theirs, ours);
  const fits = (/** @type {Difference} */ one) =>
    one.packages.includes(path) && one.capslock === theirs && one.capdiff.includes(ours);
  const reason =
    relation === "different"
      ? (reasons.differences.find(fits)?.reason ?? "NO REASON")
      : relation === "same"
        ? ""
        : reasons[relation];
  return { names: [], theirs, ours, relation, reason };
}

/**
 * @param {string} theirs
 * @param {string} ours capabilities with blanks between them
 * @returns {Relation}
 */
function relationOf(theirs, ours) {
  if (theirs === ours) return "same";
  const coarse = new Set(ours.split(" ").map((name) => name.replace(/\/.*$/, "")));
  if (!coarse.has(theirs.replace(/\/.*$/, ""))) return "different";
  return coarse.size === 1 ? "finer" : "more";
}

/** @param {readonly Row[]} rows */
function counts(rows) {
  const of = (/** @type {Relation} */ relation) =>
    rows.filter((row) => row.relation === relation).reduce((sum, { names }) => sum + names.length, 0);
  return (
    `Of the functions that are listed here ${of("same")} have the same, ${of("finer")} a finer name of the same,` +
    ` ${of("more")} the same and more, and ${of("different")} something else, for the reason that is given.`
  );
}

/** @param {PackageRows} one */
function section({ path, rule, rows, others }) {
  const rest = others === 0 ? "" : ` Exported functions that are not listed: ${others}; ${restWords(rule)}.`;
  const list = rows.map((row) => `- ${beside(row)}: ${row.names.map(code).join(", ")}`).join("\n");
  const head = `The package: ${beside(rule.theirs === undecided ? { ...rule, reason: "" } : rule)}.${rest}`;
  return [`## ${code(path)}`, head, ...(list === "" ? [] : [list])].join("\n\n");
}

/** @param {Row} rule */
function restWords({ theirs }) {
  return theirs === undecided
    ? "Capslock's map says nothing of them"
    : "both say the same of them and of all other methods, or capdiff's name is finer";
}

/** @param {Pick<Row, "theirs" | "ours" | "reason">} row */
function beside({ theirs, ours, reason }) {
  const words = `${code(theirs)} beside ${ours.split(" ").map(code).join(" and ")}`;
  return reason === "" ? words : `${words} (${reason})`;
}
