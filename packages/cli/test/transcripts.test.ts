/**
 * Runs the transcripts: Markdown in which a block ```console holds `$ capdiff ...`, what
 * it wrote to stdout and stderr, and `[exit N]` when that is not 0.
 * CAPDIFF_UPDATE=1 writes down what was found instead of comparing.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runHere } from "./samples/environment.ts";

const folder = new URL("./transcripts/", import.meta.url);

for (const name of readdirSync(folder).filter((file) => file.endsWith(".md"))) {
  test(name, async () => {
    const file = new URL(name, folder);
    const written = readFileSync(file, "utf8");
    const found = await replay(written);
    if (process.env["CAPDIFF_UPDATE"] === "1") writeFileSync(file, found);
    else expect(found).toBe(written);
  });
}

/** The transcript with the output that its commands have now. */
async function replay(transcript: string): Promise<string> {
  const parts = transcript.split(/(^```console\n[\s\S]*?^```$)/m);
  const replayed = [];
  for (const part of parts) replayed.push(part.startsWith("```console\n") ? await replayBlock(part) : part);
  return replayed.join("");
}

async function replayBlock(block: string): Promise<string> {
  const commands = block.split("\n").filter((line) => line.startsWith("$ capdiff"));
  const outputs = [];
  for (const command of commands) outputs.push(`${command}\n${await outputOf(command)}`);
  return `\`\`\`console\n${outputs.join("\n")}\`\`\``;
}

async function outputOf(command: string): Promise<string> {
  const args = command
    .split(/\s+/)
    .slice(2)
    .map((word) => word.replace(/^'(.*)'$/, "$1"));
  const { code, stdout, stderr } = await runHere(args);
  return `${stdout}${stderr}${code === 0 ? "" : `[exit ${code}]\n`}`;
}
