/** Small Go modules at random: packages, files for some builds, functions that call each other. */
import type { ModuleSource } from "@capdiff/analyzer";
import fc from "fast-check";
import { sourceOf } from "../../../../test-corpus/runner/module-files.ts";

/** A generated function: its name and the statements in it, from lists of what there is. */
export interface GoFunction {
  readonly name: string;
  readonly statements: readonly string[];
}

export interface GoFile {
  readonly directory: "" | "sub";
  readonly constraint: string;
  readonly functions: readonly GoFunction[];
}

export type GoModule = readonly GoFile[];

const names = ["Open", "run", "start", "Close", "init"];
const own = ["Open()", "run()", "start()", "Close()", "go start()", "defer run()", "_ = Close"];
const foreign = [
  'exec.Command("sh")',
  'exec.Command("ls", "-l")',
  'os.Getenv("HOME")',
  "_ = os.Args",
  'net.Dial("tcp", "192.0.2.1:80")',
  "func() { run() }()",
  '_ = func() { exec.Command("later") }',
  "if x := 1; x > 0 { start() }",
  'exec := other{}; exec.Command("not this one")',
];

/** A statement of some function, to be added to another one. */
export const goStatements = fc.constantFrom(...own, ...foreign);

const functions: fc.Arbitrary<GoFunction> = fc.record({
  name: fc.constantFrom(...names),
  statements: fc.array(fc.oneof(goStatements, fc.constant("sub.Open()")), { maxLength: 4 }),
});

const files: fc.Arbitrary<GoFile> = fc.record({
  directory: fc.constantFrom("", "sub"),
  constraint: fc.constantFrom("", "", "", "linux", "windows", "!linux", "foo", "cgo && !windows"),
  functions: fc.array(functions, { minLength: 1, maxLength: 3 }),
});

/** Modules of one to five files. */
export const goModules: fc.Arbitrary<GoModule> = fc.array(files, { minLength: 1, maxLength: 5 });

/** The module as the analyzer takes it, its files in the order given or in that of their names. */
export function moduleOf(goModule: GoModule): ModuleSource {
  const encoder = new TextEncoder();
  const contents = goModule.map((file, index) => ({
    name: `${file.directory === "" ? "" : "sub/"}f${index}.go`,
    content: encoder.encode(textOf(file)),
  }));
  return sourceOf({ modulePath: "example.test/m", goMod: [], files: contents });
}

function textOf({ directory, constraint, functions }: GoFile): string {
  return [
    constraint === "" ? "" : `//go:build ${constraint}\n`,
    `package ${directory === "" ? "m" : "sub"}\n`,
    'import (\n\t"net"\n\t"os"\n\t"os/exec"\n\n\t"example.test/m/sub"\n)\n',
    ...functions.map(
      ({ name, statements }) => `func ${name}() {\n${statements.map((s) => `\t${s}\n`).join("")}}\n`,
    ),
  ].join("\n");
}
