import type { CallPath, CallPaths } from "@capdiff/analyzer";
import { beginWork } from "../delivery.ts";
import { type Environment, wantsColour } from "../environment.ts";
import { type ExitCode, exitCodes, UsageError } from "../errors.ts";
import type { AnalysisFlags } from "../flags.ts";
import { didYouMean } from "../nearest.ts";
import { writeFileWhole, writeStream } from "../output.ts";
import { bold, dim, indent, renderLine, type TextLine, yellow } from "../report/text/style.ts";
import { witnessLines } from "../report/text/witness.ts";
import { count, place } from "../report/text/words.ts";

/** How control gets from one function of a target to another, both by their names. */
export interface PathQuestion {
  readonly target: string;
  readonly from: string;
  readonly to: string;
}

/** Prints the paths that were asked for; 1 if there is none. */
export async function showPaths(
  { target, from, to }: PathQuestion,
  flags: AnalysisFlags,
  environment: Environment,
): Promise<ExitCode> {
  const { engine, request, progress } = await beginWork(flags, environment);
  try {
    const module = await engine.analyze(target, { ...request, whole: true });
    const { paths, ...ends } = expected(await engine.paths(module, { from, to, limit: flags.witnesses }));
    progress.stop();
    const colour = flags.output === undefined && wantsColour(environment.stdout, environment.variables);
    const lines = paths.length === 0 ? [noPath(ends)] : separated(paths.map((path) => pathLines(path, ends)));
    const pieces = lines.map((line) => renderLine(line, colour));
    if (flags.output === undefined) await writeStream(environment.stdout, pieces);
    else await writeFileWhole(flags.output, pieces);
    if (module.diagnostics.some(({ incomplete }) => incomplete))
      environment.stderr.write("capdiff: the analysis is incomplete; capdiff scan says why\n");
    return paths.length === 0 ? exitCodes.found : exitCodes.done;
  } finally {
    progress.stop();
    await engine.close();
  }
}

type Found = Extract<CallPaths, { readonly kind: "found" }>;

type Ends = Pick<Found, "from" | "to">;

/** What was found; if a name means nothing, a UsageError that says what to do. */
function expected(answer: CallPaths): Found {
  switch (answer.kind) {
    case "found":
      return answer;
    case "no-function":
      throw new UsageError(
        `there is no function "${answer.name}" in what was read`,
        didYouMean(answer.name, answer.names) ??
          "Write its name as reports do: example.test/m.F, (*example.test/m.T).M, or F and ./sub.F inside the module.",
      );
    case "no-body":
      throw new UsageError(
        `no path starts at ${answer.name}: what it does is not followed`,
        "Start from a function of the module, or of one that it is built with.",
      );
    default:
      return answer satisfies never;
  }
}

function noPath({ from, to }: Ends): TextLine {
  return ["no path leads from ", bold(from), " to ", bold(to)];
}

function pathLines({ witness, builds, certainty }: CallPath, { from, to }: Ends): readonly TextLine[] {
  const { steps } = witness;
  const choices = steps.flatMap(({ callees, site }) =>
    callees === undefined ? [] : [`one of ${count(callees, "callee")} at ${place(site)}`],
  );
  const sure =
    certainty === "static" ? certainty : yellow([certainty, choices.join(", ")].filter(Boolean).join(": "));
  const facts = [count(steps.length, "step"), ", ", builds.words, ", "];
  const home = steps[0]?.package ?? "";
  return [
    [bold(from), " -> ", bold(to)],
    ...indent([[...facts.map(dim), sure], ...witnessLines(steps, home, true)]),
  ];
}

/** The lines of each, with an empty line between. */
function separated(parts: readonly (readonly TextLine[])[]): readonly TextLine[] {
  return parts.flatMap((lines, index) => (index === 0 ? lines : [[], ...lines]));
}
