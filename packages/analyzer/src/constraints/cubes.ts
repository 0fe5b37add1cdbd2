/** The building blocks of formulas over ports: every short conjunction of system and architecture tags. */
import { anyBuild, type Formula } from "./formula.ts";
import { impliedSystem, knownArchitectures, knownSystems, ports } from "./platforms.ts";
import { everyPort } from "./ports.ts";
import { portsOfTag } from "./tags.ts";
import { wordsOf } from "./words.ts";

/** A formula and its ports. */
export interface Cube {
  readonly formula: Formula;
  readonly ports: bigint;
  /** Characters of its words, which favour single ports and what needs no negation. */
  readonly length: number;
}

function cube(formula: Formula, ports: bigint): Cube {
  return { formula, ports, length: wordsOf(formula).length };
}

function tagCube(name: string): Cube {
  return cube({ kind: "tag", name }, portsOfTag(name) ?? 0n);
}

function named(names: Iterable<string>): Cube[] {
  return [...names].map(tagCube).filter((one) => one.ports !== 0n);
}

const systems = named(["unix", ...knownSystems]);
const architectures = named(knownArchitectures);

/** Any build, then every tag of systems, then of architectures. */
export const bases: readonly Cube[] = [cube(anyBuild, everyPort), ...systems, ...architectures];

/**
 * One tag, or two of which the second may be negated, or a single port: every port is in one
 * alone. Of those with the same ports the shortest; shorter ones first.
 */
export const cubes: readonly Cube[] = distinct(
  [...systems, ...architectures, ...ports.map(portCube), ...pairs()].sort((a, b) => a.length - b.length),
);

function distinct(sorted: readonly Cube[]): Cube[] {
  const byPorts = new Map<bigint, Cube>();
  for (const one of sorted) if (!byPorts.has(one.ports)) byPorts.set(one.ports, one);
  return [...byPorts.values()];
}

function pairs(): Cube[] {
  const both = systems.flatMap((system) =>
    architectures.map((architecture) =>
      cube(
        { kind: "on", systems: system.formula, architectures: architecture.formula },
        system.ports & architecture.ports,
      ),
    ),
  );
  const tags = [...systems, ...architectures];
  const but = tags.flatMap((of) =>
    tags.map((without) =>
      cube({ kind: "but", of: of.formula, without: [without.formula] }, of.ports & ~without.ports),
    ),
  );
  return [...both, ...but].filter((one) => one.ports !== 0n);
}

function portCube({ goos, goarch }: (typeof ports)[number], index: number): Cube {
  const implying = ports
    .filter((port) => port.goarch === goarch && impliedSystem.get(port.goos) === goos)
    .map((port) => port.goos);
  const formula: Formula = { kind: "port", system: goos, without: implying, architecture: goarch };
  return cube(formula, 1n << BigInt(index));
}
