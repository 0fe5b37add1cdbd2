/** The code of the parts of a body, which are of several builds, put together: what differs is one of several. */
import { changesOf } from "../../model/code-changes.ts";
import type { Code, Expression, Statement } from "../../model/code-facts.ts";
import { groupBy } from "../../model/grouping.ts";
import type { BodyCode } from "./index.ts";

/** The code of a body; undefined if there is none. Parts of one statement stand one after the other. */
export function mergeCode(parts: readonly (BodyCode | undefined)[]): BodyCode | undefined {
  const found = parts.filter((one) => one !== undefined);
  const [first] = found;
  if (first === undefined || found.length < parts.length) return undefined;
  const isWhole = found.every((one) => one.isWhole);
  const mayChange = new Set(found.flatMap((one) => [...one.mayChange]));
  const groups = groupBy(found, ({ statement }) => statement);
  const different = [...groups.values()].map(distinctBodies);
  const [parameters, , variadic] = first.code;
  const results = mergedResults(found);
  if (different.some(({ length }) => length > partLimit)) {
    for (const { code } of found) for (const name of changesOf(code[3]).globals) mayChange.add(name);
    return { code: [parameters, results, variadic, []], isWhole: false, mayChange, statement: undefined };
  }
  const bodies = different.map((group) => group.reduce(mergedStatements));
  const body = bodies.length === 1 ? bodies[0] : bodies.flat();
  return { code: [parameters, results, variadic, body ?? []], isWhole, mayChange, statement: undefined };
}

/** The type of a result is not told where it differs. */
function mergedResults([first, ...others]: readonly BodyCode[]): Code[1] {
  return (first?.code[1] ?? []).map(([variable, type], index) => [
    variable,
    others.every(({ code }) => same(code[1][index]?.[1], type)) ? type : "?",
  ]);
}

/** Different codes of one body, or one statement, that are put together: more than there are ports. */
const partLimit = 128;

function distinctBodies(group: readonly BodyCode[]): readonly (readonly Statement[])[] {
  const bodies = group.map(({ code }) => code[3]);
  return bodies.length < 2
    ? bodies
    : [...new Map(bodies.map((body) => [JSON.stringify(body), body])).values()];
}

function mergedStatements(a: readonly Statement[], b: readonly Statement[]): readonly Statement[] {
  const merged = a.length === b.length ? a.map((one, index) => mergedForms(one, b[index])) : [undefined];
  // What merging gives of two statements is one, or is nothing.
  return merged.every((one) => one !== undefined) ? (merged as Statement[]) : [["either", [a, b]]];
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** Forms in which a part may be one of several. */
const expressions: ReadonlySet<unknown> = new Set<Expression[0]>([
  ...([
    "s",
    "n",
    "b",
    "zero",
    "var",
    "global",
    "function",
    "method",
    ".",
    "index",
    "slice",
    "unary",
    "binary",
    "sum",
  ] as const),
  ...(["as", "list", "struct", "&", "*", "closure", "call", "builtin", "?", "one"] as const),
]);

/** A form that is one or the other; undefined if there is none. */
function mergedForms(a: unknown, b: unknown): unknown {
  if (same(a, b)) return a;
  if (!Array.isArray(a) || !Array.isArray(b)) return undefined;
  const parts =
    a.length === b.length && a[0] !== "one"
      ? a.map((part, index) => mergedForms(part, b[index]))
      : [undefined];
  if (parts.every((part) => part !== undefined)) return parts;
  return expressions.has(a[0]) && expressions.has(b[0]) ? oneOf(a, b) : undefined;
}

/** Alternatives that are told. */
const limit = 4;

function oneOf(a: readonly unknown[], b: readonly unknown[]): unknown {
  const all: readonly unknown[] = a[0] === "one" && Array.isArray(a[1]) ? a[1] : [a];
  if (all.some((one) => same(one, b))) return a;
  // One too many, so that it is known that there are more.
  return all.length > limit ? a : ["one", [...all, b]];
}
