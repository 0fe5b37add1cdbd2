/** The witness graph as a flowchart of Mermaid, which many pages of Markdown draw. */
import type { Report } from "@capdiff/analyzer";
import { escapeText } from "../escape.ts";
import type { RenderOptions } from "../render.ts";
import { edgeLabel, functionLabel, leftOutLabel, packageLabel, terminalLabel } from "./labels.ts";
import { type GraphPackage, witnessGraph } from "./witness-graph.ts";

export function* renderMermaid(report: Report, { catalogue, verbose }: RenderOptions): Generator<string> {
  const graph = witnessGraph(report, { catalogue, whole: verbose });
  yield "flowchart LR\n";
  for (const [index, pkg] of graph.packages.entries()) yield* subgraph(pkg, index, report);
  for (const node of graph.terminals) yield `  ${node.id}{{${quoted(terminalLabel(node))}}}\n`;
  for (const edge of graph.edges) {
    const arrow = edge.isDynamic ? "-.->" : "-->";
    yield `  ${edge.from} ${arrow}|${quoted(edgeLabel(edge))}| ${edge.to}\n`;
  }
  const left = leftOutLabel(graph);
  if (left.length > 0) yield `  left[${quoted(left)}]\n`;
}

function* subgraph(pkg: GraphPackage, index: number, report: Report): Generator<string> {
  yield `  subgraph p${index}[${quoted(packageLabel(pkg, report))}]\n`;
  for (const node of pkg.functions) {
    const label = quoted(functionLabel(node, pkg));
    yield `    ${node.id}${node.isEntryPoint ? `([${label}])` : `[${label}]`}\n`;
  }
  yield "  end\n";
}

/** Whatever may mean something to it, or to Markdown and HTML inside it, is written as a number. */
function quoted(lines: readonly string[]): string {
  const escaped = lines.map((line) =>
    escapeText(line).replace(/[^\p{L}\p{Nd} .,:/$()-]/gu, (found) => `#${found.codePointAt(0)};`),
  );
  return `"${escaped.join("<br>")}"`;
}
