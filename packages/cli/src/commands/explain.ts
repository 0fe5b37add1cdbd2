import { type Catalogue, capabilityNames, compareCapabilities, infoOf } from "../catalogue.ts";
import type { Environment } from "../environment.ts";
import { UsageError } from "../errors.ts";
import { didYouMean } from "../nearest.ts";
import { writeStream } from "../output.ts";
import { escapeText } from "../report/escape.ts";

/** Says what a capability means; without an id, lists them all. */
export async function explain(id: string | undefined, environment: Environment): Promise<void> {
  const catalogue = await environment.loadCatalogue();
  const lines = id === undefined ? overview(catalogue) : explanation(id, catalogue);
  await writeStream(environment.stdout, [lines.map((line) => `${escapeText(line)}\n`).join("")]);
}

function overview(catalogue: Catalogue): readonly string[] {
  const names = Object.keys(catalogue).sort(compareCapabilities(catalogue));
  const width = Math.max(0, ...names.map((name) => name.length));
  return names.map((name) => `${name.padEnd(width)}  ${infoOf(catalogue, name)?.title ?? ""}`);
}

function explanation(id: string, catalogue: Catalogue): readonly string[] {
  const valid = capabilityNames(catalogue);
  const name = valid.find((known) => known.toLowerCase() === id.toLowerCase());
  if (name === undefined) {
    throw new UsageError(
      `there is no capability "${id}"`,
      didYouMean(id, valid) ?? "`capdiff explain` lists them all.",
    );
  }
  const parts = valid.filter((known) => known.startsWith(`${name}/`));
  const info = Object.hasOwn(catalogue, name) ? catalogue[name] : undefined;
  return [
    info === undefined ? `${name}: stands for all of its kind` : `${name}: ${info.title}`,
    ...(info === undefined ? [] : ["", ...wrap(info.explanation, 80), "", `Capslock name: ${info.capslock}`]),
    ...(parts.length === 0 ? [] : [`Includes: ${parts.join(", ")}`]),
  ];
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
