/** `--original auto`: which well-known module the suspect imitates, by its path, then by its code. */

import type { Work } from "./delivery.ts";
import type { AnalysedModule } from "./engine.ts";
import { UsageError } from "./errors.ts";

/** Candidates of which the code is looked at. */
const most = 3;

/** Less shared code is a coincidence of names. */
const leastShared = 0.2;

/** A module and how it was found. */
export interface FoundOriginal {
  readonly module: AnalysedModule;
  readonly path: string;
  /** Why its path is near. */
  readonly why: string;
  /** The share of the suspect's functions that it has too, 0 to 1. */
  readonly shared: number;
}

/** The original with the most code in common. Throws a UsageError if there is none. */
export async function findOriginal(
  suspect: AnalysedModule,
  { engine, request }: Work,
): Promise<FoundOriginal> {
  const { likelyOriginals } = await import("@capdiff/rules");
  const { module: path, version } = suspect.input;
  const candidates = likelyOriginals(path).slice(0, most);
  if (candidates.length === 0)
    throw new UsageError(
      `no other well-known module has a path like ${path}`,
      "Name the original: capdiff diff ORIGINAL SUSPECT.",
    );
  let best: FoundOriginal | undefined;
  const failures: string[] = [];
  for (const { path: original, why } of candidates) {
    const module = await atVersion(original, version);
    if (module === undefined) continue;
    const found = { module, path: original, why, shared: engine.sharedCode(module, suspect) };
    if (best === undefined || found.shared > best.shared) best = found;
  }
  if (best === undefined) throw new UsageError(`none of ${names(candidates)} can be had`, failures[0]);
  if (best.shared < leastShared)
    throw new UsageError(
      `${path} shares ${percent(best.shared)} of its functions with ${best.path}: that is no copy`,
      "Name the original if you know it: capdiff diff ORIGINAL SUSPECT.",
    );
  return best;

  /** The same version if there is one, for copies keep it; the latest otherwise. */
  async function atVersion(original: string, same: string | undefined): Promise<AnalysedModule | undefined> {
    for (const query of same === undefined ? ["latest"] : [same, "latest"]) {
      try {
        return await engine.analyze(`${original}@${query}`, request);
      } catch (error) {
        if (!(error instanceof Error && error.name === "SourceError")) throw error;
        failures.push(error.message);
      }
    }
    return undefined;
  }
}

function names(candidates: readonly { readonly path: string }[]): string {
  return candidates.map(({ path }) => path).join(", ");
}

/** A share in words. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
