/** Reports of any shape with text of any kind, for properties. */
import type { Change, InputDiagnostic, Report } from "@capdiff/analyzer";
import * as fc from "fast-check";
import { after, before, changes, findings, rows } from "./bolt.ts";
import { at } from "./parts.ts";

/** Text that somebody might hide in a module: controls, bidi, tags, line ends, and what is harmless. */
export const hostileText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom(
    "\x1b]0;title\x07",
    "\x1b[2J",
    "a\r\nb",
    "\u009b31m",
    "\u202Eevil\u2066",
    "zero\u200bwidth\ufeff",
    "line\u2028separator\u2029",
    "\u{e0041}tag",
    "lone\ud800",
    "soft\u00adhyphen\u115f",
    "__proto__",
    "plain",
  ),
);

/** A report like the sample's, in which every string of a module may be any text. */
export const anyReport: fc.Arbitrary<Report> = fc
  .record({
    command: fc.constantFrom("scan" as const, "diff" as const),
    texts: fc.array(hostileText, { minLength: 1 }),
  })
  .map(({ command, texts }) => {
    const next = cycle(texts);
    return spoil(sampleReport(command), next);
  });

export function sampleReport(command: Report["command"]): Report {
  const { input, counts } = before;
  const diagnostics: readonly InputDiagnostic[] = after.diagnostics.map((one) => ({ input: 0, ...one }));
  const common = {
    schemaVersion: 1,
    tool: { name: "capdiff", version: "1.2.3", capabilityMap: "2026.1", goRelease: "1.26" },
    configuration: { builds: { expression: "", words: "all builds" }, tests: false },
    diagnostics,
    counts,
  } as const;
  return command === "scan"
    ? { ...common, command, inputs: [{ role: "target", ...input }], capabilities: rows }
    : {
        ...common,
        command,
        inputs: [
          { role: "old", ...input },
          { role: "new", ...after.input },
        ],
        changes: allChanges,
        findings,
        verdict: "review",
      };
}

const place = { package: "example.test/bolt", site: { position: at("db.go:9:5"), source: "read(conn)" } };

/** The sample's, and what data does. */
const allChanges: readonly Change[] = [
  ...changes,
  {
    kind: "flow",
    change: "added",
    existing: true,
    flow: {
      source: { kind: "network", name: "net.Dial", function: "example.test/bolt.follow", ...place },
      sink: {
        kind: "shell",
        name: "os/exec.Command",
        function: "example.test/bolt.run",
        argument: 2,
        ...place,
      },
      steps: [
        {
          how: "call",
          name: "example.test/bolt.run",
          function: "example.test/bolt.follow",
          site: place.site,
        },
      ],
      certainty: "dynamic",
      builds: { expression: "windows", words: "windows" },
    },
  },
  {
    kind: "goroutine",
    change: "added",
    package: place.package,
    function: "example.test/bolt.Open",
    callee: "example.test/bolt.follow",
    capabilities: ["EXEC"],
    waits: true,
    existing: true,
    builds: { expression: "", words: "all builds" },
    site: place.site,
  },
];

/** Strings that say what shape a thing has: the model's words, not a module's. */
const ours = new Set([
  "kind",
  "change",
  "role",
  "source",
  "command",
  "severity",
  "certainty",
  "path",
  "use",
  "directive",
  "name",
  "signal",
  "how",
  "tier",
  "verdict",
  "mode",
]);

/** Replaces the strings of a value, except the discriminating ones. */
function spoil<Value>(value: Value, next: () => string): Value {
  const walk = (part: unknown, key: string): unknown => {
    if (typeof part === "string") return keeps(key, part) ? part : next();
    if (Array.isArray(part)) return part.map((item: unknown) => walk(item, key));
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, item]) => [name, walk(item, name)]));
  };
  // The same shape: only strings were replaced by strings.
  return walk(value, "") as Value;
}

function keeps(key: string, text: string): boolean {
  return ours.has(key) && /^[a-z-]+$/.test(text);
}

function cycle(texts: readonly string[]): () => string {
  let index = 0;
  return () => texts[index++ % texts.length] ?? "";
}

/** Change kinds, so that a test can say that it saw them all. */
export const changeKinds: ReadonlySet<Change["kind"]> = new Set(allChanges.map(({ kind }) => kind));
