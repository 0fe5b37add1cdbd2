/** Hosts that may be taken for others. */
import { distance } from "../originals.ts";
import { hostOf } from "./addresses.ts";

/**
 * The first of some addresses for which a new one may be taken: by its host, or as it has the other's in front of an `@`. The same
 * list is read once: what is asked after that costs what the host is long, not the list.
 */
export function imitated(fresh: string, before: readonly string[]): string | undefined {
  let known = knownIn.get(before);
  if (known === undefined) knownIn.set(before, (known = readKnown(before)));
  const host = hostOf(fresh);
  const user = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)@/iu.exec(fresh)?.[1]?.toLowerCase() ?? "";
  const found = [
    ...likeHost(host, known),
    ...(user === "" ? [] : known.all.filter((one) => user.includes(one.domain.whole))),
  ];
  return found.length === 0 ? undefined : found.reduce((a, b) => (b.place < a.place ? b : a)).address;
}

/** An address of a domain, the first of those that a list has. */
interface KnownDomain {
  readonly place: number;
  readonly address: string;
  readonly domain: Domain;
}

interface KnownDomains {
  readonly all: readonly KnownDomain[];
  readonly byName: ReadonlyMap<string, readonly KnownDomain[]>;
  /** By what their names are without one letter, and by the names. */
  readonly nearly: ReadonlyMap<string, readonly KnownDomain[]>;
  readonly lengths: ReadonlySet<number>;
}

const knownIn = new WeakMap<readonly string[], KnownDomains>();

function readKnown(before: readonly string[]): KnownDomains {
  const byDomain = new Map<string, KnownDomain>();
  before.forEach((address, place) => {
    const domain = domainOf(hostOf(address));
    const { length } = domain.name;
    if (length >= shortestName && length <= longestName && !byDomain.has(domain.whole))
      byDomain.set(domain.whole, { place, address, domain });
  });
  const all = [...byDomain.values()];
  const byName = new Map<string, KnownDomain[]>();
  const nearly = new Map<string, KnownDomain[]>();
  const add = (to: Map<string, KnownDomain[]>, key: string, one: KnownDomain) => {
    const others = to.get(key);
    if (others === undefined) to.set(key, [one]);
    else others.push(one);
  };
  for (const one of all) {
    add(byName, one.domain.name, one);
    for (const part of withoutOne(one.domain.name)) add(nearly, part, one);
  }
  return { all, byName, nearly, lengths: new Set(all.map(({ domain }) => domain.name.length)) };
}

/** Names that differ in one letter have one of these in common (Garbe 2012). */
function withoutOne(name: string): ReadonlySet<string> {
  if (name.length > longestName + 1) return new Set();
  return new Set([name, ...Array.from(name, (_, at) => name.slice(0, at) + name.slice(at + 1))]);
}

/**
 * Domains for which a host may be taken: it is of another one, which may be somebody else's, and has the name of the other in it,
 * or one but for a letter. Names of fewer than five letters are in too many.
 */
function likeHost(host: string, { byName, nearly, lengths }: KnownDomains): readonly KnownDomain[] {
  const domain = domainOf(host);
  if (nobodys.test(domain.whole)) return [];
  const within = [...lengths].flatMap((length) =>
    Array.from(host, (_, at) => byName.get(host.slice(at, at + length)) ?? []),
  );
  const near = [...withoutOne(domain.name)]
    .flatMap((part) => nearly.get(part) ?? [])
    .filter((one) => distance(domain.name, one.domain.name, 1) === 1);
  return [...within.flat(), ...near].filter(({ domain: other }) => !isOfOwner(domain, other));
}

function isOfOwner(domain: Domain, other: Domain): boolean {
  return (
    domain.whole === other.whole || ofSameOwner.some((all) => all.test(domain.whole) && all.test(other.whole))
  );
}

const shortestName = 5;

/** As long as a part of a host may be. */
const longestName = 63;

/** For examples (RFC 2606) and within networks: nobody can have them where all see them. */
const nobodys = /^(?:example\.(?:com|net|org)|.*\.(?:local|localhost|internal|svc|arpa))$/u;

/** Domains with the same name in them that one owner has, for what others may only put below. */
const ofSameOwner: readonly RegExp[] = [
  /^github(?:\.com|usercontent\.com|assets\.com)$/u,
  /^google(?:\.com|apis\.com|usercontent\.com|source\.com)$/u,
  /^amazon(?:\.com|aws\.com|aws\.com\.cn)$/u,
  /^microsoft(?:\.com|online\.com)$/u,
  /^docker\.(?:com|io)$/u,
];

interface Domain {
  readonly whole: string;
  readonly name: string;
}

/** The domain that somebody has, without what is below it, and its name: of `api.example.co.uk` `example.co.uk` and `example`. */
function domainOf(host: string): Domain {
  const labels = host.replace(/:\d+$/u, "").split(".");
  const at = Math.max(0, labels.length - (shared.test(labels.slice(-2).join(".")) ? 3 : 2));
  return { whole: labels.slice(at).join("."), name: labels[at] ?? "" };
}

/** Domains below which anybody can have one (the public suffix list has all). */
const shared =
  /^(?:(?:ac|co|com|edu|go|gov|ne|net|or|org)\.[a-z]{2}|(?:github|gitlab)\.io|(?:netlify|vercel|web|firebaseapp)\.(?:app|com)|(?:pages|workers|fly)\.dev|(?:herokuapp|appspot|onrender)\.com|azurewebsites\.net)$/u;
