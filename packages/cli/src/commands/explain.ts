import type { Rule } from "@capdiff/analyzer";
import {
  type CapabilityInfo,
  type Catalogue,
  capabilityNames,
  compareCapabilities,
  infoOf,
} from "../catalogue.ts";
import type { Environment } from "../environment.ts";
import { UsageError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { writeStream } from "../output.ts";
import { escapeText } from "../report/escape.ts";
import { few } from "../report/text/words.ts";

/** Names shown unless all are asked for. */
const most = 5;

/**
 * Says what a capability means and which names bring it, a few unless `verbose`, or what a rule means; without an id, lists
 * them all.
 */
export async function explain(
  id: string | undefined,
  environment: Environment,
  verbose: boolean,
): Promise<void> {
  const catalogue = await environment.loadCatalogue();
  const rules = await environment.loadRules();
  const rule = rules.find((one) => one.id === id?.toLowerCase());
  const lines =
    rule !== undefined
      ? ruleLines(rule)
      : id === undefined
        ? [...overview(catalogue), "", ...ruleOverview(rules)]
        : await explanation(id, { catalogue, rules }, environment, verbose);
  await writeStream(environment.stdout, [lines.map((line) => `${escapeText(line)}\n`).join("")]);
}

function overview(catalogue: Catalogue): readonly string[] {
  const names = Object.keys(catalogue).sort(compareCapabilities(catalogue));
  const width = Math.max(0, ...names.map((name) => name.length));
  return names.map((name) => `${name.padEnd(width)}  ${infoOf(catalogue, name)?.title ?? ""}`);
}

function ruleOverview(rules: readonly Rule[]): readonly string[] {
  const width = Math.max(0, ...rules.map(({ id }) => id.length));
  return rules.map(({ id, tier, title }) => `${id.padEnd(width)}  ${tier.padEnd("inform".length)}  ${title}`);
}

function ruleLines({ id, title, tier, seen, why, benign, references }: Rule): readonly string[] {
  return [
    `${id}: ${title}`,
    "",
    `Seen: ${seen}`,
    `Why it matters: ${why}`,
    `At most: ${tier}`,
    ...(benign.length === 0 ? [] : ["Harmless:", ...benign.map((line) => `  ${line}`)]),
    ...(references.length === 0 ? [] : ["References:", ...references.map((line) => `  ${line}`)]),
  ];
}

interface Explained {
  readonly catalogue: Catalogue;
  readonly rules: readonly Rule[];
}

async function explanation(
  id: string,
  { catalogue, rules }: Explained,
  { namesBringing }: Environment,
  verbose: boolean,
): Promise<readonly string[]> {
  const valid = capabilityNames(catalogue);
  const name = valid.find((known) => known.toLowerCase() === id.toLowerCase());
  if (name === undefined) {
    throw new UsageError(
      `there is no capability or rule "${id}"`,
      didYouMean(id, [...valid, ...rules.map((rule) => rule.id)]) ?? "`capdiff explain` lists them all.",
    );
  }
  const parts = valid.filter((known) => known.startsWith(`${name}/`));
  const info = Object.hasOwn(catalogue, name) ? catalogue[name] : undefined;
  return [
    ...(info === undefined ? [`${name}: stands for all of its kind`] : infoLines(name, info)),
    ...(parts.length === 0 ? [] : [`Includes: ${parts.join(", ")}`]),
    ...bringerLines(await namesBringing(name), verbose),
  ];
}

function infoLines(name: string, { title, explanation: text, capslock, weight }: CapabilityInfo): string[] {
  return [
    `${name}: ${title}`,
    "",
    ...wrap(text, 80),
    "",
    `Capslock name: ${capslock}`,
    `Weight: ${weight} of 100; the heavier, the earlier it is told`,
  ];
}

function bringerLines(names: readonly string[], verbose: boolean): readonly string[] {
  if (names.length === 0) return ["Brought by no name of the map: the analyzer sees it in the code"];
  if (verbose) return ["Brought by:", ...names.map((name) => `  ${name}`)];
  const all = names.length > most ? ` (--verbose lists all ${names.length})` : "";
  return [`Brought by: ${few(names, most)}${all}`];
}

/** Breaks a text between words. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((word) => word !== "")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
