/** What starts the program: the entry of the bundle. */
import { loadProgram } from "./load-program.ts";
import { setFlags } from "./v8-flags.ts";

export async function main(args: readonly string[]): Promise<void> {
  setFlags();
  const { program, keepCode } = loadProgram({ keeps: !args.includes("--no-cache") });
  await program.main(args);
  keepCode();
}
