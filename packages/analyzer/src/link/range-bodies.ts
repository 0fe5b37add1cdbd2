/**
 * Functions whose ranges over functions are taken apart: the body of each is a function of its own, and what is ranged
 * over is called with it. So SSA form has it, where type propagation merges all who range over one function. Linear.
 */
import type { BodyFacts, FunctionFacts, PackageFacts, UseFacts } from "../model/facts.ts";
import type { CallFacts, FlowLists, TypeNumber, TypeTerm, YieldFacts } from "../model/flow-facts.ts";

/** A range over a function. */
export interface RangeFacts {
  readonly yields: YieldFacts;
  /** The function that is the body. */
  readonly body: string;
  /** Place among the uses of the function with the loop: the call of what is ranged over. */
  readonly use: number;
  /** As in `FileFacts`, where it is so in fewer builds than the function's. */
  readonly builds?: string;
}

/** A function, or a body that was part of one. */
export interface PartedFunction {
  readonly facts: FunctionFacts;
  readonly ranges: readonly RangeFacts[];
}

/** The functions of a package, bodies after what they were in, as closures are. */
export function partedFunctions({ functions, types }: PackageFacts): readonly PartedFunction[] {
  return functions.flatMap((facts) =>
    facts.bodies === undefined ? { facts, ranges: [] } : takenApart(facts, facts.bodies, types),
  );
}

/** What goes to one of the parts. */
interface Part {
  readonly uses: UseFacts[];
  readonly ranges: RangeFacts[];
}

/** A function in parts: itself, then its bodies. */
interface Parts {
  readonly fn: FunctionFacts;
  readonly bodies: readonly BodyFacts[];
  /** For each use the part that it is in, and its place there. */
  readonly uses: readonly { readonly part: number; readonly place: number }[];
  readonly parts: readonly Part[];
}

function takenApart(
  fn: FunctionFacts,
  bodies: readonly BodyFacts[],
  types: readonly TypeTerm[],
): PartedFunction[] {
  const divided = divide(fn, bodies);
  addRanges(divided);
  const { parts } = divided;
  const yields = new Map(parts.flatMap(({ ranges }) => ranges).map((range) => [range.body, range.yields]));
  const lists = [fn.flows ?? {}, ...(fn.flows?.variants ?? [])];
  const calls = lists.map((one) => callsByPart(divided, one));
  const variants = (part: number, keep: (place: number) => FlowLists) =>
    (fn.flows?.variants ?? []).map(({ builds }, place) => ({
      ...keep(place),
      builds,
      calls: calls[place + 1]?.[part] ?? [],
    }));
  const { code: _code, bodies: _bodies, ...rest } = fn;
  const flows = {
    ...withoutYields(fn.flows ?? {}),
    calls: calls[0]?.[0] ?? [],
    variants: variants(0, (place) => withoutYields(fn.flows?.variants?.[place] ?? {})),
  };
  const own = { facts: { ...rest, uses: parts[0]?.uses ?? [], flows }, ranges: parts[0]?.ranges ?? [] };
  const others = bodies.map(({ id, line, column }, index): PartedFunction => {
    const part = index + 1;
    const [type, , ...parameters] = yields.get(id) ?? [];
    const signature = yieldType(types, type);
    const facts: FunctionFacts = {
      id,
      kind: "closure",
      file: fn.file,
      ...(fn.builds !== undefined && { builds: fn.builds }),
      line,
      column,
      bodiless: false,
      fingerprint: `${fn.fingerprint}$${part}`,
      size: 0,
      uses: parts[part]?.uses ?? [],
      ...(signature !== undefined && { signature }),
      flows: { parameters, calls: calls[0]?.[part] ?? [], variants: variants(part, () => ({})) },
    };
    return { facts, ranges: parts[part]?.ranges ?? [] };
  });
  return [own, ...others];
}

function divide(fn: FunctionFacts, bodies: readonly BodyFacts[]): Parts {
  const owners = new Map(bodies.flatMap(({ uses }, body) => uses.map((use) => [use, body + 1] as const)));
  const parts = [fn, ...bodies].map((): Part => ({ uses: [], ranges: [] }));
  const uses = fn.uses.map((use, index) => {
    const part = owners.get(index) ?? 0;
    // There is one for each owner.
    return { part, place: (parts[part] as Part).uses.push(use) - 1 };
  });
  return { fn, bodies, uses, parts };
}

/** What mentions a body and calls what is ranged over: the function, or the body that the loop stands in. */
function addRanges({ fn, bodies, parts }: Parts): void {
  const places = new Map(bodies.map(({ id }, body) => [id, body + 1]));
  const calls = bodies.map(({ id, line, column }) => {
    const outer = parts[places.get(id.slice(0, id.lastIndexOf("$"))) ?? 0] as Part;
    outer.uses.push({ target: { kind: "function", id }, use: "reference", line, column });
    const call: UseFacts = { target: { kind: "dynamic", type: "func" }, use: "call", line, column };
    return { id, outer, use: outer.uses.push(call) - 1 };
  });
  const add = ({ yields = [], bodies: numbers = [] }: FlowLists, builds: Pick<RangeFacts, "builds">) =>
    yields.forEach((one, index) => {
      const call = calls[numbers[index] ?? -1];
      call?.outer.ranges.push({ yields: one, body: call.id, use: call.use, ...builds });
    });
  add(fn.flows ?? {}, {});
  for (const variant of fn.flows?.variants ?? []) add(variant, { builds: variant.builds });
}

/** The calls of each part. */
function callsByPart({ uses, parts }: Parts, { calls = [] }: FlowLists): readonly CallFacts[][] {
  const divided = parts.map((): CallFacts[] => []);
  for (const [use, ...others] of calls) {
    const { part, place } = uses[use] ?? { part: 0, place: use };
    divided[part]?.push([place, ...others]);
  }
  return divided;
}

function withoutYields<T extends FlowLists>({ yields: _yields, bodies: _bodies, ...others }: T) {
  return others;
}

/** The type of the function that an iterator is called with; undefined where that has a name. */
function yieldType(types: readonly TypeTerm[], iterator: TypeNumber | undefined): TypeNumber | undefined {
  const given = parameters(types[iterator ?? -1])[0];
  return given !== undefined && isFunction(types[given]) ? given : undefined;
}

function parameters(term: TypeTerm | undefined): readonly TypeNumber[] {
  return term !== undefined && isFunction(term) ? term[1] : [];
}

function isFunction(
  term: TypeTerm | undefined,
): term is Extract<TypeTerm, readonly ["func" | "variadic", ...unknown[]]> {
  return term !== undefined && typeof term !== "string" && (term[0] === "func" || term[0] === "variadic");
}
