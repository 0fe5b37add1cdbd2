/**
 * Words that tie the repository to where it was written: numbers of issues, paths of
 * a machine, hosts of a mirror. The words themselves are found out at run time, since
 * a file that lists them would hold them.
 */
import { readFileSync } from "node:fs";
import { inRoot, repositoryFiles } from "../workspace.mjs";
import { machineHosts } from "./machine.mjs";

/** @typedef {{ what: string, pattern: RegExp, applies: (path: string) => boolean }} Word */

/** @returns {import("./checks.mjs").Outcome} */
export function words() {
  const forbidden = forbiddenWords(machineHosts());
  let covered = 0;
  const problems = repositoryFiles().flatMap((path) => {
    const bytes = readFileSync(inRoot(path));
    if (bytes.subarray(0, 8000).includes(0)) return [];
    covered++;
    return wordsIn(path, bytes.toString("utf8"), forbidden);
  });
  return { covered, unit: "text files", problems };
}

/**
 * @param {readonly string[]} hosts
 * @returns {Word[]}
 */
export function forbiddenWords(hosts) {
  const folders = ["work", "root"].map((name) => `/${name}/`);
  return [
    {
      what: "the number of an issue",
      pattern: /\bissues? *(?:#|no\.? *)?\d+\b|\bissues? #/i,
      applies: () => true,
    },
    // A sample of an attack may well read from root's home.
    { what: "a path of a machine", pattern: anyOf(folders, "(?<![\\w.~-])"), applies: isOurText },
    ...(hosts.length === 0
      ? []
      : [{ what: "a host of this machine's configuration", pattern: anyOf(hosts, ""), applies: () => true }]),
  ];
}

/**
 * @param {string} path
 * @param {string} text
 * @param {readonly Word[]} forbidden
 * @returns {string[]}
 */
export function wordsIn(path, text, forbidden) {
  const applying = forbidden.filter(({ applies, pattern }) => applies(path) && pattern.test(text));
  return applying.flatMap(({ what, pattern }) =>
    text.split("\n").flatMap((line, index) => {
      const match = pattern.exec(line);
      return match === null ? [] : [`${path}:${index + 1}: ${what}: ${match[0]}`];
    }),
  );
}

/** @param {string} path */
function isOurText(path) {
  return !path.endsWith(".txtar") && !path.startsWith("test-corpus/") && !path.includes("/testdata/");
}

/**
 * @param {readonly string[]} texts
 * @param {string} before
 */
function anyOf(texts, before) {
  return new RegExp(
    `${before}(?:${texts.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`,
  );
}
