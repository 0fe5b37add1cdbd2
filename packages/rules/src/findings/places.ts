/** Locations of findings, and names as sentences have them. */
import type {
  CallSiteChange,
  EntryPointChange,
  FindingLocation,
  FlowEnd,
  FlowStep,
  GoroutineChange,
  Position,
  Way,
  Ways,
} from "@capdiff/analyzer";

/** Where a flow begins or ends. */
export function atEnd({ site, function: name }: FlowEnd, what: string): FindingLocation {
  return { ...site, what, function: name };
}

/** Where a flow passes. */
export function atStep({ site, function: name, how, name: other }: FlowStep): FindingLocation {
  const words = {
    call: "is handed to",
    return: "comes back from",
    store: "is kept in",
    load: "is taken from",
  };
  return { ...site, what: `${words[how]} ${shortName(other)}`, function: name };
}

export function atCall({ site, function: name, terminal }: CallSiteChange): FindingLocation {
  return { ...site, what: `uses ${shortName(terminal.name)}`, function: name };
}

export function atGoroutine({ site, function: name }: GoroutineChange): FindingLocation {
  return { ...site, what: "starts a goroutine", function: name };
}

/** The way from an entry point to what it reaches: the entry point itself, where it ends, then what is between, at most eight calls. */
export function alongWitness({ entryPoint, witness }: EntryPointChange): FindingLocation[] {
  const last = witness.steps.at(-1);
  const between = witness.steps.slice(0, -1).slice(-mostSteps);
  return [
    atEntry(entryPoint),
    ...(last === undefined
      ? []
      : [
          {
            position: last.site,
            source: last.source,
            what: `uses ${shortName(witness.terminal.name)}`,
            function: last.function,
          },
        ]),
    ...between.map(({ site, source, function: name }) => ({
      position: site,
      source,
      what: "leads on",
      function: name,
    })),
  ];
}

export function atEntry(entryPoint: EntryPointChange["entryPoint"]): FindingLocation {
  return atCode(entryPoint, "control gets in here");
}

const mostSteps = 8;

/** A function as a whole: where in it something stands is not known. */
export function atCode({ position, function: name }: Way, what: string): FindingLocation {
  return { position, source: "", what, function: name };
}

/** Of what is the same in all builds. */
export const everywhere = { expression: "", words: "all builds" };

export function atPosition(position: Position, what: string): FindingLocation {
  return { position, source: "", what };
}

/** A position as a key. */
export function placeOf({ file, line, column }: Position): string {
  return `${line}:${column} ${file}`;
}

/** `Open` for `example.test/db.Open`, `(*DB).Open` for `(*example.test/db.DB).Open`: as who is in the package says it. */
export function shortName(id: string): string {
  const method = /^\((\*?)(.+)\)\.(.+)$/u.exec(id);
  if (method !== null) return `(${method[1] ?? ""}${afterPackage(method[2] ?? "")}).${method[3] ?? ""}`;
  return lastPath(id);
}

/** The last element of the path, with what follows: `exec.Command` for `os/exec.Command`. */
function lastPath(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

function afterPackage(name: string): string {
  const last = lastPath(name);
  return last.slice(last.indexOf(".") + 1);
}

/** The function as sentences name it: `Open` rather than `db.Open`. */
export function ownName(id: string): string {
  const short = shortName(id);
  return short.startsWith("(") ? short : afterPackage(id);
}

/** What has texts, as sentences name it: a function, or a package variable. */
export function holderName({ function: id }: Way): string {
  return ownName(id).replace(/^init:/u, "");
}

export function namesOf(ways: readonly Way[]): readonly string[] {
  return ways.map((way) => way.function);
}

/**
 * Where control gets to a function: what runs unasked first, then what callers know, at most five; then new functions
 * between, at most five.
 */
export function waysIn({ atStart, existing, added, between }: Ways): FindingLocation[] {
  return [
    ...[
      ...atStart.map((way) => wayIn(way, "runs when the program starts")),
      ...existing.map((way) => wayIn(way, "leads there, and did exist")),
      ...added.map((way) => wayIn(way, "leads there")),
    ].slice(0, mostWays),
    ...between.map((way) => wayIn(way, "is on the way")).slice(0, mostWays),
  ];
}

const mostWays = 5;

function wayIn({ position, function: name }: Way, what: string): FindingLocation {
  return { position, source: "", what, function: name };
}

/** A few names, and how many more. */
export function fewNames(ids: readonly string[], most = 3): string {
  const names = ids.slice(0, most).map((id) => `\`${ownName(id)}\``);
  const rest = ids.length - names.length;
  return rest > 0 ? `${names.join(", ")} and ${rest} more` : names.join(", ");
}
