/**
 * Compile: the files of a package in, its facts out. Names are resolved as Go's scopes
 * say; what needs types (methods on values, calls of values) stays unresolved with its
 * name. Sound for functions named directly; a use of a function as a value counts like
 * a call. Linear in the source.
 */

import type { PackageNames } from "../declare/import-names.ts";
import {
  type Declaration,
  declarePackage,
  inSourceOrder,
  type PackageFile,
  type PackageScope,
} from "../declare/package-scope.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type {
  AssemblyFacts,
  DirectiveFacts,
  FunctionFacts,
  NameFacts,
  PackageFacts,
} from "../model/facts.ts";
import { end, rangeOf, start } from "../syntax/index.ts";
import { directivesOf } from "./directives.ts";
import { compileFunction, compileInitializer } from "./functions.ts";
import type { Recorder } from "./recorder.ts";
import { innerScope } from "./scope.ts";
import type { Unit } from "./unit.ts";

/** What is compiled together: the files of one directory with one package clause. */
export interface PackageInput {
  readonly path: string;
  readonly name: string;
  readonly apart: boolean;
  /** In byte order of their names. */
  readonly files: readonly PackageFile[];
  readonly assembly: readonly AssemblyFacts[];
  /** Of reading and parsing the files. */
  readonly diagnostics: readonly Diagnostic[];
}

export function compilePackage(input: PackageInput, packageNames: PackageNames): PackageFacts {
  const scope = declarePackage(input.files, packageNames);
  const directives = input.files.flatMap((file, index) => directivesOf(file.tree, index));
  const recorders = makeUnits(input, scope, directives).map(newRecorder);
  let inits = 0;
  for (const declaration of compiledDeclarations(scope)) {
    const recorder = recorders[declaration.file];
    if (recorder === undefined) continue;
    if (declaration.kind === "variable") compileInitializer(recorder, declaration);
    else if (declaration.kind === "function")
      compileFunction(recorder, declaration, isInit(declaration) ? ++inits : 0);
  }
  return {
    path: input.path,
    name: input.name,
    apart: input.apart,
    files: input.files.map((file, index) => ({
      name: file.tree.source.file,
      builds: file.builds,
      bytes: file.bytes,
      imports: scope.imports[index]?.all ?? [],
    })),
    functions: recorders.flatMap((recorder): FunctionFacts[] => recorder.functions),
    names: [...scope.names.values()].flat().flatMap(nameFacts),
    directives,
    assembly: input.assembly,
    diagnostics: [...input.diagnostics, ...recorders.flatMap(depthDiagnostics)],
    callSites: recorders.reduce((sum, recorder) => sum + recorder.callSites, 0),
    unresolved: recorders.reduce((sum, recorder) => sum + recorder.unresolved, 0),
  };
}

function makeUnits(input: PackageInput, pkg: PackageScope, directives: readonly DirectiveFacts[]): Unit[] {
  const exports = new Set(directives.filter((one) => one.kind === "cgo-export").map((one) => one.text));
  const units: Unit[] = input.files.map((file, index) => ({
    pkg,
    packagePath: input.path,
    packageName: input.name,
    file: index,
    tree: file.tree,
    fileScope: innerScope(),
    cgoExports: exports,
    // Declarations name only files of this package.
    inFile: (other) => units[other] as Unit,
  }));
  return units;
}

function newRecorder(unit: Unit): Recorder {
  return { unit, functions: [], callSites: 0, unresolved: 0, tooDeep: [] };
}

/** Functions, and variables that have an initialiser of their own, in source order. */
function compiledDeclarations(scope: PackageScope): Declaration[] {
  const initialised = scope.variables.filter((variable) => variable.first);
  return [...scope.functions, ...initialised].sort(inSourceOrder(scope.files));
}

function isInit(declaration: Declaration): boolean {
  return declaration.kind === "function" && declaration.name === "init" && declaration.receiver === undefined;
}

function nameFacts(declaration: Declaration): NameFacts[] {
  if (declaration.kind === "function") return [];
  return [{ name: declaration.name, kind: declaration.kind, file: declaration.file }];
}

function depthDiagnostics({ unit, tooDeep }: Recorder): Diagnostic[] {
  return tooDeep.slice(0, 1).map((node) => ({
    code: "too-deeply-nested",
    severity: "warning",
    message: `blocks are nested too deeply here (${tooDeep.length} places in this file): what lies deeper was not analysed`,
    incomplete: true,
    range: rangeOf(unit.tree.source, start(unit.tree, node), end(unit.tree, node)),
  }));
}
