/** Texts that stand in the code of functions and package variables, and did not. */
import type { Matching } from "../diff/matching.ts";
import { relativeName, type Side } from "../diff/side.ts";
import type { LinkedFunction } from "../link/edge.ts";
import type { Program } from "../link/program.ts";
import { textsWritten } from "../model/code-facts.ts";
import { functionId } from "../model/function-id.ts";
import { groupBy } from "../model/grouping.ts";
import { comparePositions } from "../model/position.ts";
import type { NewTexts, Way } from "../model/rule.ts";

/** Two versions, which function is which, and which files nobody who imports the new one builds. */
export interface ComparedCode extends Pick<Matching, "toOld"> {
  readonly old: Side;
  readonly new: Side;
  readonly isAside: (file: string) => boolean;
}

/** What holds texts. */
interface Holder extends Held {
  readonly way: Way;
  /** What it was before; of a package variable in some build or other. */
  readonly before: readonly Held[];
}

interface Held {
  /** Empty where it is not told. */
  readonly code: string;
  /** Constants that calls are given; none where the code tells them. */
  readonly given: readonly string[];
}

/** Costs what the code is long that is not as it was. What stands in closures is of the function around. */
export function newTexts(compared: ComparedCode): NewTexts[] {
  return [...functionsOf(compared), ...variablesOf(compared)]
    .flatMap(({ way, before, ...held }): NewTexts[] => {
      const { code } = held;
      if (compared.isAside(way.position.file)) return [];
      if (code !== "" && before.some((one) => one.code === code)) return [];
      const [now, then] = [new Set(textsOf(held)), new Set(before.flatMap(textsOf))];
      const texts = [...now].filter((text) => !then.has(text));
      if (texts.length === 0) return [];
      return [{ ...way, texts, gone: [...then].filter((text) => !now.has(text)) }];
    })
    .sort((a, b) => comparePositions(a.position, b.position));
}

function textsOf({ code, given }: Held): readonly string[] {
  return [...textsWritten(code), ...given];
}

/** Closures stand by themselves where the code of the function around is not told. */
function functionsOf({ old, new: fresh, toOld }: ComparedCode): Holder[] {
  return fresh.program.functions.flatMap((one, fn) => {
    const { facts, file, pkg, root } = one;
    if (pkg.module !== undefined || (root !== fn && fresh.program.functions[root]?.facts.code !== undefined))
      return [];
    const before = old.program.functions[toOld.get(fn) ?? -1];
    const position = { file: file.name, line: facts.line, column: facts.column };
    return [
      {
        way: { function: facts.id, position },
        ...heldBy(one),
        before: before === undefined ? [] : [heldBy(before)],
      },
    ];
  });
}

function heldBy({ facts: { code = "", uses } }: LinkedFunction): Held {
  const given =
    code === "" ? uses.flatMap((use) => (use.arguments ?? []).flatMap(({ value }) => value ?? [])) : [];
  return { code, given };
}

/** By what sets them at first. Of those that nothing has to run for facts have no lines. */
function variablesOf({ old, new: fresh }: ComparedCode): Holder[] {
  const before = groupBy(variablesIn(old), ({ way }) => relativeName(old, way.function));
  return variablesIn(fresh).map((one) => ({
    ...one,
    before: before.get(relativeName(fresh, one.way.function)) ?? [],
  }));
}

function variablesIn({ program }: Side): Omit<Holder, "before">[] {
  return program.packages
    .filter(({ module }) => module === undefined)
    .flatMap(({ path, names, files }) =>
      names.flatMap(({ name, code = "", file }) => {
        if (code === "") return [];
        const id = functionId(path, `init:${name}`);
        const within = files[file]?.name ?? "";
        const { line = 1, column = 1 } = initialiserIn(program, id, within)?.facts ?? {};
        const position = { file: within, line, column };
        return [{ way: { function: id, position }, code, given: [] }];
      }),
    );
}

/** Builds may have others of that name in other files. */
function initialiserIn({ byId, functions }: Program, id: string, name: string): LinkedFunction | undefined {
  return (byId.get(id) ?? [])
    .flatMap((index) => functions[index] ?? [])
    .find(({ file }) => file.name === name);
}
