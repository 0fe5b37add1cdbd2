import type { CompareMode } from "@capdiff/analyzer";
import type { AnalysedModule } from "../engine.ts";

/** As what two copies are compared: versions of one module, what is published with its repository, or a clone with its original. */
export function compareMode(
  old: AnalysedModule["input"],
  fresh: AnalysedModule["input"],
): Exclude<CompareMode, "single"> {
  if (withoutMajor(old.module) !== withoutMajor(fresh.module)) return "clone";
  const isPublished =
    old.source === "git" && ["proxy", "cache", "module-cache", "zip"].includes(fresh.source);
  return isPublished && old.version === fresh.version ? "published" : "versions";
}

/** A module path without what says which major version it is: `/v2`, `.v2`. */
export function withoutMajor(path: string): string {
  return path.replace(/(?:\/v[0-9]+|\.v[0-9]+)$/, "");
}
