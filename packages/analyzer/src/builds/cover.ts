/** A short formula for a set of builds. Exact: reading the formula gives the set again. */
import { allBits, type BuildSet, cgoBits, portBit, type SetAlgebra } from "./build-sets.ts";
import { type Formula, join, lengthOf, negate, tagFormula } from "./formula.ts";
import { knownArchitectures, knownSystems, portHasTag, ports } from "./ports.ts";

/** Ports as a bit set, one bit each. */
type PortSet = bigint;

const allPorts: PortSet = (1n << BigInt(ports.length)) - 1n;

interface Literal {
  readonly formula: Formula;
  readonly ports: PortSet;
}

function portsWith(tag: string): PortSet {
  return ports.reduce(
    (set, port, index) => (portHasTag(port, tag) === true ? set | (1n << BigInt(index)) : set),
    0n,
  );
}

const tags: readonly Literal[] = ["unix", ...knownSystems, ...knownArchitectures]
  .map((tag) => ({ formula: tagFormula(tag), ports: portsWith(tag) }))
  .filter((one) => one.ports !== 0n);

const literals: readonly Literal[] = [
  ...tags,
  ...tags.map((one) => ({ formula: negate(one.formula), ports: allPorts & ~one.ports })),
];

/** Formulas of more characters than this stand for a set that is told as all builds. */
const lengthLimit = 4000;

/** Makes a function that finds formulas and remembers them. A set too tangled to say becomes all builds, a superset. */
export function formulaFinder(algebra: SetAlgebra): (set: BuildSet) => Formula {
  const known = new Map<BuildSet, Formula>();
  const portFormula = rememberPorts();
  const find = (set: BuildSet): Formula => {
    const remembered = known.get(set);
    if (remembered !== undefined) return remembered;
    const diagram = algebra.diagram(set);
    const formula = diagram.kind === "leaf" ? leafFormula(diagram.bits, portFormula) : branchFormula(diagram);
    const short: Formula = lengthOf(formula) > lengthLimit ? { kind: "all" } : formula;
    known.set(set, short);
    return short;
  };
  const branchFormula = ({ tag, on, off }: { tag: string; on: BuildSet; off: BuildSet }): Formula => {
    const positive = tagFormula(tag);
    const [with_, without] = [find(on), find(off)];
    // Where one side contains the other, the smaller one needs no condition.
    if (algebra.isEmpty(algebra.minus(off, on))) return join("or", [without, join("and", [positive, with_])]);
    if (algebra.isEmpty(algebra.minus(on, off)))
      return join("or", [with_, join("and", [negate(positive), without])]);
    return join("or", [join("and", [positive, with_]), join("and", [negate(positive), without])]);
  };
  return find;
}

function leafFormula(bits: bigint, portFormula: (set: PortSet) => Formula): Formula {
  if (bits === allBits) return { kind: "all" };
  if (bits === 0n) return { kind: "none" };
  const cgo = tagFormula("cgo");
  const [without, with_] = [portsOf(bits & ~cgoBits), portsOf((bits & cgoBits) >> 1n)];
  if (without === with_) return portFormula(with_);
  if (without === 0n) return join("and", [portFormula(with_), cgo]);
  if (with_ === 0n) return join("and", [portFormula(without), negate(cgo)]);
  return join("or", [
    join("and", [portFormula(with_), cgo]),
    join("and", [portFormula(without), negate(cgo)]),
  ]);
}

function portsOf(bits: bigint): PortSet {
  return ports.reduce(
    (set, _, index) => ((bits & portBit(index)) === 0n ? set : set | (1n << BigInt(index))),
    0n,
  );
}

function rememberPorts(): (set: PortSet) => Formula {
  const known = new Map<PortSet, Formula>();
  return (set) => {
    const remembered = known.get(set) ?? shortest(set);
    known.set(set, remembered);
    return remembered;
  };
}

/** One literal, two, or sums of literals for the set or for its complement: the shortest, the first found of equals. */
function shortest(set: PortSet): Formula {
  if (set === allPorts) return { kind: "all" };
  if (set === 0n) return { kind: "none" };
  const single = literals.find((one) => one.ports === set);
  if (single !== undefined) return single.formula;
  const candidates = [sum(set), negate(sum(allPorts & ~set)), ...products(set)];
  return candidates.reduce((best, one) => (lengthOf(one) < lengthOf(best) ? one : best));
}

function products(set: PortSet): Formula[] {
  const wider = literals.filter((one) => (set & ~one.ports) === 0n);
  for (const a of wider) {
    const b = wider.find((one) => (one.ports & a.ports) === set);
    if (b !== undefined) return [join("and", [a.formula, b.formula])];
  }
  return [];
}

/** Tags that lie inside the set, widest first, then systems with some architectures, then single ports. */
function sum(set: PortSet): Formula {
  const terms: Formula[] = [];
  let rest = set;
  for (;;) {
    const term = widestTerm(set, rest);
    if (term === undefined) return join("or", terms);
    terms.push(term.formula);
    rest &= ~term.ports;
  }
}

function widestTerm(set: PortSet, rest: PortSet): Literal | undefined {
  if (rest === 0n) return undefined;
  const inside = (one: Literal) => (one.ports & ~set) === 0n && (one.ports & rest) !== 0n;
  const gain = (one: Literal) => count(one.ports & rest);
  const pick = (list: readonly Literal[]) =>
    list
      .filter(inside)
      .reduce<Literal | undefined>(
        (best, one) => (best !== undefined && gain(best) >= gain(one) ? best : one),
        undefined,
      );
  return pick(tags) ?? pick(pairs) ?? pick(triples);
}

function count(set: PortSet): number {
  let bits = 0;
  for (let rest = set; rest > 0n; rest >>= 1n) bits += Number(rest & 1n);
  return bits;
}

const pairs: readonly Literal[] = tags.flatMap((a, index) =>
  [...tags.slice(index + 1), ...literals.slice(tags.length)]
    .map((b) => ({ formula: join("and", [a.formula, b.formula]), ports: a.ports & b.ports }))
    .filter((one) => one.ports !== 0n && one.ports !== a.ports),
);

/** Every single port: `linux && arm64 && !android`. */
const triples: readonly Literal[] = ports.map((port, index) => {
  const [system = "", architecture = ""] = port.split("/");
  const own = 1n << BigInt(index);
  const others = [...knownSystems].filter(
    (name) => name !== system && (portsWith(name) & portsWith(system) & portsWith(architecture)) !== 0n,
  );
  const excluded = others
    .filter((name) => (portsWith(name) & own) === 0n)
    .map((name) => negate(tagFormula(name)));
  return { formula: join("and", [tagFormula(system), tagFormula(architecture), ...excluded]), ports: own };
});
