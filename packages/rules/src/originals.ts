/** Which well-known modules a path may imitate. */
import list from "../data/lists/popular-modules.json" with { type: "json" };

/** A module that a path is near to. */
export interface LikelyOriginal {
  readonly path: string;
  /** In which way it is near, as a few words. */
  readonly why: string;
}

/** Where the paths that may be imitated come from. */
export const originalsSource: string = list.note;

/** Letters by which a name may differ. */
const nearEnough = 2;

/**
 * Well-known modules that a path is near to, the nearest first, then the more used; none for one of them itself.
 * Near is: the same name under another owner, a letter or two other in name or owner, or an affix such as `-go`.
 */
export function likelyOriginals(path: string, known: readonly string[] = list.modules): LikelyOriginal[] {
  const suspect = partsOf(path);
  const found = known.flatMap((candidate, use) => {
    const original = partsOf(candidate);
    if (original.whole === suspect.whole) return [];
    const near = nearness(suspect, original);
    return near === undefined ? [] : [{ path: candidate, why: near.why, rank: near.rank, use }];
  });
  if (known.some((one) => partsOf(one).whole === suspect.whole)) return [];
  found.sort((a, b) => a.rank - b.rank || a.use - b.use);
  return found.map(({ path: one, why }) => ({ path: one, why }));
}

interface Parts {
  readonly whole: string;
  readonly owner: string;
  readonly name: string;
}

/** Host left out: the owner, and the name without major version. */
function partsOf(path: string): Parts {
  const whole = path.toLowerCase().replace(/(?:\/v[0-9]+|\.v[0-9]+)$/u, "");
  const elements = whole.split("/");
  return { whole, owner: elements.at(-2) ?? "", name: elements.at(-1) ?? whole };
}

function nearness(a: Parts, b: Parts): { readonly rank: number; readonly why: string } | undefined {
  const names = distance(a.name, b.name, nearEnough);
  const owners = distance(a.owner, b.owner, nearEnough);
  if (names === 0 && owners <= nearEnough) return { rank: owners, why: "a letter or two other in the owner" };
  if (names <= tolerance(b.name) && owners === 0)
    return { rank: names, why: "a letter or two other in the name" };
  if (names <= tolerance(b.name) && names > 0 && owners <= nearEnough)
    return { rank: names + owners, why: "a letter or two other in owner and name" };
  if (names === 0) return { rank: nearEnough + 1, why: "the same name under another owner" };
  if (bare(a.name) !== "" && bare(a.name) === bare(b.name))
    return { rank: nearEnough + 1, why: "the same name with an affix" };
  return names <= tolerance(b.name)
    ? { rank: nearEnough + 2, why: "a letter or two other in the name, under another owner" }
    : undefined;
}

/** Short names are near to too many others. */
function tolerance({ length }: string): number {
  return length >= 8 ? nearEnough : length >= 5 ? 1 : 0;
}

function bare(name: string): string {
  return name.replace(/^go[-_.]|[-_.]?(?:go|golang)$/gu, "").replaceAll(/[-_.]/gu, "");
}

/** Letters to change, add, leave out or swap (Damerau 1964), at most `limit` + 1. Lengths are those of paths. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next.push(cost);
    }
    [before, last] = [last, next];
  }
  return Math.min(last[b.length] ?? 0, limit + 1);
}
