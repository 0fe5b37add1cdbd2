import type { Edge, LinkedFunction } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import { isToldByCallbacks } from "../link/told-by-callbacks.ts";
import { functionId } from "../model/function-id.ts";
import type { Position } from "../model/position.ts";
import type { Certainty, Step, Terminal, Witness } from "../model/report.ts";
import type { Path } from "./reach.ts";

/** A path as steps; `source` is empty until the sources are read. */
export interface DraftWitness extends Witness {
  readonly steps: readonly DraftStep[];
  readonly terminal: Terminal;
}

export interface DraftStep extends Step {
  source: string;
}

/** The steps of a path, first the function that it starts from. */
export function witnessOf(program: Program, path: Path): DraftWitness {
  const steps: DraftStep[] = [];
  let at = path;
  while (at.next.kind === "edge") {
    const { use, breadth } = at.next.edge;
    steps.push(step(program, at.from, { ...use, breadth, handedTo: handedOver(program, at.next.edge) }));
    at = at.next.path;
  }
  const { terminal } = at.next;
  steps.push(step(program, at.from, terminal));
  return { steps, terminal: terminal.terminal };
}

/**
 * The function that an edge's call names, where that is another one than the edge leads to: one outside, which is given
 * what it leads to. Undefined also of those that are known to call what they are given.
 */
export function handedOver({ functions }: Program, { use, to }: Edge): string | undefined {
  if (use.use !== "call" || use.target.kind !== "qualified") return undefined;
  const named = functionId(use.target.package, use.target.name);
  return functions[to]?.facts.id === named || isToldByCallbacks(named) || calling.has(named)
    ? undefined
    : named;
}

/** Functions of the standard library that call what they are given, later at least. */
const calling: ReadonlySet<string> = new Set(["time.AfterFunc"]);

/** `static`: names alone tell every step. */
export function certaintyOf({ doubt }: Path): Certainty {
  return doubt === 0 ? "static" : "dynamic";
}

interface Place {
  /** Index into the package's files, if it is not the function's. */
  readonly file?: number;
  readonly line: number;
  readonly column: number;
}

interface Taken extends Place, Pick<Step, "use"> {
  readonly breadth: number;
  readonly handedTo?: string | undefined;
}

function step(program: Program, from: number, place: Taken): DraftStep {
  // Paths are made of the program's own function numbers.
  const fn = program.functions[from] as LinkedFunction;
  const { path, module } = fn.pkg;
  return {
    function: fn.facts.id,
    package: path,
    ...(module !== undefined && { module }),
    use: place.use,
    ...(place.breadth > 0 && place.use === "call" && { callees: place.breadth }),
    ...(place.handedTo !== undefined && { handedTo: place.handedTo }),
    site: siteIn(fn, place),
    source: "",
  };
}

/** A place in the file that a function is in, or in another one of its package. */
export function siteIn(fn: LinkedFunction, { file, line, column }: Place): Position {
  const { name } = (file === undefined ? undefined : fn.pkg.files[file]) ?? fn.file;
  return { file: name, line, column };
}
