/**
 * Terminal call sites as multisets: by (function, callee), paired by their arguments;
 * pairs left over have changed constants. What is left after that and is the same in
 * another function has moved.
 */
import type { TerminalUse } from "../classify/terminals.ts";
import { compareTelling } from "../evaluate/folded.ts";
import type { LinkedFunction } from "../link/edge.ts";
import type { Folded } from "../model/flow.ts";
import { compareText } from "../model/position.ts";
import type { Argument, CallSiteChange } from "../model/report.ts";
import { reportBuilds } from "../reach/entry-points.ts";
import { siteIn } from "../reach/witness.ts";
import { entryPointNames } from "./entry-point-names.ts";
import type { Matching } from "./matching.ts";
import { pairByKeys } from "./pairing.ts";
import { relativeName, type Side } from "./side.ts";

interface Sides {
  readonly old: Side;
  readonly new: Side;
  readonly matching: Matching;
}

interface Described extends Sides {
  readonly entryPoints: Readonly<Record<"old" | "new", (index: number) => readonly string[]>>;
}

export function callSiteChanges(sides: Sides): CallSiteChange[] {
  const { old, new: fresh, matching } = sides;
  const described = { ...sides, entryPoints: { old: namesOnDemand(old), new: namesOnDemand(fresh) } };
  const place = (use: TerminalUse, side: "old" | "new") => {
    const owner = matching.toNew.get(side === "new" ? (matching.toOld.get(use.from) ?? -1) : use.from);
    return owner === undefined
      ? undefined
      : `${owner} ${use.terminal.kind} ${relativeName(sides[side], use.terminal.name)} ${use.use}`;
  };
  const written = (use: TerminalUse) => JSON.stringify([use.arguments, use.values]);
  const { pairs, removed, added } = pairByKeys(old.terminals, fresh.terminals, [
    (use, side) => prefixed(place(use, side), written(use)),
    (use, side) => prefixed(place(use, side), constants(use)),
    place,
  ]);
  const movement = pairByKeys(removed, added, [
    (use, side) => `${relativeName(sides[side], use.terminal.name)} ${use.use} ${written(use)}`,
  ]);
  const changed = pairs.filter(([a, b]) => constants(a) !== constants(b));
  return [
    ...movement.added.map((use) => describe(described, { use, side: "new", change: "added" })),
    ...movement.removed.map((use) => describe(described, { use, side: "old", change: "removed" })),
    ...changed.map(([before, use]) => describe(described, { use, side: "new", change: "changed", before })),
    ...movement.pairs.map(([before, use]) =>
      describe(described, { use, side: "new", change: "moved", before }),
    ),
  ];
}

function prefixed(key: string | undefined, rest: string): string | undefined {
  return key === undefined ? undefined : `${key} ${rest}`;
}

/** The arguments of which values are known, by place: how they are spelt does not matter. */
function constants({ arguments: list, values }: TerminalUse): string {
  return JSON.stringify(
    list.map(({ value }, index) => [...(value === undefined ? [] : [value]), ...knownAt(values, index)]),
  );
}

function knownAt(values: TerminalUse["values"], index: number): readonly string[] {
  return values?.[index]?.map(({ value }) => value) ?? [];
}

/** The arguments, of several values with one that the other version does not have. */
function withNewValues({ arguments: list, values }: TerminalUse, other: TerminalUse): readonly Argument[] {
  return list.map((argument, index) => {
    const before = new Set([other.arguments[index]?.value, ...knownAt(other.values, index)]);
    const folded = values?.[index]?.find(({ value }) => !before.has(value));
    return folded === undefined ? argument : { ...argument, folded };
  });
}

/** With what else they may be: all of it, or the most telling of what is too long. */
function withOthers(list: readonly Argument[], { values = [] }: TerminalUse): readonly Argument[] {
  return list.map((argument, index) => {
    const others = (values[index] ?? []).filter(({ value }) => value !== argument.folded?.value);
    return others.length === 0 ? argument : { ...argument, others: within(others) };
  });
}

/** Characters of other values that are kept; at least one value is. */
const othersLimit = 8000;

function within(values: readonly Folded[]): readonly Folded[] {
  let left = othersLimit;
  const kept = new Set<Folded>();
  for (const one of [...values].sort(compareTelling)) {
    left -= one.value.length;
    if (kept.size === 0 || left >= 0) kept.add(one);
  }
  return values.filter((one) => kept.has(one));
}

interface Changed {
  readonly use: TerminalUse;
  readonly side: "old" | "new";
  readonly change: CallSiteChange["change"];
  readonly before?: TerminalUse;
}

function describe(sides: Described, { use, side, change, before }: Changed): CallSiteChange {
  const here = sides[side];
  const { program } = here;
  const fn = functionOf(here, use);
  const counterparts = side === "new" ? sides.matching.toOld : sides.matching.toNew;
  const oldFunction = before === undefined ? undefined : functionOf(sides.old, before).facts.id;
  return {
    kind: "call-site",
    change,
    package: fn.pkg.path,
    function: fn.facts.id,
    ...(oldFunction !== undefined && change === "moved" && { oldFunction }),
    terminal: use.terminal,
    use: use.use,
    capabilities: [...use.capabilities].sort(compareText),
    existing: counterparts.has(use.from),
    builds: reportBuilds(program.builds, use.builds),
    site: siteOf(here, use),
    arguments: withOthers(before === undefined ? use.arguments : withNewValues(use, before), use),
    ...(before !== undefined && {
      oldSite: siteOf(sides.old, before),
      oldArguments: withNewValues(before, use),
    }),
    entryPoints: sides.entryPoints[side](use.from),
  };
}

function functionOf({ program }: Side, use: TerminalUse): LinkedFunction {
  // Terminal uses carry numbers of their own program's functions.
  return program.functions[use.from] as LinkedFunction;
}

function siteOf(side: Side, use: TerminalUse): CallSiteChange["site"] {
  return { position: siteIn(functionOf(side, use), use), source: "" };
}

/** For the functions of a side, worked out when they are first asked for. */
function namesOnDemand({ program }: Side): (index: number) => readonly string[] {
  let names: readonly (readonly string[])[] | undefined;
  return (index) => (names ??= entryPointNames(program))[index] ?? [];
}
