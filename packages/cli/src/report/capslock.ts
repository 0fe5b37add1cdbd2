/**
 * Capslock's JSON, as its `-output=json -granularity=package` prints it: the same fields, its
 * names of capabilities and, as SSA has them, of functions. Of capabilities that are one to
 * Capslock a package has the best proved. What it has no place for (builds, certainty, entry
 * points, diagnostics, files that are in no build) is left out.
 */
import { type CapabilityRow, coarse, type Position, type Report, type Step } from "@capdiff/analyzer";
import type { Catalogue } from "../catalogue.ts";
import { coarseRows } from "./coarse.ts";
import { escapeJson } from "./escape.ts";
import type { RenderOptions } from "./render.ts";

export function* renderCapslock(report: Report, { catalogue }: RenderOptions): Generator<string> {
  const infos = capabilityInfos(report.capabilities ?? [], catalogue);
  yield "{\n";
  yield* list("capabilityInfo", infos, ",");
  yield* list("moduleInfo", moduleInfos(report), ",");
  yield* list("packageInfo", packageInfos(infos), "");
  yield "}\n";
}

/** A list with an element a line. Capslock leaves out one that is empty, its readers take both. */
function* list(name: string, elements: readonly object[], end: string): Generator<string> {
  yield `  "${name}": [`;
  for (const [index, element] of elements.entries())
    yield `${index === 0 ? "" : ","}\n    ${escapeJson(element)}`;
  yield `${elements.length === 0 ? "" : "\n  "}]${end}\n`;
}

/** The order of its enumeration, in which its output is sorted. */
const enumeration: readonly string[] = [
  "UNSPECIFIED",
  "SAFE",
  "FILES",
  "NETWORK",
  "RUNTIME",
  "READ_SYSTEM_STATE",
  "MODIFY_SYSTEM_STATE",
  "OPERATING_SYSTEM",
  "SYSTEM_CALLS",
  "ARBITRARY_EXECUTION",
  "CGO",
  "UNANALYZED",
  "UNSAFE_POINTER",
  "REFLECT",
  "EXEC",
];

interface CapabilityInfo {
  readonly packageName: string;
  readonly capabilityName: string;
  readonly capability?: string;
  readonly depPath: string;
  readonly path: readonly PathFunction[];
  readonly packageDir: string;
  readonly capabilityType: string;
}

/** Numbers are texts, as protocol buffers write those of 64 bits. */
interface PathFunction {
  readonly name: string;
  readonly site?: { readonly filename: string; readonly line: string; readonly column: string };
  readonly package: string;
}

function capabilityInfos(rows: readonly CapabilityRow[], catalogue: Catalogue): readonly CapabilityInfo[] {
  const infos = coarseRows(rows.flatMap(ssaRows), catalogue).map(capabilityInfo);
  const rank = ({ capabilityName }: CapabilityInfo) => enumeration.indexOf(coarse(capabilityName));
  // Rows come by package, and the sort is stable.
  return infos.sort((a, b) => rank(a) - rank(b));
}

/** In SSA the initialisers of variables are a part of `init`, which calls `init#1` and so on. */
function ssaRows(row: CapabilityRow): readonly CapabilityRow[] {
  if (row.function === undefined) return [row];
  const own = { ...row, function: ssaName(row.function) };
  const [, caller] = /^(.*\.init)#\d+$/.exec(own.function) ?? [];
  return caller === undefined ? [own] : [own, { ...row, function: caller }];
}

function capabilityInfo(row: CapabilityRow): CapabilityInfo {
  const { capability: capabilityName } = row;
  const path = pathFrom(row);
  const first = coarse(capabilityName);
  return {
    packageName: row.packageName ?? row.package.slice(row.package.lastIndexOf("/") + 1),
    capabilityName,
    ...(enumeration.includes(first) && { capability: `CAPABILITY_${first}` }),
    depPath: path.map(({ name }) => name).join(" "),
    path,
    packageDir: row.package,
    capabilityType: `CAPABILITY_TYPE_${row.kind.toUpperCase()}`,
  };
}

