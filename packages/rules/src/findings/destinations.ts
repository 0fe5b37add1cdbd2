/** What addresses tell: raw public ones, and hosts that anybody can use without being known. */
import list from "../../data/lists/destinations.json" with { type: "json" };

export interface Destination {
  /** What it is, as a few words. */
  readonly what: string;
  /** The address or host as it stands in the value. */
  readonly host: string;
}

const rawAddress = /(?:^|\/\/|@|\s)((?:\d{1,3}\.){3}\d{1,3})(?::(\d{1,5}))?(?=[/:?#\s"']|$)/u;
/** IPv6 of the network at large; IPv4 as one number, of a URL. */
const otherForms =
  /(?:^|\/\/|@)(\[[23][0-9a-f]{3}:[0-9a-f:.]*\](?::\d{1,5})?|(?<=:\/\/[^/\s]*)(?:0x[0-9a-f]{7,8}|[1-9]\d{8,9})(?=[:/?#]|$))/iu;
const hostOf =
  /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/\s]*@)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d{1,5})?(?:[/?#]|$)/iu;

/** What is odd about an address, a URL or a host with a port; undefined of an ordinary one, and of other text. */
export function destinationOf(value: string): Destination | undefined {
  const text = value.slice(0, 2000);
  const raw = rawAddress.exec(text);
  if (raw !== null && isPublic(raw[1] ?? "")) {
    const port = raw[2];
    // A number with three dots alone may be a version.
    if (port !== undefined || text.includes("://"))
      return { what: "a raw public address", host: (raw[0] ?? "").replace(/^[/@\s]+/u, "") };
  }
  const other = otherForms.exec(text)?.[1];
  if (other !== undefined) return { what: "a raw public address", host: other };
  const host = hostOf.exec(text)?.[1]?.toLowerCase();
  if (host === undefined) return undefined;
  const found = list.hosts.find(({ suffix }) => host === suffix || host.endsWith(`.${suffix}`));
  return found === undefined ? undefined : { what: found.what, host };
}

const machineCredentials =
  /^https?:\/\/((?:169\.254\.(?:169\.254|170\.2)|\[fd00:ec2::254\]|metadata\.google\.internal)(?::\d+)?)\/\S*(?:credentials|token|identity)/iu;

/** The address at which a cloud gives a machine its credentials, if it is one. Clients of clouds ask there, and who steals does. */
export function credentialsOfMachine(value: string): Destination | undefined {
  const host = machineCredentials.exec(value.slice(0, 2000))?.[1];
  return host === undefined
    ? undefined
    : { what: "what gives out the credentials of a cloud's machine", host };
}

/** Whether an IPv4 address is one that the network at large can have (RFC 6890); documentation addresses stand for such. */
function isPublic(address: string): boolean {
  const octets = address.split(".").map(Number);
  const [a = 0, b = 0] = octets;
  if (octets.some((octet) => octet > 255)) return false;
  if (a === 0 || a === 10 || a === 127 || a >= 224) return false;
  if (a === 169 && b === 254) return false;
  if (a === 192 && b === 168) return false;
  if (a === 100 && b >= 64 && b < 128) return false;
  return !(a === 172 && b >= 16 && b < 32);
}

/** Whether it is a resolver that anybody may ask, at its port. */
export function isPublicResolver(address: string): boolean {
  return publicResolver.test(address);
}

/** Cloudflare's, Google's, Quad9's, OpenDNS'. */
const publicResolver =
  /^(?:\w+:\/\/)?(?:1\.(?:1\.1|0\.0)\.1|8\.8\.(?:8\.8|4\.4)|9\.9\.9\.9|149\.112\.112\.112|208\.67\.22[02]\.22[02]|\[2606:4700:4700::1(?:111|001)\]|\[2001:4860:4860::88(?:88|44)\]):(?:53|853)$/u;
