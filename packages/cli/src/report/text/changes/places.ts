/**
 * Groups what a diff gained by capability, and inside by place: the site that uses the
 * terminal. What belongs together is told together: the call that is new, the entry
 * points that newly reach it, the packages that gained the capability by it.
 */
import type {
  CallSiteChange,
  Capability,
  CapabilityChange,
  Change,
  EntryPointChange,
  Position,
  Step,
  Terminal,
  Witness,
} from "@capdiff/analyzer";
import { type Catalogue, compareCapabilities } from "../../../catalogue.ts";
import { atStart, isUnknown } from "../words.ts";

export interface Place {
  readonly terminal: Terminal;
  readonly position: Position;
  readonly package: string;
  readonly function: string;
  readonly source: string;
  /** The use itself is new, or has other arguments. */
  callSite?: CallSiteChange;
  readonly entryPoints: EntryPointChange[];
  readonly capabilities: CapabilityChange[];
}

export interface Group {
  readonly capability: Capability;
  /** The packages that gained it. */
  readonly gained: readonly CapabilityChange[];
  /** The most telling first. */
  readonly places: readonly Place[];
}

type Gain = CapabilityChange | EntryPointChange | CallSiteChange;

/**
 * The groups of all that was gained, the most telling capability first: those with something
 * new, then those of which new packages and functions only lead to known uses, then known
 * uses with other arguments, then what was not analysed.
 */
export function groupGains(changes: readonly Change[], catalogue: Catalogue): readonly Group[] {
  const byCapability = new Map<Capability, Map<string, Place>>();
  const compare = compareCapabilities(catalogue);
  for (const gain of changes.filter(isGain)) {
    for (const capability of gain.kind === "call-site" ? gain.capabilities : [gain.capability]) {
      const places = byCapability.get(capability) ?? new Map<string, Place>();
      byCapability.set(capability, places);
      addGain(places, gain);
    }
  }
  return [...byCapability]
    .map(([capability, places]) => group(capability, [...places.values()]))
    .sort((a, b) => novelty(a) - novelty(b) || compare(a.capability, b.capability));
}

function novelty({ capability, places, gained }: Group): number {
  if (isUnknown(capability)) return 3;
  if (places.every(isKnownUse)) return 2;
  const before = gained.every(({ newToModule, wholePackage }) => wholePackage && !newToModule);
  return before && !places.some(isNew) ? 1 : 0;
}

/** Whether there is more to a place than new code that leads to what was there. */
function isNew({ callSite, entryPoints }: Place): boolean {
  const affected = entryPoints.some(({ entryPoint, existing }) => existing !== false || atStart(entryPoint));
  return callSite?.change === "added" || affected;
}

/** Nothing but other arguments of a use that was there before. */
export function isKnownUse({ callSite, entryPoints, capabilities }: Place): boolean {
  return callSite?.change === "changed" && entryPoints.length + capabilities.length === 0;
}

function group(capability: Capability, places: readonly Place[]): Group {
  return {
    capability,
    gained: places.flatMap((place) => place.capabilities),
    places: [...places].sort((a, b) => rank(a) - rank(b)),
  };
}

function isGain(change: Change): change is Gain {
  switch (change.kind) {
    case "capability":
    case "entry-point":
      return change.change === "added";
    case "call-site":
      return change.change === "added" || change.change === "changed";
    case "directive":
    case "file":
    case "go-mod":
    case "function":
    case "flow":
    case "goroutine":
    case "signal":
      return false;
  }
}

function addGain(places: Map<string, Place>, gain: Gain): void {
  const found = gain.kind === "call-site" ? placeOfCall(gain) : placeOfWitness(gain.witness);
  if (found === undefined) return;
  const place = places.get(placeKey(found)) ?? found;
  places.set(placeKey(found), place);
  if (gain.kind === "call-site") place.callSite = gain;
  else if (gain.kind === "entry-point") place.entryPoints.push(gain);
  else place.capabilities.push(gain);
}

/** Two places with the same key are the same use of the same thing. */
export function placeKey({ position, terminal }: Place): string {
  return JSON.stringify([position.file, position.line, position.column, terminal.name]);
}

function placeOfCall(change: CallSiteChange): Place {
  const { terminal, site, package: path, function: name } = change;
  return {
    ...newPlace(terminal),
    position: site.position,
    package: path,
    function: name,
    source: site.source,
  };
}

function placeOfWitness(witness: Witness): Place | undefined {
  const step: Step | undefined = witness.steps.at(-1);
  if (step === undefined) return undefined;
  const { site, package: path, function: name, source } = step;
  return { ...newPlace(witness.terminal), position: site, package: path, function: name, source };
}

function newPlace(terminal: Terminal): Pick<Place, "terminal" | "entryPoints" | "capabilities"> {
  return { terminal, entryPoints: [], capabilities: [] };
}

/**
 * What runs unasked comes first, then what existing callers run into, then new calls,
 * then the rest, then known calls with other arguments, and last the programs that are
 * in no build of a package.
 */
function rank(place: Place): number {
  if (place.package.endsWith("]")) return 5;
  if (isKnownUse(place)) return 4;
  if (place.entryPoints.some(({ entryPoint }) => atStart(entryPoint))) return 0;
  if (place.entryPoints.some(({ existing }) => existing !== false)) return 1;
  return place.callSite === undefined ? 3 : 2;
}
