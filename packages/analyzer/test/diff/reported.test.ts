/** Comparing what reports say: rows in, changes out. */
import {
  type CapabilityRow,
  type Change,
  capabilityRows,
  compareReported,
  createBuilds,
  type EntryPoint,
  type ReportedSide,
} from "@capdiff/analyzer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { analyseAlone, changesBetween } from "../properties/analyses.ts";
import { type GoModule, goModules, moduleOf } from "../properties/go-modules.ts";

const builds = createBuilds();
const options = { builds, weight: (capability: string) => capability.length };

const everywhere = { expression: "", words: "all builds" };
const position = { file: "a.go", line: 1, column: 1 };

function builtFor(expression: string) {
  return { expression, words: builds.words(builds.parse(expression)) };
}

function entry(name: string, expression = "", home = "a"): EntryPoint {
  return { kind: "exported-function", function: `${home}.${name}`, builds: builtFor(expression), position };
}

function row(capability: string, more: Partial<CapabilityRow> = {}): CapabilityRow {
  const step = { function: "a.F", package: "a", use: "call", site: position, source: "" } as const;
  const terminal = { kind: "function", name: "x.Y" } as const;
  return {
    input: 0,
    package: "a",
    capability,
    kind: "direct",
    certainty: "static",
    builds: everywhere,
    entryPoints: [],
    sites: 1,
    witness: { steps: [{ ...step, function: "a.f" }, step], terminal },
    ...more,
  };
}

function side(rows: readonly CapabilityRow[], more: Partial<ReportedSide> = {}): ReportedSide {
  return { modulePath: "a", rows, asked: "", ...more };
}

/** `+ EXEC in a`, `- EXEC by a.F`. */
function words(changes: readonly Change[]): string[] {
  return changes.flatMap((change) => {
    const sign = change.change === "added" ? "+" : "-";
    if (change.kind === "capability") {
      const fresh = change.newToModule ? " new" : "";
      return [`${sign} ${change.capability} in ${change.package}${fresh} [${change.builds.words}]`];
    }
    if (change.kind !== "entry-point") return [`${change.kind}?`];
    const existing = change.existing === true ? " existing" : "";
    return [
      `${sign} ${change.capability} by ${change.entryPoint.function}${existing} [${change.builds.words}]`,
    ];
  });
}

test("what a package has newly, or no longer, the most telling first", () => {
  const old = side([row("A"), row("GONE", { package: "a/b" })]);
  const fresh = side([row("A"), row("NEW"), row("NEWER"), row("A", { package: "a/b" })]);
  expect(words(compareReported(old, fresh, options))).toEqual([
    "+ NEWER in a new [all builds]",
    "+ NEW in a new [all builds]",
    "+ A in a/b [all builds]",
    "- GONE in a/b new [all builds]",
  ]);
});

test("only the builds in which it is new count, of those that both were asked about", () => {
  const old = side([row("A", { builds: builtFor("linux") })]);
  const fresh = side([row("A"), row("B", { builds: builtFor("windows") })], { asked: "linux || darwin" });
  expect(words(compareReported(old, fresh, options))).toEqual(["+ A in a [darwin]"]);
});

test("entry points that newly reach something, and whether they were there before", () => {
  const old = side([row("A", { entryPoints: [entry("Open"), entry("Gone")] }), row("B")]);
  const fresh = side([
    row("A", { entryPoints: [entry("Open"), entry("New"), entry("Open", "windows")] }),
    row("B", { entryPoints: [entry("Open", "linux")] }),
  ]);
  expect(words(compareReported(old, fresh, options))).toEqual([
    "+ A by a.New [all builds]",
    "+ B by a.Open existing [linux]",
    "- A by a.Gone [all builds]",
  ]);
});

test("a path is given where the report has it, else its end", () => {
  const reached = row("A", { entryPoints: [entry("f"), entry("G")] });
  const lengths = compareReported(side([]), side([reached]), options).map((change) =>
    change.kind === "entry-point"
      ? `${change.entryPoint.function} ${change.witness.steps.length}`
      : change.kind,
  );
  expect(lengths).toEqual(["a.G 1", "a.f 2", "capability"]);
});

test("a module compares with its copy under another path", () => {
  const copy = (path: string) =>
    side(
      [
        row("A", { package: path, entryPoints: [entry("F", "", path)] }),
        row("A", { package: `${path}/b` }),
        row("A", { package: `${path} [main]` }),
      ],
      { modulePath: path },
    );
  expect(compareReported(copy("x.test/a"), copy("y.test/b/v2"), options)).toEqual([]);
  const shorter = side([row("A", { package: "x.test/ab" })], { modulePath: "x.test/a" });
  expect(words(compareReported(copy("x.test/a"), shorter, options))).toContain(
    "+ A in x.test/ab [all builds]",
  );
});

async function reported(module: GoModule): Promise<ReportedSide> {
  const analysis = await analyseAlone(moduleOf(module), builds);
  return { modulePath: "example.test/m", rows: await capabilityRows(analysis, { input: 0 }), asked: "" };
}

const sign = { added: "removed", removed: "added", changed: "changed", moved: "moved" } as const;

test("equal sides have no changes, swapped sides swap them, and what modules gain reports gain", async () => {
  await fc.assert(
    fc.asyncProperty(goModules, goModules, async (a, b) => {
      const [old, fresh] = [await reported(a), await reported(b)];
      expect(compareReported(old, old, options)).toEqual([]);
      const changes = compareReported(old, fresh, options);
      const key = (change: Change, kind = change.change) =>
        "capability" in change ? `${kind} ${change.kind} ${change.package} ${change.capability}` : "";
      const keys = changes.map((change) => key(change)).sort();
      expect(
        compareReported(fresh, old, options)
          .map((change) => key(change, sign[change.change]))
          .sort(),
      ).toEqual(keys);
      const gained = await changesBetween(moduleOf(a), moduleOf(b));
      for (const change of gained) if (change.kind === "capability") expect(keys).toContain(key(change));
    }),
    { numRuns: 50 },
  );
});
