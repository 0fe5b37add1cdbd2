/**
 * Ways past the answer of a call: conditions by which code goes on although the answer was no, and places where it
 * succeeds without having asked. Read off the code of one function with the closures in it. Which answers matter is not known
 * here. A loop counts as one that runs, a condition as one of which all is asked. Linear in the code, up to a bound.
 */
import type { Code, Expression, Statement, Target } from "../model/code-facts.ts";
import type { UseFacts } from "../model/facts.ts";
import type { WayPast } from "../model/rule.ts";
import { besides, type Held, isSetting } from "./besides.ts";
import { type CodeSurroundings, nameOf } from "./code-settings.ts";

/** Forms of one function that are looked at, and how deep its statements may lie in each other. */
const formLimit = 100_000;
const depthLimit = 200;
/** Forms of what is deferred. */
const partLimit = 1000;

/** Of code that is too long or too deep nothing is told. */
export function waysPast(code: Code, { uses, usesOf }: CodeSurroundings): WayPast[] {
  const reading: Reading = { usesOf, found: [], bodies: [{ code, uses }], held: new Map(), left: formLimit };
  for (let body = reading.bodies.pop(); body !== undefined; body = reading.bodies.pop()) {
    const { uses, code } = body;
    const [, results, , statements] = code;
    const start = { asked: new Set<string>(), maybe: new Map<string, boolean>(), chosen: true, depth: 0 };
    walk({ reading, uses, results, within: new Set() }, statements, start);
  }
  return reading.left <= 0 ? [] : reading.found;
}

interface Reading {
  readonly usesOf: CodeSurroundings["usesOf"];
  readonly found: WayPast[];
  /** The function, and closures in it, that are still to be read. */
  readonly bodies: { readonly code: Code; readonly uses: readonly UseFacts[] }[];
  /** What variables were given, in the order of the source. */
  readonly held: Map<number, Expression>;
  left: number;
}

/** One function or closure. */
interface Body {
  readonly reading: Reading;
  readonly uses: readonly UseFacts[];
  readonly results: Code[1];
  /** All that it calls by name. */
  readonly within: Set<string>;
}

/** How control gets to a statement. */
interface Way {
  /** What was called on all ways to it. */
  readonly asked: ReadonlySet<string>;
  /** What was called on some of them, and whether nothing but settings decided that. */
  readonly maybe: ReadonlyMap<string, boolean>;
  /** Nothing but settings decides that it runs. */
  readonly chosen: boolean;
  readonly depth: number;
}

/** The way behind the statements; undefined if control does not get there. */
function walk(body: Body, statements: readonly Statement[], way: Way): Way | undefined {
  if (way.depth > depthLimit) body.reading.left = -1;
  let at: Way | undefined = way;
  for (const one of statements) {
    if (at === undefined || body.reading.left <= 0) return undefined;
    at = step(body, one, at);
  }
  return at;
}

function step(body: Body, one: Statement, way: Way): Way | undefined {
  const held = heldBy(body);
  switch (one[0]) {
    case "=": {
      const [, targets, values] = one;
      for (const value of values) look(body, value);
      const next = asking(body, way, [...values, ...targets]);
      targets.forEach((target, index) => {
        if (target[0] !== "new" && target[0] !== "var") return;
        const value =
          targets.length === values.length ? (values[index] ?? unknown) : partOf(values[0], index);
        if (isYes(value)) replaceAnswer(body, held(target[1]), way);
        body.reading.held.set(target[1], value);
      });
      return next;
    }
    case "if": {
      const [, condition, yes, no] = one;
      look(body, condition);
      const asked = asking(body, way, [condition]);
      const bySetting = isSetting(condition, held);
      return branches(body, asked, [yes, no], bySetting);
    }
    case "switch": {
      const [, value, cases] = one;
      const asked = asking(body, way, value === null ? [] : [value]);
      for (const [list] of cases) for (const each of list ?? []) if (value === null) look(body, each);
      const hasDefault = cases.some(([list]) => list === null);
      const lists = [...cases.map(([, list]) => list), ...(hasDefault ? [] : [[]])];
      return branches(
        body,
        asking(
          body,
          asked,
          cases.flatMap(([list]) => list ?? []),
        ),
        lists,
        false,
      );
    }
    case "either": {
      // That none of them runs is told first.
      const [none, ...lists] = one[1];
      return branches(body, way, none?.length === 0 && lists.length > 0 ? lists : one[1], false);
    }
    case "for": {
      const [, condition, post, inner] = one;
      const asked = asking(body, way, condition === null ? [] : [condition]);
      return walk(body, [...inner, ...post], { ...asked, depth: way.depth + 1 }) ?? asked;
    }
    case "range": {
      const asked = asking(body, way, [one[1]]);
      return walk(body, one[4], { ...asked, depth: way.depth + 1 }) ?? asked;
    }
    case "return": {
      const [, values] = one;
      for (const value of values) look(body, value);
      end(body, values, asking(body, way, values));
      return undefined;
    }
    case "defer":
      if (hidesErrors(body, one[1]))
        succeed(body, { ...way, asked: new Set(), maybe: new Map(), chosen: false });
      return asking(body, way, one.slice(1));
    case "break":
    case "continue":
    case "jump":
      // Where that leads is not followed: what is behind the loop is.
      return undefined;
    default:
      return asking(body, way, one.slice(1));
  }
}

const unknown: Expression = ["?", []];

