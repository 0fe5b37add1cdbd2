/**
 * The state of a program: what is in its cells. A branch that may or may not be taken writes to a layer of its own over
 * the state before it, which is not changed any more; where branches meet, their layers are joined. Joining costs what
 * they have written.
 */
import { type Cell, type Entries, joined, joinedItems, type Layer, unknown, type Value } from "./values.ts";

export function layerOver(outer: Layer | undefined): Layer {
  return {
    outer,
    bottom: outer?.bottom ?? outer,
    cells: new Map(),
    depth: (outer?.depth ?? -1) + 1,
    version: outer === undefined ? 0 : outer.version,
    versions: outer?.versions ?? { count: 0 },
  };
}

/** Takes note that a cell holds something else, of which those are parts: package variables do, if they lead there. */
export function noteChange(layer: Layer, at: number, parts: readonly Value[]): void {
  if (at >= 0 && layer.bottom?.cells.has(at) !== true) return;
  renew(layer, parts.some(leadsToCells) ? undefined : layer.version);
}

/** A version that no other state has. What is made in an evaluation is not followed once package variables lead to it. */
export function renew(layer: Layer, version: number | undefined): void {
  layer.version = version === undefined ? undefined : ++layer.versions.count;
}

function leadsToCells(value: Value): boolean {
  if (value.kind === "struct") return [...value.fields.values()].some(leadsToCells);
  if (value.kind === "array") return value.items.some(leadsToCells);
  return !isPlain(value);
}

/** What may be the one state or another one has a version of its own, unless they have the same. */
function joinVersions(result: Layer, others: readonly Layer[]): void {
  const versions = new Set(others.map(({ version }) => version));
  const [version] = versions;
  if (versions.size === 1) result.version = version;
  else renew(result, versions.has(undefined) ? undefined : version);
}

/** Whether a cell was made since those up to `fresh`: not where package variables hold it, which are set when somebody first looks at them. */
function isMadeSince({ bottom }: Layer, fresh: number, at: number): boolean {
  return at >= fresh && bottom?.cells.has(at) !== true;
}

/** What is in a cell; unknown if nothing is. */
export function cellAt(layer: Layer, at: number): Cell {
  return heldAt(layer, at) ?? unknown;
}

function heldAt(layer: Layer, at: number): Cell | undefined {
  for (let here: Layer | undefined = layer; here !== undefined; here = here.outer) {
    const cell = here.cells.get(at);
    if (cell !== undefined) return cell;
  }
  return undefined;
}

/** Items for writing; undefined if they are not known. */
export function ownItems(layer: Layer, at: number): Value[] | undefined {
  const cell = cellAt(layer, at);
  if (cell.kind !== "items") return undefined;
  if (cell.owner === layer) return cell.items;
  const items = [...cell.items];
  layer.cells.set(at, { kind: "items", items, owner: layer });
  return items;
}

/** Entries for writing; undefined if they are not known. */
export function ownEntries(layer: Layer, at: number): Entries["entries"] | undefined {
  const cell = cellAt(layer, at);
  if (cell.kind !== "entries") return undefined;
  if (cell.owner === layer) return cell.entries;
  const entries = new Map(cell.entries);
  layer.cells.set(at, { kind: "entries", entries, owner: layer });
  return entries;
}

/**
 * A state that is one of several, all of them over `base`; undefined if there is none. Cells from `fresh` on were made
 * since, each by one of them.
 */
export function joinLayers(
  base: Layer,
  ends: readonly (Layer | undefined)[],
  fresh: number,
): Layer | undefined {
  return joinedLayers(base, ends, { fresh, shared: undefined });
}

/** The same of the ends of a function: cells that were made since are its variables, which several of them may have. */
export function joinEnds(
  base: Layer,
  ends: readonly (Layer | undefined)[],
  fresh: number,
): Layer | undefined {
  return joinedLayers(base, ends, { fresh, shared: new Set() });
}

interface Joining {
  readonly fresh: number;
  /** Collects cells that several states made, if these are to be joined as well. */
  readonly shared: Set<number> | undefined;
}

function joinedLayers(
  base: Layer,
  ends: readonly (Layer | undefined)[],
  { fresh, shared }: Joining,
): Layer | undefined {
  const live: Layer[] = [];
  for (const one of ends) if (one !== undefined && !live.includes(one)) live.push(one);
  const [only, ...others] = live;
  if (others.length === 0 || only === undefined) return only;
  const result = layerOver(base);
  joinVersions(result, live);
  const written = new Set<number>();
  for (const end of live) {
    for (let here: Layer | undefined = end; here !== undefined && here !== base; here = here.outer) {
      here.cells.forEach((cell, at) => {
        if (!isMadeSince(result, fresh, at)) written.add(at);
        else if (!result.cells.has(at)) result.cells.set(at, cell);
        else if (end !== only) shared?.add(at);
      });
    }
  }
  written.forEach((at) => {
    let cell = cellAt(only, at);
    for (const end of others) cell = joinedCells(cell, cellAt(end, at), result);
    result.cells.set(at, cell);
  });
  // An end that does not have them says nothing of them.
  shared?.forEach((at) => {
    const [first = unknown, ...rest] = live.flatMap((end) => heldAt(end, at) ?? []);
    result.cells.set(
      at,
      rest.reduce((cell, other) => joinedCells(cell, other, result), first),
    );
  });
  return result;
}

