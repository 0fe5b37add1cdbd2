/** Asking for some builds only: flags as plain data in, a check of their names, a restriction of sets out. */
import { defaultTags } from "./default-tags.ts";
import type { BuildSet, Diagram } from "./diagram.ts";
import { type Port, ports } from "./platforms.ts";
import { portsWhere, withCgo } from "./ports.ts";
import { customTag } from "./tags.ts";
import { isTag } from "./text.ts";

/**
 * The builds that a user asks for; an empty one asks for all. Custom tags that are not listed are off, save
 * those that the toolchain sets by itself. Without `cgo`, cgo is on where a port can have it.
 */
export interface Narrowing {
  readonly goos?: string;
  readonly goarch?: string;
  readonly tags?: readonly string[];
  readonly cgo?: boolean;
}

/** A narrowing that no Go build matches, and what could stand there instead. */
export interface NarrowingFailure {
  readonly kind: "unknown-goos" | "unknown-goarch" | "no-such-port" | "not-a-custom-tag";
  readonly message: string;
  /** The name at fault. */
  readonly name: string;
  /** Valid names, sorted; empty for tags. */
  readonly valid: readonly string[];
}

/** What is wrong with a narrowing; undefined if nothing is. */
export function checkNarrowing({ goos, goarch, tags = [] }: Narrowing): NarrowingFailure | undefined {
  const systems = unique(ports.map((port) => port.goos));
  const architectures = unique(ports.map((port) => port.goarch));
  if (goos !== undefined && !systems.includes(goos)) {
    return { kind: "unknown-goos", message: `Go has no GOOS "${goos}"`, name: goos, valid: systems };
  }
  if (goarch !== undefined && !architectures.includes(goarch)) {
    return {
      kind: "unknown-goarch",
      message: `Go has no GOARCH "${goarch}"`,
      name: goarch,
      valid: architectures,
    };
  }
  if (goos !== undefined && goarch !== undefined && !ports.some(matches({ goos, goarch }))) {
    const valid = ports.filter((port) => port.goos === goos).map((port) => `${port.goos}/${port.goarch}`);
    return {
      kind: "no-such-port",
      message: `Go has no port ${goos}/${goarch}`,
      name: `${goos}/${goarch}`,
      valid,
    };
  }
  const fixed = tags.find((tag) => !isTag(tag) || customTag(tag) === undefined);
  if (fixed === undefined) return undefined;
  const message = isTag(fixed)
    ? `"${fixed}" is not a tag to set at will`
    : `"${fixed}" cannot be a build tag`;
  return { kind: "not-a-custom-tag", message, name: fixed, valid: [] };
}

/** What a narrowing does to sets. */
export interface Restriction {
  /** What is narrowed to. */
  readonly asked: BuildSet;
  /** Keeps of a set what is narrowed to, without custom tags; all builds if that is all. */
  readonly narrow: (set: BuildSet) => BuildSet;
  /** The narrowing as a text, the same only if it does the same. */
  readonly text: string;
}

export function createRestriction(diagram: Diagram, narrowing: Narrowing): Restriction {
  const { goos, goarch, tags = [], cgo } = narrowing;
  const text = JSON.stringify([goos, goarch, [...new Set(tags)].sort(), cgo].map((part) => part ?? null));
  if (goos === undefined && goarch === undefined && tags.length === 0 && cgo === undefined)
    return { asked: diagram.all, narrow: (set) => set, text };
  const groups = groupByTags(ports.filter(matches(narrowing)), tags);
  const whole = diagram.leaf(buildsOf(ports.filter(matches(narrowing)), cgo));
  const memo = new Map<BuildSet, BuildSet>();
  const narrow = (set: BuildSet) => {
    let result = memo.get(set);
    if (result === undefined) {
      result = diagram.none;
      for (const group of groups) {
        const held = diagram.and(
          cofactor(diagram, set, group.tags),
          diagram.leaf(buildsOf(group.ports, cgo)),
        );
        result = diagram.or(result, held);
      }
      if (result === whole) result = diagram.all;
      memo.set(set, result);
    }
    return result;
  };
  return { asked: whole, narrow, text };
}

interface PortGroup {
  readonly tags: ReadonlySet<string>;
  readonly ports: readonly Port[];
}

/** Ports with the same tags on, together. */
function groupByTags(chosen: readonly Port[], tags: readonly string[]): PortGroup[] {
  const asked = tags.map((tag) => customTag(tag) ?? tag);
  const groups = new Map<string, { tags: Set<string>; ports: Port[] }>();
  for (const port of chosen) {
    const on = [...defaultTags(port), ...asked];
    const key = on.join(" ");
    const group = groups.get(key) ?? { tags: new Set(on), ports: [] };
    group.ports.push(port);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function buildsOf(chosen: readonly Port[], cgo: boolean | undefined): bigint {
  const names = new Set(chosen.map(({ goos, goarch }) => `${goos}/${goarch}`));
  const half = (on: boolean): bigint =>
    portsWhere((port) => names.has(`${port.goos}/${port.goarch}`) && (cgo ?? port.cgo) === on);
  return withCgo({ on: half(true), off: half(false) });
}

/** The set under one assignment of the custom tags. */
function cofactor(diagram: Diagram, set: BuildSet, tags: ReadonlySet<string>): BuildSet {
  let at = set;
  for (;;) {
    const node = diagram.node(at);
    if (node.kind === "leaf") return at;
    at = tags.has(node.tag) ? node.on : node.off;
  }
}

function matches({ goos, goarch }: Narrowing): (port: Port) => boolean {
  return (port) => (goos ?? port.goos) === port.goos && (goarch ?? port.goarch) === port.goarch;
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
