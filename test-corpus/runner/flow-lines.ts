/**
 * What facts say of flows, as lines. Variables have no names in facts: a line leads from
 * what has a name to what has one, through the variables between them.
 */
import type { BuildSet, BuildSets, ModuleAnalysis, PackageFacts } from "@capdiff/analyzer";
import type { FunctionFacts, Target } from "../../packages/analyzer/src/model/facts.ts";
import {
  type CallFacts,
  type FlowLists,
  firstShared,
  nothing,
  type PlaceNumber,
  panicked,
  unknown,
} from "../../packages/analyzer/src/model/flow-facts.ts";
import { typeTexts } from "../../packages/analyzer/src/model/type-text.ts";
import { line, placeWords, type Shorten, shortener } from "./words.ts";

/** A line with the builds in which it holds. */
export interface FlowFinding {
  readonly text: string;
  readonly builds: BuildSet;
}

/** All lines about flows in the packages of a module, in the order of the sources. */
export function flowLines(analysis: ModuleAnalysis): string[] {
  const { builds } = analysis.program;
  return flowFindings(analysis).map(({ text, builds: set }) => line([text], [builds.words(set)]));
}

/** The same, with their builds. */
export function flowFindings({ program, source }: ModuleAnalysis): FlowFinding[] {
  const { builds, packages } = program;
  const short = shortener(source.modulePath);
  return packages.flatMap((pkg) => [
    ...declaredLines(pkg, { builds, short }),
    ...functionGroups(pkg).flatMap((group) => groupLines(pkg, group, { builds, short })),
  ]);
}

interface Context {
  readonly builds: BuildSets;
  readonly short: Shorten;
}

function declaredLines(pkg: PackageFacts, { builds, short }: Context): FlowFinding[] {
  const types = typeTexts(pkg.types);
  return pkg.declaredTypes.map(({ name, typeParameters = [], underlying, builds: set }) => {
    const parameters = typeParameters.map((_, index) => `$${index}`).join(", ");
    const head = `declares ${name}${parameters && `[${parameters}]`} = ${types[underlying]}`;
    return { text: short(head), builds: set === undefined ? builds.asked : builds.parse(set) };
  });
}

/** Declared functions with their closures, which follow them. */
function functionGroups({ functions }: PackageFacts): FunctionFacts[][] {
  const groups: FunctionFacts[][] = [];
  for (const fn of functions) {
    if (fn.kind === "closure") groups.at(-1)?.push(fn);
    else groups.push([fn]);
  }
  return groups;
}

/** A step of a flow: from place to place. */
interface Step {
  readonly fn: FunctionFacts;
  readonly to: string;
  readonly from: string;
  readonly builds: BuildSet;
  readonly how: string | undefined;
  /** What a shared place that is read or changed is in. */
  readonly base: string | undefined;
}

/** How a value gets from one place to another, if not as it is, and what a shared place is in. */
interface Manner {
  readonly how?: string;
  readonly base?: string;
}

type Add = (to: string, from: string, manner?: Manner) => void;

interface Names {
  /** Of places; one without a name is `local N`. */
  readonly place: (place: PlaceNumber) => string;
  readonly type: (type: number) => string;
}

function groupLines(
  pkg: PackageFacts,
  group: readonly FunctionFacts[],
  { builds, short }: Context,
): FlowFinding[] {
  const names = namesIn(pkg, group);
  const sites: FlowFinding[] = [];
  const steps: Step[] = [];
  for (const fn of group) {
    const own = builds.and(builds.asked, builds.parse(fn.builds ?? pkg.files[fn.file]?.builds ?? ""));
    for (const { lists, set } of listsOf(fn, { builds, own })) {
      const add: Add = (to, from, { how, base } = {}) =>
        void steps.push({ fn, to, from, builds: set, how, base });
      addSteps(pkg, { lists, names, add });
      for (const call of lists.calls ?? []) {
        addCall({ pkg, fn, call, names, add });
        sites.push({ text: siteLine({ pkg, fn, call, names }), builds: set });
      }
    }
  }
  return [...sites, ...joinedLines(steps, { builds })].map((one) => ({ ...one, text: short(one.text) }));
}

