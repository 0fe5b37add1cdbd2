/** The witness graph in the language of Graphviz. */
import type { Report } from "@capdiff/analyzer";
import { escapeText } from "../escape.ts";
import type { RenderOptions } from "../render.ts";
import { edgeLabel, functionLabel, leftOutLabel, packageLabel, terminalLabel } from "./labels.ts";
import { type GraphPackage, witnessGraph } from "./witness-graph.ts";

export function* renderDot(report: Report, { catalogue, verbose }: RenderOptions): Generator<string> {
  const graph = witnessGraph(report, { catalogue, whole: verbose });
  // Without newrank Graphviz loses edges that have labels and go between many clusters.
  yield "digraph capdiff {\n  rankdir=LR;\n  newrank=true;\n  node [shape=box];\n";
  for (const [index, pkg] of graph.packages.entries()) yield* cluster(pkg, index, report);
  for (const node of graph.terminals)
    yield `  ${node.id} [label=${quoted(terminalLabel(node))}, shape=hexagon];\n`;
  for (const edge of graph.edges) {
    const style = edge.isDynamic ? ", style=dashed" : "";
    yield `  ${edge.from} -> ${edge.to} [label=${quoted(edgeLabel(edge))}${style}];\n`;
  }
  const left = leftOutLabel(graph);
  if (left.length > 0) yield `  label=${quoted(left)};\n`;
  yield "}\n";
}

function* cluster(pkg: GraphPackage, index: number, report: Report): Generator<string> {
  yield `  subgraph cluster_${index} {\n    label=${quoted(packageLabel(pkg, report))};\n`;
  for (const node of pkg.functions) {
    const entry = node.isEntryPoint ? ", peripheries=2" : "";
    yield `    ${node.id} [label=${quoted(functionLabel(node, pkg))}${entry}];\n`;
  }
  yield "  }\n";
}

/** A string of that language, in which backslashes escape and `&amp;` is an ampersand. */
function quoted(lines: readonly string[]): string {
  const escaped = lines.map((line) =>
    escapeText(line).replaceAll("&", "&amp;").replaceAll("\\", "\\\\").replaceAll('"', '\\"'),
  );
  return `"${escaped.join("\\n")}"`;
}
