/** Modules that the new side of a diff is built with in another version than the old side: each judged by itself. */
import {
  type Bump,
  type CompareMode,
  type Diagnostic,
  type Finding,
  type Flow,
  type FlowEnd,
  type InputDiagnostic,
  type Site,
} from "@capdiff/analyzer";
import { bumpVerdict } from "../bump-verdict.ts";
import type { Work } from "../delivery.ts";
import type { AnalysedModule, DependencyModule } from "../engine.ts";
import { compareMode, withoutMajor } from "./compare-mode.ts";

/** What was found out about them; findings and diagnostics are of the new input. */
export interface JudgedBumps {
  /** By the bytes of the paths. */
  readonly bumps: readonly Bump[];
  readonly findings: readonly Finding[];
  readonly diagnostics: readonly InputDiagnostic[];
}

export interface BumpedSides {
  readonly old: AnalysedModule;
  readonly new: AnalysedModule;
}

/** Whether to judge them: who builds a directory or a revision gets these versions, and who builds a published module may get others. */
export function wantsBumps({ new: { input } }: BumpedSides, asked: boolean | undefined): boolean {
  return asked ?? input.version === undefined;
}

/**
 * Each costs what a diff of its two versions costs, one after the other; what is kept of one is kept of the other. A module
 * that cannot be had, or not be understood, is told by a diagnostic.
 */
export async function judgeBumps(sides: BumpedSides, work: Work): Promise<JudgedBumps> {
  const judged: JudgedBumps[] = [];
  const changes = changedModules(sides.old.dependencies, sides.new.dependencies);
  // It was judged: only what it is built with is still asked for.
  if (changes.length > 0) await work.engine.setAside(sides.new);
  for (const change of changes) {
    work.request.deadline.check();
    judged.push(await judgeBump(change, sides, work));
  }
  return {
    bumps: judged.flatMap(({ bumps }) => bumps),
    findings: judged.flatMap(({ findings }) => findings),
    diagnostics: judged.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** A module in two versions, or a new one. */
interface ChangedModule {
  readonly old: DependencyModule | undefined;
  readonly new: DependencyModule;
}

/** Those with other files; another major version, which has another path, is one of the same module. */
function changedModules(
  before: readonly DependencyModule[],
  now: readonly DependencyModule[],
): readonly ChangedModule[] {
  return now.flatMap((one): ChangedModule[] => {
    const old =
      before.find(({ path }) => path === one.path) ??
      before.find(({ path }) => withoutMajor(path) === withoutMajor(one.path));
    return old?.h1 === one.h1 ? [] : [{ old, new: one }];
  });
}

async function judgeBump(
  { old, new: fresh }: ChangedModule,
  sides: BumpedSides,
  work: Work,
): Promise<JudgedBumps> {
  const { engine, request } = work;
  const names = { ...(old !== undefined && { old: old.name }), new: fresh.name };
  if (fresh.isDecided)
    return { bumps: [{ ...names, incomplete: false, decided: true }], findings: [], diagnostics: [] };
  const opened: AnalysedModule[] = [];
  // What one side has of the module and does not import is nothing that the other one gains.
  const directories = [...new Set([...(old?.directories ?? []), ...fresh.directories])].sort();
  const analyse = async (side: AnalysedModule, { path }: DependencyModule) => {
    const module = await engine.analyzeDependency(side, { path, directories }, request);
    opened.push(module);
    return module;
  };
  try {
    const before = old && (await analyse(sides.old, old));
    if (before !== undefined) await engine.setAside(before);
    const after = await analyse(sides.new, fresh);
    const mode: CompareMode = before === undefined ? "single" : compareMode(before.input, after.input);
    const judged = await engine.judge(before, after, { mode, input: 1 });
    const all = [...(before?.diagnostics ?? []), ...after.diagnostics, ...judged.diagnostics];
    // What lacks of the whole is said already.
    const said = new Set([...sides.old.diagnostics, ...sides.new.diagnostics].map(wordsOf));
    const lacking = all.filter((one) => one.incomplete && !said.has(wordsOf(one)));
    const findings = judged.findings.map((one) => ofDependency(one, fresh, after));
    return {
      ...judgedBump({ ...names, incomplete: lacking.length > 0 }, findings),
      diagnostics: lacking.length === 0 ? [] : [incompleteBump(names, lacking)],
    };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "SourceError") throw error;
    return { ...judgedBump({ ...names, incomplete: true }, []), diagnostics: [lackingBump(names, error)] };
  } finally {
    for (const module of opened) engine.release(module);
  }
}

function wordsOf({ code, message }: Diagnostic): string {
  return `${code} ${message}`;
}

function judgedBump(
  bump: Omit<Bump, "verdict">,
  findings: readonly Finding[],
): Pick<JudgedBumps, "bumps" | "findings"> {
  const verdict = bumpVerdict(bump, findings);
  return { bumps: [{ ...bump, ...(verdict !== undefined && { verdict }) }], findings };
}

type Names = Pick<Bump, "old" | "new">;

function incompleteBump(names: Names, lacking: readonly Diagnostic[]): InputDiagnostic {
  const codes = [...new Set(lacking.map(({ code }) => code))].join(", ");
  const message = `not all of ${bumpWords(names)} could be judged (${codes}): a diff of the two says more`;
  return { input: 1, code: "bump-incomplete", severity: "warning", message, incomplete: true };
}

function lackingBump(names: Names, { message: why }: Error): InputDiagnostic {
  const message = `${bumpWords(names)} could not be judged: ${why.split("\n")[0] ?? ""}`;
  return { input: 1, code: "bump-missing", severity: "warning", message, incomplete: true };
}

function bumpWords({ old, new: fresh }: Names): string {
  return old === undefined ? fresh : `${old} -> ${fresh}`;
}

/** As findings of the report's new input: files by module and version, as in witnesses. */
function ofDependency(
  finding: Finding,
  { name, place }: DependencyModule,
  { dependencies }: AnalysedModule,
): Finding {
  const others = dependencies.map((one) => `${one.place}/`);
  const placed = <T extends Site>(site: T): T => {
    const { file } = site.position;
    if (others.some((other) => file.startsWith(other))) return site;
    return { ...site, position: { ...site.position, file: `${place}/${file}` } };
  };
  const { flow } = finding;
  return {
    ...finding,
    dependency: name,
    locations: finding.locations.map(placed),
    ...(flow !== undefined && { flow: flowAt(flow, placed) }),
  };
}

function flowAt(flow: Flow, placed: <T extends Site>(site: T) => T): Flow {
  const end = <T extends FlowEnd>(one: T): T => ({ ...one, site: placed(one.site) });
  return {
    ...flow,
    source: end(flow.source),
    sink: end(flow.sink),
    steps: flow.steps.map((one) => ({ ...one, site: placed(one.site) })),
  };
}
