/** Hosts that may be taken for others. */
import { distance } from "../originals.ts";
import { hostOf } from "./addresses.ts";

/** The first of some addresses for which a new one may be taken: by its host, or as it has the other's in front of an `@`. */
export function imitated(fresh: string, before: readonly string[]): string | undefined {
  const user = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)@/iu.exec(fresh)?.[1]?.toLowerCase() ?? "";
  return before.find(
    (one) =>
      isLookalikeHost(hostOf(fresh), hostOf(one)) || (hostOf(one) !== "" && user.includes(hostOf(one))),
  );
}

/**
 * Whether a host may be taken for another one: it is of another domain, which may be somebody else's, and has the name of the
 * other's in it, or one but for a letter. Names of fewer than five letters are in too many.
 */
function isLookalikeHost(host: string, other: string): boolean {
  const [domain, known] = [domainOf(host), domainOf(other)];
  if (domain.whole === known.whole || known.name.length < shortestName) return false;
  if (
    nobodys.test(domain.whole) ||
    ofSameOwner.some((all) => [domain, known].every(({ whole }) => all.test(whole)))
  )
    return false;
  return host.includes(known.name) || distance(domain.name, known.name, 1) === 1;
}

const shortestName = 5;

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
