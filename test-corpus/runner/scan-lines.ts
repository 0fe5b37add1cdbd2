/** What a scan finds, as lines. */
import { type CapabilityRow, capabilityRows, type Folded, type ModuleAnalysis } from "@capdiff/analyzer";
import {
  argumentWords,
  diagnosticLine,
  line,
  packageWords,
  placeWords,
  type Shorten,
  shortener,
  visible,
} from "./words.ts";

type Facts = ModuleAnalysis["program"]["packages"][number];

/** Every line that WANT could hold, in the order of the forms. */
export async function scanLines(analysis: ModuleAnalysis): Promise<string[]> {
  const rows = await capabilityRows(analysis, { input: 0 });
  const short = shortener(analysis.source.modulePath);
  const packages = analysis.program.packages;
  const unresolved = packages.flatMap((pkg) => unresolvedLines(pkg, short));
  return [
    ...rows.flatMap((row) => rowLines(row, short)),
    ...terminalLines(analysis, short),
    ...edgeLines(analysis, short),
    ...unresolved,
    ...packages.flatMap((pkg) => dynamicLines(pkg, short)),
    ...functionLines(analysis, short),
    ...packages.flatMap((pkg) => packageLines(analysis, pkg, short)),
    ...analysis.signals.map(({ signal, position, text }) =>
      line(["signal", signal, placeWords(position), visible(text)]),
    ),
    ...analysis.otherFiles.map(({ name, role, format }) => line(["file", name, role], [format])),
    ...Object.entries(analysis.counts).map(([what, count]) => line(["count", what, String(count)])),
    ...analysis.diagnostics.map((one) => diagnosticLine(one)),
    ...(rows.length + unresolved.length === 0 ? ["nothing"] : []),
  ];
}

/** What each function reaches, and by which path. */
export async function reachLines(analysis: ModuleAnalysis): Promise<string[]> {
  const rows = await capabilityRows(analysis, { input: 0, granularity: "function" });
  const short = shortener(analysis.source.modulePath);
  return rows.flatMap((row) => [
    line(["reaches", short(row.function ?? ""), row.capability], [row.certainty, row.builds.words]),
    pathLine(row, short),
  ]);
}

function pathLine({ witness }: CapabilityRow, short: Shorten): string {
  const steps = [...witness.steps.map((step) => short(step.function)), short(witness.terminal.name)];
  return line(["path", steps.join(" -> ")]);
}

function rowLines(row: CapabilityRow, short: Shorten): string[] {
  const { entryPoints, kind, builds, capability, sites } = row;
  const count = `${sites} site${sites === 1 ? "" : "s"}`;
  return [
    line(["capability", packageWords(short, row.package), capability], [kind, builds.words, count]),
    pathLine(row, short),
    ...entryPoints.map((one) =>
      line(["entry", one.kind, short(one.function), capability], [one.builds.words]),
    ),
  ];
}

function terminalLines({ terminals, program }: ModuleAnalysis, short: Shorten): string[] {
  return terminals.map(({ from, use, terminal, arguments: given, values, builds, breadth, ...at }) => {
    const fn = program.functions[from];
    const keyword = use === "reference" ? "use" : use;
    const callee = `${short(terminal.name)}${use === "call" ? argumentWords(given) : ""}`;
    const file = at.file === undefined ? fn?.file : fn?.pkg.files[at.file];
    const place = placeWords({ ...at, file: file?.name ?? "" });
    return line(
      [keyword, short(fn?.facts.id ?? ""), "->", callee],
      [terminal.kind, place, ...otherValues(values), breadthWords(breadth), program.builds.words(builds)],
    );
  });
}

/** Of arguments for which several values were worked out those but the first. */
function otherValues(values: readonly (readonly Folded[])[] = []): string[] {
  return values.flatMap(([, ...others]) =>
    others.length === 0 ? [] : [`or ${others.map(({ value }) => JSON.stringify(value)).join(", ")}`],
  );
}

/** Of how many callees it is one; nothing where the name alone tells. */
function breadthWords(breadth: number): string | undefined {
  return breadth === 0 ? undefined : `of ${breadth}`;
}

function edgeLines({ program }: ModuleAnalysis, short: Shorten): string[] {
  const id = (index: number) => short(program.functions[index]?.facts.id ?? "");
  return program.edges.map(({ from, to, use, builds, breadth }) =>
    line(["edge", id(from), "->", id(to)], [use.use, breadthWords(breadth), program.builds.words(builds)]),
  );
}

function unresolvedLines({ functions }: Facts, short: Shorten): string[] {
  return functions.flatMap(({ id, uses }) =>
    uses.flatMap(({ target }) => {
      if (target.kind !== "unresolved") return [];
      return [
        line(["unresolved", short(id), "->", ...(target.name === "" ? [] : [target.name])], [target.reason]),
      ];
    }),
  );
}

function dynamicLines({ functions }: Facts, short: Shorten): string[] {
  return functions.flatMap(({ id, uses }) =>
    uses.flatMap(({ target, use }) => {
      if (target.kind === "dynamic") return [line(["dynamic", short(id), "->", short(target.type)], [use])];
      if (target.kind !== "interface-method") return [];
      const { package: path, name } = target;
      const method = path === "" ? name : name.replace(/^\(/u, `(${path}.`);
      return [line(["dynamic", short(id), "->", short(method)], [use])];
    }),
  );
}

function functionLines({ program }: ModuleAnalysis, short: Shorten): string[] {
  return program.functions.flatMap(({ facts, file, builds, pkg }) => {
    if (facts.kind === "imports" || program.isStandard(pkg)) return [];
    const place = placeWords({ file: file.name, line: facts.line, column: facts.column });
    return [line(["function", short(facts.id), facts.kind], [place, program.builds.words(builds)])];
  });
}

function packageLines({ program }: ModuleAnalysis, pkg: Facts, short: Shorten): string[] {
  const { builds } = program;
  const home = packageWords(short, pkg.path);
  return [
    ...pkg.files.map((file) =>
      line(
        ["compiled", file.name, "in", home],
        [builds.words(builds.parse(file.builds)), pkg.apart && "apart"],
      ),
    ),
    ...pkg.files.flatMap((file) =>
      file.imports.map(({ path, alias }) =>
        line(["import", file.name, `"${path}"`, ...(alias === undefined ? [] : ["as", alias])]),
      ),
    ),
    ...pkg.directives.map(({ kind, text, file, ...at }) =>
      line(["directive", kind, placeWords({ ...at, file: pkg.files[file]?.name ?? "" }), text]),
    ),
  ];
}
