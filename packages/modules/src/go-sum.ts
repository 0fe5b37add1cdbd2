/** go.sum: which hashes a main module has seen of its dependencies (https://go.dev/ref/mod#go-sum-files). */
import type { ModuleFile } from "./module-copy.ts";
import { printable } from "./printable.ts";
import type { ModuleVersion } from "./zip.ts";

/** The `h1:` hashes by `path version`, or `path version/go.mod` for those of go.mod files alone. */
export type GoSum = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads a go.sum. Lines that are no three words, and hashes of other kinds, are passed over. */
export function parseGoSum(text: string): GoSum {
  const sums = new Map<string, Set<string>>();
  for (const line of text.split("\n")) {
    const [path, version, hash, ...rest] = line.trim().split(/\s+/u);
    if (path === undefined || version === undefined || !hash?.startsWith("h1:") || rest.length > 0) continue;
    const key = `${path} ${version}`;
    sums.set(key, (sums.get(key) ?? new Set()).add(hash));
  }
  return sums;
}

/** Lines of a go.sum, by their numbers, that are no three words: Go uses no go.sum that has one. */
export function malformedLines(text: string): readonly number[] {
  return text.split("\n").flatMap((line, index) => {
    const words = line.trim().split(/\s+/u);
    return line.trim() === "" || words.length === 3 ? [] : [index + 1];
  });
}

/** What any of them has seen. */
export function joinedGoSums(sums: readonly GoSum[]): GoSum {
  const joined = new Map<string, ReadonlySet<string>>();
  for (const sum of sums)
    for (const [key, hashes] of sum) joined.set(key, new Set([...(joined.get(key) ?? []), ...hashes]));
  return joined;
}

/** The go.sum among a module's files; without one, nothing was seen. */
export async function readGoSum(files: readonly ModuleFile[]): Promise<GoSum> {
  const file = files.find(({ name }) => name === "go.sum");
  return parseGoSum(file === undefined ? "" : Buffer.from(await file.read()).toString("utf8"));
}

/**
 * What is wrong with a hash: undefined if go.sum has it, or has none of the module. `of` is what was hashed: the
 * whole module or its go.mod.
 */
export function goSumProblem(
  goSum: GoSum,
  { path, version }: ModuleVersion,
  { of, h1 }: { readonly of: "module" | "go.mod"; readonly h1: string },
): string | undefined {
  const known = goSum.get(`${path} ${version}${of === "go.mod" ? "/go.mod" : ""}`);
  if (known === undefined || known.has(h1)) return undefined;
  return `the ${of === "go.mod" ? "go.mod" : "zip"} hashes to ${h1}, but go.sum of the target has ${printable([...known].join(" "))}`;
}
