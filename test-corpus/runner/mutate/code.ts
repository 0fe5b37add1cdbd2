/** The code of a fixture's new side as mutations see it: trees, what is new in them, and what calls mean. */
import { createBuilds, type Diagnostic } from "@capdiff/analyzer";
import type { CheckedInput } from "../../../packages/analyzer/src/pipeline/check-packages.ts";
import { loadModule } from "../../../packages/analyzer/src/pipeline/load-module.ts";
import type { FlatTree, Node } from "../../../packages/analyzer/src/syntax/index.ts";
import type { Checker, ObservedCall, Observer, Operand } from "../../../packages/analyzer/src/types/index.ts";
import { analyzerOptions } from "../analysis.ts";
import { dependenciesOf } from "../dependencies.ts";
import type { Fixture } from "../fixture.ts";
import { moduleSource } from "../module-files.ts";
import type { ArchiveFile } from "../txtar.ts";
import { type CodeFile, codeFile } from "./code-file.ts";
import { goneNames, type Unit, unitsOf } from "./units.ts";

export interface Code {
  readonly fixture: Pick<Fixture, "name" | "tests" | "old" | "new" | "dependencies">;
  /** Go files of packages, without tests. */
  readonly files: readonly CodeFile[];
  /** Test files: they name things too. */
  readonly tests: readonly CodeFile[];
  /** What the files declare, in the order of files and text. */
  readonly units: readonly Unit[];
  /** Names that the old version declares at package level and this one does not, each after its folder and a blank. */
  readonly gone: ReadonlySet<string>;
  /** What is known of a file's expressions. */
  readonly knowledge: (file: CodeFile) => Knowledge;
  readonly checker: Checker | undefined;
  /** What does not parse. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What the checker says of the nodes of a file. */
export interface Knowledge {
  /** Import path of its package. */
  readonly path: string;
  readonly operands: ReadonlyMap<Node, Operand>;
  readonly calls: ReadonlyMap<Node, ObservedCall>;
}

/** Reads the code of a fixture. Files that are not Go have no part in it. */
export async function readCode(fixture: Code["fixture"]): Promise<Code> {
  const dependencies = dependenciesOf(fixture.dependencies);
  const options = await analyzerOptions({ builds: createBuilds(), tests: fixture.tests, dependencies });
  const { parser } = options;
  const packages = await loadModule(moduleSource(fixture.new), options);
  const names = (path: string) => options.standardLibrary?.nameOf(path);
  const files = packages.flatMap(({ scope }) => scope.files.map(({ tree }) => codeFile(tree, names)));
  const parse = ({ name, content }: ArchiveFile) =>
    codeFile(parser.parse(name, new TextEncoder().encode(content)).value, names);
  const isTest = ({ name }: ArchiveFile) => name.endsWith("_test.go");
  const isRead = (file: ArchiveFile) => file.name.endsWith(".go") && (fixture.tests || !isTest(file));
  const known = new Map(packages.flatMap(knowledgeOf));
  const old = fixture.old.filter(isRead).map(parse);
  const units = unitsOf(files, old);
  return {
    fixture,
    files,
    tests: fixture.new.filter((file) => isTest(file) && !isRead(file)).map(parse),
    units,
    gone: goneNames(old, files),
    knowledge: ({ tree }) => known.get(tree) ?? { path: "", operands: new Map(), calls: new Map() },
    checker: packages[0]?.checker,
    diagnostics: packages.flatMap(({ input }) => input.diagnostics),
  };
}

function knowledgeOf(checked: CheckedInput): [FlatTree, Knowledge][] {
  const { scope, source, input } = checked;
  const heard = scope.files.map(() => ({ path: input.path, operands: new Map(), calls: new Map() }));
  const listen = (file: number) => () => listener(heard[file]);
  for (const fn of source.functions) source.checkFunction(fn, listen(fn.declaration.file));
  for (const variable of scope.variables)
    if (variable.first) source.checkDeclaration(variable, listen(variable.file));
  return scope.files.flatMap(({ tree }, index) => {
    const knowledge = heard[index];
    return knowledge === undefined ? [] : [[tree, knowledge]];
  });
}

interface Heard {
  readonly operands: Map<Node, Operand>;
  readonly calls: Map<Node, ObservedCall>;
}

/** Where builds differ, the last answer counts: a mutation that it misleads is caught when its outcome is checked. */
function listener(heard: Heard | undefined): Observer {
  return {
    use: () => {},
    call: (call) => heard?.calls.set(call.node, call),
    unsafeConversion: () => {},
    literal: (_node, enter) => enter(),
    tooDeep: () => {},
    evaluated: (node, operand) => heard?.operands.set(node, operand),
  };
}
