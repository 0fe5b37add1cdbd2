/** What starts the program: the entry of the bundle. */
import { loadProgram } from "./load-program.ts";
import { loadNodeModules } from "./node-modules.ts";
import { setFlags } from "./v8-flags.ts";

export async function main(args: readonly string[]): Promise<void> {
  loadNodeModules();
  setFlags();
  const { program, keepCode } = loadProgram({ keeps: !args.includes("--no-cache") });
  await program.main(args);
  // A thread that was started may have had no time to. Code is of use with the flags that it was made with.
  setFlags();
  keepCode();
}
