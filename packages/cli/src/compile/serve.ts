import { parentPort, workerData } from "node:worker_threads";
import { createBuilds, createParser, createUnitCompilation, type PackageExports } from "@capdiff/analyzer";
import { openStandardLibrary } from "../standard-library/container.ts";
import { readWasm } from "../wasm.ts";
import type { CompileRequest, CompileResponse, WorkerStart } from "./messages.ts";

/** What a compiling thread does: units in, compiled packages out, until it is ended. */
export async function serveCompiles(): Promise<void> {
  // Made by the pool alone.
  const { narrowing, stdlib } = workerData as WorkerStart;
  const compile = createUnitCompilation({
    parser: await createParser(await readWasm()),
    builds: createBuilds({ narrowing }),
    standardLibrary: openStandardLibrary(stdlib),
  });
  const known = new Map<string, PackageExports>();
  const answer = ({ number, task, imports, exports }: CompileRequest): CompileResponse => {
    for (const one of exports) known.set(one.path, one);
    try {
      const given = imports.flatMap((path) => known.get(path) ?? []);
      return { number, compiled: compile({ ...task, imports: given }) };
    } catch (failure) {
      return { number, failure };
    }
  };
  parentPort?.on("message", (request: CompileRequest) => parentPort?.postMessage(answer(request)));
}
