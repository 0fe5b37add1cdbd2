/** What differs between builds, as parts of equal terms. */
import type { BuildSet } from "../constraints/index.ts";
import { compareText } from "../model/position.ts";
import { inParts, type Session } from "../types/varying.ts";
import { type Term, termKey } from "./term.ts";

export interface TermPart {
  readonly builds: BuildSet;
  readonly term: Term;
}

/** Computes a term in each part of a domain. Nothing is encoded before the part is settled. */
export function termParts<T>(
  session: Session,
  domain: BuildSet,
  { compute, encode }: { readonly compute: () => T; readonly encode: (value: T) => Term },
): TermPart[] {
  return inParts(session, domain, compute).map(({ builds, value }) => ({ builds, term: encode(value) }));
}

/** Joins equal terms, and sorts by what the builds are called. */
export function joined({ builds }: Session, parts: readonly TermPart[]): TermPart[] {
  const byKey = new Map<string, TermPart>();
  for (const part of parts) {
    const key = termKey(part.term);
    const set = builds.or(byKey.get(key)?.builds ?? builds.none, part.builds);
    byKey.set(key, { builds: set, term: part.term });
  }
  if (byKey.size < 2) return [...byKey.values()];
  return [...byKey.values()].sort((a, b) =>
    compareText(builds.expression(a.builds), builds.expression(b.builds)),
  );
}

/** One term as it is, several as a flat list of builds and terms. */
export function varyingTerm(session: Session, parts: readonly TermPart[]): Term {
  const found = joined(session, parts);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.term;
  return found.flatMap(({ builds, term }) => [{ kind: "builds", set: builds } as const, term]);
}
