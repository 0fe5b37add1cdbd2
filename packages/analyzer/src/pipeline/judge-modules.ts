/** Judges a comparison of two modules, or one module alone: changes, then what rules say of them. */
import type { Matching } from "../diff/matching.ts";
import { sharedCode } from "../diff/shared-code.ts";
import { relativeName, type Side } from "../diff/side.ts";
import { codeFormat } from "../files/c-format.ts";
import { asideFiles, importableFiles } from "../judge/aside.ts";
import { changedFunctions, settingsIn } from "../judge/changed-functions.ts";
import { functionsAt } from "../judge/function-at.ts";
import { judge, type Printing } from "../judge/judge.ts";
import { moduleTexts } from "../judge/module-texts.ts";
import { newTexts } from "../judge/new-texts.ts";
import { waysTo } from "../judge/ways.ts";
import { type Capability, covers } from "../model/capability.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { CompareMode, Finding } from "../model/finding.ts";
import { comparePositions, compareText } from "../model/position.ts";
import type { Change } from "../model/report.ts";
import type { ChangedFunction, Evidence, NewFunction, NewTexts, OldUse, Rule } from "../model/rule.ts";
import { reportBuilds } from "../reach/entry-points.ts";
import { differences } from "./compare-modules.ts";
import type { ModuleAnalysis } from "./module-analysis.ts";

/** How modules are judged. */
export interface JudgeOptions {
  readonly mode: CompareMode;
  readonly rules: readonly Rule[];
  /** A cryptographic hash in lower-case hexadecimal. */
  readonly digest: Printing["digest"];
  /** The number that findings carry. */
  readonly input: number;
}

/** What was found by judging. */
export interface Judged {
  readonly changes: readonly Change[];
  /** The worst first. */
  readonly findings: readonly Finding[];
  /** What could not be followed of the new version, besides what its analysis says. */
  readonly diagnostics: readonly Diagnostic[];
}

/** `old` is undefined in single mode: then all that the module has counts as new, and `changes` says so. */
export async function judgeModules(
  old: ModuleAnalysis | undefined,
  fresh: ModuleAnalysis,
  { mode, rules, digest, input }: JudgeOptions,
): Promise<Judged> {
  const { before, side, changes, matching, diagnostics: notTold } = await differences(old, fresh);
  const notFollowed = [...fresh.flows().diagnostics, ...notTold];
  const isAside = asideFiles(fresh.program);
  const had = old === undefined ? () => false : capabilitiesOf(old);
  const oldTexts = moduleTexts(before.program, asideFiles(before.program));
  const freshTexts = moduleTexts(fresh.program, isAside);
  let changed: readonly ChangedFunction[] | undefined;
  let texts: readonly NewTexts[] | undefined;
  const evidence: Evidence = {
    mode,
    changes,
    diagnostics: [...fresh.diagnostics, ...notFollowed],
    had,
    hadFlow: flowKindsOf(before),
    waysTo: waysTo(fresh.program, { existed: (fn) => matching.toOld.has(fn) }),
    valuesIn: fresh.questions.valuesIn,
    originsAt: fresh.questions.originsAt,
    textsIn: fresh.questions.textsIn,
    isAsideText: freshTexts.isAside,
    hadText: oldTexts.isBuilt,
    hadTextWith: oldTexts.isBuiltWith,
    goneTexts: () => [...oldTexts.built()].filter((text) => !freshTexts.isBuilt(text)).sort(compareText),
    oldUses: usesIn(before),
    newFunctions: newFunctions(before, side, matching),
    changedFunctions: () => {
      if (old === undefined) return [];
      return (changed ??= changedFunctions({
        old: before.program,
        new: side.program,
        toOld: matching.toOld,
      }));
    },
    newTexts: () => {
      if (old === undefined) return [];
      return (texts ??= newTexts({ old: before, new: side, toOld: matching.toOld, isAside }));
    },
    hadSetting: settingsIn(before.program, asideFiles(before.program)),
    reachedOut: () => reachedOut(before),
    hadLink: linksOf(before),
    namesIn: (version, id) => (version === "old" ? old : fresh)?.questions.namesIn(id) ?? new Set(),
  };
  const { findings, diagnostics: leftOut } = judge(
    evidence,
    rules,
    printing(side, { digest, input, isAside }),
  );
  if (fresh.questions.isLacking())
    return judgeModules(old, await fresh.whole(), { mode, rules, digest, input });
  await Promise.all([old?.keep(), fresh.keep()]);
  return { changes, findings, diagnostics: [...notFollowed, ...leftOut] };
}