/** One of several results: all of a call stand for it. Whether an assertion holds is no secret. */
function partOf(value: Expression | undefined, index: number): Expression {
  if (value?.[0] === "call") return value;
  return value?.[0] === "as" && index === 1 ? ["zero", "b"] : unknown;
}

function heldBy({ reading }: Body): Held {
  return (variable) => reading.held.get(variable);
}

/** Notes what makes up for answers in a condition, or in a value that may be one. */
function look(body: Body, form: Expression): void {
  if (form[0] !== "binary" && form[0] !== "unary") return;
  const held = heldBy(body);
  for (const { answer, instead } of besides(form, held)) {
    const of = nameOf(body.uses[answer[1]]);
    if (of === undefined) continue;
    const asked = collect(body, [instead]).names;
    body.reading.found.push({ how: "instead", of, asked, chosen: isSetting(instead, held) });
  }
}

/** That all went well: there is no error, or it is true. */
function isYes(form: Expression | undefined): boolean {
  return (form?.[0] === "zero" && form[1] !== "b") || (form?.[0] === "b" && form[1]);
}

/** A variable that holds an answer gets another one. */
function replaceAnswer(body: Body, answer: Expression | undefined, { chosen }: Way): void {
  const of = answer?.[0] === "call" ? nameOf(body.uses[answer[1]]) : undefined;
  if (of !== undefined) body.reading.found.push({ how: "instead", of, asked: new Set(), chosen });
}

/** What is deferred recovers, and then leaves no error. */
function hidesErrors({ results }: Body, form: Expression): boolean {
  const [variable, type] = results.at(-1) ?? [];
  const closure = form[0] === "call" ? form[2] : null;
  if (type !== "E" || closure?.[0] !== "closure") return false;
  let [recovers, hides] = [false, false];
  const open: unknown[] = [closure[2][3]];
  for (let parts = 0, at = open.pop(); at !== undefined && parts < partLimit; at = open.pop(), parts++) {
    if (!Array.isArray(at)) continue;
    const [of, first, second] = at as readonly unknown[];
    if (of === "builtin" && first === "recover") recovers = true;
    if (of === "=" && Array.isArray(first) && Array.isArray(second))
      hides ||= (first as readonly Target[]).some(
        ([kind, to], index) => kind === "var" && to === variable && isYes((second as Expression[])[index]),
      );
    for (const part of at) if (Array.isArray(part)) open.push(part);
  }
  return recovers && hides;
}

/** Each branch by itself, then what they have in common. */
function branches(body: Body, way: Way, lists: readonly (readonly Statement[])[], bySetting: boolean) {
  const inner: Way = { ...way, chosen: way.chosen && bySetting, depth: way.depth + 1 };
  const all = lists.map((list) => ({ list, end: walk(body, list, inner) }));
  const ends = all.flatMap(({ end }) => end ?? []);
  const [first] = ends;
  if (first === undefined) return undefined;
  const asked = new Set([...first.asked].filter((name) => ends.every((end) => end.asked.has(name))));
  const maybe = new Map<string, boolean>();
  for (const { list, end } of all)
    if (end === undefined)
      for (const name of collect(body, list).names) if (!asked.has(name)) maybe.set(name, bySetting);
  for (const end of ends) {
    for (const name of end.asked) if (!asked.has(name)) maybe.set(name, bySetting);
    for (const [name, chosen] of end.maybe)
      if (!asked.has(name)) maybe.set(name, (maybe.get(name) ?? true) && chosen);
  }
  return { ...way, asked, maybe };
}

/** A way on which these forms are evaluated. */
function asking(body: Body, way: Way, forms: readonly unknown[]): Way {
  const { names, closures } = collect(body, forms);
  for (const [, use, code] of closures) {
    const target = body.uses[use]?.target;
    if (target?.kind === "function") body.reading.bodies.push({ code, uses: body.reading.usesOf(target.id) });
  }
  if (names.size === 0) return way;
  for (const name of names) body.within.add(name);
  return { ...way, asked: new Set([...way.asked, ...names]) };
}

type Closure = Extract<Expression, readonly ["closure", ...unknown[]]>;

/** The names that forms call, and closures in them, which are read by themselves. */
function collect({ reading, uses }: Body, forms: readonly unknown[]) {
  const names = new Set<string>();
  const closures: Closure[] = [];
  const open: unknown[] = [...forms];
  let seen = 0;
  for (let form = open.pop(); form !== undefined && seen < reading.left; form = open.pop()) {
    seen++;
    if (!Array.isArray(form)) continue;
    // Forms begin with what they are.
    const one = form as unknown as Expression;
    if (one[0] === "closure") {
      closures.push(one);
      continue;
    }
    const name = one[0] === "call" ? nameOf(uses[one[1]]) : undefined;
    if (name !== undefined) names.add(name);
    for (const part of form) if (Array.isArray(part)) open.push(part);
  }
  reading.left -= seen;
  return { names, closures };
}

/** The function ends with these values. */
function end(body: Body, values: readonly Expression[], way: Way): void {
  const type = body.results.at(-1)?.[1];
  if ((type === "E" || type === "b") && isYes(values.at(-1))) succeed(body, way);
}

/** The function ends and says that all went well. */
function succeed({ reading, within }: Body, { asked, maybe, chosen }: Way): void {
  reading.found.push({ how: "before", within, asked, maybe, chosen });
}
