/** The builds in which a build tag holds (go/build, Context.matchTag). */
import type { BuildSet, Diagram } from "./diagram.ts";
import { impliedSystem, knownArchitectures, knownSystems, unixSystems } from "./platforms.ts";
import { everyPort, portsWhere, withCgo } from "./ports.ts";

/**
 * Every tag of a name that `//go:build` may use. `ignore` holds in no build, by convention;
 * systems and architectures without a port hold in none, `go1.N` up to the release in all.
 * What is left is a custom tag, which a build may set or not.
 */
export function createTags(diagram: Diagram, release: number): (name: string) => BuildSet {
  const memo = new Map<string, BuildSet>();
  return (name) => {
    let set = memo.get(name);
    if (set === undefined) {
      set = meaning(name, diagram, release);
      memo.set(name, set);
    }
    return set;
  };
}

/** The tag under its current name, if a build may set it at will; undefined for those Go decides. */
export function customTag(name: string): string | undefined {
  if (name === "boringcrypto") return "goexperiment.boringcrypto";
  return portsOfTag(name) === undefined && releaseOfTag(name) === undefined && !fixedTags.has(name)
    ? name
    : undefined;
}

const fixedTags = new Set(["cgo", "gc", "gccgo", "ignore"]);

function meaning(name: string, diagram: Diagram, release: number): BuildSet {
  const custom = customTag(name);
  if (custom !== undefined) return diagram.branch({ tag: custom, on: diagram.all, off: diagram.none });
  const ports = portsOfTag(name);
  if (ports !== undefined) return diagram.leaf(withCgo({ on: ports, off: ports }));
  if (name === "cgo") return diagram.leaf(withCgo({ on: everyPort, off: 0n }));
  const holds = name === "gc" || (releaseOfTag(name) ?? Number.POSITIVE_INFINITY) <= release;
  return holds ? diagram.all : diagram.none;
}

/** The ports of a system, an architecture or `unix`; undefined for other tags. */
export function portsOfTag(name: string): bigint | undefined {
  if (name === "unix") return portsWhere(({ goos }) => unixSystems.has(goos));
  if (knownArchitectures.has(name)) return portsWhere(({ goarch }) => goarch === name);
  if (!knownSystems.has(name)) return undefined;
  return portsWhere(({ goos }) => goos === name || impliedSystem.get(goos) === name);
}

/** The N of `go1.N`. */
function releaseOfTag(name: string): number | undefined {
  const digits = /^go1\.([1-9][0-9]*)$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
