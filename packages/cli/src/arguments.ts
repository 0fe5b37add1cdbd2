/** The command line: which command with what, or a text to show. */
import type { Position } from "@capdiff/analyzer";
import yargs, { type Argv, type Options } from "yargs";
import type { Acceptance } from "./commands/accept.ts";
import type { Inspected } from "./commands/inspect.ts";
import type { PathQuestion } from "./commands/path.ts";
import type { StdlibBuild } from "./commands/stdlib.ts";
import { UsageError } from "./errors.ts";
import {
  type AnalysisFlags,
  acceptFlags,
  analysisFlags,
  diffFlags,
  graphFlags,
  inspectionFlags,
  oneOf,
  pathFlags,
  type RawFlags,
  readAnalysisFlags,
  readSource,
  scanFlags,
  single,
  sourceFlags,
} from "./flags.ts";
import {
  acceptHelp,
  diffHelp,
  exitCodeHelp,
  explainHelp,
  graphHelp,
  type Help,
  inspectCallsHelp,
  inspectFlowsHelp,
  inspectHelp,
  inspectPathHelp,
  inspectTypesHelp,
  mainHelp,
  scanHelp,
  schemaHelp,
  stdlibHelp,
  verifyHelp,
} from "./help.ts";
import { nearest } from "./nearest.ts";
import { graphFormats, scanFormats } from "./report/format.ts";
import { readVerifyFlags, type VerifyFlags, verifyFlags } from "./verify-flags.ts";

export type Command =
  | { readonly name: "show"; readonly text: string }
  | { readonly name: "scan"; readonly targets: readonly string[]; readonly flags: AnalysisFlags }
  | {
      readonly name: "diff";
      readonly before: string | undefined;
      readonly after: string;
      readonly flags: AnalysisFlags;
    }
  | { readonly name: "schema"; readonly format: SchemaName }
  | { readonly name: "verify"; readonly flags: VerifyFlags }
  | { readonly name: "accept"; readonly acceptance: Acceptance }
  | { readonly name: "explain"; readonly id: string | undefined; readonly verbose: boolean }
  | { readonly name: "inspect"; readonly inspected: Inspected; readonly flags: AnalysisFlags }
  | { readonly name: "path"; readonly question: PathQuestion; readonly flags: AnalysisFlags }
  | { readonly name: "stdlib"; readonly build: StdlibBuild };

const commandNames = ["scan", "diff", "graph", "verify", "accept", "schema", "explain", "inspect", "stdlib"];

/** The schemas that can be printed. */
export type SchemaName = (typeof schemaNames)[number];

const schemaNames = ["json", "ndjson", "verify"] as const;

const generalFlags = ["help", "version", "quiet", "verbose"];

/** Parses the arguments that follow the program's name. Throws a UsageError that says what to do. */
export async function parseArguments(given: readonly string[], version: string): Promise<Command> {
  const args = given[0] === "help" ? [...given.slice(1), "--help"] : given;
  let command: Command | undefined;
  const choose = (chosen: Command) => {
    command = chosen;
  };
  let shown = "";
  await define(version, choose, args).parseAsync([...args], {}, (_error, _argv, output) => {
    shown = output;
  });
  if (shown !== "") return { name: "show", text: `${shown}\n` };
  if (command !== undefined) return command;
  throw new UsageError(
    "no command given",
    "Try `capdiff scan TARGET`, `capdiff diff OLD NEW` or `capdiff --help`.",
  );
}

