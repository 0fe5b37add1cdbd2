/**
 * The graph of module requirements, and the versions that minimal version selection takes from it
 * (https://go.dev/ref/mod#minimal-version-selection, #graph-pruning). Knows nothing of files or servers.
 */
import { compareVersions } from "../semver.ts";
import type { ModuleVersion } from "../zip.ts";
import { compareGoVersions, GO_VERSION_UNSET, PRUNING_SINCE } from "./go-version.ts";

/** What one go.mod contributes to the graph; `exclude` is already applied. */
export interface ModuleRequirements {
  readonly goVersion?: string | undefined;
  readonly require: readonly ModuleVersion[];
}

/** Where a graph starts, and how far it may grow. */
export interface GraphInput {
  /** The main module's path: whatever version of it is required, the main module stands for it. */
  readonly main: string;
  /** What the main module requires. May name a path twice. */
  readonly roots: readonly ModuleVersion[];
  readonly isPruned: boolean;
  readonly bounds: GraphBounds;
  /** The requirements of a version, undefined if they cannot be had. May be asked for the same one again. */
  load(module: ModuleVersion): Promise<ModuleRequirements | undefined>;
}

/** How many versions are loaded, and how many requirements followed, at most. */
export interface GraphBounds {
  readonly modules: number;
  readonly requirements: number;
}

/** What was selected, and why. */
export interface Selection {
  /** The version of each path in the graph, without the main module's. */
  readonly selected: ReadonlyMap<string, string>;
  /** By {@link moduleKey} of a required version: the first that requires it; for the main module undefined. */
  readonly requiredBy: ReadonlyMap<string, ModuleVersion | undefined>;
  /** Whether a bound was hit, so that versions may be too low and modules may lack. */
  readonly isCut: boolean;
}

/** `path@version`. */
export function moduleKey({ path, version }: ModuleVersion): string {
  return `${path}@${version}`;
}

/** Whether a go.mod with this `go` directive lists all that its packages need. */
export function supportsPruning(goVersion: string | undefined): boolean {
  return compareGoVersions(goVersion ?? GO_VERSION_UNSET, PRUNING_SINCE) >= 0;
}

/**
 * The highest version of each path that is reachable. In a pruned graph the main module's own requirements are
 * raised to what was selected and the graph is read again until nothing changes, as the Go command does before it
 * prints a list. Loads level by level, so that the result depends on nothing but the requirements.
 */
export async function selectVersions(input: GraphInput): Promise<Selection> {
  const used: Used = { modules: new Set(), requirements: 0, requiredBy: new Map() };
  let roots = input.isPruned ? highest(input.roots, input.main) : input.roots;
  for (;;) {
    const selection = await readGraph({ ...input, roots }, used);
    const raised = roots.map(({ path, version }) => ({
      path,
      version: selection.selected.get(path) ?? version,
    }));
    const isStable = raised.every(({ version }, index) => version === roots[index]?.version);
    if (!input.isPruned || isStable || selection.isCut) return selection;
    roots = raised;
  }
}

function highest(modules: readonly ModuleVersion[], main: string): ModuleVersion[] {
  const best = new Map<string, ModuleVersion>();
  for (const module of modules) {
    const other = best.get(module.path);
    if (other === undefined || compareVersions(module.version, other.version) > 0)
      best.set(module.path, module);
  }
  best.delete(main);
  return [...best.values()];
}

/** What is spent of the bounds, and what was learned; shared by all readings of one selection. */
interface Used {
  readonly modules: Set<string>;
  requirements: number;
  readonly requiredBy: Map<string, ModuleVersion | undefined>;
}

/** A version whose go.mod is to be read, and whether all that it leads to must be read too. */
interface Step {
  readonly module: ModuleVersion;
  readonly isWhole: boolean;
}

interface Reading {
  readonly input: GraphInput;
  readonly used: Used;
  readonly selected: Map<string, string>;
  /** What was a step before; a version may be one twice, whole and not. */
  readonly taken: Set<string>;
  isCut: boolean;
}

async function readGraph(input: GraphInput, used: Used): Promise<Selection> {
  const reading: Reading = {
    input,
    used,
    selected: new Map(),
    taken: new Set(),
    isCut: false,
  };
  select(reading, undefined, input.roots);
  let level = stepsTo(reading, { require: input.roots, isWhole: !input.isPruned });
  while (level.length > 0) level = await readLevel(reading, level);
  return { selected: reading.selected, requiredBy: used.requiredBy, isCut: reading.isCut };
}

/** As many are loaded before the bounds are looked at again: each may require a great deal. */
const AT_ONCE = 64;

/** Reads the go.mod of each step; returns the steps that follow from them. */
async function readLevel(reading: Reading, level: readonly Step[]): Promise<Step[]> {
  const next: Step[] = [];
  for (let start = 0; start < level.length && !reading.isCut; start += AT_ONCE) {
    const steps = level.slice(start, start + AT_ONCE);
    const loaded = await Promise.all(steps.map(({ module }) => reading.input.load(module)));
    for (const [index, step] of steps.entries()) {
      const found = loaded[index];
      if (found !== undefined) next.push(...follow(reading, step, found));
    }
  }
  return next;
}

function follow(reading: Reading, { module, isWhole }: Step, found: ModuleRequirements): Step[] {
  select(reading, module, found.require);
  const nextIsWhole = isWhole || !supportsPruning(found.goVersion);
  return nextIsWhole ? stepsTo(reading, { require: found.require, isWhole: true }) : [];
}

function select(reading: Reading, from: ModuleVersion | undefined, require: readonly ModuleVersion[]): void {
  const { input, selected, used } = reading;
  used.requirements += require.length;
  reading.isCut ||= used.requirements > input.bounds.requirements;
  for (const module of require) {
    const { path, version } = module;
    const key = moduleKey(module);
    if (!used.requiredBy.has(key)) used.requiredBy.set(key, from);
    const other = selected.get(path);
    if (path !== input.main && (other === undefined || compareVersions(version, other) > 0))
      selected.set(path, version);
  }
}

function stepsTo(
  reading: Reading,
  { require, isWhole }: { readonly require: readonly ModuleVersion[]; readonly isWhole: boolean },
): Step[] {
  const { input, used, taken } = reading;
  const steps: Step[] = [];
  for (const module of require) {
    const key = moduleKey(module);
    const step = isWhole ? `${key} whole` : key;
    if (taken.has(step)) continue;
    if (used.modules.size >= input.bounds.modules && !used.modules.has(key)) {
      reading.isCut = true;
      break;
    }
    taken.add(step);
    used.modules.add(key);
    steps.push({ module, isWhole });
  }
  return steps;
}
