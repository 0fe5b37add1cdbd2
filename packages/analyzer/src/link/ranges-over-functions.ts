/**
 * Ranges over functions: each calls what is ranged over. Functions may be taken apart at them: the body of each is a function of
 * its own, and what is ranged over is called with it. So SSA form has it, where type propagation merges all who range over one
 * function. Linear.
 */
import type { BodyFacts, FunctionFacts, PackageFacts, UseFacts } from "../model/facts.ts";
import type {
  CallFacts,
  FlowFacts,
  FlowLists,
  FlowVariant,
  TypeNumber,
  TypeTerm,
  YieldFacts,
} from "../model/flow-facts.ts";
import { asSignature, termAt } from "../model/type-parts.ts";

/** A range over a function. */
export interface RangeFacts {
  readonly yields: YieldFacts;
  /** The function that is the body; undefined where that is a part of the function with the loop. */
  readonly body?: string;
  /** The call of what is ranged over, and its place: those of a function are counted on behind its uses. */
  readonly call: UseFacts;
  readonly use: number;
  /** As in `FileFacts`, where it is so in fewer builds than the function's. */
  readonly builds?: string;
}

/** A function, or a body that was part of one. */
export interface PartedFunction {
  readonly facts: FunctionFacts;
  readonly ranges: readonly RangeFacts[];
}

/** The ranges in a function that is not taken apart. */
export function rangesIn({ bodies = none, flows = {}, uses }: FunctionFacts): readonly RangeFacts[] {
  if (bodies.length === 0) return none;
  return yieldsIn(flows, bodies).map(({ yields, body, builds }, place) => ({
    yields,
    call: rangeCall(body, builds),
    use: uses.length + place,
    ...builds,
  }));
}

const none: readonly never[] = [];

/** What is ranged over is called where the range clause stands. */
function rangeCall({ line, column }: BodyFacts, builds: Yields["builds"]): UseFacts {
  return { target: { kind: "dynamic", type: "func" }, use: "call", line, column, ...builds };
}

interface Yields {
  readonly yields: YieldFacts;
  readonly body: BodyFacts;
  readonly builds: Pick<RangeFacts, "builds">;
}

function yieldsIn(flows: FlowFacts, bodies: readonly BodyFacts[]): readonly Yields[] {
  const of = ({ yields = none, bodies: places = none }: FlowLists, builds: Yields["builds"]) =>
    places.flatMap((place, index): readonly Yields[] => {
      const [one, body] = [yields[index], bodies[place]];
      return one === undefined || body === undefined ? none : [{ yields: one, body, builds }];
    });
  return [
    ...of(flows, {}),
    ...(flows.variants ?? none).flatMap((variant) => of(variant, { builds: variant.builds })),
  ];
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
  readonly calls: CallFacts[];
  /** Those of variants, where there are any. */
  readonly variants: Map<FlowVariant, CallFacts[]>;
}

/** A function in parts: itself, then its bodies. */
interface Parts {
  readonly fn: FunctionFacts;
  readonly bodies: readonly BodyFacts[];
  /** For each use the part that it is in, and its place there. */
  readonly uses: readonly { readonly part: Part; readonly place: number }[];
  readonly own: Part;
  readonly others: readonly Part[];
}

function takenApart(
  fn: FunctionFacts,
  bodies: readonly BodyFacts[],
  types: readonly TypeTerm[],
): PartedFunction[] {
  const parts = divide(fn, bodies);
  addCalls(parts);
  addRanges(parts);
  const { own, others } = parts;
  const yields = new Map(
    [own, ...others].flatMap(({ ranges }) => ranges).map(({ body, yields }) => [body, yields]),
  );
  return [
    withoutBodies(parts),
    ...bodies.map((body, index) => {
      // There is one for each body.
      const part = others[index] as Part;
      return {
        facts: bodyFunction(fn, body, { part, yields: yields.get(body.id), types }),
        ranges: part.ranges,
      };
    }),
  ];
}

