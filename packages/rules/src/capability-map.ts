/**
 * The map that the analyzer asks: users' maps first, whatever they say of a function, then the
 * built-in map. So a user's line for a package replaces all that the built-in map says of it,
 * and of the functions in it.
 */
import type { Capability, CapabilityMap, Diagnostic, MapLine } from "@capdiff/analyzer";
import { builtInTable, mapVersion } from "./built-in.ts";
import { capabilities, capabilityWeight } from "./capabilities.ts";
import { type CapabilityTable, classify, classifyVariable, loadTable } from "./map.ts";
import { qualified } from "./qualified.ts";
import { isStandardPackage, isVariable, packageNameOf, symbolKind } from "./symbols.ts";
import { type Stated, type UserDecisions, userDecisions } from "./user-decisions.ts";
import { namesOf, type UserLine, type UserMap } from "./user-map.ts";

/** What a map is made of. */
export interface MapChoice {
  /** In the order in which the user gave them. */
  readonly userMaps: readonly UserMap[];
  readonly builtIn: boolean;
}

/** The map that is made of those. Look-ups cost as `CapabilityMap` says, and one step for each `cgo_suffix`. */
export function capabilityMap({ userMaps, builtIn }: MapChoice): CapabilityMap {
  const user = userDecisions(userMaps);
  const table = builtIn ? builtInTable : loadTable([]);
  return {
    version: mapVersion,
    isPartial: !builtIn || user.opensAny,
    decision: (importPath, name) =>
      isVariable(importPath, name)
        ? variableDecision(user, table, { importPath, name })
        : functionDecision(user, table, { importPath, name }),
    statedDecision: (importPath, name) => statedOf(user, { importPath, name })?.capabilities,
    isNamed: (importPath, name) => user.names(qualified(importPath, name)),
    decidesPackage: (importPath) => decidesPackage(user, table, importPath),
    ignoresEdge: user.ignores,
    lines: userMaps.flatMap(({ name, lines }) => lines.map((line) => mapLine(line, name))),
    diagnostics: userMaps.flatMap(({ name, lines }) =>
      lines.flatMap((line) => unknownCapability(line, name)),
    ),
    kindOf: symbolKind,
    isStandard: isStandardPackage,
    packageName: packageNameOf,
    weight: capabilityWeight,
  };
}

/** The built-in map alone. */
export const builtInMap: CapabilityMap = capabilityMap({ userMaps: [], builtIn: true });

interface Name {
  readonly importPath: string;
  readonly name: string;
}

function statedOf(user: UserDecisions, { importPath, name }: Name): Stated | undefined {
  return user.isEmpty ? undefined : user.stated(qualified(importPath, name), importPath);
}

function functionDecision(
  user: UserDecisions,
  table: CapabilityTable,
  given: Name,
): readonly Capability[] | undefined {
  const { importPath, name } = given;
  const stated = statedOf(user, given);
  if (stated !== undefined) return stated.capabilities;
  // What packages that the built-in map knows do when they are initialised is no doing of who imports them.
  if (name === "init") return decidesAll(table, importPath) ? [] : undefined;
  const found = classify(table, importPath, name);
  // Whose body is to tell is not told by the rule of the package for what only that body can name.
  if (found?.by === "package" && user.opens(importPath) && !isExported(name)) return undefined;
  return found?.capabilities;
}

/** Whether other packages can name it: no closure, and neither function nor method in lower case. */
function isExported(name: string): boolean {
  return /^(?:\(\*?\w+\)\.)?\p{Lu}\w*$/u.test(name);
}

/** A package's line is about functions: of variables it counts for those only that the built-in map lists. */
function variableDecision(
  user: UserDecisions,
  table: CapabilityTable,
  { importPath, name }: Name,
): readonly Capability[] | undefined {
  const stated = user.stated(`${importPath}.${name}`, importPath);
  const listed = classifyVariable(table, importPath, name)?.capabilities;
  const counts = stated?.by === "func" || stated?.by === "unanalyzed" || (listed?.length ?? 0) > 0;
  return stated !== undefined && counts ? stated.capabilities : listed;
}

function decidesPackage(user: UserDecisions, table: CapabilityTable, importPath: string): boolean {
  if (user.opens(importPath)) return false;
  const stated = user.ofPackage(importPath);
  return stated === undefined ? decidesAll(table, importPath) : stated.capabilities !== undefined;
}

/** Any name tells: what is decided of one that nothing lists is the package's rule. */
function decidesAll(table: CapabilityTable, importPath: string): boolean {
  return classify(table, importPath, "") !== undefined;
}

const kinds: Readonly<Record<UserLine["kind"], MapLine["kind"]>> = {
  func: "function",
  unanalyzed: "function",
  ignore_edge: "function",
  package: "package",
  cgo_suffix: "suffix",
};

function mapLine(entry: UserLine, file: string): MapLine {
  const { line, column, endColumn } = entry;
  const range = { file, line, column, endLine: line, endColumn };
  return { kind: kinds[entry.kind], names: namesOf(entry), range };
}

/** A capability that capdiff does not know is used as it is; it may be mistyped. */
function unknownCapability(entry: UserLine, file: string): Diagnostic[] {
  if (entry.kind !== "func" && entry.kind !== "package") return [];
  const { line, capabilityColumn: column, capabilityEndColumn: endColumn } = entry;
  return (entry.capabilities ?? []).filter(isUnknown).map((capability) => ({
    code: "map-unknown-capability",
    severity: "warning",
    message: `capdiff does not know "${capability}", and takes it as it is`,
    incomplete: false,
    range: { file, line, column, endLine: line, endColumn },
  }));
}

function isUnknown(capability: Capability): boolean {
  const known = Object.keys(capabilities);
  return !known.some((one) => one === capability || one.startsWith(`${capability}/`));
}
