/** A database library whose patch release starts a shell: every kind of change once. */
import type { CapabilityRow, Change, Finding, Rule, Witness } from "@capdiff/analyzer";
import type { AnalysedModule } from "../../src/engine.ts";
import {
  analysed,
  at,
  entryPoint,
  everywhere,
  gained,
  module,
  reaches,
  row,
  step,
  terminal,
  use,
  windows,
  witness,
} from "./parts.ts";

const last = 'monitor.go:17:9 | monitor$1 | return exec.Command(shell, "-c", line).Run()';
const fromOpen = witness(
  "os/exec.Command",
  "db.go:41:2 | Open | go monitor(path)",
  "monitor.go:9:5 | monitor | go func() {",
  last,
);
const atStart = witness("os/exec.Command", "db.go:12:14 | init:stop | var stop = monitor(path)", last);
function inPackage(home: string, name: string, text: string): Witness {
  return { steps: [step(text, home)], terminal: terminal(name) };
}

const dial = 'sync.go:8:12 | beacon | conn, err := net.Dial("tcp", address)';
const write = witness("os.WriteFile", "db.go:60:9 | (*DB).Save | return os.WriteFile(path, data, 0o600)");

export const before: AnalysedModule = analysed("v1.3.0");

export const after: AnalysedModule = analysed("v1.3.1", [
  {
    code: "syntax-error",
    severity: "error",
    message: "this is not Go: unexpected }",
    incomplete: true,
    range: { ...at("broken.go:3:1"), endLine: 3, endColumn: 2 },
  },
  {
    code: "missing-import",
    severity: "warning",
    message: "example.test/dep is not there",
    incomplete: true,
    file: "db.go",
  },
]);

const openers = ["OpenFile", "OpenDir", "Reopen", "OpenAt"];

export const changes: readonly Change[] = [
  gained("EXEC", fromOpen, { newToModule: true }),
  use("os/exec.Command", ["EXEC"], last, {
    arguments: [{ text: "shell", value: "/bin/sh" }, { text: '"-c"', value: "-c" }, { text: "line" }],
  }),
  reaches(entryPoint("initializer", "init:stop"), "EXEC", atStart),
  reaches(entryPoint("exported-function", "Open"), "EXEC", fromOpen),
  ...openers.map((name) => reaches(entryPoint("exported-function", name), "EXEC", fromOpen)),
  reaches(entryPoint("exported-function", "Watch"), "EXEC", fromOpen, { existing: false }),
  gained("NETWORK/DIAL", inPackage(`${module}/sync`, "net.Dial", dial), {
    package: `${module}/sync`,
    builds: windows,
    certainty: "dynamic",
  }),
  use("os.WriteFile", ["FILES/WRITE"], "db.go:60:9 | (*DB).Save | return os.WriteFile(path, data, 0o600)", {
    change: "changed",
    arguments: [
      { text: "path", value: "/etc/cron.d/bolt" },
      { text: "data" },
      { text: "0o600", value: "384" },
    ],
    oldArguments: [
      { text: "path", value: "/var/lib/bolt" },
      { text: "data" },
      { text: "0o600", value: "384" },
    ],
    oldSite: { position: at("db.go:58:9"), source: "return os.WriteFile(path, data, 0o600)" },
    entryPoints: [`(*${module}.DB).Save`],
  }),
  use("example.test/dep.Do", ["UNANALYZED"], "db.go:70:3 | Open | dep.Do()", {
    terminal: { kind: "missing-import", name: "example.test/dep.Do" },
  }),
  use("*page", ["UNSAFE_POINTER"], "page.go:20:9 | load | return (*page)(unsafe.Pointer(&buf[0]))", {
    terminal: { kind: "unsafe-conversion", name: "*page" },
  }),
  {
    kind: "directive",
    change: "added",
    directive: "linkname",
    package: module,
    position: at("link.go:5:1"),
    text: "//go:linkname exec os/exec.Command",
    builds: windows,
  },
  {
    kind: "file",
    change: "added",
    name: "sync/blob.syso",
    role: "object",
    format: "ELF",
    size: 23_456,
    sha256: "00",
  },
  {
    kind: "file",
    change: "changed",
    name: "asm_amd64.s",
    role: "assembly",
    size: 900,
    sha256: "01",
    oldSize: 700,
    oldSha256: "02",
  },
  { kind: "go-mod", change: "added", directive: "require", subject: "example.test/dep", value: "v0.1.0" },
  { kind: "go-mod", change: "changed", directive: "go", subject: "", value: "1.24", oldValue: "1.22" },
  gained("FILES/WRITE", write, { change: "removed", package: `${module}/sync` }),
  use("os.Remove", ["FILES/WRITE"], "tidy.go:4:5 | tidy | os.Remove(path)", { change: "removed" }),
  {
    kind: "function",
    change: "moved",
    function: `${module}.pageOf`,
    oldFunction: `${module}.page`,
    position: at("page.go:9:1"),
    oldPosition: at("db.go:90:1"),
  },
];

export const rows: readonly CapabilityRow[] = [
  row("EXEC", fromOpen, {
    entryPoints: [
      entryPoint("exported-function", "Open"),
      ...openers.map((name) => entryPoint("exported-function", name)),
      entryPoint("initializer", "init:stop"),
    ],
  }),
  row("FILES/WRITE", write, {
    entryPoints: [{ ...entryPoint("exported-method", "Save"), function: `(*${module}.DB).Save` }],
    sites: 3,
  }),
  row("NETWORK/DIAL", inPackage(`${module}/sync`, "net.Dial", dial), {
    package: `${module}/sync`,
    builds: windows,
    certainty: "dynamic",
    kind: "transitive",
    sites: 0,
  }),
  row(
    "FILES/READ",
    inPackage(`${module}/tools [main]`, "os.Open", "tools/gen.go:9:2 | main | f, err := os.Open(name)"),
    {
      package: `${module}/tools [main]`,
      apart: true,
      builds: everywhere,
      entryPoints: [{ ...entryPoint("main", "main"), function: `${module}/tools [main].main` }],
    },
  ),
];

/** A rule, and what it says of the changes. */
export const rule: Rule = {
  id: "runs-at-start",
  title: "Importing the package has an effect",
  tier: "block",
  seen: "An init function newly runs a program.",
  why: "It happens to everybody who imports the package.",
  benign: ["packages whose purpose that is"],
  references: ["public reports, March 2025"],
  find: () => [],
};

export const findings: readonly Finding[] = [
  {
    input: 1,
    rule: rule.id,
    tier: "review",
    certainty: "static",
    fingerprint: "0123456789abcdef",
    message: "importing package bolt now uses exec.Command (EXEC), from the initialiser of stop",
    locations: [
      {
        position: at("db.go:40:5"),
        source: "stop = start()",
        what: "runs at start",
        function: `${module}.init:stop`,
      },
    ],
    builds: everywhere,
  },
  {
    input: 1,
    rule: "gained-capability",
    tier: "inform",
    certainty: "dynamic",
    fingerprint: "fedcba9876543210",
    message: "the module now has NETWORK/DIAL (net.Dial)",
    locations: [{ position: at("db.go:9:5"), source: "net.Dial(network, address)", what: "used here" }],
    builds: windows,
  },
];
