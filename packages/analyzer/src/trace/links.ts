/** The links along which data gets from place to place, as they are found. */
import type { BuildSet } from "../constraints/index.ts";
import type { UseFacts } from "../model/facts.ts";
import { firstBackward, Mark, markOf, marks, placeOf, type State, stateOf } from "./places.ts";

/** `enter` and `leave` a function that is called; through what functions share; into what something refers to. */
export type How = "plain" | "enter" | "leave" | "store" | "load" | "write";

/** Calls that may run more functions than so many are followed by no way: nobody would believe it. */
export const doubtLimit = 4;

/** A call, or where a function has to do with a place that others share. */
export interface FlowSite {
  /** Number of the function that it is in. */
  readonly fn: number;
  /** Absent where it is not known: the function stands for it. */
  readonly use?: UseFacts;
  /** What is called, or passed. */
  readonly name: string;
  /** The function that a call enters. */
  readonly callee?: number;
  /** Where a source or sink is one of so many functions that the call may run; 0 where its name is written. */
  readonly doubt?: number;
}

export interface Link {
  /** Places. */
  readonly from: number;
  readonly to: number;
  readonly how: How;
  /** 0 where names alone tell. */
  readonly doubt: number;
  readonly site: FlowSite | undefined;
  readonly builds: BuildSet;
}

export interface Links {
  /** Takes all marks along, forward ones that way, backward ones the other way. */
  readonly move: (link: Link) => void;
  /** Takes some marks that way, each as another one perhaps. */
  readonly carry: (link: Link, carried: Carried) => void;
  /** What a state leads to, one after the other; `link` is undefined where one state says the other. */
  readonly visit: (state: State, visit: Visit) => void;
}

/** By a mark that one place has: the mark that another one has then. */
export type Carried = readonly (Mark | undefined)[];

/** Of pairs. Made once for each kind of link: there are many links. */
export function carried(...pairs: readonly (readonly [Mark, Mark])[]): Carried {
  const found = Array.from<Mark | undefined>({ length: marks });
  for (const [from, to] of pairs) found[from] = to;
  return found;
}

export type Visit = (to: State, link: Link | undefined, how: How) => void;

const reversed: Readonly<Record<How, How>> = {
  plain: "plain",
  enter: "leave",
  leave: "enter",
  store: "load",
  load: "store",
  write: "write",
};

/** What is written into something is in it. */
const implied: Readonly<Partial<Record<Mark, Mark>>> = {
  [Mark.written]: Mark.whole,
  [Mark.partWritten]: Mark.part,
  [Mark.fileWritten]: Mark.file,
};

export interface LinkOptions {
  /** What is written into such a place comes back by its fields alone. */
  readonly isForeign: (place: number) => boolean;
  /** What is in a part of what such a place holds has no place of its own. */
  readonly hasOpaqueParts: (place: number) => boolean;
}

export function createLinks({ isForeign, hasOpaqueParts }: LinkOptions): Links {
  // By place.
  const [outward, inward]: [Lists<Link>, Lists<Link>] = [[], []];
  const carriers: Lists<Carrier> = [];
  // Fields of types whose code is not followed are where the value is.
  const hasOwnParts = (place: number) => !isForeign(place) && !hasOpaqueParts(place);
  const isKept = ({ how, from, to }: Link): boolean =>
    (how === "load" && hasOwnParts(from)) || (how === "store" && hasOwnParts(to));
  return {
    move: (link) => {
      if (link.from < 0 || link.to < 0 || link.from === link.to) return;
      put(outward, link.from, link);
      put(inward, link.to, link);
    },
    carry: (link, carried) => {
      if (link.from >= 0 && link.to >= 0) put(carriers, link.from, { link, carried });
    },
    visit: (state, visit) => {
      const [place, mark] = [placeOf(state), markOf(state)];
      const implies = implied[mark];
      if (implies !== undefined) visit(stateOf(place, implies), undefined, "plain");
      // What is in a part has a place of its own, the field: it need not be looked for where the whole is kept.
      const isPart = mark === Mark.part || mark === Mark.partWritten;
      const goesBack = mark >= firstBackward;
      for (const link of (goesBack ? inward : outward)[place] ?? none) {
        if (isPart && isKept(link)) continue;
        if (!goesBack) visit(stateOf(link.to, mark), link, link.how);
        else if (mark !== Mark.written || !isForeign(link.from))
          visit(stateOf(link.from, mark), link, reversed[link.how]);
      }
      for (const { link, carried } of carriers[place] ?? none) {
        const then = carried[mark];
        if (then === undefined || (then === Mark.written && isForeign(link.to))) continue;
        if (then !== mark || link.to !== place) visit(stateOf(link.to, then), link, link.how);
      }
    },
  };
}

interface Carrier {
  readonly link: Link;
  readonly carried: Carried;
}

/** By their numbers, without gaps: reached by counting. */
type Lists<T> = (T[] | undefined)[];

const none: readonly never[] = [];

function put<T>(lists: Lists<T>, place: number, one: T): void {
  while (lists.length <= place) lists.push(undefined);
  const list = lists[place];
  if (list === undefined) lists[place] = [one];
  else list.push(one);
}
