import type { PackageFacts } from "../model/facts.ts";
import type { StandardLibrary } from "./module-source.ts";

/**
 * The packages of a standard library as link asks for them: of a module of their own, each read once. What
 * the library vendors has paths that begin with `vendor/`.
 */
export function standardFacts(
  library: StandardLibrary | undefined,
): (path: string) => PackageFacts | undefined {
  const known = new Map<string, PackageFacts | undefined>();
  return (path) => {
    if (!known.has(path)) {
      const facts = library?.factsOf?.(path);
      known.set(path, facts && { ...facts, module: `std@${library?.release ?? ""}` });
    }
    return known.get(path);
  };
}
