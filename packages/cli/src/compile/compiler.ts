/** The compiler and the cache of a real run. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type CompilerParts,
  createUnitCompilation,
  type FactsCache,
  type Narrowing,
  type Parser,
  type UnitTask,
} from "@capdiff/analyzer";
import { textStore } from "@capdiff/modules";
import { type CompilePool, compilePool } from "./pool.ts";

export interface CompilerOptions extends Omit<CompilerParts, "parser"> {
  readonly loadParser: () => Promise<Parser>;
  readonly narrowing: Narrowing;
  /** The file with the standard library's facts. */
  readonly stdlib: string;
  /** Whether threads may take code from the user's cache folder. */
  readonly cache: boolean;
  /** Units to compile at once; as many as there are processors, within reason, unless given. */
  readonly jobs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** More threads cost more memory than they save time. */
const mostThreads = 8;

/** The program of a thread: beside the bundle. Run from source there is none, and one thread does all. */
const program = new URL("./compile-worker.js", import.meta.url);

export function openCompiler({
  loadParser,
  narrowing,
  stdlib,
  cache,
  jobs,
  signal,
  ...parts
}: CompilerOptions): CompilePool {
  let compilation: Promise<ReturnType<typeof createUnitCompilation>> | undefined;
  const load = async () => createUnitCompilation({ ...parts, parser: await loadParser() });
  const threads = jobs ?? Math.min(mostThreads, availableParallelism());
  return compilePool({
    here: async (task: UnitTask) => (await (compilation ??= load()))(task),
    program,
    start: { narrowing, stdlib, cache },
    threads: existsSync(program) ? threads : 1,
    signal,
  });
}

/**
 * The cache of compiled packages in capdiff's folder. Bundles have names with a hash of
 * what is in them, so another build of this program does not find what this one stored.
 */
export function openFactsCache(cacheDir: string, version: string): FactsCache {
  const build = basename(fileURLToPath(import.meta.url));
  const digest = (text: string) => createHash("sha256").update(`${version} ${build}\n${text}`).digest("hex");
  return { ...textStore(join(cacheDir, "facts")), digest };
}