function define(version: string, choose: (command: Command) => void, args: readonly string[]): Argv {
  const hasHelp = mayAskForHelp(args);
  // A command with false in place of words is not listed; the types have that in another overload.
  const say = (words: string) => (hasHelp ? words : (false as unknown as string));
  const hidden = !hasHelp;
  return yargs()
    .locale("en")
    .scriptName("capdiff")
    .exitProcess(false)
    .parserConfiguration({
      "boolean-negation": false,
      "camel-case-expansion": false,
      "dot-notation": false,
      "parse-numbers": false,
      "parse-positional-numbers": false,
      "populate--": true,
    })
    .usage(hasHelp ? mainHelp : "")
    .command(
      "scan [targets..]",
      say("What can this code do?"),
      (parser) => scanArguments(parser, args),
      (raw) => choose(scanCommand(raw)),
    )
    .command(
      "diff [modules..]",
      say("What can it do now that it could not do before?"),
      (parser) => diffArguments(parser, args),
      (raw) => choose(diffCommand(raw)),
    )
    .command(
      "graph [targets..]",
      say("Which paths lead to what it can do? A drawing"),
      (parser) => described(parser, graphHelp, { flags: graphFlags, args }),
      (raw) => choose(graphCommand(raw)),
    )
    .command(
      "verify [targets..]",
      say("Is the published copy what the repository shows?"),
      (parser) => described(parser, verifyHelp, { flags: verifyFlags, args }),
      (raw) => choose({ name: "verify", flags: readVerifyFlags(raw, words(raw, "targets")) }),
    )
    .command(
      "accept [fingerprints..]",
      say("Accept findings that were reviewed"),
      (parser) => described(parser, acceptHelp, { flags: acceptFlags, args }),
      (raw) => choose({ name: "accept", acceptance: acceptance(raw) }),
    )
    .command("explain [id]", say("What does a capability, or a rule, mean?"), explainArguments, (raw) =>
      choose(explainCommand(raw)),
    )
    .command("schema", say("The JSON Schema of the report"), schemaArguments, (raw) =>
      choose({ name: "schema", format: oneOf(raw, "format", schemaNames) ?? "json" }),
    )
    .command(
      "inspect",
      say("What names mean: refs and calls of a module, a path between two functions, types at one place"),
      (parser) => inspectCommands(parser, choose),
    )
    .command("stdlib", say("Facts of another Go release: build"), (parser) =>
      parser
        .usage("Usage: $0 stdlib COMMAND")
        .command("build <from>", "Compiles the packages of a release", stdlibArguments, (raw) =>
          choose({ name: "stdlib", build: stdlibBuild(raw) }),
        )
        .demandCommand(1, "stdlib needs build FROM"),
    )
    .option("quiet", { alias: "q", type: "boolean", describe: "Only the summary line, no progress", hidden })
    .option("verbose", {
      type: "boolean",
      describe: "Everything, where a few would be named and the rest counted",
      hidden,
    })
    .alias("help", "h")
    .version(version)
    .strict()
    .hide(hidden ? "help" : "")
    .hide(hidden ? "version" : "")
    .wrap(100)
    .epilogue(hasHelp ? exitCodeHelp : "")
    .fail((message: string, error: Error | undefined) => {
      throw error === undefined || error.name === "YError" ? usageError(message, args) : error;
    });
}

/**
 * A command's flags, and what its help says. Whenever a command is chosen yargs lays out its help, which takes
 * longer than all else that it does; so there is none unless it may be asked for.
 */
function described(
  parser: Argv,
  { usage, examples }: Help,
  { flags, args }: { readonly flags: Readonly<Record<string, Options>>; readonly args: readonly string[] },
): Argv {
  if (mayAskForHelp(args)) return parser.usage(usage).options(flags).example(examples);
  const hidden = Object.entries(flags).map(([name, flag]) => [name, { ...flag, hidden: true }] as const);
  return parser.usage(noUsage).options(Object.fromEntries(hidden));
}

/** Help has no usage then; the types do not have that. */
const noUsage = null as unknown as string;

function mayAskForHelp(args: readonly string[]): boolean {
  return args.some((arg) => /^(?:--help|-[^-]*h)/s.test(arg));
}

function scanArguments(parser: Argv, args: readonly string[]): Argv {
  return described(parser, scanHelp, { flags: scanFlags, args });
}

function diffArguments(parser: Argv, args: readonly string[]): Argv {
  return described(parser, diffHelp, { flags: diffFlags, args });
}

function explainArguments(parser: Argv): Argv {
  return parser
    .usage(explainHelp.usage)
    .positional("id", { type: "string", describe: "A capability or a rule; without it, all are listed" })
    .example(explainHelp.examples);
}

function schemaArguments(parser: Argv): Argv {
  return parser
    .usage(schemaHelp.usage)
    .option("format", {
      type: "string",
      requiresArg: true,
      default: "json",
      describe: "json, ndjson (of a line), or verify (of the report of verify)",
    })
    .example(schemaHelp.examples);
}

