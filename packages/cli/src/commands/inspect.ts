import { beginWork } from "../delivery.ts";
import type { Environment } from "../environment.ts";
import type { AnalysisFlags } from "../flags.ts";
import { writeFileWhole, writeStream } from "../output.ts";
import { escapeText } from "../report/escape.ts";

/** Prints what each name of the target means, a line each. */
export async function inspectReferences(
  target: string,
  flags: AnalysisFlags,
  environment: Environment,
): Promise<void> {
  const { engine, request, progress } = await beginWork(flags, environment);
  try {
    const lines = await engine.references(target, request);
    progress.stop();
    const pieces = lines.map((line) => `${line.split("\t").map(escapeText).join("\t")}\n`);
    if (flags.output === undefined) await writeStream(environment.stdout, pieces);
    else await writeFileWhole(flags.output, pieces);
  } finally {
    progress.stop();
    await engine.close();
  }
}
