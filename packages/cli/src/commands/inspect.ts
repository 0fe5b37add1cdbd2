import type { Position, TypesAt } from "@capdiff/analyzer";
import { beginWork } from "../delivery.ts";
import type { AnalysisRequest, Engine } from "../engine.ts";
import type { Environment } from "../environment.ts";
import { UsageError } from "../errors.ts";
import type { AnalysisFlags } from "../flags.ts";
import { didYouMean } from "../nearest.ts";
import { writeFileWhole, writeStream } from "../output.ts";
import { escapeText } from "../report/escape.ts";

export type Inspected =
  | { readonly what: "references" | "calls" | "flows"; readonly target: string }
  | { readonly what: "types"; readonly target: string; readonly place: Position };

/** Prints what each name of the target means, what each call may run, which data flows where, or what is known of one place; a line each. */
export async function inspect(
  inspected: Inspected,
  flags: AnalysisFlags,
  environment: Environment,
): Promise<void> {
  const { engine, request, progress } = await beginWork(flags, environment);
  try {
    const lines = await inspectedLines(engine, inspected, request);
    progress.stop();
    const pieces = lines.map((line) => `${line.split("\t").map(escapeText).join("\t")}\n`);
    if (flags.output === undefined) await writeStream(environment.stdout, pieces);
    else await writeFileWhole(flags.output, pieces);
  } finally {
    progress.stop();
    await engine.close();
  }
}

async function inspectedLines(
  engine: Engine,
  inspected: Inspected,
  request: AnalysisRequest,
): Promise<readonly string[]> {
  switch (inspected.what) {
    case "references":
      return engine.references(inspected.target, request);
    case "calls":
      return engine.calls(inspected.target, request);
    case "flows":
      return engine.flows(await engine.analyze(inspected.target, request));
    case "types":
      return linesAt(inspected.place, await engine.typesAt(inspected.target, inspected.place, request));
    default:
      return inspected satisfies never;
  }
}

/** What was found; if that is nothing, a UsageError that says what to do. */
function linesAt({ file, line, column }: Position, found: TypesAt): readonly string[] {
  switch (found.kind) {
    case "found":
      return found.lines;
    case "no-file":
      throw new UsageError(
        `no Go file "${file}" was read`,
        didYouMean(file, found.files) ??
          "Write its path inside the module. Test files need --tests, files of other builds no narrowing.",
      );
    case "outside":
      throw new UsageError(
        `${file} has no place ${line}:${column}`,
        `It has ${found.lines} lines. Columns count bytes, from 1, and end with their line.`,
      );
    case "nothing":
      throw new UsageError(
        `nothing at ${file}:${line}:${column} has a type or means something`,
        "Point at a name, an expression or a type.",
      );
    default:
      return found satisfies never;
  }
}
