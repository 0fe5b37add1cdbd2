/** What of a program is kept: what comparing, judging and rules look at. Linear in the program. */
import type { TerminalUse } from "../../classify/terminals.ts";
import { puttersOf } from "../../judge/ways.ts";
import type { Edge, LinkedFunction } from "../../link/edge.ts";
import type { Program } from "../../link/program.ts";
import type { Flow } from "../../model/flow.ts";
import { functionId } from "../../model/function-id.ts";
import type { Path, Reach } from "../../reach/reach.ts";
import { functionsAlong } from "./other-code.ts";

/** What is written of. */
export interface Analysed {
  readonly program: Program;
  readonly terminals: readonly TerminalUse[];
  readonly reach: Reach;
}

export interface Selection {
  readonly paths: readonly Path[];
  readonly edges: readonly Edge[];
  readonly terminals: readonly TerminalUse[];
  /** Numbers of functions, in their order: those that the module declares come first. */
  readonly functions: readonly number[];
  /** Package variables of others that the code of the module names: `path.name`. */
  readonly named: ReadonlySet<string>;
}

/** `flows` name functions that are judged too. */
export function selected({ program, terminals, reach }: Analysed, flows: readonly Flow[]): Selection {
  const isOwn = (fn: number) => program.functions[fn]?.pkg.module === undefined;
  const inFlows = new Set(flows.flatMap(functionsAlong).flatMap((id) => program.byId.get(id) ?? []));
  // Where they are put is asked for too.
  const putting = new Set(
    [...inFlows].flatMap((fn) => [program.functions[fn]?.root ?? fn, ...puttersOf(program, fn)]),
  );
  const paths = pathsFrom(reach, isOwn);
  const named = namedVariables(program);
  const onPaths = alongPaths(paths);
  const isAsked = (fn: number) => isOwn(fn) || inFlows.has(fn);
  const isJudged = (fn: number) => isAsked(fn) || putting.has(fn);
  const edges = program.edges.filter(
    (edge) => (isOwn(edge.from) && isJudged(edge.to)) || isValueOf(edge, isAsked) || onPaths.edges.has(edge),
  );
  const ends = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const wanted = program.functions.flatMap(({ facts }, index) =>
    isJudged(index) || onPaths.functions.has(index) || ends.has(index) ? [facts.id] : [],
  );
  // All of one id: who asks for the code of a function asks for all of it.
  const ids = new Set(wanted);
  return {
    paths,
    edges,
    terminals: terminals.filter((one) => isOwn(one.from) || onPaths.terminals.has(one)),
    functions: program.functions.flatMap((fn, index) =>
      ids.has(fn.facts.id) || isInitialiser(program, named, fn) ? [index] : [],
    ),
    named,
  };
}

/** The paths of functions, and all that these go on with, each behind the one that it goes on with. */
function pathsFrom(reach: Reach, isWanted: (fn: number) => boolean): readonly Path[] {
  const found = new Set<Path>();
  reach.forEach((reached, fn) => {
    if (!isWanted(fn)) return;
    for (const { paths } of reached.values())
      for (const path of paths) {
        const before: Path[] = [];
        for (let at = path; !found.has(at); at = at.next.path) {
          before.push(at);
          if (at.next.kind === "terminal") break;
        }
        for (const one of before.reverse()) found.add(one);
      }
  });
  return [...found];
}

interface AlongPaths {
  readonly functions: Set<number>;
  readonly edges: Set<Edge>;
  readonly terminals: Set<TerminalUse>;
}

function alongPaths(paths: readonly Path[]): AlongPaths {
  const found: AlongPaths = { functions: new Set(), edges: new Set(), terminals: new Set() };
  for (const { from, next } of paths) {
    found.functions.add(from);
    if (next.kind === "edge") found.edges.add(next.edge);
    else found.terminals.add(next.terminal);
  }
  return found;
}

/** Package variables of others that the code of the module names: `path.name`. */
function namedVariables({ functions, packages }: Program): ReadonlySet<string> {
  const found = new Set<string>();
  const read = (code: string | undefined) => {
    for (const [, path, name] of code?.matchAll(globalForm) ?? []) if (path) found.add(`${path}.${name}`);
  };
  for (const { facts, pkg } of functions) if (pkg.module === undefined) read(facts.code);
  for (const { names, module } of packages)
    if (module === undefined) for (const { code } of names) read(code);
  return found;
}

/** As a variable stands in code, in which the sorts of quotes are exchanged. */
const globalForm = /\['global','([^']*)','([^']*)'\]/gu;

/** Whether a function of another module, or one around it, sets a package variable at first that is named. */
function isInitialiser(
  { functions }: Program,
  named: ReadonlySet<string>,
  { root, pkg, facts }: LinkedFunction,
): boolean {
  const { id, kind } = functions[root]?.facts ?? facts;
  const start = functionId(pkg.path, "init:");
  return kind === "initializer" && id.startsWith(start) && named.has(`${pkg.path}.${id.slice(start.length)}`);
}

/** Whether an edge is where such a function is used as a value. */
function isValueOf({ use, to }: Edge, isSuch: (fn: number) => boolean): boolean {
  return use.use === "reference" && isSuch(to);
}
