/** The words of a graph, in lines; unescaped. */
import type { Report } from "@capdiff/analyzer";
import { count, functionName, inputLabel, packageName, place, terminalName } from "../text/words.ts";
import type { FunctionNode, GraphEdge, GraphPackage, TerminalNode, WitnessGraph } from "./witness-graph.ts";

/** Characters of a line; what is longer loses its middle. */
const limit = 80;

function cut(text: string): string {
  if (text.length <= limit) return text;
  const half = limit / 2;
  return `${text.slice(0, half - 1)}…${text.slice(-half)}`;
}

/** Its path, and of whom it is where that is not plain. */
export function packageLabel({ path, module, input }: GraphPackage, report: Report): readonly string[] {
  const { inputs } = report;
  const target = inputs[input];
  const of = inputs.length > 1 && target !== undefined ? [inputLabel(target)] : [];
  return [packageName(path, report), ...(module === undefined ? [] : [module]), ...of].map(cut);
}

/** Its name inside its package. */
export function functionLabel({ name }: FunctionNode, { path }: GraphPackage): readonly string[] {
  return [cut(functionName(name, path))];
}

/** What it is, then what it brings. */
export function terminalLabel({ capabilities, ...terminal }: TerminalNode): readonly string[] {
  return [terminalName(terminal), ...capabilities].map(cut);
}

/** Where, and of how many callees it is one. */
export function edgeLabel({ site, sites, callees }: GraphEdge): readonly string[] {
  const more = sites > 1 ? ` and ${sites - 1} more` : "";
  return [cut(place(site)) + more, ...(callees > 0 ? [`one of ${count(callees, "callee")}`] : [])];
}

/** What is not shown; nothing if all is. */
export function leftOutLabel({ leftOut }: WitnessGraph): readonly string[] {
  if (leftOut === 0) return [];
  return [
    `${count(leftOut, "path")} left out`,
    "--capability or --package shows a part, --verbose all of them",
  ];
}
