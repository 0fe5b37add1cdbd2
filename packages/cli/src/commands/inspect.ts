import { beginWork } from "../delivery.ts";
import type { Environment } from "../environment.ts";
import type { AnalysisFlags } from "../flags.ts";
import { writeFileWhole, writeStream } from "../output.ts";
import { escapeText } from "../report/escape.ts";

export interface Inspection {
  readonly target: string;
  readonly flags: AnalysisFlags;
}

/** Prints what each name of the target means, or what each call may run, a line each. */
export async function inspect(
  what: "refs" | "calls",
  { target, flags }: Inspection,
  environment: Environment,
): Promise<void> {
  const { engine, request, progress } = await beginWork(flags, environment);
  try {
    const ask = what === "refs" ? engine.references : engine.calls;
    const lines = await ask(target, request);
    progress.stop();
    const pieces = lines.map((line) => `${line.split("\t").map(escapeText).join("\t")}\n`);
    if (flags.output === undefined) await writeStream(environment.stdout, pieces);
    else await writeFileWhole(flags.output, pieces);
  } finally {
    progress.stop();
    await engine.close();
  }
}
