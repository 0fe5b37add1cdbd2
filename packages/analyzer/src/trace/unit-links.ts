/** The links inside a unit: its facts as moves of marks between places. */
import type { BuildSet } from "../constraints/index.ts";
import type { LinkedFunction } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import { type FlowLists, firstShared, nothing, type PlaceNumber } from "../model/flow-facts.ts";
import { packageOf } from "../model/function-id.ts";
import { type Carried, carried, type FlowSite, type How, type Links } from "./links.ts";
import { holderName, Mark, type Places } from "./places.ts";

export interface BodyContext {
  readonly program: Program;
  readonly places: Places;
  readonly links: Links;
  readonly fn: number;
  readonly declared: LinkedFunction;
  /** The first place of its unit. */
  readonly base: number;
  readonly builds: BuildSet;
}

/** Adds what a function does without calling. */
export function addBody(context: BodyContext, lists: FlowLists): void {
  const {
    assign = [],
    load = [],
    store = [],
    convert = [],
    assert = [],
    functions = [],
    yields = [],
  } = lists;
  for (let at = 0; at < assign.length; at += 2) move(context, assign[at + 1], assign[at]);
  addChangedContainers(context, { assign, load });
  for (const list of [convert, assert])
    for (let at = 0; at < list.length; at += 3) move(context, list[at + 1], list[at]);
  for (let at = 0; at < load.length; at += 3)
    addLoad(context, load[at] ?? -1, load[at + 1] ?? -1, load[at + 2] ?? -1);
  for (let at = 0; at < store.length; at += 3)
    addStore(context, store[at] ?? -1, store[at + 1] ?? -1, store[at + 2] ?? -1);
  // A method value has what its receiver has.
  for (let at = 0; at < functions.length; at += 3) move(context, functions[at + 2], functions[at]);
  for (const [, from, ...given] of yields) for (const to of given) move(context, from, to);
}

/** What is put into a container that a field holds is in the container wherever that is: `x.list[i] = v`. */
function addChangedContainers(
  context: BodyContext,
  { assign, load }: Required<Pick<FlowLists, "assign" | "load">>,
): void {
  const loaded = new Set<PlaceNumber>();
  for (let at = 0; at < load.length; at += 3) loaded.add(load[at] ?? nothing);
  for (let at = 0; at < assign.length; at += 2) {
    const to = assign[at] ?? nothing;
    if (to < 0 || !loaded.has(to)) continue;
    carry(context, { from: placeIn(context, assign[at + 1]), to: placeIn(context, to) }, stored);
  }
}

/** The place in the program. */
export function placeIn({ places, declared, base }: BodyContext, place: PlaceNumber | undefined): number {
  return place === undefined ? -1 : places.of(declared.pkg, base, place);
}

function move(context: BodyContext, from: PlaceNumber | undefined, to: PlaceNumber | undefined): void {
  const [a, b] = [placeIn(context, from), placeIn(context, to)];
  addMove(context, { from: a, to: b, how: passing(context, a, b) });
}

/** Through a place that functions share. */
function passing({ places }: BodyContext, from: number, to: number): How {
  if (places.nameOf(from) !== undefined) return "load";
  return places.nameOf(to) === undefined ? "plain" : "store";
}

interface Moved {
  readonly from: number;
  readonly to: number;
  readonly how: How;
}

function addMove(context: BodyContext, { from, to, how }: Moved): void {
  const { links, builds } = context;
  const shared = how === "plain" ? undefined : how === "load" ? from : to;
  const site = shared === undefined ? undefined : sharedSite(context, shared);
  links.move({ from, to, how, doubt: shared === undefined ? 0 : 1, site, builds });
}

function sharedSite({ fn, places }: BodyContext, shared: number): FlowSite {
  return { fn, name: places.nameOf(shared) ?? "" };
}

/** Fields are places of their own; what is in a container is where that is. */
function isField({ declared }: BodyContext, place: PlaceNumber): boolean {
  return declared.pkg.places[firstShared - place]?.[0] === "field";
}

/** A field of a type whose code is not followed: what does what with its fields is not seen, so it is where the value is. */
function isOpaque({ program, declared: { pkg } }: BodyContext, place: PlaceNumber): boolean {
  const shared = pkg.places[firstShared - place];
  return shared?.[0] === "field" && !program.packageByPath.has(packageOf(holderName(pkg, shared[1])));
}

/** `to = base.field`: what the base is as a whole, its parts are; what is written into a part is written into the base. */
function addLoad(context: BodyContext, to: PlaceNumber, shared: PlaceNumber, base: PlaceNumber): void {
  const [into, from] = [placeIn(context, to), placeIn(context, base)];
  if (!isField(context, shared)) {
    addMove(context, { from, to: into, how: passing(context, from, into) });
    return;
  }
  const opaque = isOpaque(context, shared);
  if (!opaque) addMove(context, { from: placeIn(context, shared), to: into, how: "load" });
  carry(context, { from, to: into }, opaque ? loadedOpaque : loaded);
  carry(context, { from: into, to: from }, writtenInto);
}

/** `base.field = from`. */
function addStore(context: BodyContext, shared: PlaceNumber, value: PlaceNumber, base: PlaceNumber): void {
  const [from, into] = [placeIn(context, value), placeIn(context, base)];
  const field = isField(context, shared);
  if (field && !isOpaque(context, shared))
    addMove(context, { from, to: placeIn(context, shared), how: "store" });
  carry(context, { from, to: into }, field ? storedInField : stored);
}

const loaded = carried([Mark.whole, Mark.whole]);
const loadedOpaque = carried([Mark.whole, Mark.whole], [Mark.part, Mark.part]);
const writtenInto = carried([Mark.written, Mark.partWritten], [Mark.partWritten, Mark.partWritten]);
const stored = carried([Mark.whole, Mark.written], [Mark.part, Mark.partWritten]);
/** The query of an address is in the address. */
const storedInField = carried(
  [Mark.whole, Mark.partWritten],
  [Mark.part, Mark.partWritten],
  [Mark.payload, Mark.payload],
);

function carry(context: BodyContext, { from, to }: Omit<Moved, "how">, marks: Carried): void {
  if (from < 0 || to < 0) return;
  const how = passing(context, from, to);
  const site = how === "plain" ? undefined : sharedSite(context, how === "load" ? from : to);
  const link = { from, to, how, doubt: site === undefined ? 0 : 1, site, builds: context.builds };
  context.links.carry(link, marks);
}