/** Has a state be that, or what a layer over it says; cells that were made from `fresh` on are as they are there. */
export function joinInto(state: Layer, end: Layer, fresh: number): void {
  joinVersions(state, [state, end]);
  for (let here: Layer | undefined = end; here !== undefined && here !== state; here = here.outer)
    here.cells.forEach((cell, at) => {
      if (!isMadeSince(state, fresh, at)) state.cells.set(at, joinedCells(cellAt(state, at), cell, state));
      else if (!state.cells.has(at)) state.cells.set(at, cell);
    });
}

/** What a cell holds that is the one or the other. */
export function joinedCells(a: Cell, b: Cell, owner: Layer): Cell {
  if (a === b) return a;
  if (a.kind === "items" && b.kind === "items") {
    if (a.items.length !== b.items.length) return unknown;
    return { kind: "items", items: joinedItems(a.items, b.items), owner };
  }
  if (a.kind === "entries" && b.kind === "entries") return joinedEntries(a, b, owner);
  if (a.kind === "items" || b.kind === "items" || a.kind === "entries" || b.kind === "entries")
    return unknown;
  return joined(a, b);
}

function joinedEntries(a: Entries, b: Entries, owner: Layer): Cell {
  if (a.entries.size !== b.entries.size) return unknown;
  const entries: Entries["entries"] = new Map();
  for (const [key, [of, value]] of a.entries) {
    const other = b.entries.get(key);
    if (other === undefined) return unknown;
    entries.set(key, [of, joined(value, other[1])]);
  }
  return { kind: "entries", entries, owner };
}

const depthLimit = 8;

/** The same state in fewer layers over `floor`, below which others still look. */
export function flattened(layer: Layer, floor: Layer): Layer {
  if (layer.depth - floor.depth < depthLimit) return layer;
  const result = layerOver(floor);
  result.version = layer.version;
  for (let here: Layer | undefined = layer; here !== undefined && here !== floor; here = here.outer)
    here.cells.forEach((cell, at) => {
      if (!result.cells.has(at)) result.cells.set(at, cell);
    });
  return result;
}

/**
 * Has a layer hold what layers over it say, of which nobody else knows any more. Cells from `fresh` on were made since:
 * they are left out if `isDone`, and nothing that is in older cells leads to them.
 */
export function absorb(
  base: Layer,
  end: Layer,
  { fresh, isDone }: { readonly fresh: number; readonly isDone: boolean },
): void {
  const cells = cellsOver(base, end);
  base.version = end.version;
  const forgets = isDone && areOlderPlain(cells, end, fresh);
  cells.forEach((cell, at) => {
    if (forgets && isMadeSince(end, fresh, at)) return;
    base.cells.set(at, cell.kind === "items" || cell.kind === "entries" ? { ...cell, owner: base } : cell);
  });
}

/** Whether nothing in cells that were not made since leads to cells. */
function areOlderPlain(cells: ReadonlyMap<number, Cell>, end: Layer, fresh: number): boolean {
  let are = true;
  cells.forEach((cell, at) => {
    are &&= isMadeSince(end, fresh, at) || isPlain(cell);
  });
  return are;
}

/** What layers over one say; not to be changed. */
function cellsOver(base: Layer, end: Layer): ReadonlyMap<number, Cell> {
  if (end.outer === base) return end.cells;
  const cells = new Map<number, Cell>();
  for (let here: Layer | undefined = end; here !== undefined && here !== base; here = here.outer)
    here.cells.forEach((cell, at) => {
      if (!cells.has(at)) cells.set(at, cell);
    });
  return cells;
}

/** Whether it has no part that is in a cell. */
export function isPlain(value: Cell): boolean {
  switch (value.kind) {
    case "unknown":
    case "text":
    case "int":
    case "bool":
    case "nil":
    case "native":
      return true;
    case "either":
      return value.of.every(isPlain);
    case "tuple":
    case "items":
      return value.items.every(isPlain);
    default:
      return false;
  }
}

/** The cells that hold something in a state of which some more is known than in another one over it; those from `fresh` on were made since. */
export function changedCells(before: Layer, after: Layer, fresh: number): readonly number[] {
  const changed = new Set<number>();
  for (let here: Layer | undefined = after; here !== undefined && here !== before; here = here.outer)
    for (const at of here.cells.keys()) {
      const held = isMadeSince(before, fresh, at) ? unknown : cellAt(before, at);
      if (held.kind !== "unknown" && held !== cellAt(after, at)) changed.add(at);
    }
  return [...changed];
}

/** Has cells hold what they do, or something that is not known. */
export function openCells(state: Layer, cells: readonly number[]): void {
  for (const at of cells) {
    state.cells.set(at, joinedCells(cellAt(state, at), unknown, state));
    noteChange(state, at, []);
  }
}
