import type { TerminalUse } from "../classify/terminals.ts";
import type { Program } from "../link/program.ts";
import type { CapabilityMap } from "../model/capability-map.ts";
import type { Flow } from "../model/flow.ts";
import type { FileRole } from "../model/report.ts";
import type { Reach } from "../reach/reach.ts";

/** One of the two modules that are compared, as the earlier stages left it. */
export interface Side {
  readonly modulePath: string;
  readonly program: Program;
  readonly terminals: readonly TerminalUse[];
  readonly reach: Reach;
  readonly flows: readonly Flow[];
  readonly capabilityMap: CapabilityMap;
  readonly otherFiles: readonly ComparedFile[];
  readonly goMod: readonly ComparedLine[];
}

export interface ComparedFile {
  readonly name: string;
  readonly role: FileRole;
  readonly format?: string;
  readonly size: number;
  readonly sha256: string;
}

export interface ComparedLine {
  readonly directive: string;
  readonly subject: string;
  readonly value?: string;
  readonly indirect?: true;
}

/** A package path without the module's, so that /v2 and clones compare with their originals. */
export function relativePath({ modulePath }: Side, packagePath: string): string {
  if (packagePath === modulePath) return "";
  return packagePath.startsWith(`${modulePath}/`) ? packagePath.slice(modulePath.length) : packagePath;
}

/** A callable's name (`example.test/m/pkg.F`) without the module's path, if it is one of the module. */
export function relativeName({ modulePath }: Side, name: string): string {
  const next = name.startsWith(modulePath) ? name.charAt(modulePath.length) : "";
  return next === "/" || next === "." ? name.slice(modulePath.length) : name;
}