function referencesArguments(parser: Argv): Argv {
  return parser.usage(inspectHelp.usage).options(inspectionFlags).example(inspectHelp.examples);
}

function inspectCommands(parser: Argv, choose: (command: Command) => void): Argv {
  const inspect = (inspected: Inspected, raw: RawFlags) =>
    choose({ name: "inspect", inspected, flags: readAnalysisFlags(raw) });
  return parser
    .usage("Usage: $0 inspect COMMAND")
    .command("refs <target>", "What each name of a module means", referencesArguments, (raw) =>
      inspect({ what: "references", target: String(raw["target"]) }, raw),
    )
    .command("calls <target>", "Which functions each call of a module may run", callsArguments, (raw) =>
      inspect({ what: "calls", target: String(raw["target"]) }, raw),
    )
    .command("flows <target>", "Which data gets from where to where in a module", flowsArguments, (raw) =>
      inspect({ what: "flows", target: String(raw["target"]) }, raw),
    )
    .command("types <target> <place>", "What is known of one place", placeArguments, (raw) => {
      const place = readPlace(String(raw["place"]));
      inspect({ what: "types", target: String(raw["target"]), place }, raw);
    })
    .command(
      "path <target> <from> <to>",
      "How control gets from one function to another",
      pathArguments,
      (raw) => choose({ name: "path", question: pathQuestion(raw), flags: readAnalysisFlags(raw) }),
    )
    .demandCommand(
      1,
      "inspect needs refs TARGET, calls TARGET, flows TARGET, path TARGET FROM TO, or types TARGET FILE:LINE:COL",
    );
}

function pathArguments(parser: Argv): Argv {
  return parser
    .usage(inspectPathHelp.usage)
    .positional("from", { type: "string", describe: "A function, as reports write its name, or short" })
    .positional("to", { type: "string", describe: "Another one, or a name of the map" })
    .options(pathFlags)
    .example(inspectPathHelp.examples);
}

function pathQuestion(raw: RawFlags): PathQuestion {
  return { target: String(raw["target"]), from: String(raw["from"]), to: String(raw["to"]) };
}

function callsArguments(parser: Argv): Argv {
  return parser.usage(inspectCallsHelp.usage).options(inspectionFlags).example(inspectCallsHelp.examples);
}

function flowsArguments(parser: Argv): Argv {
  return parser.usage(inspectFlowsHelp.usage).options(inspectionFlags).example(inspectFlowsHelp.examples);
}

function placeArguments(parser: Argv): Argv {
  return parser
    .usage(inspectTypesHelp.usage)
    .positional("place", { type: "string", describe: "FILE:LINE:COL, the file by its path in the module" })
    .options(inspectionFlags)
    .example(inspectTypesHelp.examples);
}

/** `FILE:LINE:COL`. */
function readPlace(written: string): Position {
  const [, file = "", line = "", column = ""] = /^(.+):(\d{1,9}):(\d{1,9})$/s.exec(written) ?? [];
  if (file !== "" && Number(line) > 0 && Number(column) > 0) {
    const name = file.replaceAll("\\", "/").replace(/^(?:\.\/)+/, "");
    return { file: name, line: Number(line), column: Number(column) };
  }
  throw new UsageError(
    `"${written}" is no place in a file`,
    "Write FILE:LINE:COL, lines and columns (in bytes) from 1, for example store.go:29:2.",
  );
}

function stdlibArguments(parser: Argv): Argv {
  return parser
    .usage(stdlibHelp.usage)
    .positional("from", { type: "string", describe: "A release such as go1.26.8, or a GOROOT" })
    .options({ output: { ...analysisFlags.output, demandOption: true }, ...sourceFlags })
    .example(stdlibHelp.examples);
}

function stdlibBuild(raw: RawFlags): StdlibBuild {
  return { from: String(raw["from"]), output: String(raw["output"]), source: readSource(raw) };
}

function scanCommand(raw: RawFlags): Command {
  const targets = words(raw, "targets");
  if (targets.length > 0) return { name: "scan", targets, flags: readAnalysisFlags(raw) };
  throw new UsageError(
    "scan needs at least one target",
    "For example `capdiff scan .` or `capdiff scan MODULE@VERSION`.",
  );
}

