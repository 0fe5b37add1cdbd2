/**
 * Where what calls are given comes from: only from callers of the module, through parameters and fields, and from variables
 * of the environment, with constants besides; or else nothing is said. Evaluation with marks (see `marks.ts`), in a machine of
 * its own: of a parameter everything counts that functions of the module hand to it, of a field everything that is put into a
 * field of that name.
 *
 * It is shown or not said: a call that may run unseen, a bound that was reached, a struct that somebody else fills, a jump, or a
 * variable that the module sets itself leave it open. Not seen: what is written through unsafe pointers or by reflection, and
 * labels inside of loops.
 */
import type { LinkedFunction } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import type { UseFacts } from "../model/facts.ts";
import { functionId } from "../model/function-id.ts";
import { compareText } from "../model/position.ts";
import type { EntryPointKind } from "../model/report.ts";
import type { ValueOrigin } from "../model/rule.ts";
import { run } from "./calls.ts";
import { createCodes } from "./codes.ts";
import { nothingTold } from "./evaluation.ts";
import { createGlobals } from "./globals.ts";
import { usualLimits } from "./limits.ts";
import { type Machine, separately } from "./machine.ts";
import { parameterOf, readMark } from "./marks.ts";
import { newMachine } from "./new-machine.ts";
import { load } from "./places.ts";
import { addressOf } from "./standard/addresses.ts";
import { type Pointer, type Struct, unknown, type Value } from "./values.ts";

/** What is known of a place: marks and constants; whether there is something else besides. */
interface Gathered {
  readonly marks: Set<string>;
  readonly constants: Set<string>;
  open: boolean;
}

/** Of a call in a function of the module by its number and the use: of each argument, if that is known, in order. */
export type OriginsOf = (fn: number, use: UseFacts) => readonly (ValueOrigin | undefined)[];

export interface Origins {
  /** Each answer is that of a question that is asked alone. */
  readonly of: OriginsOf;
  /** Whether there were no steps left for some that was asked about. */
  readonly isSpent: () => boolean;
}

/** A pass over the program, for each of its functions, as steps. */
const passSteps = 5;

/** Each question costs what evaluating the functions costs that may matter, and a pass over the program. */
export function createOrigins(program: Program): Origins {
  const codeOf = createCodes(program);
  let left = usualLimits.total + usualLimits.each * program.functions.length;
  return {
    of: (fn, use) => {
      if (left < 0) return [];
      // What one question has run, another may not need: bounds, jumps and types that are handed on would tell of it.
      const { of, steps } = traceOrigins(program, { codeOf, total: left });
      const origins = of(fn, use);
      left -= steps() + passSteps * program.functions.length;
      return origins;
    },
    isSpent: () => left < 0,
  };
}

interface Trace {
  readonly of: OriginsOf;
  /** That were taken so far. */
  readonly steps: () => number;
}

interface TraceOptions {
  readonly codeOf: ReturnType<typeof createCodes>;
  /** Steps. */
  readonly total: number;
}

