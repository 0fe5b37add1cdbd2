/** What Capslock's own test expects of its test packages, held against Capslock and capdiff. Its files are read where Go puts them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { portFlags, usual } from "../modules/ports.mjs";
import { capdiff, withNewCache } from "../modules/workshop.mjs";
import { count, figure, words } from "../tables/table.mjs";
import { askCapslock, capslockSources, mapFlags } from "./capslock.mjs";
import { infosOfFile, witnessOf } from "./infos.mjs";

/** @typedef {import("./infos.mjs").Info} Info */

/**
 * Some path to a capability has functions that match these expressions, in this order; or none has.
 * @typedef {object} Fact
 * @property {boolean} isExpected
 * @property {readonly string[]} functions regular expressions
 * @property {string} [capability] any unless given
 */

const element = /"[^"]*"|`[^`]*`/g;
const fact = /\{Fn: \[\]string\{((?:"[^"]*"|`[^`]*`|, )*)\}(?:, Cap: ("[^"]*"|`[^`]*`))?\}/;

/**
 * The facts that a Go file lists, one a line: in a list whose name begins with `unexpected` those that must not hold.
 *
 * @param {string} source
 * @returns {Fact[]}
 */
export function readFacts(source) {
  /** @type {Fact[]} */
  const facts = [];
  let isExpected = true;
  for (const line of source.split("\n")) {
    const list = /(\w+) := \[\]expectedPath\{/.exec(line);
    if (list !== null) isExpected = !list[1]?.startsWith("unexpected");
    const [found, functions = "", capability] = fact.exec(line) ?? [];
    if (found === undefined) continue;
    facts.push({
      isExpected,
      functions: (functions.match(element) ?? []).map(unquoted),
      ...(capability !== undefined && { capability: unquoted(capability) }),
    });
  }
  return facts;
}

/** None of the texts has an escape. @param {string} literal */
function unquoted(literal) {
  return literal.slice(1, -1);
}

/**
 * The first path that is what a fact says.
 *
 * @param {Fact} fact
 * @param {readonly Info[]} infos
 * @param {{ typeArguments: boolean }} [options] typeArguments: whether those that the fact asks for have to be told
 */
export function matching({ functions, capability }, infos, { typeArguments } = { typeArguments: true }) {
  const expressions = functions.map(
    (text) => new RegExp(typeArguments ? text : text.replace(/\\\[.*\\\]/, "")),
  );
  return infos.find(({ capabilityName, path = [] }) => {
    if (capability !== undefined && capability !== capabilityName) return false;
    let matched = 0;
    for (const { name } of path) if (expressions[matched]?.test(name)) matched++;
    return matched === expressions.length;
  });
}

export const factsColumns = [
  { title: "facts", width: 39 },
  { title: "read" },
  { title: "Capslock" },
  { title: "capdiff" },
  { title: "type arguments aside" },
];

/**
 * Two rows: facts that must hold, and facts that must not. What capdiff says otherwise is noted.
 *
 * @param {import("../tables/benchmark.mjs").Note} note
 */
export async function factRows(note) {
  const sources = capslockSources();
  const facts = readFacts(readFileSync(join(sources, "testing", "analyzepackages_test.go"), "utf8"));
  const { theirs, ours } = await withNewCache((folder) => bothSay(sources, folder));
  const aside = { typeArguments: false };
  for (const one of facts) {
    const found = matching(one, ours, one.isExpected ? aside : undefined);
    if (one.isExpected && found === undefined) note(`: missing ${factText(one)}`);
    if (!one.isExpected && found !== undefined) note(`: extra ${factText(one)}: ${witnessOf(found)}`);
  }
  return [true, false].map((isExpected) => {
    const some = facts.filter((one) => one.isExpected === isExpected);
    /** @param {(fact: Fact) => Info | undefined} find */
    const holding = (find) => some.filter((one) => (find(one) !== undefined) === isExpected).length;
    return [
      words(isExpected ? "expected" : "forbidden"),
      figure(some.length, count, { atLeast: 1 }),
      figure(
        holding((one) => matching(one, theirs)),
        count,
        { atLeast: some.length },
      ),
      figure(
        holding((one) => matching(one, ours)),
        count,
      ),
      figure(
        holding((one) => matching(one, ours, aside)),
        count,
        { atLeast: some.length },
      ),
    ];
  });
}

/** @param {Fact} fact */
function factText({ functions, capability = "any capability" }) {
  return `${capability} by ${functions.join(" ... ")}`;
}

/**
 * @param {string} sources
 * @param {string} folder
 */
async function bothSay(sources, folder) {
  const [theirs, ours] = [join(folder, "capslock.json"), join(folder, "capdiff.json")];
  await askCapslock(sources, { packages: "./testpkgs/...", output: theirs });
  const asked = ["--package", "./testpkgs/...", "--granularity", "function", "--format", "capslock"];
  await capdiff(["scan", sources, ...portFlags(usual), ...mapFlags(), ...asked, "--output", ours], folder);
  return { theirs: await all(infosOfFile(theirs)), ours: await all(infosOfFile(ours)) };
}

/** @param {AsyncIterable<Info>} infos */
async function all(infos) {
  const list = [];
  for await (const info of infos) list.push(info);
  return list;
}
