/** The text of reports that the transcripts do not show. */
import type { CapabilityRow, Change, Input, InputDiagnostic, Report } from "@capdiff/analyzer";
import { expect, test } from "vitest";
import { renderText } from "../src/report/text/report.ts";
import { catalogue } from "./samples/catalogue.ts";
import {
  analysed,
  counts,
  entryPoint,
  everywhere,
  gained,
  module,
  reaches,
  row,
  terminal,
  use,
  witness,
} from "./samples/parts.ts";

interface Parts {
  readonly inputs?: readonly Omit<Input, "role">[];
  readonly capabilities?: readonly CapabilityRow[];
  readonly changes?: readonly Change[];
  readonly findings?: Report["findings"] & {};
  readonly verdict?: Report["verdict"] & {};
  readonly diagnostics?: readonly InputDiagnostic[];
  readonly counts?: Report["counts"];
}

const [oldInput, newInput] = [analysed("v1.0.0").input, analysed("v1.0.1").input];

/** The lines of the text of a report. */
function textOf({ inputs = [oldInput], capabilities, changes, ...rest }: Parts): readonly string[] {
  const command = changes === undefined ? "scan" : "diff";
  const roles = command === "scan" ? (["target"] as const) : (["old", "new"] as const);
  const report: Report = {
    schemaVersion: 1,
    tool: { name: "capdiff", version: "1.2.3", capabilityMap: "2026.1", goRelease: "1.26" },
    command,
    inputs: inputs.map((input, index) => ({ role: roles[index] ?? "target", ...input })),
    configuration: { builds: everywhere, tests: false },
    ...(capabilities !== undefined && { capabilities }),
    ...(changes !== undefined && { changes }),
    diagnostics: [],
    counts,
    ...rest,
  };
  const options = { catalogue, colour: false, verbose: false, quiet: false };
  return [...renderText(report, options)].join("").split("\n");
}

const dial = witness("net.Dial", 'a.go:3:7 | Open | net.Dial("tcp", address)');
const open = entryPoint("exported-function", "Open");
const other = entryPoint("exported-function", "Other");

test("a path that proves several capabilities of a package is shown once", () => {
  const lines = textOf({
    capabilities: [
      row("NETWORK/DIAL", dial, { entryPoints: [open] }),
      row("NETWORK/LISTEN", dial, { entryPoints: [open] }),
      row("FILES/READ", dial, { entryPoints: [open, other] }),
      row("NETWORK/DIAL", dial, { package: `${module}/sub` }),
    ],
  });
  expect(lines.slice(2, -2)).toEqual([
    "example.test/bolt",
    "  NETWORK/DIAL  open connections",
    "    net.Dial, used here, in 1 place",
    "    reached from Open",
    '    a.go:3:7  Open  net.Dial("tcp", address)',
    "  NETWORK/LISTEN  accept connections",
    "    net.Dial, used here, in 1 place",
    "    by the same path as NETWORK/DIAL",
    "  FILES/READ  read files",
    "    net.Dial, used here, in 1 place",
    "    reached from Open, Other",
    "    path as for NETWORK/DIAL",
    "",
    "./sub",
    "  NETWORK/DIAL  open connections",
    "    net.Dial, used here, in 1 place",
    "    reached from no entry point of this package",
    '    a.go:3:7  bolt.Open  net.Dial("tcp", address)',
    "",
  ]);
});

test("what was not analysed is told with its place and the reason", () => {
  const copy = witness("io.Copy", "a.go:3:7 | Open | io.Copy(to, from)");
  const missing = { ...copy, terminal: { kind: "missing-import", name: "example.test/dep.Do" } } as const;
  expect(textOf({ capabilities: [row("UNANALYZED", copy)] })).toContain(
    "    a.go:3:7: what it runs depends on data, which was not followed",
  );
  expect(textOf({ capabilities: [row("UNANALYZED", missing)] })).toContain(
    "    a.go:3:7: its package was not analysed",
  );
});

