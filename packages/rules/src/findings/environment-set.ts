import type { CallSiteChange, ChangedFunction, Evidence, FindingDraft, Rule } from "@capdiff/analyzer";
import { assignmentIn, type DecidingVariable, decidingVariable } from "./environment-variables.ts";
import { atCall, atCode, everywhere, ownName, waysIn } from "./places.ts";
import { allValues, shown } from "./shell-line.ts";
import { hiddenShellLine } from "./shell-lines.ts";

export const environmentSet: Rule = {
  id: "environment-set",
  title: "A variable decides what programs load, run or trust",
  tier: "block",
  seen: "A variable such as LD_PRELOAD, BASH_ENV, GIT_CONFIG_KEY_0 or HTTPS_PROXY is newly set, for the program itself or for one that it runs, to something that the code names. It blocks where the value is a line that fetches something and runs it. In functions that are only for that, and where the old version did so, it informs.",
  why: "What is run stays the same, and does something else: the command line shows nothing.",
  benign: ["wrappers that preload a library, as profilers do", "programs that are configured for a network"],
  references: [
    "the catalogue of signals: preloaded libraries, hooks of git",
    "ten modules of one organisation: GOPROXY, GIT_* of later build steps (public reports, May 2026)",
  ],
  *find(evidence) {
    for (const change of evidence.changes)
      if (change.kind === "call-site" && (change.change === "added" || change.change === "changed"))
        yield* byCall(evidence, change);
    for (const changed of evidence.changedFunctions()) yield* byText(evidence, changed);
  },
};

const setting = /^(?:os|syscall)\.Setenv$/u;

function* byCall(evidence: Evidence, change: CallSiteChange): Iterable<FindingDraft> {
  const [first, second] = change.arguments;
  if (!setting.test(change.terminal.name) || first === undefined) return;
  const values = second === undefined ? [] : allValues(second);
  for (const name of allValues(first)) {
    const found = [...values, ""].map((value) => ({ value, decides: decidingVariable(name, value) }));
    const telling = found.find(({ decides }) => decides !== undefined);
    if (telling?.decides === undefined) continue;
    const text = telling.value === "" ? name : `${name}=${telling.value}`;
    const known = evidence.oldUses.some((use) => setting.test(use.name) && use.values.includes(name));
    yield {
      ...said(evidence, { fn: change.function, text, decides: telling.decides, known }),
      locations: [atCall(change), ...waysIn(evidence.waysTo(change.function))],
      builds: change.builds,
    };
    return;
  }
}

/** `NAME=value` in code that gives programs their environment. */
function* byText(evidence: Evidence, changed: ChangedFunction): Iterable<FindingDraft> {
  // Values are worked out only where programs are run.
  if (!setsEnvironment(changed) && !runsPrograms(changed)) return;
  const texts = [
    ...evidence.textsIn(changed.function),
    ...evidence.valuesIn(changed.function).map(({ value }) => value),
  ];
  for (const text of new Set(texts)) {
    const pair = assignmentIn(text) ?? nameIn(text);
    const decides = pair && decidingVariable(pair.name, pair.value);
    if (pair === undefined || decides === undefined || isSwitchedOff(pair.name, texts)) continue;
    // A list of names, such as of what is left out, gives nobody an environment.
    if (pair.value === "" && !setsEnvironment(changed)) continue;
    yield {
      ...said(evidence, { fn: changed.function, text, decides, known: evidence.hadText(text) }),
      locations: [atCode(changed, "names it"), ...waysIn(evidence.waysTo(changed.function))],
      builds: everywhere,
    };
  }
}

/** A name by itself, which a table puts in front of a value. */
function nameIn(text: string): ReturnType<typeof assignmentIn> {
  return /^[A-Z][A-Z0-9_]+$/u.test(text) ? { name: text, value: "" } : undefined;
}

/** A setting of git that is given by number is turned off by its value. */
function isSwitchedOff(name: string, texts: readonly string[]): boolean {
  const number = /^GIT_CONFIG_KEY_(\d+)$/u.exec(name)?.[1];
  if (number === undefined) return false;
  const value = texts.map(assignmentIn).find((one) => one?.name === `GIT_CONFIG_VALUE_${number}`)?.value;
  return value !== undefined && /^(?:|false|true|0|cat|\/dev\/null|nul)$/iu.test(value);
}

function setsEnvironment({ now }: ChangedFunction): boolean {
  return now.sets.some(({ what }) => what.endsWith(".Env"));
}

function runsPrograms({ now }: ChangedFunction): boolean {
  return [...now.uses].some((name) =>
    /^(?:\(\*)?os\/exec\.|^os\.(?:StartProcess|Environ)$|^syscall\.(?:Exec|ForkExec)$/u.test(name),
  );
}

interface SetVariable {
  readonly fn: string;
  readonly text: string;
  readonly decides: DecidingVariable;
  readonly known: boolean;
}

function said(evidence: Evidence, { fn, text, decides, known }: SetVariable) {
  const { atStart, existing } = evidence.waysTo(fn);
  const single = evidence.mode === "single";
  const unasked = atStart.length > 0 || (existing.length > 0 && !single);
  const fetches = hiddenShellLine(text) !== undefined && !single;
  return {
    tier: known || !unasked ? "inform" : fetches ? "block" : "review",
    certainty: "static",
    message: `\`${ownName(fn)}\` ${single ? "" : "now "}sets a variable that decides ${decides.what}: ${shown(text)}`,
    values: [text],
    about: [text],
  } as const;
}
