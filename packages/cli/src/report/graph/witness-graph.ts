/**
 * The graph of all witnesses of a report: its nodes are the functions on them, by package, and what they end
 * in, with the capabilities that it brings. What two witnesses share is there once. Bounded: the witnesses
 * of the most telling capabilities come first, each as a whole, and those with which it would be too large are left out.
 */
import {
  type Capability,
  type CapabilityRow,
  comparePositions,
  compareText,
  type Position,
  type Report,
  type Step,
  type Terminal,
  type Witness,
} from "@capdiff/analyzer";
import { type Catalogue, compareCapabilities } from "../../catalogue.ts";

/** Edges that a graph has at most: a drawing of more nobody reads, and programs that draw refuse many more. */
export const edgeLimit = 300;

export interface WitnessGraph {
  /** By input, then path. */
  readonly packages: readonly GraphPackage[];
  /** By input, then name. */
  readonly terminals: readonly TerminalNode[];
  /** By where they start, then where they lead. */
  readonly edges: readonly GraphEdge[];
  /** Witnesses that are not in it, since it would be too large with them. */
  readonly leftOut: number;
}

export interface GraphPackage {
  readonly input: number;
  readonly path: string;
  /** `path@version` of its module, if that is not the one that is analysed. */
  readonly module?: string;
  /** By name. */
  readonly functions: readonly FunctionNode[];
}

/** Ids are unique in the graph: a letter and a number. */
export interface FunctionNode {
  readonly id: string;
  readonly name: string;
  /** Control gets in here, as far as the report says. */
  readonly isEntryPoint: boolean;
}

export interface TerminalNode extends Terminal {
  readonly id: string;
  /** The most telling first. */
  readonly capabilities: readonly Capability[];
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** It goes through an interface or a function value, or is a mention of a function that others may call. */
  readonly isDynamic: boolean;
  /** How many functions the call may run instead, the fewest where there are several calls; 0 if it is static. */
  readonly callees: number;
  /** Where the one uses the other, the first of several places. */
  readonly site: Position;
  readonly sites: number;
}

/** Makes the graph of a scan's report. With `whole` nothing is left out. */
export function witnessGraph(
  report: Report,
  { catalogue, whole }: { readonly catalogue: Catalogue; readonly whole: boolean },
): WitnessGraph {
  const byWeight = compareCapabilities(catalogue);
  const proofs = (report.capabilities ?? [])
    .toSorted((a, b) => byWeight(a.capability, b.capability))
    .flatMap((row) => witnessesOf(row).map((witness) => ({ row, witness })));
  const draft: Draft = { functions: new Map(), terminals: new Map(), edges: new Map() };
  const left = proofs.filter(({ row, witness }) => {
    const links = linksOf(row, witness);
    const more = links.filter(({ key }) => !draft.edges.has(key)).length;
    if (!whole && draft.edges.size + more > edgeLimit) return true;
    add(draft, row, links);
    return false;
  });
  return numbered(draft, byWeight, left.length);
}

function witnessesOf({ witness, otherWitnesses = [] }: CapabilityRow): readonly Witness[] {
  return [witness, ...otherWitnesses];
}

interface DraftFunction {
  readonly key: string;
  readonly input: number;
  readonly step: Step;
  isEntryPoint: boolean;
}

interface DraftTerminal {
  readonly key: string;
  readonly input: number;
  readonly terminal: Terminal;
  readonly capabilities: Set<Capability>;
}

interface Link {
  readonly key: string;
  readonly from: DraftFunction;
  readonly to: DraftNode;
  readonly step: Step;
  readonly isDynamic: boolean;
}

interface DraftEdge {
  readonly link: Link;
  callees: number;
  readonly sites: Map<string, Position>;
}

interface Draft {
  readonly functions: Map<string, DraftFunction>;
  readonly terminals: Map<string, DraftTerminal>;
  readonly edges: Map<string, DraftEdge>;
}

