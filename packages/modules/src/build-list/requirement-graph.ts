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

/** A module that is built itself: whatever version of it is required, it stands for that. */
export interface GraphMain {
  readonly path: string;
  /** May name a path twice. */
  readonly require: readonly ModuleVersion[];
  readonly isPruned: boolean;
}

/** Where a graph starts, and how far it may grow. */
export interface GraphInput {
  /** One, or those of a workspace. */
  readonly mains: readonly GraphMain[];
  /** In a workspace the Go command reads what was selected anew, rather than raise what its modules require. */
  readonly isWorkspace: boolean;
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
  /** The version of each path in the graph, without those of main modules. */
  readonly selected: ReadonlyMap<string, string>;
  /** By {@link moduleKey} of a required version: that of the first that requires it, of a main module its path. */
  readonly requiredBy: ReadonlyMap<string, string>;
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
 * The highest version of each path that is reachable. In the pruned graph of one main module its own requirements
 * are raised to what was selected and the graph is read again until nothing changes, as the Go command does before
 * it prints a list. Loads level by level, so that the result depends on nothing but the requirements.
 */
export async function selectVersions(input: GraphInput): Promise<Selection> {
  const used: Used = { modules: new Set(), requirements: 0, requiredBy: new Map() };
  const isRaised = ({ isPruned }: GraphMain): boolean => isPruned && !input.isWorkspace;
  let mains = input.mains.map((main) => (isRaised(main) ? { ...main, require: highest(main) } : main));
  for (;;) {
    const selection = await readGraph({ ...input, mains }, used);
    const raised = mains.map((main) => (isRaised(main) ? withSelected(main, selection) : main));
    if (selection.isCut || raised.every(({ require }, index) => sameVersions(require, mains[index])))
      return selection;
    mains = raised;
  }
}

function withSelected(main: GraphMain, { selected }: Selection): GraphMain {
  const require = main.require.map(({ path, version }) => ({ path, version: selected.get(path) ?? version }));
  return { ...main, require };
}

function sameVersions(require: readonly ModuleVersion[], before: GraphMain | undefined): boolean {
  return require.every(({ version }, index) => version === before?.require[index]?.version);
}

function highest({ path: main, require }: GraphMain): ModuleVersion[] {
  const best = new Map<string, ModuleVersion>();
  for (const module of require) {
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
  readonly requiredBy: Map<string, string>;
}

/**
 * How much of the graph is read from a version on: its own requirements, also theirs, or all that it leads to. What
 * does not support pruning is always read whole.
 */
type Reach = "own" | "next" | "whole";

/** A version whose go.mod is to be read. */
interface Step {
  readonly module: ModuleVersion;
  readonly reach: Reach;
}

interface Reading {
  readonly input: GraphInput;
  readonly mains: ReadonlySet<string>;
  readonly used: Used;
  readonly selected: Map<string, string>;
  /** By {@link moduleKey}: what was read. */
  readonly required: Map<string, readonly ModuleVersion[]>;
  /** What was a step before; a version may be one more than once, with another reach. */
  readonly taken: Set<string>;
  isCut: boolean;
}

async function readGraph(input: GraphInput, used: Used): Promise<Selection> {
  const reading: Reading = {
    input,
    mains: new Set(input.mains.map(({ path }) => path)),
    used,
    selected: new Map(),
    required: new Map(),
    taken: new Set(),
    isCut: false,
  };
  for (const { path, require } of input.mains) select(reading, path, require);
  await readLevels(
    reading,
    input.mains.flatMap(({ require, isPruned }) => stepsTo(reading, require, isPruned ? "own" : "whole")),
  );
  if (input.isWorkspace) await readRaised(reading);
  return { selected: reading.selected, requiredBy: used.requiredBy, isCut: reading.isCut };
}

async function readLevels(reading: Reading, steps: readonly Step[]): Promise<void> {
  for (let level = steps; level.length > 0; ) level = await readLevel(reading, level);
}

/**
 * What a workspace's modules require says little of what is selected above that: such versions are read too, with
 * what they require, then what was selected above what they require, and so on.
 */
async function readRaised(reading: Reading): Promise<void> {
  const { input, required } = reading;
  const read = new Map<string, ModuleVersion>();
  for (;;) {
    const lists = [...read.values()].flatMap((module) => [[module], required.get(moduleKey(module)) ?? []]);
    const raised = raisedVersions(reading, [...input.mains.map(({ require }) => require), ...lists]).filter(
      ({ path, version }) => read.get(path)?.version !== version,
    );
    if (raised.length === 0 || reading.isCut) return;
    for (const module of raised) read.set(module.path, module);
    await readLevels(reading, stepsTo(reading, raised, "next"));
  }
}

/** What was selected above a version in the lists. */
function raisedVersions(reading: Reading, lists: readonly (readonly ModuleVersion[])[]): ModuleVersion[] {
  const { input, selected, used } = reading;
  const found = new Map<string, ModuleVersion>();
  for (const list of lists) {
    used.requirements += list.length;
    for (const { path, version } of list) {
      const higher = selected.get(path);
      if (higher !== undefined && compareVersions(higher, version) > 0)
        found.set(path, { path, version: higher });
    }
  }
  reading.isCut ||= used.requirements > input.bounds.requirements;
  return [...found.values()];
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

function follow(reading: Reading, { module, reach }: Step, found: ModuleRequirements): Step[] {
  reading.required.set(moduleKey(module), found.require);
  select(reading, moduleKey(module), found.require);
  const isWhole = reach === "whole" || !supportsPruning(found.goVersion);
  if (isWhole) return stepsTo(reading, found.require, "whole");
  return reach === "next" ? stepsTo(reading, found.require, "own") : [];
}

function select(reading: Reading, from: string, require: readonly ModuleVersion[]): void {
  const { input, mains, selected, used } = reading;
  used.requirements += require.length;
  reading.isCut ||= used.requirements > input.bounds.requirements;
  for (const module of require) {
    const { path, version } = module;
    const key = moduleKey(module);
    if (!used.requiredBy.has(key)) used.requiredBy.set(key, from);
    const other = selected.get(path);
    if (!mains.has(path) && (other === undefined || compareVersions(version, other) > 0))
      selected.set(path, version);
  }
}

function stepsTo(reading: Reading, require: readonly ModuleVersion[], reach: Reach): Step[] {
  const { input, used, taken } = reading;
  const steps: Step[] = [];
  for (const module of require) {
    const key = moduleKey(module);
    const step = `${key} ${reach}`;
    if (taken.has(step)) continue;
    if (used.modules.size >= input.bounds.modules && !used.modules.has(key)) {
      reading.isCut = true;
      break;
    }
    taken.add(step);
    used.modules.add(key);
    steps.push({ module, reach });
  }
  return steps;
}