function traceOrigins(program: Program, { codeOf, total }: TraceOptions): Trace {
  const globals = createGlobals(program);
  const heard = new Map<UseFacts, Gathered[]>();
  const handedTo = new Map<LinkedFunction, Gathered[]>();
  const fields = new Map<string, Map<string, Gathered>>();
  const forgotten = new Set<string>();
  const notRun = new Set<number>();
  const unseen = new Set<LinkedFunction>();
  const done = new Set<number>();
  const state = { isOpen: false };

  const machine = newMachine(program, {
    limits: usualLimits,
    globals,
    codeOf,
    // What is put into fields is gathered here as well.
    fieldTexts: () => [],
    heard: (at, _, use, given) => {
      addAll(at, listIn(heard, use), given);
    },
    origins: {
      handedTo: (fn, given) => {
        if (given === undefined) unseen.add(fn);
        else addAll(machine, listIn(handedTo, fn), given);
      },
      notRun: (functions) => {
        for (const one of functions) notRun.add(one);
      },
      stored: (at, type, field, value) => {
        const types = fields.get(field) ?? new Map<string, Gathered>();
        fields.set(field, types);
        const known = types.get(type) ?? nothingSoFar();
        types.set(type, known);
        gather(at, value, known);
      },
      forgotten: (type) => forgotten.add(type),
      jumped: () => {
        state.isOpen = true;
      },
    },
  });

  let steps = 0;

  /** Where a bound is reached nothing is shown. */
  function runAlone(part: () => void): void {
    const taken = separately(machine, globals.base, nothingTold(), part);
    steps += taken;
    if (taken > usualLimits.steps || steps > total || !globals.isExact()) state.isOpen = true;
  }

  /** Runs a function that is given what nobody knows. */
  function evaluateRoot(index: number): void {
    const root = program.functions[index]?.root ?? index;
    if (done.has(root)) return;
    done.add(root);
    const fn = program.functions[root];
    const code = fn && codeOf(fn);
    if (fn === undefined || fn.pkg.module !== undefined || code === undefined) return;
    if (fn.facts.kind === "initializer") {
      runAlone(() => globals.initialised(machine, fn.facts.id));
      return;
    }
    const given = code[0].map((_, place) => parameterOf(root, place));
    runAlone(() => run(machine, fn, { given, spread: false }));
  }

  /** Runs what may call a function, as names and values tell. False if it may be called unseen. */
  function evaluateCallers(index: number): boolean {
    const callers = program.callers[index] ?? [];
    if (callers.length > callerLimit) return false;
    for (const { from } of callers) evaluateRoot(from);
    const id = program.functions[index]?.facts.id;
    return callers.every(({ use }) => use.use !== "call" || (calledId(use) ?? id) === id);
  }

  /** Runs what may put something into a field of that name, or has a struct of that type. */
  function evaluateStores(type: string, name: string): boolean {
    const texts = [`'${name}'`, ...(type === "" ? [] : [`S ${type}'`, `'${type}'`])];
    const some = program.functions.flatMap(({ facts, pkg }, index) =>
      pkg.module === undefined && texts.some((text) => facts.code?.includes(text)) ? [index] : [],
    );
    if (some.length > storeLimit) return false;
    for (const one of some) evaluateRoot(one);
    for (const { path, names, module } of program.packages) {
      const set =
        module === undefined ? names.filter(({ code }) => texts.some((text) => code?.includes(text))) : [];
      for (const { with: all } of set)
        runAlone(() => globals.initialised(machine, functionId(path, `init:${all?.[0] ?? ""}`)));
    }
    return true;
  }

  /** All that a mark may stand for. False if that is not known. */
  function resolve(mark: string, found: Found): boolean {
    if (found.seen.has(mark)) return true;
    if (found.seen.size > markLimit) return false;
    found.seen.add(mark);
    const one = readMark(mark);
    if (one === undefined) return false;
    switch (one.of) {
      case "field":
        return resolveField(one, found);
      case "parameter":
        return resolveParameter(one, found);
      case "program":
        found.programs.add(one.name);
        return true;
      case "itself":
        found.itself = true;
        return true;
      case "variable":
        found.variables.add(one.name);
        return !setsVariable(program, one.name);
      default:
        return one satisfies never;
    }
  }

  function resolveParameter({ fn, index }: { fn: number; index: number }, found: Found): boolean {
    const one = program.functions[fn];
    if (one === undefined || !evaluateCallers(fn) || notRun.has(fn) || unseen.has(one)) return false;
    const isExported = one.facts.entry !== undefined && fromOutside.has(one.facts.entry);
    if (isExported) found.caller = true;
    const given = handedTo.get(one);
    if (given === undefined) return true;
    const isVariadic = codeOf(one)?.[2] === true;
    const some = isVariadic ? given.slice(index) : [given[index]];
    return some.every((value) => accept(value, found));
  }

  function resolveField({ type, name }: { type: string; name: string }, found: Found): boolean {
    if (!evaluateStores(type, name)) return false;
    if (type === "" ? forgotten.size > 0 : forgotten.has(type)) return false;
    const all = [...(fields.get(name) ?? [])];
    // A struct of another type with the same fields may become one of this.
    if (all.some(([, { open }]) => open)) return false;
    const own = all.filter(([of]) => type === "" || of === "" || of === type);
    if (!own.every(([, one]) => accept(one, found))) return false;
    const isOwn = program.packageByPath.get(type.slice(0, type.lastIndexOf(".")))?.module === undefined;
    if (/^\p{Lu}/u.test(name) && type !== "" && isOwn) found.caller = true;
    return true;
  }

  function accept(one: Gathered | undefined, found: Found): boolean {
    if (one === undefined || one.open) return false;
    for (const constant of one.constants) found.constants.add(constant);
    return [...one.marks].every((mark) => resolve(mark, found));
  }

  const found = (one: Gathered): ValueOrigin | undefined => {
    const all: Found = {
      seen: new Set(),
      constants: new Set(),
      variables: new Set(),
      programs: new Set(),
      itself: false,
      caller: false,
    };
    if (!accept(one, all) || state.isOpen) return undefined;
    return {
      caller: all.caller,
      variables: [...all.variables].sort(compareText),
      programs: [...all.programs].sort(compareText),
      itself: all.itself,
      constants: [...all.constants].sort(compareText),
    };
  };

  const of: OriginsOf = (fn, use) => {
    evaluateRoot(fn);
    let origins: readonly (ValueOrigin | undefined)[] = [];
    // Each round may run functions that say more.
    for (let before = -1; before !== done.size; ) {
      before = done.size;
      origins = notRun.has(fn) ? [] : (heard.get(use) ?? []).map(found);
    }
    return origins;
  };
  return { of, steps: () => steps };
}

