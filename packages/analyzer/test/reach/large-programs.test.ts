/** Programs as large as they get: every function is answered, and the longest path is whole. */
import { builtInMap } from "@capdiff/rules";
import { expect, test } from "vitest";
import { classify } from "../../src/classify/terminals.ts";
import { createBuilds } from "../../src/constraints/index.ts";
import { linkProgram } from "../../src/link/program.ts";
import type { FunctionFacts, PackageFacts, UseFacts } from "../../src/model/facts.ts";
import { type CallFacts, type FlowFacts, nothing } from "../../src/model/flow-facts.ts";
import { type Path, reach } from "../../src/reach/reach.ts";

const path = "example.test/m";
const [plain, taking] = [0, 1];

interface Written {
  readonly name: string;
  readonly line: number;
  readonly uses: readonly UseFacts[];
  readonly signature: number;
  readonly flows?: FlowFacts;
}

function fn({ name, line, ...facts }: Written): FunctionFacts {
  const id = `${path}.${name}`;
  const place = { file: 0, line, column: 1 };
  return { id, kind: "function", ...place, bodiless: false, fingerprint: id, size: 1, ...facts };
}

function called(target: UseFacts["target"]): UseFacts {
  return { target, use: "call", line: 1, column: 1 };
}

/** `func f(g func()) { a := g; b := a; c := b; d := c; next(d) }`; the last one has `d()`, the first `g = run`. */
function link(number: number, count: number): FunctionFacts {
  const isLast = number === count - 1;
  const call: CallFacts = isLast ? [0, 1, 1, 4, [], [], { type: plain }] : [0, 1, 1, nothing, [4]];
  return fn({
    name: `f${number}`,
    line: number + 1,
    uses: [
      called(
        isLast ? { kind: "dynamic", type: "func()" } : { kind: "function", id: `${path}.f${number + 1}` },
      ),
    ],
    signature: taking,
    flows: {
      parameters: [0],
      assign: [1, 0, 2, 1, 3, 2, 4, 3],
      calls: [call],
      ...(number === 0 && { functions: [0, 0, nothing] }),
    },
  });
}

function chain(count: number): PackageFacts {
  const run = fn({
    name: "run",
    line: count + 1,
    uses: [called({ kind: "qualified", package: "os/exec", name: "Command" })],
    signature: plain,
  });
  return {
    path,
    name: "m",
    apart: false,
    files: [{ name: "m.go", builds: "", bytes: 1, imports: [] }],
    functions: [...Array.from({ length: count }, (_, number) => link(number, count)), run],
    names: [],
    types: [
      ["func", [], []],
      ["func", [plain], []],
    ],
    declaredTypes: [],
    places: [],
    functionValues: [["function", `${path}.run`]],
    directives: [],
    assembly: [],
    diagnostics: [],
    callSites: count,
    dynamic: 1,
    unresolved: 0,
  };
}

/** So many calls of one function value, which may be so many functions. */
function wideCalls(calls: number, functions: number): PackageFacts {
  const names = Array.from({ length: functions }, (_, number) => `run${number}`);
  const few = names.map((name, number) => fn({ name, line: number + 1, uses: [], signature: plain }));
  const caller = fn({
    name: "f",
    line: functions + 1,
    uses: Array.from({ length: calls }, () => called({ kind: "dynamic", type: "func()" })),
    signature: plain,
    flows: {
      parameters: [],
      calls: Array.from({ length: calls }, (_, use): CallFacts => [use, 1, 1, 0, [], [], { type: plain }]),
      functions: names.flatMap((_, number) => [0, number, nothing]),
    },
  });
  return {
    ...chain(0),
    functions: [...few, caller],
    functionValues: names.map((name) => ["function", `${path}.${name}`]),
  };
}

function stepsOf(from: Path): number {
  let steps = 1;
  for (let at = from; at.next.kind === "edge"; at = at.next.path) steps++;
  return steps;
}

test("edges of wide calls end at a bound, which is said", () => {
  const options = {
    builds: createBuilds(),
    whole: false,
    isDecided: () => false,
    callsBack: () => true,
    isIgnored: () => false,
  };
  const all = linkProgram([wideCalls(60, 60)], options);
  expect([all.edges.length, all.unfollowed]).toEqual([3600, 0]);
  const some = linkProgram([wideCalls(60, 60)], { ...options, wideEdges: 1000 });
  expect([some.edges.length, some.unfollowed]).toEqual([960, 44]);
  const narrow = linkProgram([wideCalls(60, 40)], { ...options, wideEdges: 0 });
  expect([narrow.edges.length, narrow.unfollowed]).toEqual([2400, 0]);
  const barelyNarrow = linkProgram([wideCalls(2, 50)], { ...options, wideEdges: 0 });
  expect([barelyNarrow.edges.length, barelyNarrow.unfollowed]).toEqual([100, 0]);
  const barelyWide = linkProgram([wideCalls(2, 51)], { ...options, wideEdges: 51 });
  expect([barelyWide.edges.length, barelyWide.unfollowed]).toEqual([51, 1]);
});

test("a function value through a million places, and a call of it behind 200,000 others", () => {
  const count = 200_000;
  const program = linkProgram([chain(count)], {
    builds: createBuilds(),
    whole: false,
    isDecided: () => false,
    callsBack: () => true,
    isIgnored: () => false,
  });
  const reached = reach(program, classify(program, builtInMap));
  expect(reached.filter((all) => all.has("EXEC"))).toHaveLength(count + 1);
  const [first = -1] = program.byId.get(`${path}.f0`) ?? [];
  const [witness] = reached[first]?.get("EXEC")?.paths ?? [];
  expect(witness?.doubt).toBe(1);
  expect(witness && stepsOf(witness)).toBe(count + 1);
});