/** Lists of a function with the builds in which they hold. */
function listsOf(
  { flows }: FunctionFacts,
  { builds, own }: { readonly builds: BuildSets; readonly own: BuildSet },
): { readonly lists: FlowLists; readonly set: BuildSet }[] {
  if (flows === undefined) return [];
  const variants = (flows.variants ?? []).map((lists) => ({
    lists,
    set: builds.and(own, builds.parse(lists.builds)),
  }));
  return [{ lists: flows, set: own }, ...variants];
}

function namesIn(pkg: PackageFacts, group: readonly FunctionFacts[]): Names {
  const types = typeTexts(pkg.types);
  const type = (number: number) => types[number] ?? "?";
  const locals = new Map<PlaceNumber, string>();
  for (const { id, kind, flows } of group) {
    const of = kind === "closure" ? ` of ${id}` : "";
    const method = kind === "method" ? 1 : 0;
    flows?.parameters?.forEach((place, index) =>
      locals.set(place, index < method ? "receiver" : `parameter ${index - method}${of}`),
    );
    flows?.results?.forEach((place, index) => locals.set(place, `result ${index}${of}`));
    for (const lists of [flows ?? {}, ...(flows?.variants ?? [])])
      for (const [use, , , , , results = []] of lists.calls ?? [])
        for (const [index, place] of results.entries()) {
          const fn = group.find((one) => one.id === id);
          locals.set(place, `result ${index} of ${calleeName(fn?.uses[use]?.target)}`);
        }
  }
  return { type, place: (place) => placeName(pkg, { place, type, locals }) };
}

interface PlaceToName {
  readonly place: PlaceNumber;
  readonly type: Names["type"];
  readonly locals: ReadonlyMap<PlaceNumber, string>;
}

function placeName(pkg: PackageFacts, { place, type, locals }: PlaceToName): string {
  if (place === nothing) return "nothing";
  if (place === unknown) return "unknown";
  if (place === panicked) return "panic";
  if (place >= 0) return locals.get(place) ?? `local ${place}`;
  const shared = pkg.places[firstShared - place];
  switch (shared?.[0]) {
    case "variable":
      return `variable ${shared[1] === "" ? pkg.path : shared[1]}.${shared[2]}`;
    case "field":
      return `field (${type(shared[1])}).${shared[2].split(".").at(-1)}`;
    case "element":
    case "key":
    case "value":
    case "message":
      return `${shared[0]} ${type(shared[1])}`;
    default:
      return "?";
  }
}

function addSteps(
  pkg: PackageFacts,
  {
    lists,
    names,
    add,
  }: {
    readonly lists: FlowLists;
    readonly names: Names;
    readonly add: Add;
  },
): void {
  const { place, type } = names;
  for (const [to = 0, from = 0] of chunks(lists.assign, 2)) add(place(to), place(from));
  for (const [to = 0, from = 0, base = 0] of [...chunks(lists.load, 3), ...chunks(lists.store, 3)])
    add(place(to), place(from), { base: place(base) });
  for (const [to = 0, from = 0, of = 0] of chunks(lists.convert, 3))
    add(place(to), place(from), { how: `as ${type(of)}` });
  for (const [to = 0, from = 0, of = 0] of chunks(lists.assert, 3))
    add(place(to), place(from), { how: `if ${type(of)}` });
  for (const [to = 0, fn = 0, receiver = 0] of chunks(lists.functions, 3)) {
    const name = functionName(pkg, { fn, type });
    add(place(to), name);
    if (receiver !== nothing) add(`receiver of ${name}`, place(receiver));
  }
  for (const [, from, ...places] of lists.yields ?? []) {
    add(`yields of ${place(from)}`, place(from));
    places.forEach((one, index) => add(place(one), `yielded ${index} by ${place(from)}`));
  }
}

