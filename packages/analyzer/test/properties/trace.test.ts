/** Flows of data in generated programs, and in those that are made to have very many. */
import { createBuilds, type Flow } from "@capdiff/analyzer";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { analyse } from "../../../../test-corpus/runner/analysis.ts";
import { changesBetween } from "./analyses.ts";
import { flowPrograms, matchedFlows, moduleOf, textOf, unmatchedFlows } from "./flow-programs.ts";

async function traced(text: string) {
  const analysis = await analyse(moduleOf(text), { builds: createBuilds(), tests: false });
  return { analysis, ...analysis.flows() };
}

function pairOf({ source, sink }: Flow): string {
  const short = (name: string) => name.slice(name.lastIndexOf(".") + 1);
  return `${short(source.function)} -> ${short(sink.function)}`;
}

test("flows are among those that there are when calls and returns need not match", async () => {
  await fc.assert(
    fc.asyncProperty(flowPrograms, async (program) => {
      const { flows } = await traced(textOf(program));
      const all = unmatchedFlows(program);
      for (const flow of flows) expect(all.has(pairOf(flow)), textOf(program)).toBe(true);
    }),
    { numRuns: 80 },
  );
});

test("all flows are found that a few open calls have", async () => {
  await fc.assert(
    fc.asyncProperty(flowPrograms, async (program) => {
      const found = new Set((await traced(textOf(program))).flows.map(pairOf));
      for (const pair of matchedFlows(program))
        expect(found.has(pair), `${pair}\n${textOf(program)}`).toBe(true);
    }),
    { numRuns: 80 },
  );
});

test("without calls they are the same", async () => {
  await fc.assert(
    fc.asyncProperty(flowPrograms, async (program) => {
      const plain = program.map((body) => body.filter(({ kind }) => kind !== "call"));
      const { flows } = await traced(textOf(plain));
      expect(new Set(flows.map(pairOf)), textOf(plain)).toEqual(unmatchedFlows(plain));
    }),
    { numRuns: 50 },
  );
});

test("each step is a call, or passes what functions share", async () => {
  await fc.assert(
    fc.asyncProperty(flowPrograms, async (program) => {
      const { flows, analysis } = await traced(textOf(program));
      const { functions, edges } = analysis.program;
      const name = (fn: number) => functions[fn]?.facts.id ?? "";
      const calls = new Set(edges.map(({ from, to }) => `${name(from)} ${name(to)}`));
      for (const step of flows.flatMap(({ steps }) => steps)) {
        if (step.how === "call" || step.how === "return")
          expect(calls.has(`${step.function} ${step.name}`), textOf(program)).toBe(true);
        else expect(step.name).toBe("example.test/m.shared");
      }
    }),
    { numRuns: 40 },
  );
});

test("a function that nobody calls changes no flow, and the same again gives no change", async () => {
  await fc.assert(
    fc.asyncProperty(flowPrograms, async (program) => {
      const text = textOf(program);
      const more = `${text}\nfunc unrelated(x string) string { return x + "!" }\n`;
      const [before, after] = [await traced(text), await traced(more)];
      expect(JSON.stringify(after.flows)).toBe(JSON.stringify(before.flows));
      const changes = await changesBetween(moduleOf(text), moduleOf(more));
      expect(changes.filter(({ kind }) => kind === "flow")).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

describe("programs that are made to have very many flows", () => {
  const head = 'package m\n\nimport (\n\t"os"\n\t"os/exec"\n)\n\n';
  const many = (count: number, line: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => line(index)).join("\n");

  test("a function with very many callers", async () => {
    const text = `${head}func same(x string) string { return x }\n${many(
      4000,
      (n) => `func F${n}() { exec.Command(same("a")) }`,
    )}\nfunc Run() { exec.Command(same(os.Getenv("A"))) }\n`;
    const { flows, diagnostics } = await traced(text);
    expect(flows.map(pairOf)).toEqual(["Run -> Run"]);
    expect(diagnostics).toEqual([]);
  });

  test("very many sources and sinks behind one variable are told in part, which is said", async () => {
    const text = `${head}var shared string\n${many(
      101,
      (n) => `func R${n}() { shared = os.Getenv("A") }\nfunc W${n}() { exec.Command(shared) }`,
    )}\n`;
    const { flows, diagnostics } = await traced(text);
    expect(flows).toHaveLength(10_000);
    expect(diagnostics).toMatchObject([{ code: "too-many-flows" }]);
  });

  test("of too many the worst are told, wherever they are", async () => {
    const text = `${head}var shared string\n${many(
      101,
      (n) =>
        `func R${n}() { shared = os.Getenv("A") }\nfunc W${n}() { os.WriteFile("a", []byte(shared), 0) }`,
    )}\nfunc Z() { exec.Command("sh", "-c", os.Getenv("B")) }\n`;
    const { flows, diagnostics } = await traced(text);
    expect(flows).toHaveLength(10_000);
    expect(flows.map(pairOf)).toContain("Z -> Z");
    expect(diagnostics).toMatchObject([{ code: "too-many-flows", incomplete: true }]);
  });

  test("of two programs with very many what is new is told, also where it is not among the worst", async () => {
    const text = `${head}var shared string\n${many(
      30,
      (n) => `func R${n}() { shared = os.Getenv("A") }\nfunc W${n}() { exec.Command(shared) }`,
    )}\n`;
    const more = `${text}func Z() { os.WriteFile("a", []byte(os.Getenv("B")), 0) }\n`;
    const changes = await changesBetween(moduleOf(text), moduleOf(more));
    const flows = changes.flatMap((one) =>
      one.kind === "flow" ? [`${one.change} ${pairOf(one.flow)}`] : [],
    );
    expect(flows).toEqual(["added Z -> Z"]);
    const all = await changesBetween(moduleOf(head), moduleOf(text));
    expect(all.filter(({ kind }) => kind === "flow")).toHaveLength(500);
  });

  test("a way through very many functions, if nothing about it is doubtful", async () => {
    const text = `${head}func out0(s string) { exec.Command(s) }\nfunc in0() string { return os.Getenv("A") }\n${many(
      300,
      (n) => `func out${n + 1}(s string) { out${n}(s) }\nfunc in${n + 1}() string { return in${n}() }`,
    )}\nfunc Run() { out300(in300()) }\n`;
    const { flows, diagnostics } = await traced(text);
    expect(flows.map(pairOf)).toEqual(["in0 -> out0"]);
    expect(diagnostics).toEqual([]);
  });

  test("recursion through an interface, and a way that doubles with each call", async () => {
    const text = `${head}type I interface{ m(string) string }\n${many(
      60,
      (n) =>
        `type T${n} struct{ next I }\nfunc (t T${n}) m(x string) string { return t.next.m(t.next.m(x)) }`,
    )}\nfunc d0(x string) string { return x }\n${many(
      60,
      (n) => `func d${n + 1}(x string) string { return d${n}(d${n}(x)) }`,
    )}\nfunc Run(i I) { exec.Command(i.m(os.Getenv("A"))); exec.Command(d60(os.Getenv("B"))) }\nvar _ = []I{${Array.from({ length: 60 }, (_, n) => `T${n}{}`).join(", ")}}\n`;
    const { flows } = await traced(text);
    expect(flows.map(({ certainty }) => certainty)).toContain("static");
    for (const { steps } of flows) expect(steps.length).toBeLessThanOrEqual(100);
  });
});
