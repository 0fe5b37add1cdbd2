import { type Command, parseArguments } from "./arguments.ts";
import type { Environment } from "./environment.ts";
import { type ExitCode, exitCodes, explainError, stackOf } from "./errors.ts";
import { writeStream } from "./output.ts";
import { processEnvironment } from "./process.ts";
import { escapeText } from "./report/escape.ts";

/** The program: sets the process's exit code and lets it end by itself, when all is written. */
export async function main(args: readonly string[]): Promise<void> {
  const environment = processEnvironment();
  process.once("uncaughtException", (error) => {
    // Where the program is cannot be known, so it must not go on; the code is that of a bug, not Node's 1.
    void report(error, args, environment).finally(() => process.exit(exitCodes.bug));
  });
  // What ends without an answer ends by a bug.
  process.exitCode = exitCodes.bug;
  const stopped = () => void report(new Error("what the run was waiting for never came"), args, environment);
  process.once("beforeExit", stopped);
  const code = await run(args, environment);
  process.off("beforeExit", stopped);
  process.exitCode = code;
}

/** One run of the program. Never rejects: what goes wrong is said on stderr. */
export async function run(args: readonly string[], environment: Environment): Promise<ExitCode> {
  try {
    return await perform(await parseArguments(args, environment.version), environment);
  } catch (error) {
    return report(error, args, environment);
  }
}

async function perform(command: Command, environment: Environment): Promise<ExitCode> {
  switch (command.name) {
    case "show":
      await writeStream(environment.stdout, [command.text]);
      return exitCodes.done;
    case "scan": {
      const { scan } = await import("./commands/scan.ts");
      return scan(command.targets, command.flags, environment);
    }
    case "diff": {
      const { diff } = await import("./commands/diff.ts");
      return diff(command.before, command.after, command.flags, environment);
    }
    case "verify": {
      const { verify } = await import("./commands/verify.ts");
      return verify(command.flags, environment);
    }
    case "schema": {
      const { schema } = await import("./commands/schema.ts");
      await schema(command.format, environment);
      return exitCodes.done;
    }
    case "inspect": {
      const { inspect } = await import("./commands/inspect.ts");
      await inspect(command.inspected, command.flags, environment);
      return exitCodes.done;
    }
    case "path": {
      const { showPaths } = await import("./commands/path.ts");
      return showPaths(command.question, command.flags, environment);
    }
    case "stdlib": {
      const { buildStandardLibrary } = await import("./commands/stdlib.ts");
      await buildStandardLibrary(command.build, environment);
      return exitCodes.done;
    }
    case "accept": {
      const { accept } = await import("./commands/accept.ts");
      await accept(command.acceptance, environment);
      return exitCodes.done;
    }
    case "explain": {
      const { explain } = await import("./commands/explain.ts");
      await explain(command.id, environment, command.verbose);
      return exitCodes.done;
    }
  }
}

async function report(error: unknown, args: readonly string[], environment: Environment): Promise<ExitCode> {
  const { expected, lines } = explainError(error);
  const curious = args.includes("--verbose") || (environment.variables["CAPDIFF_DEBUG"] ?? "") !== "";
  const stack = curious ? stackOf(error) : [];
  const said = [...lines, ...(expected && !environment.variables["CAPDIFF_DEBUG"] ? [] : stack)];
  const text = said.map((line) => `${escapeText(line)}\n`).join("");
  // What stderr does not take nobody can be told; the code says what it was.
  await writeStream(environment.stderr, [text]).catch(() => {});
  return expected ? exitCodes.usage : exitCodes.bug;
}