function chunks(list: readonly number[] = [], size: number): readonly number[][] {
  return Array.from({ length: list.length / size }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}

function functionName(
  { functionValues }: PackageFacts,
  { fn, type }: { readonly fn: number; readonly type: Names["type"] },
): string {
  const term = functionValues[fn];
  switch (term?.[0]) {
    case "function": {
      const [, id, ...types] = term;
      return `function ${id}${types.length === 0 ? "" : `[${types.map(type).join(", ")}]`}`;
    }
    case "method":
      return `method (${type(term[1])}).${term[2].split(".").at(-1)}`;
    case "missing":
      return `function ${term[1]}`;
    default:
      return "?";
  }
}

function calleeName(target: Target | undefined): string {
  switch (target?.kind) {
    case "function":
      return target.id;
    case "qualified":
    case "interface-method":
    case "variable": {
      const { package: path, name } = target;
      if (path === "") return name;
      return name.startsWith("(") ? name.replace(/^\(\*?/, (start) => `${start}${path}.`) : `${path}.${name}`;
    }
    case "dynamic":
      return target.type;
    case "cgo":
      return `C.${target.name}`;
    case "unresolved":
      return `? ${target.name}`;
    default:
      return "?";
  }
}

interface CallToName {
  readonly pkg: PackageFacts;
  readonly fn: FunctionFacts;
  readonly call: CallFacts;
  readonly names: Names;
}

function addCall({ fn, call, names, add }: CallToName & { readonly add: Add }): void {
  const [use, , , callee, given] = call;
  const name = calleeName(fn.uses[use]?.target);
  if (callee !== nothing) add(`callee ${name}`, names.place(callee));
  given.forEach((place, index) => {
    if (place !== nothing) add(`arg ${index} of ${name}`, names.place(place));
  });
}

function siteLine({ pkg, fn, call, names }: CallToName): string {
  const [use, atLine, column, , , , { how = "call", spread = false, type, typeArguments = [] } = {}] = call;
  const file = pkg.files[fn.file]?.name ?? "";
  return line(
    [`site ${fn.id} -> ${calleeName(fn.uses[use]?.target)}`],
    [
      how,
      ...(spread ? ["spread"] : []),
      ...(type === undefined ? [] : [`by ${rounded(names.type(type))}`]),
      ...(typeArguments.length === 0 ? [] : [`types ${rounded(typeArguments.map(names.type).join(", "))}`]),
      placeWords({ file, line: atLine, column }),
    ],
  );
}

/** Details stand in brackets and have none in them. */
function rounded(text: string): string {
  return text.replaceAll("[", "(").replaceAll("]", ")");
}

/** A way from a place back to where it gets values from. */
interface Way {
  /** The first step of it. */
  readonly step: Step;
  /** From the last to the first. */
  readonly how: readonly string[];
  readonly set: BuildSet;
  readonly bases: readonly string[];
}

/** Flows from named place to named place. */
function joinedLines(steps: readonly Step[], { builds }: Pick<Context, "builds">): FlowFinding[] {
  const into = new Map<string, Step[]>();
  for (const step of steps) {
    const list = into.get(step.to);
    if (list === undefined) into.set(step.to, [step]);
    else list.push(step);
  }
  const lines = new Map<string, BuildSet>();
  for (const step of steps) {
    if (isLocal(step.to)) continue;
    const seen = new Set<string>();
    const pending: Way[] = [lengthened({ how: [], set: step.builds, bases: [] }, step, builds)];
    for (let way = pending.pop(); way !== undefined; way = pending.pop()) {
      const { from } = way.step;
      const next = isLocal(from) ? (into.get(from) ?? []) : [];
      const known = next.reduce((sum, one) => builds.or(sum, one.builds), builds.none);
      const left = isLocal(from) ? builds.and(way.set, builds.not(known)) : way.set;
      const made = isLocal(from) || from === "nothing";
      if (!builds.isEmpty(left) && (!made || way.how.length > 0)) {
        const text = wayText(step, way, made);
        lines.set(text, builds.or(lines.get(text) ?? builds.none, left));
      }
      for (const one of next) {
        const longer = lengthened(way, one, builds);
        const key = `${one.to} ${one.from} ${longer.how.join()} ${longer.set}`;
        if (seen.has(key) || builds.isEmpty(longer.set)) continue;
        seen.add(key);
        pending.push(longer);
      }
    }
  }
  return [...lines].map(([text, set]) => ({ text, builds: set }));
}

function isLocal(place: string): boolean {
  return place.startsWith("local ");
}

function lengthened(way: Omit<Way, "step">, step: Step, builds: BuildSets): Way {
  return {
    step,
    how: step.how === undefined ? way.how : [...way.how, step.how],
    set: builds.and(way.set, step.builds),
    bases: step.base === undefined || isLocal(step.base) ? way.bases : [...way.bases, step.base],
  };
}

function wayText({ fn, to }: Step, { step, how, bases }: Way, made: boolean): string {
  const words = [`flow ${fn.id}: ${to} <-`, made ? "new" : step.from, ...how.toReversed()];
  return line(
    words,
    bases.map((base) => `in ${base}`),
  );
}
