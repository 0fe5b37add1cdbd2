/** Small programs at random in which strings get from function to function, and what may get where in them. */
import type { ModuleSource } from "@capdiff/analyzer";
import fc from "fast-check";
import { sourceOf } from "../../../../test-corpus/runner/module-files.ts";

/** Each function has a parameter `p`, variables `a` and `b`, and returns `a`. */
type Name = "p" | "a" | "b";

export type FlowStatement =
  | { readonly kind: "read"; readonly to: "a" | "b" }
  | { readonly kind: "assign"; readonly to: "a" | "b"; readonly from: Name }
  | { readonly kind: "call"; readonly to: "a" | "b"; readonly callee: number; readonly from: Name }
  | { readonly kind: "store" | "run"; readonly from: Name }
  | { readonly kind: "load"; readonly to: "a" | "b" };

/** Functions F0, F1, ... by their statements. */
export type FlowProgram = readonly (readonly FlowStatement[])[];

const targets = fc.constantFrom("a" as const, "b" as const);
const names = fc.constantFrom("p" as const, "a" as const, "b" as const);

const statements: fc.Arbitrary<FlowStatement> = fc.oneof(
  fc.record({ kind: fc.constant("read" as const), to: targets }),
  fc.record({ kind: fc.constant("assign" as const), to: targets, from: names }),
  fc.record({ kind: fc.constant("call" as const), to: targets, callee: fc.nat(3), from: names }),
  fc.record({ kind: fc.constant("run" as const), from: names }),
  fc.record({ kind: fc.constant("store" as const), from: names }),
  fc.record({ kind: fc.constant("load" as const), to: targets }),
);

/** Four functions, so that every call has a callee. */
export const flowPrograms: fc.Arbitrary<FlowProgram> = fc.array(fc.array(statements, { maxLength: 6 }), {
  minLength: 4,
  maxLength: 4,
});

export function textOf(program: FlowProgram): string {
  const functions = program.map((body, index) => {
    const lines = body.map((one) => `\t${lineOf(one)}\n`).join("");
    return `func F${index}(p string) string {\n\tvar a, b string\n${lines}\t_ = b\n\treturn a\n}\n`;
  });
  return `package m\n\nimport (\n\t"os"\n\t"os/exec"\n)\n\nvar shared string\n\n${functions.join("\n")}\nvar _, _ = os.Args, exec.Command\n`;
}

function lineOf(one: FlowStatement): string {
  switch (one.kind) {
    case "read":
      return `${one.to} = os.Getenv("X")`;
    case "assign":
      return `${one.to} = ${one.from}`;
    case "call":
      return `${one.to} = F${one.callee}(${one.from})`;
    case "run":
      return `exec.Command(${one.from}).Run()`;
    case "store":
      return `shared = ${one.from}`;
    case "load":
      return `${one.to} = shared`;
    default:
      return one satisfies never;
  }
}

export function moduleOf(text: string): ModuleSource {
  const files = [{ name: "a.go", content: new TextEncoder().encode(text) }];
  return sourceOf({ modulePath: "example.test/m", goMod: [], files });
}

/** `F0 -> F1`: from a read in the one to a run in the other, whatever call something came by. */
export function unmatchedFlows(program: FlowProgram): Set<string> {
  const edges: (readonly [string, string])[] = [];
  const at = (fn: number, name: string) => `F${fn}.${name}`;
  const sources: (readonly [number, string])[] = [];
  const sinks: (readonly [number, string])[] = [];
  program.forEach((body, fn) => {
    for (const one of body) {
      if (one.kind === "read") sources.push([fn, at(fn, one.to)]);
      if (one.kind === "assign") edges.push([at(fn, one.from), at(fn, one.to)]);
      if (one.kind === "run") sinks.push([fn, at(fn, one.from)]);
      if (one.kind === "store") edges.push([at(fn, one.from), "shared"]);
      if (one.kind === "load") edges.push(["shared", at(fn, one.to)]);
      if (one.kind === "call")
        edges.push([at(fn, one.from), at(one.callee, "p")], [at(one.callee, "a"), at(fn, one.to)]);
    }
  });
  const found = new Set<string>();
  for (const [from, start] of sources) {
    const reached = new Set([start]);
    // The set grows while it is walked.
    for (const place of reached) for (const [a, b] of edges) if (a === place) reached.add(b);
    for (const [to, place] of sinks) if (reached.has(place)) found.add(`F${from} -> F${to}`);
  }
  return found;
}

/** The same where calls and returns match, with so many calls open at most: some of the flows that there are. */
export function matchedFlows(program: FlowProgram, depth = 4): Set<string> {
  const found = new Set<string>();
  program.forEach((body, fn) => {
    for (const one of body)
      if (one.kind === "read")
        for (const to of reachedFrom(program, { fn, name: one.to, open: [] }, depth))
          found.add(`F${fn} -> F${to}`);
  });
  return found;
}

interface Reached {
  readonly fn: number;
  readonly name: string;
  /** Calls that it came in by: the function and the number of the statement. */
  readonly open: readonly (readonly [number, number])[];
}

/** Functions that run it. */
function reachedFrom(program: FlowProgram, start: Reached, depth: number): Set<number> {
  const states = new Map([[JSON.stringify(start), start]]);
  const sinks = new Set<number>();
  // The map grows while it is walked.
  for (const state of states.values()) {
    const add = (next: Reached) => {
      if (next.open.length <= depth) states.set(JSON.stringify(next), next);
    };
    program.forEach((body, fn) => {
      body.forEach((one, index) => visit({ one, fn, index, state, add, sinks }));
    });
  }
  return sinks;
}

interface Visited {
  readonly one: FlowStatement;
  readonly fn: number;
  readonly index: number;
  readonly state: Reached;
  readonly add: (next: Reached) => void;
  readonly sinks: Set<number>;
}

function visit({ one, fn, index, state, add, sinks }: Visited): void {
  const here = state.fn === fn;
  if (one.kind === "load" && state.name === "shared") add({ fn, name: one.to, open: [] });
  if (here && one.kind === "assign" && one.from === state.name) add({ ...state, name: one.to });
  if (here && one.kind === "store" && one.from === state.name) add({ fn: -1, name: "shared", open: [] });
  if (here && one.kind === "run" && one.from === state.name) sinks.add(fn);
  if (one.kind !== "call") return;
  if (here && one.from === state.name) add({ fn: one.callee, name: "p", open: [...state.open, [fn, index]] });
  const last = state.open.at(-1);
  const leaves = state.fn === one.callee && state.name === "a";
  if (leaves && (last === undefined || (last[0] === fn && last[1] === index)))
    add({ fn, name: one.to, open: state.open.slice(0, -1) });
}
