/** The witness graph, and the languages in which it is drawn. */
import type { CapabilityRow, Report, Witness } from "@capdiff/analyzer";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formats } from "../src/report/format.ts";
import { edgeLimit, type WitnessGraph, witnessGraph } from "../src/report/graph/witness-graph.ts";
import { renderJson } from "../src/report/json.ts";
import { readReport } from "../src/report/read.ts";
import { anyReport, sampleReport } from "./samples/arbitrary.ts";
import { catalogue } from "./samples/catalogue.ts";
import { entryPoint, row, step, terminal, witness } from "./samples/parts.ts";

function graphOf(rows: readonly CapabilityRow[], whole = false): WitnessGraph {
  return witnessGraph(scanOf(rows), { catalogue, whole });
}

function scanOf(rows: readonly CapabilityRow[]): Report {
  return { ...sampleReport("scan"), capabilities: rows };
}

async function drawn(report: Report, format: "dot" | "mermaid", verbose = false): Promise<string> {
  const render = await formats[format]();
  return [...render(report, { catalogue, colour: false, quiet: false, verbose })].join("");
}

const first = witness("os/exec.Command", "a.go:1:1 | Open | run()", "a.go:2:2 | run | exec.Command()");
const second = witness("os/exec.Command", "a.go:9:1 | Open | run()", "a.go:2:2 | run | exec.Command()");

describe("the graph", () => {
  test("what witnesses share is there once, with all that it brings, the most telling first", () => {
    const graph = graphOf([
      row("FILES/READ", first),
      row("EXEC", second, { entryPoints: [entryPoint("exported-function", "Open")] }),
    ]);
    expect(graph.packages).toEqual([
      {
        input: 0,
        path: "example.test/bolt",
        functions: [
          { id: "f0", name: "example.test/bolt.Open", isEntryPoint: true },
          { id: "f1", name: "example.test/bolt.run", isEntryPoint: false },
        ],
      },
    ]);
    expect(graph.terminals).toEqual([
      { id: "t2", kind: "function", name: "os/exec.Command", capabilities: ["EXEC", "FILES/READ"] },
    ]);
    expect(graph.edges).toEqual([
      { from: "f0", to: "f1", isDynamic: false, callees: 0, site: first.steps[0]?.site, sites: 2 },
      { from: "f1", to: "t2", isDynamic: false, callees: 0, site: first.steps[1]?.site, sites: 1 },
    ]);
  });

  test("an edge is dynamic with several callees, and a mention but for that of a terminal", () => {
    const [a, b, c] = ["a", "b", "c"].map((name) => step(`a.go:1:1 | ${name} | x`));
    const proof = {
      steps: [
        { ...step("a.go:1:1 | a | x"), callees: 3 },
        { ...step("a.go:1:1 | b | x"), use: "reference" as const },
        { ...step("a.go:1:1 | c | x"), use: "reference" as const },
      ],
      terminal: terminal("os.Exit"),
    };
    const again = { steps: [a, b, c].flatMap((one) => one ?? []), terminal: terminal("os.Exit") };
    const { edges } = graphOf([row("EXEC", proof, { otherWitnesses: [again] })]);
    expect(edges.map(({ from, to, isDynamic, callees }) => [from, to, isDynamic, callees])).toEqual([
      ["f0", "f1", false, 0],
      ["f0", "f1", true, 3],
      ["f1", "f2", false, 0],
      ["f1", "f2", true, 0],
      ["f2", "t3", false, 0],
    ]);
  });

  test("functions of one name in two targets are two", () => {
    const { packages, terminals } = graphOf([row("EXEC", first), row("EXEC", first, { input: 1 })]);
    expect(packages.map(({ input }) => input)).toEqual([0, 1]);
    expect(terminals).toHaveLength(2);
  });

  test("of too many witnesses the most telling are shown whole, and the rest is counted", async () => {
    const long = (name: string): Witness =>
      witness("os.Open", ...Array.from({ length: 100 }, (_, at) => `a.go:1:1 | ${name}${at} | x`));
    const rows = [
      row("UNANALYZED", first),
      ...["a", "b", "c", "d"].map((name) => row("FILES/READ", long(name))),
      row("EXEC", second),
    ];
    const graph = graphOf(rows);
    expect(graph.edges.length).toBeLessThanOrEqual(edgeLimit);
    expect(graph.leftOut).toBe(2);
    expect(graph.terminals.map(({ capabilities }) => capabilities)).toEqual([
      ["FILES/READ"],
      ["EXEC", "UNANALYZED"],
    ]);
    expect(await drawn(scanOf(rows), "dot")).toContain("2 paths left out");
    expect(await drawn(scanOf(rows), "mermaid")).toContain("2 paths left out");
    expect(graphOf(rows, true)).toMatchObject({ leftOut: 0 });
    expect(await drawn(scanOf(rows), "dot", true)).not.toContain("left out");
  });

  test("every step of every witness is an edge between its ends", () => {
    const property = fc.property(anyReport, (report) => {
      const { packages, terminals, edges } = witnessGraph(report, { catalogue, whole: true });
      const functions = packages.flatMap((pkg) =>
        pkg.functions.map(({ id, name }) => ({ id, key: `${pkg.input} ${pkg.path} ${name}` })),
      );
      const ids = [...functions, ...terminals].map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { input, witness: proof } of report.capabilities ?? []) {
        proof.steps.forEach((_, index) => {
          const idOf = (at: number) => {
            const { package: home = "", function: name = "" } = proof.steps[at] ?? {};
            return functions.find(({ key }) => key === `${input} ${home} ${name}`)?.id;
          };
          const last = terminals.filter(({ name }) => name === proof.terminal.name).map(({ id }) => id);
          const to = index + 1 < proof.steps.length ? [idOf(index + 1)] : last;
          expect(edges.some((edge) => edge.from === idOf(index) && to.includes(edge.to))).toBe(true);
        });
      }
    });
    fc.assert(property, { numRuns: 60 });
  });
});

