/** `--capability-map` and `--no-builtin-map`: from files to the map that the analyzer asks. */
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { type CapabilityMap, coarse } from "@capdiff/analyzer";
import type { MapMistake, UserMap } from "@capdiff/rules";
import { readBounded } from "./bounded-file.ts";
import type { MapsInUse } from "./engine.ts";
import { UsageError } from "./errors.ts";
import type { MapFlags } from "./flags.ts";

export interface LoadedMaps {
  /** Absent: the built-in one. */
  readonly capabilityMap?: CapabilityMap;
  readonly inUse: MapsInUse;
  /** Capabilities that the user's maps give, and their first parts. */
  readonly capabilities: readonly string[];
}

/** Bytes of a map, at most: Capslock's has 50,000. */
export const mapLimit = 16_000_000;

/** Throws a UsageError for a file that is none, or of which a line is not understood. */
export async function loadMaps({ files, builtIn }: MapFlags): Promise<LoadedMaps> {
  if (files.length === 0 && builtIn) return { inUse: {}, capabilities: [] };
  const { capabilityMap, parseUserMap } = await import("@capdiff/rules");
  const used = [];
  const userMaps: UserMap[] = [];
  for (const file of files) {
    const bytes = await readMap(file);
    const name = basename(file);
    const { map, mistakes } = parseUserMap(textOf(bytes, file), name);
    if (mistakes.length > 0) throw mistaken(file, mistakes);
    userMaps.push(map);
    used.push({ name, sha256: createHash("sha256").update(bytes).digest("hex") });
  }
  return {
    capabilityMap: capabilityMap({ userMaps, builtIn }),
    inUse: {
      ...(used.length > 0 && { capabilityMaps: used }),
      ...(!builtIn && { builtInMap: false }),
    },
    capabilities: userMaps.flatMap(given),
  };
}

function given({ lines }: UserMap): readonly string[] {
  return lines
    .flatMap((line) => ("capabilities" in line ? (line.capabilities ?? []) : []))
    .flatMap((capability) => [capability, coarse(capability)]);
}

async function readMap(file: string): Promise<Uint8Array> {
  const bytes = await readBounded(file, mapLimit).catch((error: unknown) => {
    const why = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UsageError(`the capability map ${file} cannot be read: ${why}`);
  });
  if (bytes === undefined) throw new UsageError(`the capability map ${file} has more than ${mapLimit} bytes`);
  return bytes;
}

function textOf(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`the capability map ${file} is no text: it is not UTF-8`);
  }
}

/** Lines that are named after the first mistake. */
const linesNamed = 5;

function mistaken(file: string, [first, ...more]: readonly MapMistake[]): UsageError {
  const at = `${file}:${first?.line}:${first?.column}`;
  const lines = more.slice(0, linesNamed).map(({ line }) => line);
  const rest = more.length > lines.length ? ` and ${more.length - lines.length} more` : "";
  const hint = lines.length === 0 ? undefined : `There are mistakes in lines ${lines.join(", ")}${rest} too.`;
  return new UsageError(`${at}: ${first?.message}`, hint);
}