function withoutBodies({ fn, own: { uses, ranges, calls, variants } }: Parts): PartedFunction {
  const { code: _code, bodies: _bodies, flows = {}, ...rest } = fn;
  const variantsOf = (flows.variants ?? none).map((variant) => ({
    ...withoutYields(variant),
    calls: variants.get(variant) ?? none,
  }));
  return {
    facts: { ...rest, uses, flows: { ...withoutYields(flows), calls, variants: variantsOf } },
    ranges,
  };
}

interface Divided {
  readonly part: Part;
  readonly yields: YieldFacts | undefined;
  readonly types: readonly TypeTerm[];
}

function bodyFunction(
  fn: FunctionFacts,
  { id, line, column }: BodyFacts,
  { part: { uses, calls, variants }, yields, types }: Divided,
): FunctionFacts {
  const [iterator, , ...parameters] = yields ?? none;
  const signature = yieldType(types, iterator);
  return {
    id,
    kind: "closure",
    file: fn.file,
    ...(fn.builds !== undefined && { builds: fn.builds }),
    line,
    column,
    bodiless: false,
    fingerprint: `${fn.fingerprint}${id.slice(fn.id.length)}`,
    size: 0,
    uses,
    ...(signature !== undefined && { signature }),
    flows: {
      parameters,
      calls,
      variants: [...variants].map(([{ builds }, inVariant]) => ({ builds, calls: inVariant })),
    },
  };
}

function divide(fn: FunctionFacts, bodies: readonly BodyFacts[]): Parts {
  const empty = (): Part => ({ uses: [], ranges: [], calls: [], variants: new Map() });
  const own = empty();
  const others = bodies.map(empty);
  const owners = new Map(bodies.flatMap(({ uses }, body) => uses.map((use) => [use, others[body]] as const)));
  const uses = fn.uses.map((use, index) => {
    const part = owners.get(index) ?? own;
    return { part, place: part.uses.push(use) - 1 };
  });
  return { fn, bodies, uses, own, others };
}

/** Calls go where their uses went. */
function addCalls({ fn: { flows = {} }, uses }: Parts): void {
  for (const [use, ...others] of flows.calls ?? none) {
    const at = uses[use];
    at?.part.calls.push([at.place, ...others]);
  }
  for (const variant of flows.variants ?? none) {
    for (const [use, ...others] of variant.calls ?? none) {
      const at = uses[use];
      if (at === undefined) continue;
      const calls = at.part.variants.get(variant) ?? [];
      at.part.variants.set(variant, calls);
      calls.push([at.place, ...others]);
    }
  }
}

/** What mentions a body and calls what is ranged over: the function, or the body that the loop stands in. */
function addRanges({ fn, bodies, own, others }: Parts): void {
  const places = new Map(bodies.map(({ id }, body) => [id, others[body]]));
  const around = ({ id }: BodyFacts) => places.get(id.slice(0, id.lastIndexOf("$"))) ?? own;
  for (const body of bodies) {
    const { id, line, column } = body;
    around(body).uses.push({ target: { kind: "function", id }, use: "reference", line, column });
  }
  for (const { yields, body, builds } of yieldsIn(fn.flows ?? {}, bodies)) {
    const { uses, ranges } = around(body);
    const use = uses.length + ranges.length;
    ranges.push({ yields, body: body.id, call: rangeCall(body, builds), use, ...builds });
  }
}

function withoutYields<T extends FlowLists>({ yields: _yields, bodies: _bodies, ...others }: T) {
  return others;
}

/** The type of the function that an iterator is called with; undefined where that has a name. */
function yieldType(types: readonly TypeTerm[], iterator: TypeNumber | undefined): TypeNumber | undefined {
  const [given] = asSignature(termAt(types, iterator))?.[1] ?? none;
  return asSignature(termAt(types, given)) && given;
}