/** A scan that draws. */
function graphCommand(raw: RawFlags): Command {
  const targets = words(raw, "targets");
  if (targets.length === 0)
    throw new UsageError(
      "graph needs at least one target",
      "For example `capdiff graph . --capability EXEC`.",
    );
  oneOf(raw, "format", graphFormats);
  return { name: "scan", targets, flags: readAnalysisFlags(raw) };
}

function diffCommand(raw: RawFlags): Command {
  const [before, after, ...more] = words(raw, "modules");
  const original = oneOf(raw, "original", ["auto"]);
  if (original !== undefined) {
    if (before !== undefined && after === undefined)
      return { name: "diff", before: undefined, after: before, flags: readAnalysisFlags(raw) };
    throw new UsageError(
      "--original auto needs the suspect alone",
      "For example `capdiff diff --original auto MODULE@v1.0.0`.",
    );
  }
  if (before !== undefined && after !== undefined && more.length === 0) {
    const flags = readAnalysisFlags(raw);
    if (!scanFormats.includes(flags.format)) return { name: "diff", before, after, flags };
    throw new UsageError(
      `--format ${flags.format} has no place for what changed`,
      "It is for scan; diff has text, json and ndjson.",
    );
  }
  throw new UsageError(
    "diff needs two modules, OLD and NEW",
    "For example `capdiff diff MODULE@v1.0.0 MODULE@v1.1.0`.",
  );
}

function acceptance(raw: RawFlags): Acceptance {
  const fingerprints = words(raw, "fingerprints");
  const [reason, report, ledger] = [single(raw, "reason"), single(raw, "report"), single(raw, "ledger")];
  if (fingerprints.length === 0)
    throw new UsageError("accept needs a fingerprint", "It stands behind each finding.");
  if (reason === undefined || reason.trim() === "")
    throw new UsageError("accept needs --reason", "Say why the finding is harmless, for who reads it next.");
  return {
    fingerprints,
    reason,
    ...(report !== undefined && { report }),
    ...(ledger !== undefined && { ledger }),
  };
}

function explainCommand(raw: RawFlags): Command {
  const id = raw["id"];
  return { name: "explain", id: typeof id === "string" ? id : undefined, verbose: raw["verbose"] === true };
}

/** The positional arguments, those after `--` included. */
function words(raw: RawFlags, name: string): readonly string[] {
  const all: readonly unknown[] = [raw[name] ?? [], raw["--"] ?? []].flat();
  return all.map(String);
}

/** What yargs complains of, in our words. */
function usageError(message: string, args: readonly string[]): UsageError {
  const help = "Try `capdiff --help`.";
  const [, unknown] = /^Unknown (?:arguments?|commands?): (.*)$/s.exec(message) ?? [];
  if (unknown !== undefined) return unknownError(unknown, args, help);
  const [, missing] = /^Not enough arguments following: (.*)$/s.exec(message) ?? [];
  if (missing !== undefined) return new UsageError(`${dashed(missing)} needs a value`, help);
  if (message.startsWith("Not enough non-option arguments"))
    return new UsageError("something is missing", "Add --help to the command to see what it takes.");
  return new UsageError(message.replaceAll(/\s+/g, " "), help);
}

function unknownError(list: string, args: readonly string[], help: string): UsageError {
  const [first = ""] = list.split(", ");
  const command = args.find((arg) => !arg.startsWith("-")) ?? "";
  if (
    !commandNames.includes(command) &&
    !args.some((arg) => arg.replace(/^-+/, "") === first && arg !== first)
  ) {
    return new UsageError(`there is no command "${command}"`, hint(nearest(command, commandNames), help));
  }
  if (args.includes(first)) return new UsageError(`${command} does not take "${list}"`, help);
  const flags = [...Object.keys(command === "verify" ? verifyFlags : scanFlags), ...generalFlags];
  if (flags.includes(first)) return new UsageError(`${command} does not take ${dashed(first)}`, help);
  return new UsageError(`there is no flag ${dashed(first)}`, hint(nearest(first, flags).map(dashed), help));
}

function hint(near: readonly string[], help: string): string {
  return near.length === 0 ? help : `Did you mean ${near.join(" or ")}? ${help}`;
}

function dashed(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`;
}
