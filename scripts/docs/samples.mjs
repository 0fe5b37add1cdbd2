/**
 * Samples in documents: a block ```console holds `$ ` and a command, in further lines
 * that start with `> ` the rest of it, and then what it writes. Blocks of other languages
 * are left alone. Commands must not need the network: they run with downloads turned off.
 */
import { runLine } from "./sources.mjs";

const block = /^```console\n([\s\S]*?)^```$/gm;

/** @typedef {(line: string) => { status: number, output: string }} Runner */

/**
 * The document with the output that its commands have now. A block without a command is
 * an error.
 *
 * @param {string} document
 * @param {Runner} [run]
 * @returns {string}
 */
export function replay(document, run = runLine) {
  return document.replace(block, (_, content) => {
    const command = commandLines(String(content));
    const { status, output } = run(command.map((line) => line.slice(2)).join("\n"));
    const end = status === 0 ? "" : `[exit ${status}]\n`;
    return `\`\`\`console\n${command.join("\n")}\n${output}${end}\`\`\``;
  });
}

/**
 * @param {string} content of a block
 * @returns {string[]} with their prompts
 */
function commandLines(content) {
  const lines = content.split("\n");
  const [first = ""] = lines;
  if (!first.startsWith("$ ")) throw new Error(`a block \`\`\`console starts with "$ ", not with "${first}"`);
  const end = lines.findIndex((line, index) => index > 0 && !line.startsWith("> "));
  return lines.slice(0, end);
}
