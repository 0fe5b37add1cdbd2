/** Which addresses belong to the public network, so that a server cannot make us ask machines beside us. */
import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { quoted } from "../printable.ts";
import { SourceError } from "../source-error.ts";

const PRIVATE_4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/3",
];
/** All but 2000::/3, and what of that stands for other addresses. */
const PRIVATE_6 = ["::/3", "4000::/2", "8000::/1", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

// Each family by itself: a list of both would take 1.2.3.4 for ::ffff:1.2.3.4.
const blocked = { ipv4: new BlockList(), ipv6: new BlockList() } as const;
for (const network of PRIVATE_4) addNetwork(network, "ipv4");
for (const network of PRIVATE_6) addNetwork(network, "ipv6");

function addNetwork(network: string, family: "ipv4" | "ipv6"): void {
  const [address = "", bits = ""] = network.split("/");
  blocked[family].addSubnet(address, Number(bits), family);
}

/** Whether an IP address is on the public network. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  const family = version === 4 ? "ipv4" : "ipv6";
  return version !== 0 && !blocked[family].check(address, family);
}

/**
 * Looks a host up once, for whoever then connects to just that address. Throws a `SourceError` if any of its
 * addresses is not public: which one would be used is not ours to say.
 */
export async function publicAddress(host: string): Promise<string> {
  const [first] = await publicAddresses(host.replace(/^\[(.*)\]$/u, "$1"));
  if (first === undefined) throw notFound(host);
  return first.address;
}

async function publicAddresses(host: string): Promise<readonly LookupAddress[]> {
  const found = await lookup(host, { all: true, verbatim: true }).catch((cause: unknown) => {
    throw notFound(host, cause);
  });
  if (!found.every(({ address }) => isPublicAddress(address))) throw notPublic(host);
  return found;
}

/** As `dns.lookup` for a connection, but a host with an address that is not public fails. */
export const lookUpPublic: LookupFunction = (host, options, answer) => {
  publicAddresses(host).then(
    (found) => {
      const [first] = found;
      if (first === undefined) answer(notFound(host), "", 0);
      else if (options.all === true) answer(null, [...found]);
      else answer(null, first.address, first.family);
    },
    (error: unknown) => answer(error instanceof Error ? error : notFound(host, error), "", 0),
  );
};

/** An address in a URL is not looked up: throws a `SourceError` if it is one and not public. */
export function checkPublicLiteral({ hostname }: URL): void {
  const bare = hostname.replace(/^\[(.*)\]$/u, "$1");
  if (isIP(bare) !== 0 && !isPublicAddress(bare)) throw notPublic(bare);
}

function notFound(host: string, cause?: unknown): SourceError {
  return new SourceError("connection", `the address of ${quoted(host)} cannot be found`, {
    hint: "Check the network; --repo names a local clone.",
    cause,
  });
}

function notPublic(host: string): SourceError {
  return new SourceError("private-address", `${quoted(host)} is not on the public network: it is not asked`, {
    hint: "If you trust it, name the repository yourself with --repo.",
  });
}
