/** Capslock's JSON (`-output=json`, of any granularity) as the rows of a report. */
import type { CapabilityRow, Step, Witness } from "@capdiff/analyzer";
import { UsageError } from "../errors.ts";
import type { ReportSide } from "./side.ts";

interface CapabilityInfoList {
  readonly capabilityInfo?: readonly CapabilityInfo[];
}

interface CapabilityInfo {
  readonly packageName?: string;
  readonly capabilityName?: string;
  readonly capability?: string;
  readonly path?: readonly PathFunction[];
  readonly packageDir: string;
  readonly capabilityType?: string;
}

interface PathFunction {
  readonly name: string;
  readonly package?: string;
  readonly site?: {
    readonly filename?: string;
    readonly line?: string | number;
    readonly column?: string | number;
  };
}

const text = { type: "string" };
/** Protocol buffers write 64 bits as text and take numbers as well. */
const number = {
  anyOf: [
    { type: "string", pattern: "^\\d{1,9}$" },
    { type: "integer", minimum: 0 },
  ],
};

const schema = {
  type: "object",
  properties: {
    capabilityInfo: {
      type: "array",
      items: {
        type: "object",
        required: ["packageDir"],
        anyOf: [{ required: ["capabilityName"] }, { required: ["capability"] }],
        properties: {
          packageName: text,
          capabilityName: text,
          capability: text,
          packageDir: text,
          capabilityType: text,
          path: {
            type: "array",
            items: {
              type: "object",
              required: ["name"],
              properties: {
                name: text,
                package: text,
                site: { type: "object", properties: { filename: text, line: number, column: number } },
              },
            },
          },
        },
      },
    },
  },
} as const;

const everywhere = { expression: "", words: "all builds" };
const nothingCounted = {
  files: 0,
  goFiles: 0,
  bytes: 0,
  packages: 0,
  dependencies: 0,
  missing: 0,
  functions: 0,
  callSites: 0,
  dynamic: 0,
  handedIn: 0,
  unresolved: 0,
};

/** Throws a UsageError that says where it does not fit. */
export async function readCapslock(value: object, query: string): Promise<ReportSide> {
  const { Ajv } = await import("ajv");
  const ajv = new Ajv({ strict: false });
  if (!ajv.validate<CapabilityInfoList>(schema, value)) {
    const why = ajv.errorsText(ajv.errors, { dataVar: "report" });
    throw new UsageError(`${query} is not Capslock's JSON: ${why}`);
  }
  const rows = rowsOf(value.capabilityInfo ?? []);
  const packages = [...new Set(rows.map((row) => row.package))];
  const module = commonPath(packages) || query;
  const counts = { ...nothingCounted, packages: packages.length };
  return {
    module: {
      input: { query, source: "report", saved: "capslock", module, h1: "", counts },
      diagnostics: [],
      counts,
      dependencies: [],
      packages,
    },
    rows,
    asked: everywhere,
  };
}

/** One row for each package and capability: direct before transitive, then the shortest path. */
function rowsOf(infos: readonly CapabilityInfo[]): readonly CapabilityRow[] {
  const best = new Map<string, CapabilityInfo>();
  for (const info of infos) {
    const key = JSON.stringify([info.packageDir, nameOf(info)]);
    const known = best.get(key);
    if (known === undefined || length(info) < length(known)) best.set(key, info);
  }
  return [...best.values()].map(rowOf);
}

/** A transitive path is longer than any direct one. */
function length(info: CapabilityInfo): number {
  const steps = info.path?.length ?? 0;
  return kindOf(info) === "direct" ? steps : 1e9 + steps;
}

function nameOf({ capabilityName, capability = "" }: CapabilityInfo): string {
  return capabilityName ?? capability.replace(/^CAPABILITY_/, "");
}

function kindOf({ capabilityType }: CapabilityInfo): CapabilityRow["kind"] {
  return capabilityType === "CAPABILITY_TYPE_TRANSITIVE" ? "transitive" : "direct";
}

/** How sure a path is Capslock does not tell: it counts as one that may go through an interface. */
function rowOf(info: CapabilityInfo): CapabilityRow {
  const { packageDir, packageName } = info;
  const last = packageDir.slice(packageDir.lastIndexOf("/") + 1);
  return {
    input: 0,
    package: packageDir,
    ...(packageName !== undefined && packageName !== last && { packageName }),
    capability: nameOf(info),
    kind: kindOf(info),
    certainty: "dynamic",
    builds: everywhere,
    entryPoints: [],
    sites: 0,
    witness: witnessOf(info),
  };
}

/** Each function with the place where it uses the next one. What has no place, or no path, has `?` for a file. */
function witnessOf({ path = [], packageDir }: CapabilityInfo): Witness {
  const steps = path.map(({ name, package: home = "" }, index): Step => {
    const { filename = "?", line = 1, column = 1 } = path[index + 1]?.site ?? {};
    const site = { file: filename, line: Number(line), column: Number(column) };
    return { function: name, package: home, use: "call", site, source: "" };
  });
  const unknown: Step = {
    function: `${packageDir}.?`,
    package: packageDir,
    use: "call",
    site: { file: "?", line: 1, column: 1 },
    source: "",
  };
  const last = path.at(-1)?.name ?? "?";
  const before = steps.length > 1 ? steps.slice(0, -1) : steps;
  return { steps: before.length > 0 ? before : [unknown], terminal: { kind: "function", name: last } };
}

/** The elements with which all paths begin. */
function commonPath(paths: readonly string[]): string {
  const [first = [], ...rest] = paths.map((path) => path.split("/"));
  let length = first.length;
  for (const path of rest) {
    while (length > 0 && path.slice(0, length).join("/") !== first.slice(0, length).join("/")) length--;
  }
  return first.slice(0, length).join("/");
}
