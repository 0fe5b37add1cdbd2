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

/** Hosts whose second element is an account: what has the same one is of the same people. */
const accounts: ReadonlySet<string> = new Set(["github.com", "gitlab.com", "bitbucket.org", "codeberg.org"]);

/** Elements with fewer letters are near to too many others. */
const shortest = 5;

/**
 * The well-known module that a path may be taken for: one letter of the account, or of the host, is other, added, left out or
 * swapped, and nothing else. Undefined of well-known modules themselves, and of forks, whose owners have names of their own.
 */
export function lookalikeOf(path: string, known: readonly string[] = list.modules): string | undefined {
  const { wholes, owners } = indexOf(known);
  const { whole, owner, rest } = ownerOf(path);
  if (wholes.has(whole)) return undefined;
  const found = owners
    .get(rest)
    ?.find((one) => one.owner.length >= shortest && distance(owner, one.owner, 1) === 1);
  return found?.path;
}

interface Owned {
  readonly whole: string;
  /** The account, or else the host; of gopkg.in the name stands for an account. */
  readonly owner: string;
  /** What is left without it. */
  readonly rest: string;
}

function ownerOf(path: string): Owned {
  const { whole } = partsOf(path);
  const elements = whole.split("/");
  const [host = ""] = elements;
  const at = elements.length > 1 && (accounts.has(host) || host === "gopkg.in") ? 1 : 0;
  return { whole, owner: elements[at] ?? "", rest: elements.with(at, "").join("/") };
}

interface Index {
  readonly wholes: ReadonlySet<string>;
  /** By the rest: owners with the path that each is of, the most used first. */
  readonly owners: ReadonlyMap<string, readonly { readonly owner: string; readonly path: string }[]>;
}

const indices = new WeakMap<readonly string[], Index>();

function indexOf(known: readonly string[]): Index {
  let index = indices.get(known);
  if (index === undefined) {
    const owners = new Map<string, { owner: string; path: string }[]>();
    for (const path of known) {
      const { owner, rest } = ownerOf(path);
      const others = owners.get(rest);
      if (others === undefined) owners.set(rest, [{ owner, path }]);
      else others.push({ owner, path });
    }
    index = { wholes: new Set(known.map((path) => partsOf(path).whole)), owners };
    indices.set(known, index);
  }
  return index;
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
export function distance(a: string, b: string, limit: number): number {
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