function linksOf(row: CapabilityRow, { steps, terminal }: Witness): Link[] {
  const { input, capability } = row;
  const entries = new Set(row.entryPoints.map((one) => one.function));
  const nodes = steps.map((step, index): DraftFunction => {
    const key = keyOf("function", input, step.package, step.function);
    return { key, input, step, isEntryPoint: index === 0 && entries.has(step.function) };
  });
  const key = keyOf("terminal", input, terminal.kind, terminal.name);
  const end: DraftTerminal = { key, input, terminal, capabilities: new Set([capability]) };
  return nodes.map((from, index) => {
    const next = nodes[index + 1];
    const { step } = from;
    // A name that ends a path is certain, however it is used.
    const isDynamic = step.callees !== undefined || (step.use === "reference" && next !== undefined);
    const to = next ?? end;
    return { key: keyOf(from.key, to.key, isDynamic), from, to, step, isDynamic };
  });
}

function keyOf(...parts: readonly unknown[]): string {
  return JSON.stringify(parts);
}

function add(draft: Draft, { capability }: CapabilityRow, links: readonly Link[]): void {
  for (const link of links) {
    addFunction(draft, link.from);
    if ("terminal" in link.to) {
      const known = draft.terminals.get(link.to.key);
      if (known === undefined) draft.terminals.set(link.to.key, link.to);
      else known.capabilities.add(capability);
    }
    addEdge(draft, link);
  }
}

function addFunction({ functions }: Draft, fn: DraftFunction): void {
  const known = functions.get(fn.key);
  if (known === undefined) functions.set(fn.key, fn);
  else known.isEntryPoint ||= fn.isEntryPoint;
}

function addEdge({ edges }: Draft, link: Link): void {
  const { callees = 0, site } = link.step;
  let edge = edges.get(link.key);
  if (edge === undefined) edges.set(link.key, (edge = { link, callees, sites: new Map() }));
  edge.callees = Math.min(edge.callees, callees);
  edge.sites.set(keyOf(site), site);
}

function numbered(
  draft: Draft,
  byWeight: (a: Capability, b: Capability) => number,
  leftOut: number,
): WitnessGraph {
  const functions = [...draft.functions.values()].sort(compareFunctions);
  const terminals = [...draft.terminals.values()].sort(compareTerminals);
  const places = new Map([...functions, ...terminals].map(({ key }, place) => [key, place]));
  // Every end of an edge was added with it.
  const placeOf = ({ key }: DraftNode) => places.get(key) as number;
  const idOf: IdOf = (node) => `${"terminal" in node ? "t" : "f"}${placeOf(node)}`;
  const edges = [...draft.edges.values()].sort(
    ({ link: a }, { link: b }) =>
      placeOf(a.from) - placeOf(b.from) ||
      placeOf(a.to) - placeOf(b.to) ||
      Number(a.isDynamic) - Number(b.isDynamic),
  );
  return {
    packages: packagesOf(functions, idOf),
    terminals: terminals.map((node) => ({
      ...node.terminal,
      id: idOf(node),
      capabilities: [...node.capabilities].sort(byWeight),
    })),
    edges: edges.map((edge) => edgeOf(edge, idOf)),
    leftOut,
  };
}

type DraftNode = DraftFunction | DraftTerminal;

type IdOf = (node: DraftNode) => string;

function edgeOf({ link, callees, sites }: DraftEdge, idOf: IdOf): GraphEdge {
  const { from, to, step, isDynamic } = link;
  const [site = step.site] = [...sites.values()].sort(comparePositions);
  return { from: idOf(from), to: idOf(to), isDynamic, callees, site, sites: sites.size };
}

function compareFunctions(a: DraftFunction, b: DraftFunction): number {
  return (
    a.input - b.input ||
    compareText(a.step.package, b.step.package) ||
    compareText(a.step.function, b.step.function)
  );
}

function compareTerminals(a: DraftTerminal, b: DraftTerminal): number {
  return (
    a.input - b.input ||
    compareText(a.terminal.name, b.terminal.name) ||
    compareText(a.terminal.kind, b.terminal.kind)
  );
}

/** Groups functions that are sorted. */
function packagesOf(functions: readonly DraftFunction[], idOf: IdOf): readonly GraphPackage[] {
  const packages: (GraphPackage & { readonly functions: FunctionNode[] })[] = [];
  for (const node of functions) {
    const { input, step, isEntryPoint } = node;
    let last = packages.at(-1);
    if (last === undefined || last.input !== input || last.path !== step.package) {
      const { package: path, module } = step;
      packages.push((last = { input, path, ...(module !== undefined && { module }), functions: [] }));
    }
    last.functions.push({ id: idOf(node), name: step.function, isEntryPoint });
  }
  return packages;
}
