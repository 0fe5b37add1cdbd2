/**
 * Bit sets of ports with and without cgo. Bit `i` is port `i` without cgo, bit
 * `i + ports.length` the same port with it.
 */
import { type Port, ports } from "./platforms.ts";

const portCount = BigInt(ports.length);

/** Every port, once: the lower half of a bit set. */
export const everyPort = (1n << portCount) - 1n;

/** Every port with and without cgo. */
export const everyBuild = everyPort | (everyPort << portCount);

/** The ports that fit, as a lower half. */
export function portsWhere(fits: (port: Port) => boolean): bigint {
  return ports.reduce((bits, port, index) => (fits(port) ? bits | (1n << BigInt(index)) : bits), 0n);
}

/** A full bit set from its halves. */
export function withCgo({ on, off }: { readonly on: bigint; readonly off: bigint }): bigint {
  return (on << portCount) | off;
}

/** The halves of a full bit set. */
export function halves(bits: bigint): { readonly on: bigint; readonly off: bigint } {
  return { on: bits >> portCount, off: bits & everyPort };
}

/** How many bits are set. */
export function countBits(bits: bigint): number {
  let count = 0;
  for (let rest = bits; rest !== 0n; rest >>= 32n) count += countWord(Number(rest & 0xffffffffn));
  return count;
}

/** How many of 32 bits are set: sums of neighbouring bits, pairs, nibbles and bytes (Warren, Hacker's Delight, 5-1). */
export function countWord(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  const bytes = (nibbles + (nibbles >>> 4)) & 0x0f0f0f0f;
  return Math.imul(bytes, 0x01010101) >>> 24;
}
