/** What starts a compiling thread: the other entry of the bundle. */
import { workerData } from "node:worker_threads";
import type { WorkerStart } from "../compile/messages.ts";
import { loadProgram } from "./load-program.ts";
import { loadNodeModules } from "./node-modules.ts";
import { setFlags } from "./v8-flags.ts";

loadNodeModules();
setFlags();
// Made by the pool alone. Whoever started the thread keeps the code of the program.
const { cache } = workerData as WorkerStart;
await loadProgram({ keeps: cache }).program.serveCompiles();
