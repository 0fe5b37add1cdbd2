/** What was not understood while a package was compiled. */
import type { Declaration } from "../declare/package-scope.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { FunctionFacts } from "../model/facts.ts";
import { end, type FlatTree, type Node, rangeOf, start } from "../syntax/index.ts";
import type { Unit } from "./functions.ts";
import { type MergedBody, withLiterals } from "./observed-body.ts";
import type { MadeFacts } from "./outline.ts";
import type { VariableCode } from "./written-code.ts";

export interface CompiledDeclaration {
  readonly declaration: Declaration;
  /** Of a variable whose initialiser is told. */
  readonly variable?: VariableCode;
  readonly unit: Unit;
  readonly at: Node;
  readonly body: MergedBody;
  readonly functions: readonly FunctionFacts[];
  /** Some of its builds could not be told apart. */
  readonly unparted: boolean;
  /** There were too many fields to move. */
  readonly overBudget: boolean;
  readonly counts: DeclarationCounts;
}

/** What compiling a declaration adds to the numbers of the same names in the facts, and the fields that were moved one by one. */
export type DeclarationCounts = Omit<MadeFacts, "first" | "count" | "name">;

/** What could not be analysed in full. */
export function diagnosticsOf(compiled: readonly CompiledDeclaration[]): Diagnostic[] {
  const tooDeep = new Map<FlatTree, Node[]>();
  for (const { unit, body } of compiled) {
    const nodes = withLiterals(body).flatMap((one) => [...one.tooDeep]);
    if (nodes.length > 0) tooDeep.set(unit.tree, [...(tooDeep.get(unit.tree) ?? []), ...nodes]);
  }
  return [
    ...[...tooDeep].map(([tree, nodes]) => depthDiagnostic(tree, nodes)),
    ...compiled.filter(({ unparted }) => unparted).map(({ unit, at }) => partsDiagnostic(unit.tree, at)),
    ...fieldsDiagnostic(compiled.filter(({ overBudget }) => overBudget)),
  ];
}

function depthDiagnostic(tree: FlatTree, nodes: readonly Node[]): Diagnostic {
  const first = nodes.reduce((least, node) => Math.min(least, node));
  return {
    code: "too-deeply-nested",
    severity: "warning",
    message: `code is nested too deeply here (${nodes.length} places in this file): what lies deeper was not analysed`,
    incomplete: true,
    range: rangeOf(tree.source, start(tree, first), end(tree, first)),
  };
}

function partsDiagnostic(tree: FlatTree, node: Node): Diagnostic {
  return {
    code: "too-many-variants",
    severity: "warning",
    message: "what this means differs between too many builds: some of them were taken together",
    incomplete: true,
    range: rangeOf(tree.source, start(tree, node), end(tree, node)),
  };
}

/** One for the package, at the first function. */
function fieldsDiagnostic(compiled: readonly CompiledDeclaration[]): Diagnostic[] {
  const [first] = compiled;
  if (first === undefined) return [];
  const { unit, at } = first;
  const { source } = unit.tree;
  return [
    {
      code: "too-many-fields",
      severity: "warning",
      message: `structs are converted to other structs too often in this package (in ${compiled.length} functions from here): what their fields hold was not followed`,
      incomplete: true,
      range: rangeOf(source, start(unit.tree, at), end(unit.tree, at)),
    },
  ];
}
