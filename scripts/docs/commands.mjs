/** docs/reference/commands.md: the help of every command, as the command line prints it. */
import { page } from "./markdown.mjs";
import { runLine } from "./sources.mjs";

const commands = ["scan", "diff", "graph", "verify", "explain", "schema", "inspect path"];

export function commandsPage() {
  return page(
    "# Commands",
    "What `--help` prints. How to use it is told in the [guide](../guide.md).",
    section("capdiff"),
    ...commands.map((name) => section(`capdiff ${name}`)),
  );
}

/** @param {string} command */
function section(command) {
  const { status, output } = runLine(`${command} --help`);
  if (status !== 0) throw new Error(`${command} --help: exit code ${status}\n${output}`);
  return `## ${command}\n\n\`\`\`text\n${output.trimEnd()}\n\`\`\``;
}
