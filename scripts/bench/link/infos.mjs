/** Capslock's JSON, its own or ours, and the pairs that it names. */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

/**
 * What a function can do, by one path.
 * @typedef {object} Info
 * @property {string} capabilityName
 * @property {string} packageDir the import path
 * @property {readonly { name: string, site?: { filename: string, line: string } }[]} [path] absent if empty
 */

/** @typedef {"package" | "function"} Granularity */

/** What is told of each pair: how the path to its capability begins and ends. @typedef {Map<string, string>} Pairs */

/**
 * The elements of `capabilityInfo`, each on lines of its own, as both programs print them. One after the other:
 * all together may be longer than a text can be.
 *
 * @param {AsyncIterable<string> | Iterable<string>} lines
 * @returns {AsyncGenerator<Info>}
 */
export async function* capabilityInfos(lines) {
  let isInside = false;
  let text = "";
  for await (const line of lines) {
    if (/^\s*"\w+": *\[/.test(line) && text === "") isInside = line.includes('"capabilityInfo"');
    else if (isInside && (text !== "" || /^\s*\{/.test(line))) {
      text += line;
      // An element on one line, or the end of one on several: nothing in it is indented less.
      if (/^(?:\t\t| {4}\{.*)\},?$/.test(line)) {
        yield/** @type {Info} */ (JSON.parse(text.replace(/,$/, "")));
        text = "";
      }
    }
  }
  if (text !== "") throw new Error(`no end of ${text.slice(0, 200)}`);
}

/** @param {string} file */
export function infosOfFile(file) {
  return capabilityInfos(createInterface({ input: createReadStream(file, "utf8"), crlfDelay: Infinity }));
}

/**
 * (package, capability) or (function, capability), a tab between. Functions that cgo generates are left out, what only
 * their bodies bring but CGO, and type arguments: Capslock has a function for each list of them. In packages with CGO closures
 * count for the function that they are in: cgo makes some of its own, and numbers the others anew.
 *
 * @param {AsyncIterable<Info> | Iterable<Info>} infos
 * @param {Granularity} granularity
 * @returns {Promise<Pairs>}
 */
export async function pairsOf(infos, granularity) {
  /** @type {Info[]} */
  const all = [];
  for await (const info of infos) if (!isGenerated(info)) all.push(info);
  const ofC = new Set(
    all.filter(({ capabilityName }) => capabilityName === "CGO").map(({ packageDir }) => packageDir),
  );
  /** @type {Pairs} */
  const pairs = new Map();
  for (const info of all) {
    const name = withoutTypeArguments(info.path?.[0]?.name ?? "");
    const counted = ofC.has(info.packageDir) ? name.replace(/(?:\$\d+)+$/, "") : name;
    const owner = granularity === "package" ? info.packageDir : counted;
    const pair = `${owner}\t${info.capabilityName}`;
    if (!pairs.has(pair)) pairs.set(pair, witnessOf(info));
  }
  return pairs;
}

const generated = /\.(?:_(?:C2func|Cfunc|Cgo|Cmacro|cgo)|runtime_throw$)/;

/** @param {Info} info */
function isGenerated({ capabilityName, path }) {
  if (generated.test(path?.[0]?.name ?? "")) return true;
  return capabilityName !== "CGO" && generated.test(path?.at(-1)?.name ?? "");
}

/** Those of the function and of its type. @param {string} name */
export function withoutTypeArguments(name) {
  return name.replace(/\[.*\]/, "");
}

/**
 * The first and the last steps of a path, and how many are between.
 *
 * @param {Info} info
 */
export function witnessOf({ path = [] }) {
  const steps = path.map(({ name, site }) =>
    site === undefined ? name : `${site.filename}:${site.line} ${name}`,
  );
  if (steps.length <= 4) return steps.join(" -> ");
  return [...steps.slice(0, 2), `(${steps.length - 4} more)`, ...steps.slice(-2)].join(" -> ");
}