interface Found {
  readonly seen: Set<string>;
  readonly constants: Set<string>;
  readonly variables: Set<string>;
  readonly programs: Set<string>;
  itself: boolean;
  caller: boolean;
}

/** Callers, functions that set a field, and marks that are looked at; beyond these nothing is said. */
const callerLimit = 200;
const storeLimit = 200;
const markLimit = 200;

const fromOutside: ReadonlySet<EntryPointKind> = new Set([
  "exported-function",
  "exported-method",
  "interface-method",
]);

function nothingSoFar(): Gathered {
  return { marks: new Set(), constants: new Set(), open: false };
}

function listIn<K>(all: Map<K, Gathered[]>, key: K): Gathered[] {
  const known = all.get(key) ?? [];
  all.set(key, known);
  return known;
}

function addAll(machine: Machine, into: Gathered[], given: readonly Value[]): void {
  given.forEach((value, index) => {
    const one = into[index] ?? nothingSoFar();
    into[index] = one;
    gather(machine, value, one);
  });
}

/** Adds what a value may be. */
function gather(machine: Machine, value: Value, into: Gathered): void {
  switch (value.kind) {
    case "nil":
      return;
    case "text":
      into.constants.add(value.text);
      return;
    case "either":
      for (const one of value.of) gather(machine, one, into);
      if (value.rest !== undefined) gather(machine, value.rest, into);
      return;
    case "unknown":
    case "partial":
      if (value.from === undefined) into.open = true;
      for (const mark of value.from ?? []) into.marks.add(mark);
      // A host that is written out is where it goes.
      if (value.kind === "partial" && !hostIsOpen.test(value.text)) into.constants.add(value.text);
      return;
    case "pointer":
    case "struct":
      gatherAddress(machine, value, into);
      return;
    default:
      into.open = true;
  }
}

/** Nothing of the host is written, but for a port. */
const hostIsOpen = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/\s]*@)?\u2026(?::\d+)?(?:[/?#]|$)/iu;

/** Of requests and URLs the address counts; of other structs nothing is said. */
function gatherAddress(machine: Machine, value: Pointer | Struct, into: Gathered): void {
  const held = value.kind === "pointer" ? load(machine, value) : value;
  if (held.kind === "struct" && held.named === "net/http.Request")
    gather(machine, held.fields.get("URL") ?? unknown, into);
  else if (held.kind === "struct" && held.named === "net/url.URL")
    gather(machine, addressOf(machine, value), into);
  else if (held.kind === "unknown" || held.kind === "text") gather(machine, held, into);
  else into.open = true;
}

/** What a call names: something else where that calls back what it is given. */
function calledId({ target }: UseFacts): string | undefined {
  if (target.kind === "function") return target.id;
  return target.kind === "qualified" ? functionId(target.package, target.name) : undefined;
}

/** Whether the module sets a variable of the environment, or may. */
function setsVariable({ functions }: Program, name: string): boolean {
  return functions.some(
    ({ facts, pkg }) =>
      pkg.module === undefined &&
      facts.uses.some(({ target, use, arguments: given }) => {
        if (target.kind !== "qualified" || target.name !== "Setenv") return false;
        return use !== "call" || given?.[0]?.value === undefined || given[0].value === name;
      }),
  );
}
