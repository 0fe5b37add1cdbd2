/**
 * The state of a program: what is in its cells. A branch that may or may not be taken writes to a layer of its own over
 * the state before it, which is not changed any more; where branches meet, their layers are joined. Joining costs what
 * they have written.
 */
import { type Cell, type Entries, joined, type Layer, unknown, type Value } from "./values.ts";

export function layerOver(outer: Layer | undefined): Layer {
  return { outer, bottom: outer?.bottom ?? outer, cells: new Map(), depth: (outer?.depth ?? -1) + 1 };
}

/** Whether cells were made since those up to `fresh`: not where package variables hold them, which are set when somebody first looks at them. */
function madeSince({ bottom }: Layer, fresh: number): (at: number) => boolean {
  return (at) => at >= fresh && bottom?.cells.has(at) !== true;
}

/** What is in a cell; unknown if nothing is. */
export function cellAt(layer: Layer, at: number): Cell {
  for (let here: Layer | undefined = layer; here !== undefined; here = here.outer) {
    const cell = here.cells.get(at);
    if (cell !== undefined) return cell;
  }
  return unknown;
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
  const live = [...new Set(ends)].filter((one) => one !== undefined);
  const [only] = live;
  if (live.length < 2 || only === undefined) return only;
  const result = layerOver(base);
  const isFresh = madeSince(result, fresh);
  const written = new Set<number>();
  for (const end of live) {
    for (let here: Layer | undefined = end; here !== undefined && here !== base; here = here.outer) {
      for (const [at, cell] of here.cells) {
        if (!isFresh(at)) written.add(at);
        else if (!result.cells.has(at)) result.cells.set(at, cell);
      }
    }
  }
  for (const at of written) {
    const cells = live.map((end) => cellAt(end, at));
    result.cells.set(
      at,
      cells.reduce((a, b) => joinedCells(a, b, result)),
    );
  }
  return result;
}

/** What a cell holds that is the one or the other. */
export function joinedCells(a: Cell, b: Cell, owner: Layer): Cell {
  if (a === b) return a;
  if (a.kind === "items" && b.kind === "items") {
    if (a.items.length !== b.items.length) return unknown;
    const items = a.items.map((item, index) => joined(item, b.items[index] ?? unknown));
    return { kind: "items", items, owner };
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
  for (let here: Layer | undefined = layer; here !== undefined && here !== floor; here = here.outer)
    for (const [at, cell] of here.cells) if (!result.cells.has(at)) result.cells.set(at, cell);
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
  const isFresh = madeSince(end, fresh);
  const forgets = isDone && [...cells].every(([at, cell]) => isFresh(at) || isPlain(cell));
  for (const [at, cell] of cells) {
    if (forgets && isFresh(at)) continue;
    base.cells.set(at, cell.kind === "items" || cell.kind === "entries" ? { ...cell, owner: base } : cell);
  }
}

/** What layers over one say; not to be changed. */
function cellsOver(base: Layer, end: Layer): ReadonlyMap<number, Cell> {
  if (end.outer === base) return end.cells;
  const cells = new Map<number, Cell>();
  for (let here: Layer | undefined = end; here !== undefined && here !== base; here = here.outer)
    for (const [at, cell] of here.cells) if (!cells.has(at)) cells.set(at, cell);
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
