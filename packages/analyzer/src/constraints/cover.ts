/** Formulas for sets of ports, with and without cgo: a few ways to cover each, for the shortest to be chosen. */
import { bases, type Cube, cubes } from "./cubes.ts";
import { anyBuild, either, type Formula, shortest } from "./formula.ts";
import { ports } from "./platforms.ts";
import { countWord, everyBuild, everyPort, halves, portsWhere } from "./ports.ts";

/** Characters between two alternatives. */
const joinerLength = 4;

type Write = (formula: Formula) => string;

/** A formula for a leaf's bits, short when written so. */
export function coverBuilds(bits: bigint, write: Write): Formula {
  const positive = coverHalves(bits, write);
  if (bits === 0n || bits === everyBuild) return positive;
  const { on, off } = halves(bits);
  if (on === off) return positive;
  const complement = coverHalves(bits ^ everyBuild, write);
  return shortest([positive, { kind: "but", of: anyBuild, without: alternatives(complement) }], write);
}

function coverHalves(bits: bigint, write: Write): Formula {
  const { on, off } = halves(bits);
  if (on === off) return coverPorts(on, write);
  const both = on & off;
  const common = both === 0n ? [] : [coverPorts(both, write)];
  return either([...common, ...half(on, both, true, write), ...half(off, both, false, write)]);
}

/** What holds on one side of cgo only: that, or all that holds on the side. */
function half(side: bigint, both: bigint, set: boolean, write: Write): Formula[] {
  if (side === both) return [];
  const formulas = [side & ~both, side].map((part) => withTag(coverPorts(part, write), { name: "cgo", set }));
  return [shortest(formulas, write)];
}

/** What of a formula holds with a tag set or not; alternatives share the tag. */
export function withTag(
  of: Formula,
  { name, set }: { readonly name: string; readonly set: boolean },
): Formula {
  return of.kind === "nothing" ? of : { kind: "with", of, name, set };
}

/** A formula for ports, both with and without cgo. */
function coverPorts(wanted: bigint, write: Write): Formula {
  if (wanted === everyPort) return anyBuild;
  if (wanted === 0n) return { kind: "nothing" };
  return shortest([...sums(wanted), ...product(wanted, write)], write);
}

/** A sum of cubes, and each tag that has all that is wanted without the rest of its ports. */
function sums(wanted: bigint): Formula[] {
  const formulas = [either(sum(wanted, wanted).map((one) => one.formula))];
  for (const base of bases) {
    if ((wanted & ~base.ports) !== 0n || base.ports === wanted) continue;
    const without = sum(base.ports & ~wanted, everyPort & ~wanted).map((one) => one.formula);
    formulas.push({ kind: "but", of: base.formula, without });
  }
  return formulas;
}

/** Some systems on some architectures, if it is all of these. */
function product(wanted: bigint, write: Write): Formula[] {
  const inside = ports.filter((_, index) => ((wanted >> BigInt(index)) & 1n) === 1n);
  const systems = new Set(inside.map((port) => port.goos));
  const architectures = new Set(inside.map((port) => port.goarch));
  const ofSystems = portsWhere((port) => systems.has(port.goos));
  const ofArchitectures = portsWhere((port) => architectures.has(port.goarch));
  if ((ofSystems & ofArchitectures) !== wanted || ofSystems === wanted || ofArchitectures === wanted)
    return [];
  return [
    {
      kind: "on",
      systems: shortest(sums(ofSystems), write),
      architectures: shortest(sums(ofArchitectures), write),
    },
  ];
}

/**
 * Cubes inside `allowed` that have all of `wanted`: greedily the most ports for the length,
 * then without those that the others make needless. Every port is a cube, so it ends.
 */
function sum(wanted: bigint, allowed: bigint): Cube[] {
  const [outside, asked] = [wordsOf(~allowed & everyPort), wordsOf(wanted)];
  const usable = splitCubes.filter(
    ({ low, high }) => !meets({ low, high }, outside) && meets({ low, high }, asked),
  );
  const chosen: Cube[] = [];
  for (let rest = asked; rest.low !== 0 || rest.high !== 0; ) {
    const best = mostGain(usable, rest);
    if (best === undefined) throw new Error("bug: a port without a cube");
    chosen.push(best.cube);
    rest = { low: rest.low & ~best.low, high: rest.high & ~best.high };
  }
  return needed(chosen, wanted);
}

/** Ports as two words of 32 bits, which are much quicker to count than big integers. */
interface PortWords {
  readonly low: number;
  readonly high: number;
}

interface SplitCube extends PortWords {
  readonly cube: Cube;
}

function wordsOf(bits: bigint): PortWords {
  return { low: Number(BigInt.asIntN(32, bits)), high: Number(BigInt.asIntN(32, bits >> 32n)) };
}

function meets(a: PortWords, b: PortWords): boolean {
  return (a.low & b.low) !== 0 || (a.high & b.high) !== 0;
}

const splitCubes: readonly SplitCube[] = cubes.map((cube) => ({ cube, ...wordsOf(cube.ports) }));

/** The first of those with the most ports of `rest` for their length. */
function mostGain(usable: readonly SplitCube[], rest: PortWords): SplitCube | undefined {
  let best: SplitCube | undefined;
  let most = 0;
  for (const one of usable) {
    const ports = countWord(one.low & rest.low) + countWord(one.high & rest.high);
    const gain = ports / (one.cube.length + joinerLength);
    if (gain > most) [best, most] = [one, gain];
  }
  return best;
}

/** Without the cubes, first ones first, that the others make needless. */
function needed(chosen: readonly Cube[], wanted: bigint): Cube[] {
  let kept = [...chosen];
  for (const one of chosen) {
    const others = kept.filter((other) => other !== one);
    const covered = others.reduce((ports, other) => ports | other.ports, 0n);
    if ((wanted & ~covered) === 0n) kept = others;
  }
  return kept;
}

function alternatives(formula: Formula): readonly Formula[] {
  return formula.kind === "or" ? formula.parts : [formula];
}