/** How much of the code of `fresh` is in `old` too: the share of its functions, 0 to 1. */
export function sharedFunctions(old: ModuleAnalysis, fresh: ModuleAnalysis): number {
  return sharedCode(old.program, fresh.program);
}

function printing(side: Side, given: Pick<Printing, "digest" | "input" | "isAside">): Printing {
  const { functions, byId, builds } = side.program;
  return {
    ...given,
    functionAt: functionsAt(side.program),
    relative: (name) => relativeName(side, name),
    isImportable: importableFiles(side.program),
    either: (a, b) => reportBuilds(builds, builds.or(builds.parse(a.expression), builds.parse(b.expression))),
    codeOf: (id) =>
      byId
        .get(id)
        ?.map((fn) => functions[fn]?.facts.fingerprint)
        .join(),
  };
}

function capabilitiesOf({ program, reach }: ModuleAnalysis): (capability: Capability) => boolean {
  const all = new Set(
    program.functions.flatMap(({ pkg }, index) =>
      pkg.module === undefined ? [...(reach[index]?.keys() ?? [])] : [],
    ),
  );
  return (wanted) => [...all].some((capability) => covers(wanted, capability));
}

function newFunctions(old: Side, fresh: Side, { toOld }: Matching): NewFunction[] {
  const files = new Set(old.program.functions.map(({ file }) => file.name));
  return fresh.program.functions
    .flatMap(({ facts, file, pkg }, fn): NewFunction[] => {
      const isNamed = facts.kind === "function" || facts.kind === "method";
      if (!isNamed || pkg.module !== undefined || toOld.has(fn)) return [];
      const position = { file: file.name, line: facts.line, column: facts.column };
      return [{ function: facts.id, position, newFile: !files.has(file.name) }];
    })
    .sort((a, b) => comparePositions(a.position, b.position));
}

function usesIn({ terminals }: Side): OldUse[] {
  return terminals.flatMap(({ terminal: { name }, capabilities, arguments: given, values = [] }) => {
    const known = given.map(({ value }, index) => [
      ...(value === undefined ? [] : [value]),
      ...(values[index] ?? []).map((one) => one.value),
    ]);
    const all = known.flat();
    return all.length === 0 ? [] : [{ name, capabilities, values: all, arguments: known }];
  });
}

function reachedOut({ otherFiles, program }: Side): boolean {
  const preambles = program.packages
    .filter(({ module }) => module === undefined)
    .flatMap(({ directives }) => directives.filter(({ kind }) => kind === "cgo-preamble"));
  const formats = [
    ...otherFiles.map(({ format }) => format),
    ...preambles.map(({ text }) => codeFormat(text)),
  ];
  return formats.some((one) => one?.startsWith("reaches out") === true);
}

function linksOf({ program }: Side): Evidence["hadLink"] {
  const links = new Set(
    program.packages
      .filter(({ module }) => module === undefined)
      .flatMap(({ directives }) =>
        directives.flatMap(({ kind, text }) => (kind === "linkname" ? linkedTo(text) : [])),
      ),
  );
  return (name) => links.has(name);
}

/** The name of another package that a linkname has, if any. */
function linkedTo(text: string): readonly string[] {
  const [, name] = text.trim().split(/\s+/u);
  return name === undefined ? [] : [name];
}

function flowKindsOf({ flows }: Side): Evidence["hadFlow"] {
  const kinds = new Set(
    flows.flatMap(({ source, sink }) => [
      `${source.kind} ${sink.kind}`,
      `${source.kind} ${sink.kind} ${source.name}`,
    ]),
  );
  return (source, sink, name) => kinds.has([source, sink, name ?? []].flat().join(" "));
}
