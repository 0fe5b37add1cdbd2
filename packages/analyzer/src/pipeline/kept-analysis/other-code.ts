/**
 * What judging asks of code. That of other modules is not kept: of what is asked there the answers are, as far as rules look.
 */
import { namesUsed } from "../../judge/changed-functions.ts";
import { codeTexts } from "../../judge/function-values.ts";
import type { Program } from "../../link/program.ts";
import type { Flow } from "../../model/flow.ts";
import { type Evidence, namesFarthest } from "../../model/rule.ts";
import type { KeptCode } from "./kept-analysis.ts";

export interface CodeQuestions extends Pick<Evidence, "textsIn"> {
  /** As `Evidence.namesIn`, of this version. */
  readonly namesIn: (functionId: string) => ReadonlySet<string>;
}

export function askedCode(program: Program): CodeQuestions {
  return { namesIn: namesUsed(program), textsIn: codeTexts(program) };
}

/** Of a program as it was kept. */
export function askedKeptCode(program: Program, kept: KeptCode): CodeQuestions {
  const own = askedCode(program);
  const names = new Map(kept.names.map(([id, all]) => [id, new Set(all)]));
  const texts = new Map(kept.texts);
  return {
    namesIn: (id) => names.get(id) ?? own.namesIn(id),
    textsIn: (id) => texts.get(id) ?? own.textsIn(id),
  };
}

/** Linear in the code of the module, and in what it is asked of. */
export function writtenCode(program: Program, asked: CodeQuestions, flows: readonly Flow[]): KeptCode {
  const along = new Set(flows.flatMap(functionsAlong));
  return {
    names: namesOfOthers(program, asked),
    texts: [...along].flatMap((id) => {
      const texts = isOther(program, id) ? asked.textsIn(id) : [];
      return texts.length === 0 ? [] : [[id, texts] as const];
    }),
  };
}

/** The ids of the functions that a flow names. */
export function functionsAlong({ source, sink, steps }: Flow): readonly string[] {
  return [source.function, sink.function, ...steps.map((step) => step.function)];
}

function namesOfOthers(program: Program, { namesIn }: CodeQuestions): KeptCode["names"] {
  const own = program.functions.filter(({ pkg }) => pkg.module === undefined);
  const found = new Map<string, readonly string[]>();
  let names = new Set(own.flatMap(({ facts }) => [...namesIn(facts.id)]));
  for (let step = 0; step < namesFarthest; step++) {
    const others = [...names].filter((id) => !found.has(id) && isOther(program, id));
    for (const id of others) found.set(id, [...namesIn(id)]);
    names = new Set(others.flatMap((id) => found.get(id) ?? []));
  }
  return [...found].filter(([, used]) => used.length > 0);
}

function isOther({ functions, byId }: Program, id: string): boolean {
  return byId.get(id)?.some((fn) => functions[fn]?.pkg.module !== undefined) === true;
}
