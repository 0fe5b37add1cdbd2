/** What judging asks about functions: answers about values are worked out when something is first asked for, and kept. */
import type { FoldedCalls } from "../../evaluate/fold-calls.ts";
import { callOrigins, callValues } from "../../judge/function-values.ts";
import type { Program } from "../../link/program.ts";
import type { Position } from "../../model/position.ts";
import type { Evidence } from "../../model/rule.ts";
import type { KeptAnalysis, KeptAnswers } from "./kept-analysis.ts";
import { askedCode, askedKeptCode, type CodeQuestions } from "./other-code.ts";

export interface Questions extends CodeQuestions, Pick<Evidence, "valuesIn" | "originsAt"> {
  /** What was asked of values so far, and what was known before. */
  readonly answers: () => KeptAnswers;
  /** Whether something was asked to which no answer was known and none could be found. */
  readonly isLacking: () => boolean;
  /** Whether steps ran out: then answers depend on what was asked before. */
  readonly isSpent: () => boolean;
}

const none: KeptAnswers = { values: [], origins: [] };

/** With what was known before of the same program. */
export function askedProgram(program: Program, folded: FoldedCalls, known: KeptAnswers = none): Questions {
  const { originsAt, isSpent } = callOrigins(program);
  const finding = { valuesIn: callValues(program, folded), originsAt };
  return {
    ...askedCode(program),
    ...remembering(known, finding),
    isSpent: () => isSpent() || folded.isSpent(),
  };
}

/** Of a program of which only that is at hand which was kept. */
export function askedBefore(
  program: Program,
  { code, answers }: Pick<KeptAnalysis, "code" | "answers">,
): Questions {
  return { ...askedKeptCode(program, code), ...remembering(answers, undefined), isSpent: () => false };
}

function remembering(
  known: KeptAnswers,
  finding: Pick<Evidence, "valuesIn" | "originsAt"> | undefined,
): Omit<Questions, keyof CodeQuestions | "isSpent"> {
  const values = new Map(known.values);
  const origins = new Map(known.origins.map(([place, all]) => [place, all.map((one) => one ?? undefined)]));
  let lacking = false;
  function answer<T>(answers: Map<string, readonly T[]>, key: string, find?: () => readonly T[]) {
    const before = answers.get(key);
    if (before !== undefined) return before;
    // What is lacking is no answer: the whole analysis takes over those that there are.
    lacking ||= find === undefined;
    if (find === undefined) return [];
    const found = find();
    answers.set(key, found);
    return found;
  }
  return {
    valuesIn: (id) => answer(values, id, finding && (() => finding.valuesIn(id))),
    originsAt: (id, at) => answer(origins, placeOf(id, at), finding && (() => finding.originsAt(id, at))),
    answers: () => ({
      values: [...values],
      origins: [...origins].map(([place, all]) => [place, all.map((one) => one ?? null)]),
    }),
    isLacking: () => lacking,
  };
}

function placeOf(id: string, { file, line, column }: Position): string {
  return `${id} ${file} ${line} ${column}`;
}
