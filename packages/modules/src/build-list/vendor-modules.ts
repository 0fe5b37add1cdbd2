/** `vendor/modules.txt`: which packages of which modules lie in `vendor` (https://go.dev/ref/mod#vendoring). */
import type { GoModTarget } from "../go-mod-model.ts";
import type { ModuleCopy } from "../module-copy.ts";
import { isValidSemver } from "../semver.ts";

/** A module line and what follows it. */
export interface VendoredModule {
  readonly path: string;
  /** Absent where the line is about every version of a replaced module. */
  readonly version?: string;
  readonly replacedBy?: GoModTarget;
  /** Whether the main module's go.mod requires it. */
  readonly isExplicit: boolean;
  readonly goVersion?: string;
  /** In the order of the file. */
  readonly packages: readonly string[];
}

/** The text of the target's modules.txt; undefined if there is none. */
export async function readVendorText({ files }: Pick<ModuleCopy, "files">): Promise<string | undefined> {
  const file = files.find(({ name }) => name === "vendor/modules.txt");
  return file && Buffer.from(await file.read()).toString("utf8");
}

/** Whether `go work vendor` made the folder, so that it has what all modules of the workspace need. */
export async function isWorkspaceVendored(target: Pick<ModuleCopy, "files">): Promise<boolean> {
  const [first = ""] = (await readVendorText(target))?.split("\n", 1) ?? [];
  return /^##(?:.*;)?\s*workspace\s*(?:;|$)/u.test(first);
}

type Draft = { -readonly [Field in keyof VendoredModule]: VendoredModule[Field] } & { packages: string[] };

/**
 * Reads modules.txt as Go reads it: lines that make no sense are passed over, as they may come from a later Go. In
 * the order of the file; lines about the same version are one module.
 */
export function parseVendorModules(text: string): VendoredModule[] {
  const modules = new Map<string, Draft>();
  let current: Draft | undefined;
  for (const line of text.split("\n")) {
    if (line.startsWith("# ")) {
      const read = readModuleLine(line);
      current = read && merged(modules, read);
    } else if (current !== undefined) addToModule(current, line);
  }
  return [...modules.values()];
}

function readModuleLine(line: string): Draft | undefined {
  const [, path = "", ...words] = line.trim().split(/\s+/u);
  const version = isValidSemver(words[0] ?? "") ? words.shift() : undefined;
  if (version === undefined && words[0] !== "=>") return undefined;
  const [arrow, target, targetVersion, ...rest] = words;
  const isReplaced =
    arrow === "=>" &&
    target !== undefined &&
    rest.length === 0 &&
    (targetVersion === undefined || isValidSemver(targetVersion));
  return {
    path,
    ...(version !== undefined && { version }),
    ...(isReplaced && {
      replacedBy: { path: target, ...(targetVersion !== undefined && { version: targetVersion }) },
    }),
    isExplicit: false,
    packages: [],
  };
}

function merged(modules: Map<string, Draft>, read: Draft): Draft {
  const key = `${read.path}@${read.version ?? ""}`;
  const known = modules.get(key);
  if (known === undefined) {
    modules.set(key, read);
    return read;
  }
  if (read.replacedBy !== undefined) known.replacedBy = read.replacedBy;
  return known;
}

function addToModule(module: Draft, line: string): void {
  if (line.startsWith("## ")) {
    for (const entry of line
      .slice(3)
      .split(";")
      .map((part) => part.trim())) {
      if (entry === "explicit") module.isExplicit = true;
      if (entry.startsWith("go ")) module.goVersion = entry.slice(3).trim();
    }
    return;
  }
  const [name, ...rest] = line.trim().split(/\s+/u);
  if (name && rest.length === 0 && !name.startsWith("#")) module.packages.push(name);
}
