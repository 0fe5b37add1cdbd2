/** What starts the program: the entry of the bundle. */
import { loadProgram } from "./load-program.ts";
import { optimiseLate } from "./patient-compiler.ts";

export async function main(args: readonly string[]): Promise<void> {
  optimiseLate();
  const { program, keepCode } = loadProgram({ keeps: !args.includes("--no-cache") });
  await program.main(args);
  keepCode();
}
