/** A way that was found as the steps of a flow. */
import type { LinkedFunction } from "../link/edge.ts";
import type { FlowEnd, FlowStep } from "../model/flow.ts";
import type { Position } from "../model/position.ts";
import { siteIn } from "../reach/witness.ts";
import type { Arrival } from "./arrivals.ts";
import type { FlowSite, How, Link } from "./links.ts";
import type { Before, Fact } from "./matched-paths.ts";

/** A passage of a way. */
export interface Passage {
  readonly how: How;
  readonly link: Link;
}

/** Passages of one way that are told; more would not be read. What functions do between a call and its return is left out first. */
const passageLimit = 100;
const nestingLimit = 20;

/** The passages of a source to a sink. */
export function passagesTo({ fact, stay }: Arrival): Passage[] {
  const parts = [passagesWithin(fact)];
  for (let { before } = stay; before !== undefined; { before } = before.stay) {
    const { fact: last, how, link } = before.way;
    parts.push(link === undefined ? [] : [{ how, link }], passagesWithin(last));
  }
  return parts.reverse().flat();
}

/** Those from where the context of a fact begins to it. */
function passagesWithin(fact: Fact, depth = 0): Passage[] {
  const reversed: Passage[] = [];
  for (let at = fact; at.before !== undefined; ) {
    const { fact: last, link, how, entered }: Before = at.before;
    if (link !== undefined && (how !== "plain" || entered !== undefined)) reversed.push({ how, link });
    if (entered === undefined) {
      at = last;
      continue;
    }
    if (depth < nestingLimit && reversed.length < passageLimit)
      for (const one of passagesWithin(last, depth + 1).reverse())
        if (reversed.length < passageLimit) reversed.push(one);
    reversed.push({ how: "enter", link: entered.link });
    at = entered.fact;
  }
  return reversed.reverse();
}

/** The first and the last of too many. */
export function bounded<T>(list: readonly T[]): readonly T[] {
  if (list.length <= passageLimit) return list;
  return [...list.slice(0, passageLimit / 2), ...list.slice(-passageLimit / 2)];
}

const words: Readonly<Record<Exclude<How, "plain" | "write">, FlowStep["how"]>> = {
  enter: "call",
  leave: "return",
  store: "store",
  load: "load",
};

/** The steps that are told: without writes, which the next step or the sink shows. */
export function stepsOf(
  passages: readonly Passage[],
  functionAt: (fn: number) => LinkedFunction,
): FlowStep[] {
  return passages.flatMap(({ how, link: { site } }) => {
    if (how === "plain" || how === "write" || site === undefined) return [];
    const { facts, pkg } = functionAt(site.fn);
    const where = { ...inModule(pkg), site: draftSite(positionOf(site, functionAt)) };
    return [{ function: facts.id, how: words[how], name: site.name, ...where }];
  });
}

export function positionOf({ fn, use }: FlowSite, functionAt: (fn: number) => LinkedFunction): Position {
  const declared = functionAt(fn);
  return use === undefined ? siteIn(declared, declared.facts) : siteIn(declared, use);
}

/** `source` is empty until the sources are read. */
export function draftSite(position: Position): FlowEnd["site"] {
  return { position, source: "" };
}

export function endOf(site: FlowSite, functionAt: (fn: number) => LinkedFunction): FlowEnd {
  const { facts, pkg } = functionAt(site.fn);
  return {
    name: site.name,
    function: facts.id,
    package: pkg.path,
    ...inModule(pkg),
    site: draftSite(positionOf(site, functionAt)),
  };
}

function inModule({ module }: LinkedFunction["pkg"]): Pick<FlowEnd, "module"> {
  return module === undefined ? {} : { module };
}
