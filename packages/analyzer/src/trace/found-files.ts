/**
 * Files that are looked for below the folder of a user or the root of a file system, and removed, emptied or written over.
 * Where somebody looks below a folder of the program's own, by a name that is written out or known, none is found.
 * Missed: the folder as a part of another one that is not known; descriptors that are truncated.
 */
import { firstShared, nothing } from "../model/flow-facts.ts";
import type { CallRules } from "../model/flow-map.ts";
import { type EndContext, type PlacedCall, valuesOf } from "./call-ends.ts";
import { addSink } from "./ends.ts";
import { carried, type FlowSite } from "./links.ts";
import { holderName, Mark, type State, stateOf } from "./places.ts";
import type { BodyContext } from "./unit-links.ts";

/** The whole of a disk, or all that is somebody's. */
const roots = /^(?:\/|[A-Za-z]:[\\/]*|~\/?|\/(?:home|root|users|etc|var|opt|srv|mnt|usr|boot)\/?)[*\\/]*$/iu;

/** A name that somebody gave a folder. */
const name = /[\p{L}\p{N}]{2}/u;

/** Adds what a call has to do with such files. `found`: the places that get the paths of those that it finds. */
export function addFoundFiles(
  context: EndContext,
  call: PlacedCall,
  { rules, found }: { readonly rules: CallRules; readonly found: readonly number[] },
): void {
  const { ends, fn } = context;
  const site: FlowSite = { fn, use: call.use, name: call.id, doubt: call.doubt };
  if (isHome(context, call, rules)) {
    const states = statesOf(call.results.slice(0, 1), Mark.homePath);
    ends.paths.push(...states);
    ends.sources.push({ kind: "found", site, states, needs: undefined });
  }
  if (rules.walks !== undefined) {
    const values = valuesOf(context, call, rules.walks);
    const needs = statesOf([call.arguments[rules.walks] ?? -1], Mark.homePath)[0];
    const isRoot = values.some((one) => roots.test(one));
    if (isRoot || (needs !== undefined && !values.some((one) => name.test(one))))
      ends.sources.push({
        kind: "found",
        site,
        states: statesOf(found, Mark.foundPath),
        needs: isRoot ? undefined : needs,
      });
  }
  if (rules.joins === true) addJoined(context, call, site);
  if (rules.removes === undefined) return;
  const { argument, all, writes } = rules.removes;
  const place = call.arguments[argument] ?? -1;
  if (writes !== undefined && !mayWrite(context, call, writes)) return;
  if (place < 0 || valuesOf(context, call, argument).some((one) => name.test(one))) return;
  const sink = { kind: "remove", site, argument, handle: false, startup: undefined } as const;
  addSink(ends, stateOf(place, Mark.foundPath), sink);
  if (all) addSink(ends, stateOf(place, Mark.homePath), sink);
}

/** A folder of a user with nothing behind it but patterns is still all of it. */
function addJoined(
  { links }: EndContext,
  { use, arguments: given, results, builds }: PlacedCall,
  site: FlowSite,
): void {
  const [from = -1] = given;
  const [to = -1] = results;
  const rest = (use.arguments ?? []).slice(1);
  if (from < 0 || to < 0 || !rest.every(({ value }) => value !== undefined && /^[*?./\\]*$/u.test(value)))
    return;
  links.carry({ from, to, how: "plain", doubt: 0, site, builds }, homeJoined);
}

const homeJoined = carried([Mark.homePath, Mark.homePath]);

function statesOf(places: readonly number[], mark: Mark): State[] {
  return places.filter((place) => place >= 0).map((place) => stateOf(place, mark));
}

function isHome(context: EndContext, call: PlacedCall, { home }: CallRules): boolean {
  if (home === undefined || home === "always") return home !== undefined;
  return valuesOf(context, call, 0).some((one) => home.includes(one));
}

/** How a file is opened says that it may be written to. */
function mayWrite(context: EndContext, call: PlacedCall, argument: number): boolean {
  return valuesOf(context, call, argument).some((flags) => (Number(flags) & 3) !== 0);
}

/** Whether a function has to be looked at for such files: what a call of it may be the beginning of. */
export function mayFind({ home, walks }: CallRules): boolean {
  return home !== undefined || walks !== undefined;
}

/** Adds the fields that a function reads which hold the folder of a user. */
export function addHomeFields({ ends }: EndsOnly, { declared, fn, base }: BodyContext): void {
  const { facts, pkg } = declared;
  const { load = [] } = facts.flows ?? {};
  for (let at = 0; at < load.length; at += 3) {
    const [kind, holder, field] = pkg.places[firstShared - (load[at + 1] ?? 0)] ?? [];
    if (kind !== "field" || typeof holder !== "number" || field !== "HomeDir") continue;
    if (holderName(pkg, holder) !== "os/user.User") continue;
    const states = statesOf([base + (load[at] ?? nothing)], Mark.homePath);
    ends.paths.push(...states);
    ends.sources.push({ kind: "found", site: { fn, name: "HomeDir" }, states, needs: undefined });
  }
}

interface EndsOnly {
  readonly ends: EndContext["ends"];
}
