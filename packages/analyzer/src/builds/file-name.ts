import { knownArchitectures, knownSystems } from "./ports.ts";

/**
 * The tags that a file's name demands (go/build, goodOSArchFile): `x_GOOS`, `x_GOARCH`,
 * `x_GOOS_GOARCH`, before `_test`; what stands before the first `_` never counts.
 */
export function fileNameTags(path: string): string[] {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const dot = name.indexOf(".");
  const stem = dot < 0 ? name : name.slice(0, dot);
  const underscore = stem.indexOf("_");
  if (underscore < 0) return [];
  const parts = stem.slice(underscore).split("_");
  if (parts[parts.length - 1] === "test") parts.pop();
  const last = parts[parts.length - 1] ?? "";
  const before = parts[parts.length - 2] ?? "";
  if (knownSystems.has(before) && knownArchitectures.has(last)) return [before, last];
  return knownSystems.has(last) || knownArchitectures.has(last) ? [last] : [];
}