/** The path of a row, from its function. */
function pathFrom(row: CapabilityRow): readonly PathFunction[] {
  const path = pathOf(row);
  const { function: name = path[0]?.name, package: home } = row;
  return name === undefined || name === path[0]?.name ? path : [{ name, package: home }, ...path];
}

/** The functions of the witness, each with the place where the one before it uses it. */
function pathOf({ witness: { steps, terminal } }: CapabilityRow): readonly PathFunction[] {
  const functions = steps.map(({ function: name, package: home }, index): PathFunction => {
    const site = siteOf(steps[index - 1], name);
    return { name: ssaName(name), ...(site !== undefined && { site }), package: home };
  });
  const last = steps.at(-1);
  if (last === undefined) return functions;
  switch (terminal.kind) {
    case "function":
    case "variable":
    case "missing-import":
      // A declaration that is one by itself is the last function of the path.
      if (terminal.name === last.function) return functions;
      return [...functions, withSite(terminal.name, packageOf(terminal.name), siteOf(last, terminal.name))];
    case "cgo":
      return [...functions, ...cgoFunctions(terminal.name.replace(/^C\./, ""), last)];
    case "unsafe-conversion":
    case "reflect-store":
    case "assembly":
    case "bodiless":
    case "linkname":
      return functions;
    default:
      return terminal.kind satisfies never;
  }
}

function withSite(name: string, home: string, site: PathFunction["site"]): PathFunction {
  return { name, ...(site !== undefined && { site }), package: home };
}

/** Those that cgo makes for names of C which do not call C. */
const conversions: readonly string[] = ["CBytes", "CString", "GoBytes", "GoString", "GoStringN"];

function cgoFunctions(name: string, step: Step): readonly PathFunction[] {
  const home = step.package;
  const made = withSite(`${home}._Cfunc_${name}`, home, siteOf(step, name));
  return conversions.includes(name)
    ? [made]
    : [made, { name: `${home}._cgo_runtime_cgocall`, package: home }];
}

/**
 * Where a step uses the function of that name: the opening parenthesis of a call, if the line
 * shows it right behind the name, as gofmt writes it; else where the name stands.
 */
function siteOf(step: Step | undefined, callee: string): PathFunction["site"] {
  if (step === undefined) return undefined;
  const { site, source, use } = step;
  const name = callee.slice(callee.lastIndexOf(".") + 1);
  const behind = use === "call" && source.includes(`${name}(`) ? new TextEncoder().encode(name).length : 0;
  return { filename: baseName(site), line: String(site.line), column: String(site.column + behind) };
}

function baseName({ file }: Position): string {
  return file.slice(file.lastIndexOf("/") + 1);
}

/** In SSA the initialisers of variables are a part of `init`. */
function ssaName(name: string): string {
  return name.replace(/\.init:[^$]*/, ".init");
}

/** The import path in a function's name: the last element of one has no dot, but for a version. */
function packageOf(name: string): string {
  const bare = name.replace(/^\(\*?/, "");
  const last = bare.lastIndexOf("/", bare.search(/\)|$/)) + 1;
  const element = /^[^.]*(?:\.v\d+(?=\.))?/.exec(bare.slice(last))?.[0] ?? "";
  return bare.slice(0, last) + element;
}

/** Modules that have a version: those that were looked at, and those that witnesses lead through. */
function moduleInfos({ inputs, capabilities = [] }: Report): readonly object[] {
  const own = inputs.flatMap(({ module, version }) =>
    version === undefined ? [] : [`${module}@${version}`],
  );
  const steps = capabilities.flatMap(({ witness }) => witness.steps.flatMap(({ module }) => module ?? []));
  return [...new Set([...own, ...steps])].sort().map((module) => {
    const at = module.lastIndexOf("@");
    return { path: module.slice(0, at), version: module.slice(at + 1) };
  });
}

function packageInfos(infos: readonly CapabilityInfo[]): readonly object[] {
  return [...new Set(infos.map(({ packageDir }) => packageDir))].sort().map((path) => ({ path }));
}
