/** docs/reference/capabilities.md: what each capability means, and which packages of the map bring it. */
import { anchor, code, page, table } from "./markdown.mjs";

/**
 * @typedef {import("@capdiff/rules").PackageEntry} PackageEntry
 * @typedef {import("@capdiff/rules").CapabilityInfo} CapabilityInfo
 */

/**
 * @param {{ capabilities: Readonly<Record<string, CapabilityInfo>>, builtInEntries: readonly PackageEntry[] }} rules
 */
export function capabilitiesPage({ capabilities, builtInEntries }) {
  const sorted = Object.entries(capabilities).sort(
    ([a, one], [b, other]) => other.weight - one.weight || (a < b ? -1 : 1),
  );
  return page(
    "# Capabilities",
    "What `capdiff explain` tells, in one page: the most telling capability first. The first part of a name" +
      " is the name that Capslock uses; it stands for all of its kind wherever a capability is asked for." +
      " The weight orders reports and means nothing else.",
    table(
      ["capability", "lets code", "weight"],
      sorted.map(([name, { title, weight }]) => [`[${name}](#${anchor(name)})`, title, String(weight)]),
    ),
    ...sorted.map(([name, info]) => section(name, info, builtInEntries)),
  );
}

/**
 * @param {string} name
 * @param {CapabilityInfo} info
 * @param {readonly PackageEntry[]} entries
 */
function section(name, { explanation, capslock }, entries) {
  const from = entries.filter((entry) => brings(entry, name)).map(({ path }) => code(path));
  const source =
    from.length === 0
      ? "No name of the [map](map.md) brings it: the analyzer sees it in the code."
      : `Brought by names of ${from.join(", ")} (see the [map](map.md)).`;
  return [`## ${name}`, explanation, `Capslock's name: ${code(capslock)}. ${source}`].join("\n\n");
}

/**
 * @param {PackageEntry} entry
 * @param {string} name
 */
function brings({ capability, functions = [], variables = [] }, name) {
  return [{ capability }, ...functions, ...variables].some((one) => [one.capability].flat().includes(name));
}