test("a diff tells it by reason, with the first places of different names", () => {
  const dep = { terminal: { kind: "missing-import", name: "example.test/dep.Do" } } as const;
  const atStart = witness("io.Copy", "a.go:9:2 | init#1 | io.Copy(to, from)");
  const lines = textOf({
    inputs: [oldInput, newInput],
    changes: [
      use("io.Copy", ["UNANALYZED"], "a.go:3:7 | Open | io.Copy(to, from)"),
      use("io.Copy", ["UNANALYZED"], "a.go:4:7 | Open | io.Copy(to, from)"),
      use("errors.Is", ["UNANALYZED"], "b.go:5:7 | Open | errors.Is(a, b)", {
        terminal: terminal("errors.Is"),
      }),
      use("", ["UNANALYZED"], "b.go:6:7 | Open | dep.Do()", dep),
      reaches(entryPoint("init", "init#1"), "UNANALYZED", atStart),
    ],
  });
  expect(lines.slice(3, -3)).toEqual([
    "  4 places, 1 at program start: what it runs depends on data, which was not followed (--verbose lists them)",
    "    a.go:9:2  io.Copy",
    "    b.go:5:7  errors.Is",
    "  1 place: its package was not analysed (--verbose lists them)",
    "    b.go:6:7  example.test/dep.Do",
  ]);
});

test("what only has other arguments comes after what is new, and before what was not analysed", () => {
  const changed = use("os/exec.Command", ["EXEC"], 'a.go:1:1 | Open | exec.Command("b")', {
    change: "changed",
    arguments: [{ text: '"b"', value: "b" }],
    oldArguments: [{ text: '"a"', value: "a" }],
    oldSite: { position: { file: "a.go", line: 1, column: 1 }, source: 'exec.Command("a")' },
  });
  const lines = textOf({
    inputs: [oldInput, newInput],
    changes: [
      changed,
      gained("FILES/READ", witness("os.Open", "a.go:2:2 | Open | os.Open(name)"), { newToModule: true }),
      gained("UNANALYZED", dial, { newToModule: true }),
    ],
  });
  expect(lines.filter((line) => /^[+~] /.test(line))).toEqual([
    "+ FILES/READ  read files  new to the module, in example.test/bolt",
    "~ EXEC  run other programs  in packages that had it before",
    "+ UNANALYZED  not analysed  new to the module, in example.test/bolt",
  ]);
});

test("what new packages reach of the module as it was comes after new uses", () => {
  const lines = textOf({
    inputs: [oldInput, newInput],
    changes: [
      gained("EXEC", witness("os/exec.Command", "a.go:1:1 | Open | exec.Command(name)"), {
        wholePackage: true,
      }),
      gained("NETWORK/DIAL", dial),
      use("os.Open", ["FILES/READ"], "a.go:2:2 | Open | os.Open(name)"),
    ],
  });
  expect(lines.filter((line) => line.startsWith("+ "))).toEqual([
    "+ NETWORK/DIAL  open connections  new in example.test/bolt  (the module had it before)",
    "+ FILES/READ  read files  in packages that had it before",
    "+ EXEC  run other programs  new with package example.test/bolt  (the module had it before)",
  ]);
});

test("several packages that are new as a whole are packages", () => {
  const end = witness("os/exec.Command", "a.go:1:1 | Open | exec.Command(name)");
  const changes = ["example.test/bolt/a", "example.test/bolt/b"].map((path) =>
    gained("EXEC", end, { package: path, wholePackage: true }),
  );
  expect(textOf({ inputs: [oldInput, newInput], changes })).toContain(
    "+ EXEC  run other programs  new with packages ./a, ./b  (the module had it before)",
  );
});

test("a verdict that no finding explains says that not all could be analysed", () => {
  const inputs = [oldInput, newInput];
  const broken = { input: 0, code: "syntax-error", severity: "error", message: "broken" } as const;
  const diagnostics = [{ ...broken, incomplete: true }];
  expect(textOf({ inputs, changes: [], findings: [], verdict: "inform", diagnostics })).toContain(
    "Verdict: inform  not all could be analysed",
  );
  // Those of other capabilities may be left out.
  expect(textOf({ inputs, changes: [], findings: [], verdict: "inform" })).toContain(
    "Verdict: inform  nothing speaks against it",
  );
  expect(textOf({ inputs, changes: [], findings: [], verdict: "clear" })).toContain(
    "Verdict: clear  nothing to tell",
  );
});

