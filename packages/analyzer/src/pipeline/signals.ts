/** What is odd in the bytes of a module's files, Go or not. */
import { directoryOf } from "../files/package-files.ts";
import { type FoundSignals, listed, mayHaveSignals, signalsOf } from "../files/signals/index.ts";
import type { Diagnostic, Outcome } from "../model/diagnostic.ts";
import { groupBy } from "../model/grouping.ts";
import { comparePositions, compareText } from "../model/position.ts";
import type { SignalKind } from "../model/report.ts";
import type { Signal } from "../model/signal.ts";
import { cached, cacheKey, type FactsCache } from "./facts-cache.ts";
import type { SourceFile } from "./module-source.ts";

/** Files above this size are not searched. */
const searchLimit = 64 * 1024 * 1024;

/** Changes whenever the same files have other signals. */
const format = 2;

/** Sorted by place. Reads each file once that may have any, unless the cache knows what its directory has. */
export async function readSignals(
  files: readonly SourceFile[],
  cache?: FactsCache,
): Promise<Outcome<readonly Signal[]>> {
  const wanted = files.filter(({ name, size }) => size > 0 && mayHaveSignals(name));
  const searched = wanted.filter(({ size }) => size <= searchLimit);
  const value: Signal[] = [];
  const diagnostics = wanted.filter(({ size }) => size > searchLimit).map(tooLarge);
  for (const directory of groupBy(searched, ({ name }) => directoryOf(name)).values()) {
    const found = await directorySignals(directory, cache);
    directory.forEach(({ name, sha256 }, index) => {
      for (const signal of found[index]?.signals ?? []) value.push({ ...signal, sha256 });
      for (const [kind, count] of found[index]?.more ?? []) diagnostics.push(tooMany(name, kind, count));
    });
  }
  return { value: value.sort(compareSignals), diagnostics };
}

/** What each file has, in their order. */
async function directorySignals(
  files: readonly SourceFile[],
  cache: FactsCache | undefined,
): Promise<readonly FoundSignals[]> {
  const key = (of: FactsCache) =>
    cacheKey(
      of,
      "signals",
      format,
      files.map(({ name, sha256 }) => [name, sha256]),
    );
  return cached(cache, key, async () => {
    const found: FoundSignals[] = [];
    for (const file of files) found.push(signalsOf(file.name, await file.read()));
    return found;
  });
}

function compareSignals(a: Signal, b: Signal): number {
  return (
    comparePositions(a.position, b.position) || compareText(a.signal, b.signal) || compareText(a.text, b.text)
  );
}

function tooLarge({ name, size }: SourceFile): Diagnostic {
  return {
    code: "file-too-large",
    severity: "warning",
    message: `not searched for hidden code: ${size} bytes, the limit is ${searchLimit}`,
    incomplete: true,
    file: name,
  };
}

const nouns: Readonly<Record<SignalKind, string>> = {
  "far-right-code": "lines with code out of sight",
  bidirectional: "lines with open bidirectional controls",
  invisible: "lines with invisible characters",
  "mixed-script": "identifiers of mixed scripts",
  "disguised-file": "disguises",
  "run-on-open": "commands that run when the folder is opened",
  "agent-instructions": "lines that tell agents something",
  "build-setup": "lines of build files",
};

function tooMany(file: string, kind: SignalKind, count: number): Diagnostic {
  return {
    code: "too-many-signals",
    severity: "warning",
    message: `${listed} ${nouns[kind]} are listed, and ${count} more are not compared`,
    incomplete: true,
    file,
  };
}