/** A line of the drawing: labels are strings in which nothing ends the string early. */
const dotLine =
  /^(?:digraph capdiff \{|\}| {2}\}| {2}rankdir=LR;| {2}newrank=true;| {2}node \[shape=box\];| {2}subgraph cluster_\d+ \{| {2,4}label=STRING;| {2,4}[ft]\d+ \[label=STRING(?:, (?:peripheries=2|shape=hexagon))?\];| {2}f\d+ -> [ft]\d+ \[label=STRING(?:, style=dashed)?\];)$/;
const dotString = String.raw`"(?:[^"\\]|\\[\\"n])*"`;
const mermaidLine =
  /^(?:flowchart LR| {2}end| {2}subgraph p\d+\[STRING\]| {2}left\[STRING\]| {4}f\d+(?:\(\[STRING\]\)|\[STRING\])| {2}t\d+\{\{STRING\}\}| {2}f\d+ -\.?->\|STRING\| [ft]\d+)$/;
const mermaidString = String.raw`"(?:[\p{L}\p{Nd} .,:/$()-]|#\d+;|<br>)*"`;

function grammar(line: RegExp, string: string): RegExp {
  return new RegExp(
    line.source.replaceAll("STRING", () => string),
    "u",
  );
}

test.each([
  ["dot", grammar(dotLine, dotString)],
  ["mermaid", grammar(mermaidLine, mermaidString)],
] as const)("%s: whatever a module is called, every line is one of the language", async (format, line) => {
  const text = fc.oneof(
    fc.constantFrom('"', "\\", '\\"', "&quot;", "#quot;", "<br>", "`", "*a*", "end", "-->", "${x}", "%%"),
    fc.string({ unit: "grapheme" }),
  );
  await fc.assert(
    fc.asyncProperty(anyReport, text, fc.boolean(), async (report, name, verbose) => {
      const rows = [row("EXEC", witness(name, `${name}:1:1 | ${name} | x`), { package: name })];
      for (const one of [report, scanOf(rows)]) {
        for (const found of (await drawn(one, format, verbose)).trimEnd().split("\n"))
          expect(found).toMatch(line);
      }
    }),
    { numRuns: 60 },
  );
});

test.each(["dot", "mermaid"] as const)(
  "%s: a report that was saved is drawn as the first time",
  async (format) => {
    const report = sampleReport("scan");
    const saved = await readReport([...renderJson(report)].join(""));
    expect(await drawn(saved, format)).toBe(await drawn(report, format));
  },
);

test("dot: names are as they are, but for what the language would change", async () => {
  const name = String.raw`a&b\N"c`;
  expect(await drawn(scanOf([row("EXEC", witness(name, "a.go:1:1 | F | x"))]), "dot")).toContain(
    String.raw`[label="a&amp;b\\N\"c\nEXEC", shape=hexagon]`,
  );
});
