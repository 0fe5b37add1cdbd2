/**
 * Functions in a map that a template is given. What it is executed with and its text were written into it by then: both
 * may get to any parameter, and what comes back into what the template writes. Over-approximates: which of them a
 * template calls, and with what, its text says.
 */
import type { CallRules } from "../model/flow-map.ts";
import { addCallEnds, type EndContext, type PlacedCall } from "./call-ends.ts";
import { carried, type FlowSite } from "./links.ts";
import { Mark } from "./places.ts";
import type { Units } from "./units.ts";

export interface HeldContext extends EndContext {
  readonly units: Units;
}

/** Adds what a function without a body does with data. */
type AddTransfers = (call: PlacedCall, rules: CallRules) => void;

/** The least that is doubtful: that the map has the function is known, that it is called is not. */
const doubt = 1;

/** Parameters of a function that is not followed which rules speak of. */
const mostGiven = [0, 1, 2, 3];

export function addHeldFunctions(context: HeldContext, call: PlacedCall, addTransfers: AddTransfers): void {
  const templates = [...new Set([call.callee, ...call.results])].filter((place) => place >= 0);
  for (const id of context.functionsGiven(context.fn, call.use)) {
    const bodies = (context.program.byId.get(id) ?? []).filter(
      (fn) => context.units.unitOf(fn) !== undefined && !context.units.functionAt(fn).facts.bodiless,
    );
    for (const template of templates) {
      for (const fn of bodies) addHeld(context, call, { fn, template });
      const rules = bodies.length > 0 ? undefined : context.flowMap.callRules(id);
      if (rules === undefined) continue;
      const named = {
        ...call,
        id,
        isMethod: false,
        callee: -1,
        arguments: mostGiven.map(() => template),
        results: [template],
        doubt,
      };
      addCallEnds(context, named, rules);
      addTransfers(named, rules);
    }
  }
}

const given = carried([Mark.whole, Mark.whole]);
const takenBack = carried([Mark.whole, Mark.written]);

interface Held {
  readonly fn: number;
  readonly template: number;
}

function addHeld(context: HeldContext, { use, builds }: PlacedCall, { fn, template }: Held): void {
  const { units, places, links } = context;
  const { facts, pkg } = units.functionAt(fn);
  const unit = units.unitOf(fn);
  if (unit === undefined) return;
  const base = units.baseOf(unit);
  const site: FlowSite = { fn: context.fn, use, name: facts.id, callee: units.standsFor(fn) };
  const common = { doubt, site, builds };
  const { parameters = [], results = [] } = facts.flows ?? {};
  for (const parameter of parameters) {
    const to = places.of(pkg, base, parameter);
    links.carry({ ...common, from: template, to, how: "enter" }, given);
  }
  for (const result of results) {
    const from = places.of(pkg, base, result);
    links.carry({ ...common, from, to: template, how: "leave" }, takenBack);
  }
}
