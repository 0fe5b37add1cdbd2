/**
 * Narrows what is reported to capabilities and packages. Everything was analysed all
 * the same; the report's configuration names the filters.
 */
import { type Capability, type CapabilityRow, type Change, covers, type Report } from "@capdiff/analyzer";

export interface Filter {
  readonly capabilities: readonly Capability[];
  /** Import paths; `...` stands for anything, `./x` is below the module, as with the Go command. */
  readonly packages: readonly string[];
}

export function filterReport(report: Report, filter: Filter): Report {
  if (filter.capabilities.length === 0 && filter.packages.length === 0) return report;
  const inPackage = packageTest(report, filter.packages);
  const inCapability = capabilityTest(filter.capabilities);
  const { capabilities, changes, configuration } = report;
  const keepRow = (row: CapabilityRow) => inPackage(row.package) && inCapability([row.capability]);
  const keepChange = (change: Change) =>
    inCapability(capabilitiesOf(change)) && packagesOf(change, report).some(inPackage);
  return {
    ...report,
    configuration: {
      ...configuration,
      ...(filter.capabilities.length > 0 && { capabilities: filter.capabilities }),
      ...(filter.packages.length > 0 && { packages: filter.packages }),
    },
    ...(capabilities !== undefined && { capabilities: capabilities.filter(keepRow) }),
    ...(changes !== undefined && { changes: changes.filter(keepChange) }),
  };
}

/** Those of the filter's package patterns that match none of the packages, nor anything in the report. */
export function unmatchedPatterns(
  report: Report,
  { packages: patterns }: Pick<Filter, "packages">,
  packages: readonly string[],
): readonly string[] {
  const known = [...packages, ...(report.changes ?? []).flatMap((change) => packagesOf(change, report))];
  return patterns.filter((pattern) => !known.some(packageTest(report, [pattern])));
}

function capabilityTest(wanted: readonly Capability[]): (found: readonly Capability[]) => boolean {
  if (wanted.length === 0) return () => true;
  return (found) => found.some((capability) => wanted.some((name) => covers(name, capability)));
}

/** The capabilities that a change is about: none for changes of files, directives and names. */
export function capabilitiesOf(change: Change): readonly Capability[] {
  switch (change.kind) {
    case "capability":
    case "entry-point":
      return [change.capability];
    case "call-site":
      return change.capabilities;
    case "directive":
    case "file":
    case "go-mod":
    case "function":
    case "flow":
    case "goroutine":
    case "signal":
      return [];
  }
}

function packagesOf(change: Change, report: Report): readonly string[] {
  switch (change.kind) {
    case "capability":
    case "entry-point":
    case "call-site":
    case "directive":
    case "goroutine":
      return [change.package];
    case "file":
      return packagesOfFile(change.name, report);
    case "flow":
      return [change.flow.source.package, change.flow.sink.package];
    case "signal":
      return packagesOfFile(change.position.file, report);
    case "function":
      return packagesOfFile(change.position.file, report);
    case "go-mod":
      return report.inputs.map(({ module }) => module);
  }
}

/** The import path of the directory that holds a file. */
function packagesOfFile(file: string, report: Report): readonly string[] {
  const slash = file.lastIndexOf("/");
  return report.inputs.map(({ module }) => (slash < 0 ? module : `${module}/${file.slice(0, slash)}`));
}

function packageTest(report: Report, patterns: readonly string[]): (path: string) => boolean {
  if (patterns.length === 0) return () => true;
  const modules = report.inputs.map(({ module }) => module);
  const tests = patterns.flatMap((pattern) => absolute(pattern, modules)).map(patternTest);
  return (path) => tests.some((test) => test(path.replace(/ \[[^\]]*\]$/, "")));
}

function absolute(pattern: string, modules: readonly string[]): readonly string[] {
  if (pattern === ".") return modules;
  return pattern.startsWith("./") ? modules.map((module) => `${module}/${pattern.slice(2)}`) : [pattern];
}

/** As in `go help packages`: `x/...` also matches `x` itself. */
function patternTest(pattern: string): (path: string) => boolean {
  const source = pattern
    .split("...")
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"))
    .join(".*")
    .replace(/\/\.\*$/, "(?:/.*)?");
  const expression = new RegExp(`^${source}$`, "s");
  return (path) => expression.test(path);
}