test("a path on which a function is only handed over says so", () => {
  const [first, last] = witness(
    "net.Dial",
    "a.go:1:1 | Open | later(connect)",
    "a.go:3:3 | connect | net.Dial()",
  ).steps;
  if (first === undefined || last === undefined) throw new Error("two steps");
  const proof = { steps: [{ ...first, use: "reference" }, last], terminal: terminal("net.Dial") } as const;
  const lines = textOf({ inputs: [oldInput, newInput], changes: [reaches(open, "NETWORK/DIAL", proof)] });
  expect(lines).toContain(
    "      newly reached from, existing before: Open  (if a function that is handed over is called)",
  );
});

test("the summary tells new uses from calls that were not analysed", () => {
  const lines = textOf({
    inputs: [oldInput, newInput],
    changes: [
      use("os.Open", ["FILES/READ"], "a.go:2:2 | Open | os.Open(name)"),
      use("net.Dial", ["NETWORK/DIAL"], "a.go:3:3 | Open | net.Dial()"),
      use("io.Copy", ["UNANALYZED"], "a.go:4:4 | Open | io.Copy(to, from)"),
      reaches(open, "UNANALYZED", dial),
    ],
    counts: { ...counts, callSites: 0 },
  });
  expect(lines.at(-2)).toMatch(/^Summary: 2 new uses of NETWORK\/DIAL, FILES\/READ; 1 new call not analysed/);
});

const broken = { code: "syntax-error", severity: "error", message: "no Go", incomplete: true } as const;

test("the summary counts what leaves the answer incomplete apart from the rest", () => {
  const noted = { code: "symlink", severity: "warning", message: "left out", incomplete: false } as const;
  const summary = (...diagnostics: readonly Omit<InputDiagnostic, "input">[]) =>
    textOf({ capabilities: [], diagnostics: diagnostics.map((one) => ({ input: 0, ...one })) }).at(-2);
  const [one, other] = [
    { ...noted, file: "a" },
    { ...noted, file: "b" },
  ];
  expect(summary(one)).toMatch(/; 1 diagnostic\.$/);
  expect(summary(broken, one)).toMatch(/incomplete \(1 diagnostic\); 1 more diagnostic\.$/);
  expect(summary(broken, one, other)).toMatch(/incomplete \(1 diagnostic\); 2 more diagnostics\.$/);
});

test("a diagnostic of both versions is told once", () => {
  const lines = textOf({
    inputs: [oldInput, newInput],
    changes: [],
    diagnostics: [
      { input: 0, ...broken, file: "a.go" },
      { input: 0, ...broken, file: "old.go" },
      { input: 1, ...broken, file: "a.go" },
      { input: 1, ...broken, file: "new.go" },
    ],
  });
  expect(lines.slice(2, 7)).toEqual([
    "Diagnostics",
    "  syntax-error  3  incomplete",
    "    both    a.go    no Go",
    "    v1.0.0  old.go  no Go",
    "    v1.0.1  new.go  no Go",
  ]);
  expect(lines.at(-2)).toContain("(3 diagnostics)");
});

test("versions without a number are old and new, not two long paths", () => {
  const directory = (name: string) => {
    const { version: _, ...input } = oldInput;
    return {
      ...input,
      query: `/home/somebody/checkouts/of/modules/${name}`,
      source: "directory",
    } as const;
  };
  const lines = textOf({
    inputs: [directory("bolt-before"), directory("bolt-after")],
    changes: [],
    diagnostics: [
      { input: 0, ...broken, file: "a.go" },
      { input: 1, ...broken, file: "b.go" },
    ],
  });
  expect(lines[0]).toBe("example.test/bolt …/of/modules/bolt-before -> …/of/modules/bolt-after");
  expect(lines.slice(4, 6)).toEqual(["    old  a.go  no Go", "    new  b.go  no Go"]);
});

test.each([
  [0, 0, 0, "in 3 packages."],
  [800, 60, 40, "in 3 packages; of 800 calls 60 of what others hand in, 40 not resolved."],
  [1, 0, 1, "in 3 packages; of 1 call 1 not resolved."],
  [12, 0, 0, "in 3 packages; all 12 calls followed."],
])("%i calls, %i of what is handed in, %i not resolved", (callSites, handedIn, unresolved, words) => {
  const lines = textOf({ capabilities: [], counts: { ...counts, callSites, handedIn, unresolved } });
  expect(lines.at(-2)).toBe(`Summary: no capabilities ${words}`);
});
