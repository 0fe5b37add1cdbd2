/** Short ways to write the parts of a report by hand. */
import type {
  Builds,
  CallSiteChange,
  CapabilityChange,
  CapabilityRow,
  Counts,
  EntryPoint,
  EntryPointChange,
  EntryPointKind,
  Position,
  Step,
  Terminal,
  Witness,
} from "@capdiff/analyzer";
import type { AnalysedModule } from "../../src/engine.ts";

export const module = "example.test/bolt";

export const everywhere: Builds = { expression: "", words: "all builds" };

export const windows: Builds = { expression: "windows", words: "windows" };

/** `db.go:41:2`. */
export function at(place: string): Position {
  const [file = "", line = "1", column = "1"] = place.split(":");
  return { file, line: Number(line), column: Number(column) };
}

/** One step, as `place | function | source`. */
export function step(text: string, home = module): Step {
  const [place = "", name = "", source = ""] = text.split(" | ");
  return { function: `${home}.${name}`, package: home, use: "call", site: at(place), source };
}

export function witness(name: string, ...steps: readonly string[]): Witness {
  return { steps: steps.map((text) => step(text)), terminal: terminal(name) };
}

export function terminal(name: string): Terminal {
  return { kind: "function", name };
}

export function entryPoint(kind: EntryPointKind, name: string): EntryPoint {
  return { kind, function: `${module}.${name}`, builds: everywhere, position: at("db.go:1:1") };
}

export function row(capability: string, proof: Witness, more: Partial<CapabilityRow> = {}): CapabilityRow {
  return {
    input: 0,
    package: module,
    capability,
    kind: "direct",
    certainty: "static",
    builds: everywhere,
    entryPoints: [],
    sites: 1,
    witness: proof,
    ...more,
  };
}

export function gained(
  capability: string,
  proof: Witness,
  more: Partial<CapabilityChange> = {},
): CapabilityChange {
  return {
    kind: "capability",
    change: "added",
    package: module,
    capability,
    wholePackage: false,
    newToModule: false,
    path: "direct",
    certainty: "static",
    builds: everywhere,
    witness: proof,
    ...more,
  };
}

export function reaches(
  entry: EntryPoint,
  capability: string,
  proof: Witness,
  more: Partial<EntryPointChange> = {},
): EntryPointChange {
  return {
    kind: "entry-point",
    change: "added",
    entryPoint: entry,
    package: module,
    capability,
    existing: true,
    certainty: "static",
    builds: everywhere,
    witness: proof,
    ...more,
  };
}

/** A new use, at `place | function | source`. */
export function use(
  name: string,
  capabilities: readonly string[],
  where: string,
  more: Partial<CallSiteChange> = {},
): CallSiteChange {
  const { site, source, function: inside } = step(where);
  return {
    kind: "call-site",
    change: "added",
    package: module,
    function: inside,
    terminal: terminal(name),
    use: "call",
    capabilities,
    existing: true,
    builds: everywhere,
    site: { position: site, source },
    arguments: [],
    entryPoints: [],
    ...more,
  };
}

export const counts: Counts = {
  files: 12,
  goFiles: 9,
  bytes: 34_567,
  packages: 3,
  dependencies: 2,
  missing: 1,
  functions: 120,
  callSites: 800,
  dynamic: 90,
  handedIn: 60,
  unresolved: 40,
};

export function analysed(version: string, diagnostics: AnalysedModule["diagnostics"] = []): AnalysedModule {
  const h1 = "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  const input = {
    query: `${module}@${version}`,
    source: "zip",
    module,
    version,
    h1,
    go: "1.24",
    counts,
  } as const;
  const packages = [module, `${module}/sync`, `${module}/tools [main]`];
  return { input, diagnostics, counts, dependencies: [], packages };
}
