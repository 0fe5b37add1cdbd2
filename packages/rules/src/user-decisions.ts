/**
 * What users' maps say of a function, all of them together. The most exact word counts:
 * func, then unanalyzed, then cgo_suffix, then package. Of two lines of one kind for the same
 * name the later one counts, in the order in which the maps are given.
 */
import type { Capability } from "@capdiff/analyzer";
import type { UserLine, UserMap } from "./user-map.ts";

/** A word of a user on a function. */
export interface Stated {
  /** None: harmless. Undefined: its body tells, whatever other maps or the package's line say. */
  readonly capabilities: readonly Capability[] | undefined;
  readonly by: "func" | "unanalyzed" | "cgo_suffix" | "package";
}

/** Users' maps, ready to be asked. Look-ups are O(1), plus the number of suffixes. */
export interface UserDecisions {
  /** Whether there is no line at all. */
  readonly isEmpty: boolean;
  /** By id and import path; undefined if no line is about it. */
  readonly stated: (id: string, importPath: string) => Stated | undefined;
  /** Whether a line names that very function. */
  readonly names: (id: string) => boolean;
  /** The package's own line. */
  readonly ofPackage: (importPath: string) => Stated | undefined;
  /** Whether some function that may be of the package is said to be analysed. */
  readonly opens: (importPath: string) => boolean;
  /** Whether any line says that something is analysed. */
  readonly opensAny: boolean;
  readonly ignores: (caller: string, callee: string) => boolean;
}

export function userDecisions(maps: readonly UserMap[]): UserDecisions {
  const functions = new Map<string, Stated>();
  const unanalyzed = new Map<string, Stated>();
  const packages = new Map<string, Stated>();
  const suffixes = new Set<string>();
  const edges = new Map<string, Set<string>>();
  const add = (line: UserLine) => {
    switch (line.kind) {
      case "func":
        functions.set(line.name, { capabilities: line.capabilities, by: "func" });
        break;
      case "package":
        packages.set(line.name, { capabilities: line.capabilities, by: "package" });
        break;
      case "unanalyzed":
        unanalyzed.set(line.name, { capabilities: ["UNANALYZED"], by: "unanalyzed" });
        break;
      case "cgo_suffix":
        suffixes.add(line.name);
        break;
      case "ignore_edge":
        edges.set(line.caller, (edges.get(line.caller) ?? new Set()).add(line.callee));
        break;
      default:
        line satisfies never;
    }
  };
  for (const { lines } of maps) lines.forEach(add);
  const opened = [...functions].flatMap(([id, { capabilities }]) => (capabilities === undefined ? [id] : []));
  const ends = [...suffixes];
  const bySuffix = (id: string): Stated | undefined =>
    ends.some((suffix) => id.endsWith(suffix)) ? { capabilities: ["CGO"], by: "cgo_suffix" } : undefined;
  const byPackage = (id: string, importPath: string): Stated | undefined => {
    const stated = packages.get(importPath);
    const gives = stated?.capabilities !== undefined && stated.capabilities.length > 0;
    return gives && isInit(id, importPath) ? undefined : stated;
  };
  return {
    isEmpty: maps.every(({ lines }) => lines.length === 0),
    stated: (id, importPath) =>
      functions.get(id) ??
      functions.get(initOf(id, importPath)) ??
      unanalyzed.get(id) ??
      bySuffix(id) ??
      byPackage(id, importPath),
    names: (id) => functions.has(id) || unanalyzed.has(id),
    ofPackage: (importPath) => packages.get(importPath),
    opens: (importPath) => opened.some((id) => id.replace(/^\(\*?/, "").startsWith(`${importPath}.`)),
    opensAny: [...functions.values(), ...packages.values()].some((one) => one.capabilities === undefined),
    ignores: (caller, callee) => edges.get(caller)?.has(callee) === true,
  };
}

/**
 * Whether it is what importing the package runs. A package's line gives that no capability: to import a
 * package is not to use it.
 */
function isInit(id: string, importPath: string): boolean {
  const init = `${importPath}.init`;
  return id.startsWith(init) && /^(?:$|[#:])/.test(id.slice(init.length));
}

/** In SSA the initialisers of variables are a part of `init`, which has no closing parenthesis in its name. */
function initOf(id: string, importPath: string): string {
  return id.startsWith(`${importPath}.init:`) ? `${importPath}.init` : "";
}
